"""Verb cues on the parse: clauses, infinitives, objects, passives and cite-as.

Each rule takes one verb and gives a frame, or None.  The patterns are those of clause-based quotation
extraction (Krestel et al. 2008; Pareti et al. 2013; Asr et al. 2021, GenderGapTracker), on spaCy's
ClearNLP labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.attribution import cues
from claimtrack.attribution.complements import direct_object, directive, infinitive, no_answer, phrasal
from claimtrack.attribution.fallbacks import following, inserted, trailing
from claimtrack.attribution.frames import (
    Frame,
    agent_of,
    beside,
    child,
    children,
    is_first_person,
    noun_phrase,
    sender_of,
    subject_of,
    verb_group,
)
from claimtrack.language.parsed import ParsedText, Token


def find_verb_frames(parsed: ParsedText, skip: frozenset[int]) -> Iterator[Frame]:
    """Frames of every verb cue outside the tokens of `skip` (words inside quotations)."""
    for verb in parsed.tokens:
        if not _is_verb(verb) or verb.i in skip:
            continue
        if cues.is_unreal(parsed, verb) or cues.is_growth(parsed, verb):
            continue
        for rule in (
            _cited_as,
            _hearsay,
            _made_clear,
            _clause,
            no_answer,
            infinitive,
            directive,
            phrasal,
            direct_object,
            trailing,
            inserted,
            following,
        ):
            frame = rule(parsed, verb)
            if frame is not None:
                yield frame
                break


def _is_verb(token: Token) -> bool:
    # The small tagger takes the verb of "as the Journal notes, …" for a noun.
    return token.pos in {"VERB", "AUX"} or (token.dep == "advcl" and token.tag == "NNS")


def _cited_as(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "TASS cited X as saying …" and "X was quoted by TASS as telling …"."""
    if verb.lemma not in cues.CITE:
        return None
    saying = _saying_after_as(parsed, verb)
    if saying is None:
        return None
    content = (
        _clause_content(parsed, saying) or _clause_content(parsed, verb) or _fronted_content(parsed, verb)
    )
    passive = child(parsed, verb.i, "nsubjpass")
    relay: list[int] = []
    if passive is not None:
        source = noun_phrase(parsed, passive.i)
        agent = child(parsed, verb.i, "agent")
        named = child(parsed, agent.i, "pobj") if agent else None
        relay = noun_phrase(parsed, named.i) if named else []
    else:
        cited = child(parsed, verb.i, "dobj")
        if cited is None:
            return None
        source = [i for i in noun_phrase(parsed, cited.i, without=[saying.head]) if i < saying.i]
        relay = subject_of(parsed, verb)
    cue = [
        *verb_group(parsed, verb),
        *([saying.head] if parsed.tokens[saying.head].lower == "as" else []),
        saying.i,
    ]
    frame = Frame(cue, source, content, "cited as", cues.stance_of(parsed, saying), 0.9, verb.i)
    frame.relays = [relay] if relay else []
    return frame


def _saying_after_as(parsed: ParsedText, verb: Token) -> Token | None:
    for i in parsed.subtree(verb.i):
        token = parsed.tokens[i]
        if token.lower == "as" and verb.i < i < verb.i + 30:
            following = [parsed.tokens[j] for j in range(i + 1, min(i + 4, len(parsed.tokens)))]
            for t in following:
                if t.tag == "VBG" and t.lemma in cues.CLAUSAL:
                    return t
    return None


