"""Verb cues on the parse: clauses, infinitives, objects, passives and cite-as.

Each rule takes one verb and gives a frame, or None.  The patterns are those of clause-based quotation
extraction (Krestel et al. 2008; Pareti et al. 2013; Asr et al. 2021, GenderGapTracker), on spaCy's
ClearNLP labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, beside, noun_phrase, subject_of, verb_group
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Stance

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def find_verb_frames(parsed: ParsedText, skip: frozenset[int]) -> Iterator[Frame]:
    """Frames of every verb cue outside the tokens of `skip` (words inside quotations)."""
    for verb in parsed.tokens:
        if not _is_verb(verb) or verb.i in skip:
            continue
        for rule in (_cited_as, _hearsay, _clause, _infinitive, _directive, _phrasal, _object, _trailing):
            frame = rule(parsed, verb)
            if frame is not None:
                yield frame
                break


def _is_verb(token: Token) -> bool:
    # The small tagger takes the verb of "as the Journal notes, …" for a noun.
    return token.pos in {"VERB", "AUX"} or (token.dep == "advcl" and token.tag == "NNS")


def _child(parsed: ParsedText, i: int, *deps: str) -> Token | None:
    return next((parsed.tokens[j] for j in parsed.children[i] if parsed.tokens[j].dep in deps), None)


def _children(parsed: ParsedText, i: int, *deps: str) -> list[Token]:
    return [parsed.tokens[j] for j in parsed.children[i] if parsed.tokens[j].dep in deps]


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
    passive = _child(parsed, verb.i, "nsubjpass")
    relay: list[int] = []
    if passive is not None:
        source = noun_phrase(parsed, passive.i)
        agent = _child(parsed, verb.i, "agent")
        named = _child(parsed, agent.i, "pobj") if agent else None
        relay = noun_phrase(parsed, named.i) if named else []
    else:
        cited = _child(parsed, verb.i, "dobj")
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
    subject = _child(parsed, verb.i, "nsubjpass")
    to = _child(parsed, verb.i, "xcomp")
    if verb.lemma not in cues.HEARSAY or subject is None or subject.tag in {"WP", "WDT"}:
        return None
    agent = _child(parsed, verb.i, "agent")
    named = _child(parsed, agent.i, "pobj") if agent else None
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
    if _is_first_person(parsed, source) or not _can_report(parsed, verb, source):
        return None
    content = _clause_content(parsed, verb)
    rule, confidence = "clause", 0.8
    if not content:
        content = _fronted_content(parsed, verb)
        rule = "fronted clause"
    if not content:
        content = _as_content(parsed, verb)
        rule = "as clause"
    if not content:
        return None
    if not source:
        source = beside(parsed, verb.i)
        confidence = 0.5
    if verb.lemma in cues.EXPECT | (cues.SHOW - cues.SAY):
        confidence -= 0.2
    return Frame(
        verb_group(parsed, verb), source, content, rule, cues.stance_of(parsed, verb), confidence, verb.i
    )


def _can_report(parsed: ParsedText, verb: Token, source: list[int]) -> bool:
    if verb.lemma in cues.CLAUSAL:
        return True
    # "show", "find", "read", "learn" report only when a document, a survey or an outlet does it.
    words = [parsed.tokens[i] for i in source]
    return any(w.lemma.lower() in cues.SOURCE_NOUNS or w.entity in {"ORG"} for w in words)


def _clause_content(parsed: ParsedText, verb: Token) -> list[int]:
    """The clause that the verb governs, without the verb's own words."""
    out: list[int] = []
    for clause in _children(parsed, verb.i, "ccomp", "acl"):
        if clause.dep == "ccomp" or _child(parsed, clause.i, "mark") is not None:
            out.extend(_without_marker(parsed, clause.i))
    return out


def _without_marker(parsed: ParsedText, clause: int) -> list[int]:
    tokens = parsed.subtree(clause)
    marker = _child(parsed, clause, "mark")
    if marker is not None and marker.lower == "that":
        tokens = [i for i in tokens if i > marker.i]
    return tokens


def _fronted_content(parsed: ParsedText, verb: Token) -> list[int]:
    """The clause that a reporting clause is inserted in or hung on ("…, he said, …")."""
    head = parsed.tokens[verb.head]
    if head.i == verb.i or verb.dep not in {"parataxis", "dep", "advcl", "ccomp", "conj", "relcl", "appos"}:
        return []
    has_subject = _child(parsed, verb.i, "nsubj", "nsubjpass") is not None
    if not has_subject or (verb.i < head.i and verb.dep != "parataxis"):
        return []
    own = set(parsed.subtree(verb.i))
    comma = min(own) - 1
    if verb.dep != "parataxis" and (
        comma < 0 or parsed.tokens[comma].text not in {",", "”", '"', "’", "—", "–"}
    ):
        return []
    if _child(parsed, verb.i, "mark", "cc", "dobj") is not None:
        return []
    return [i for i in parsed.subtree(_clause_head(parsed, head).i) if i not in own]


def _clause_head(parsed: ParsedText, token: Token) -> Token:
    """The verb of the clause that `token` stands in."""
    while token.head != token.i and token.pos not in {"VERB", "AUX"}:
        token = parsed.tokens[token.head]
    return token


def _as_content(parsed: ParsedText, verb: Token) -> list[int]:
    """ "As the Journal notes, …": the main clause is the content."""
    marker = _child(parsed, verb.i, "mark", "advmod")
    if verb.dep != "advcl" or marker is None or marker.lower != "as" or _child(parsed, verb.i, "dobj"):
        return []
    own = set(parsed.subtree(verb.i))
    return [i for i in parsed.subtree(verb.head) if i not in own]


def _infinitive(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "vowed to …", "declined to comment"."""
    to = _child(parsed, verb.i, "xcomp")
    if verb.lemma not in cues.INFINITIVE or to is None or to.i < verb.i:
        return None
    if not any(
        parsed.tokens[i].dep == "aux" and parsed.tokens[i].lower == "to" for i in parsed.children[to.i]
    ):
        return None
    source = subject_of(parsed, verb)
    if not source or _is_first_person(parsed, source):
        return None
    stance = cues.stance_of(parsed, verb)
    confidence = 0.7 if verb.lemma in cues.PROMISE | {"decline", "refuse"} else 0.45
    return Frame(
        verb_group(parsed, verb), source, parsed.subtree(to.i), "infinitive", stance, confidence, verb.i
    )


def _directive(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "urged Congress to act", "demanded that … be …"."""
    if verb.lemma not in cues.DIRECTIVE:
        return None
    to = _child(parsed, verb.i, "xcomp", "ccomp")
    whom = _child(parsed, verb.i, "dobj")
    if to is None or whom is None or not verb.i < whom.i < to.i or _child(parsed, to.i, "aux") is None:
        return None
    source = subject_of(parsed, verb)
    if not source or _is_first_person(parsed, source):
        return None
    content = noun_phrase(parsed, whom.i) + parsed.subtree(to.i)
    return Frame(verb_group(parsed, verb), source, content, "directive", Stance.ASKS, 0.55, verb.i)


def _phrasal(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "called for …", "warned of …", "referred to …"."""
    for preposition in _children(parsed, verb.i, "prep"):
        if (verb.lemma, preposition.lower) not in cues.PHRASAL or preposition.i < verb.i:
            continue
        source = subject_of(parsed, verb)
        if not source or _is_first_person(parsed, source):
            return None
        content = [i for i in parsed.subtree(preposition.i) if i != preposition.i]
        to = (
            _child(parsed, verb.i, "xcomp", "advcl")
            if (verb.lemma, preposition.lower) == ("call", "on")
            else None
        )
        if to is not None and to.i > preposition.i:
            content += parsed.subtree(to.i)
        if content:
            stance = cues.stance_of(parsed, verb)
            cue = [*verb_group(parsed, verb), preposition.i]
            return Frame(cue, source, content, "phrasal verb", stance, 0.5, verb.i)
    return None


def _object(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "criticized the plan as …", "announced a deal", "rejected reports of …"."""
    if verb.lemma not in cues.OBJECT:
        return None
    thing = _child(parsed, verb.i, "dobj", "oprd")
    passive = False
    source = subject_of(parsed, verb)
    if thing is None:
        thing = _child(parsed, verb.i, "nsubjpass")
        agent = _child(parsed, verb.i, "agent")
        named = _child(parsed, agent.i, "pobj") if agent else None
        if thing is None or named is None:
            return None
        source, passive = noun_phrase(parsed, named.i), True
    if not source or _is_first_person(parsed, source) or thing.tag in {"WP", "WDT", "WRB"}:
        return None
    content = parsed.subtree(thing.i)
    for more in _children(parsed, verb.i, "prep", "oprd", "xcomp", "ccomp", "advcl"):
        follows = more.i > thing.i and (
            more.dep in {"oprd", "xcomp", "ccomp"} or more.lower in cues.OBJECT_PREPOSITION
        )
        if follows and not passive:
            content = content + parsed.subtree(more.i)
    return Frame(
        verb_group(parsed, verb), source, content, "object", cues.stance_of(parsed, verb), 0.5, verb.i
    )


def _trailing(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "…, the agency confirmed on Tuesday.", where the parser lost the thread of a long sentence.

    On the words alone: a comma, a noun phrase without a verb, a reporting verb in the past or present
    without an object, and before the comma a clause with a finite verb.
    """
    if verb.lemma not in cues.SAY | cues.CONFIRM or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    if _child(parsed, verb.i, "dobj", "ccomp", "xcomp", "oprd") is not None:
        return None
    sentence = parsed.sentence_of(verb.i)
    if parsed.tokens[sentence.last - 1].text == ":":  # what was said is still to come
        return None
    comma = next((i for i in range(verb.i - 1, sentence.first, -1) if parsed.tokens[i].text == ","), 0)
    named = parsed.tokens[comma + 1 : verb.i]
    before = parsed.tokens[sentence.first : comma]
    if not comma or not named or any(t.tag in _FINITE or t.dep in {"mark", "cc"} for t in named):
        return None
    if named[0].tag in {"WP", "WDT", "IN", "RB"} or named[-1].pos not in {"NOUN", "PROPN", "PRON"}:
        return None
    if not any(t.tag in _FINITE for t in before):
        return None
    cue = verb_group(parsed, verb)
    source = [t.i for t in named]
    content = list(range(sentence.first, comma))
    return Frame(cue, source, content, "fronted clause", cues.stance_of(parsed, verb), 0.6, verb.i)


def _is_first_person(parsed: ParsedText, source: list[int]) -> bool:
    """The writer's own "I", "we" and "you" outside quotations name no source."""
    return len(source) == 1 and parsed.tokens[source[0]].lower in {"i", "you"}