def _hearsay(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "is reported to be …": subject and infinitive are the content; the source stands behind "by"."""
    subject = child(parsed, verb.i, "nsubjpass")
    to = child(parsed, verb.i, "xcomp")
    if verb.lemma not in cues.HEARSAY or subject is None or subject.tag in {"WP", "WDT"}:
        return None
    agent = child(parsed, verb.i, "agent")
    named = child(parsed, agent.i, "pobj") if agent else None
    source = noun_phrase(parsed, named.i) if named else []
    if to is not None:
        content = noun_phrase(parsed, subject.i) + parsed.subtree(to.i)
    else:
        content = _clause_content(parsed, verb)
        if not content or subject.lower != "it":
            return None
    return Frame(
        verb_group(parsed, verb), source, content, "hearsay", cues.stance_of(parsed, verb), 0.5, verb.i
    )


def _clause(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "X said (that) …", "… , X said", "…, said X, …", "as X said, …"."""
    if verb.lemma.lower() not in cues.CLAUSAL | cues.SHOW:
        return None
    source = subject_of(parsed, verb)
    if is_first_person(parsed, source) or not _can_report(parsed, verb, source):
        return None
    content = _clause_content(parsed, verb)
    rule, confidence = "clause", 0.8
    if not content and not (verb.dep == "relcl" and _is_passive(parsed, verb)):
        content = _fronted_content(parsed, verb)
        rule = "fronted clause"
    if not content:
        content = _as_content(parsed, verb)
        rule = "as clause"
    if not content:
        return None
    cue = verb_group(parsed, verb)
    sent = sender_of(parsed, verb)
    if sent is not None:
        cue = list(range(sent.i, verb.i + 1))
    if _is_passive(parsed, verb):  # "was told that …", "as first reported by the Post"
        source = agent_of(parsed, verb)[0]
        confidence = 0.5
    elif not source:
        source = beside(parsed, verb.i)
        confidence = 0.5
    if verb.lemma in cues.EXPECT | (cues.SHOW - cues.SAY):
        confidence -= 0.2
    return Frame(cue, source, content, rule, cues.stance_of(parsed, verb), confidence, verb.i)


def _is_passive(parsed: ParsedText, verb: Token) -> bool:
    if verb.tag != "VBN" or child(parsed, verb.i, "nsubj") is not None:
        return False
    return child(parsed, verb.i, "auxpass") is not None or child(parsed, verb.i, "aux") is None


def _made_clear(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "made it clear that …", "made clear that …"."""
    clear = next((t for t in parsed.tokens[verb.i + 1 : verb.i + 5] if t.lower in {"clear", "plain"}), None)
    if verb.lemma != "make" or clear is None:
        return None
    source = subject_of(parsed, verb)
    clause = next(
        (t for i in (clear.i, verb.i) for t in children(parsed, i, "ccomp", "advcl") if t.i > clear.i), None
    )
    if clause is None or not source:
        return None
    content = [i for i in _without_marker(parsed, clause.i) if i > clear.i]
    cue = list(range(verb.i, clear.i + 1))
    return Frame(cue, source, content, "clause", cues.stance_of(parsed, verb), 0.7, verb.i)


def _can_report(parsed: ParsedText, verb: Token, source: list[int]) -> bool:
    if verb.lemma in cues.CLAUSAL:
        return True
    # "show", "find", "read", "learn" report only when a document, a survey or an outlet does it.
    return cues.is_document(parsed, source)


def _clause_content(parsed: ParsedText, verb: Token) -> list[int]:
    """The clause that the verb governs, without the verb's own words."""
    out: list[int] = []
    for clause in children(parsed, verb.i, "ccomp", "acl"):
        if clause.dep == "ccomp" or child(parsed, clause.i, "mark") is not None:
            words = _without_marker(parsed, clause.i)
            if out and out[-1] < verb.i < words[0] and _is_joined(parsed, out[-1], verb):
                out = []
            out.extend(words)
    return out


def _is_joined(parsed: ParsedText, last: int, verb: Token) -> bool:
    """Whether a conjunction parts what stands before the verb from it: "A fell, but others say that B"."""
    return any(t.dep == "cc" or t.text == ";" for t in parsed.tokens[last + 1 : verb.i])


def _without_marker(parsed: ParsedText, clause: int) -> list[int]:
    tokens = parsed.subtree(clause)
    marker = child(parsed, clause, "mark")
    if marker is not None and marker.lower == "that":
        tokens = [i for i in tokens if i > marker.i]
    return tokens


def _fronted_content(parsed: ParsedText, verb: Token) -> list[int]:
    """The clause that a reporting clause is inserted in or hung on ("…, he said, …")."""
    head = parsed.tokens[verb.head]
    if head.i == verb.i or verb.dep not in {"parataxis", "dep", "advcl", "ccomp", "conj", "relcl", "appos"}:
        return []
    has_subject = child(parsed, verb.i, "nsubj", "nsubjpass") is not None
    if not has_subject or (verb.i < head.i and verb.dep != "parataxis"):
        return []
    own = set(parsed.subtree(verb.i))
    comma = min(own) - 1
    if verb.dep != "parataxis" and (
        comma < 0 or parsed.tokens[comma].text not in {",", "”", '"', "’", "—", "–"}
    ):
        return []
    if child(parsed, verb.i, "mark", "cc", "dobj") is not None:
        return []
    return [i for i in parsed.subtree(_clause_head(parsed, head).i) if i not in own]


def _clause_head(parsed: ParsedText, token: Token) -> Token:
    """The verb of the clause that `token` stands in."""
    while token.head != token.i and token.pos not in {"VERB", "AUX"}:
        token = parsed.tokens[token.head]
    return token


def _as_content(parsed: ParsedText, verb: Token) -> list[int]:
    """ "As the Journal notes, …": the main clause is the content."""
    marker = child(parsed, verb.i, "mark", "advmod")
    if verb.dep != "advcl" or marker is None or marker.lower != "as" or child(parsed, verb.i, "dobj"):
        return []
    own = set(parsed.subtree(verb.i))
    return [i for i in parsed.subtree(verb.head) if i not in own]
