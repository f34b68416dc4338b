"""Verb cues whose content is no clause: infinitives, objects, prepositional phrases, passives."""

from __future__ import annotations

from claimtrack.attribution import cues
from claimtrack.attribution.frames import (
    Frame,
    agent_of,
    child,
    children,
    is_first_person,
    noun_phrase,
    subject_of,
    verb_group,
)
from claimtrack.attribution.nouns import that_clause
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Stance


def infinitive(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "vowed to …", "declined to comment"."""
    to = child(parsed, verb.i, "xcomp")
    if verb.lemma not in cues.INFINITIVE | cues.DIRECTIVE or to is None or to.i < verb.i:
        return None
    if not any(
        parsed.tokens[i].dep == "aux" and parsed.tokens[i].lower == "to" for i in parsed.children[to.i]
    ):
        return None
    if child(parsed, verb.i, "auxpass") is not None:
        return _told_to(parsed, verb, to)
    source = subject_of(parsed, verb)
    if not source or is_first_person(parsed, source):
        return None
    stance = cues.stance_of(parsed, verb)
    confidence = 0.7 if verb.lemma in cues.PROMISE | {"decline", "refuse"} else 0.45
    return Frame(
        verb_group(parsed, verb), source, parsed.subtree(to.i), "infinitive", stance, confidence, verb.i
    )


def _told_to(parsed: ParsedText, verb: Token, to: Token) -> Frame | None:
    """ "Residents were told to leave", "… were urged by the mayor to leave": the source is behind "by"."""
    subject = child(parsed, verb.i, "nsubjpass")
    if verb.lemma not in cues.DIRECTIVE - {"call", "press", "want", "expect"} or subject is None:
        return None
    if subject.tag in {"WP", "WDT"}:
        return None
    source, late = agent_of(parsed, verb)
    content = [*noun_phrase(parsed, subject.i), *late, *parsed.subtree(to.i)]
    return Frame(_passive_cue(parsed, verb), source, content, "passive", Stance.ASKS, 0.5, verb.i)


def _passive_cue(parsed: ParsedText, verb: Token) -> list[int]:
    by = child(parsed, verb.i, "agent")
    return [*verb_group(parsed, verb), *([by.i] if by else [])]


def no_answer(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "did not respond to requests", "could not be reached for comment"."""
    reached = verb.lemma == "reach" and child(parsed, verb.i, "auxpass") is not None
    if not (reached or verb.lemma in {"respond", "reply"}) or not cues.is_negated(parsed, verb):
        return None
    about = next(
        (p for p in children(parsed, verb.i, "prep") if p.lower == ("for" if reached else "to")), None
    )
    passive = child(parsed, verb.i, "nsubjpass")
    source = noun_phrase(parsed, passive.i) if passive else subject_of(parsed, verb)
    if about is None or not source:
        return None
    content = parsed.subtree(about.i)
    return Frame(verb_group(parsed, verb), source, content, "no answer", Stance.DECLINES, 0.7, verb.i)


def directive(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "urged Congress to act", "demanded that … be …"."""
    if verb.lemma not in cues.DIRECTIVE:
        return None
    to = child(parsed, verb.i, "xcomp", "ccomp")
    whom = child(parsed, verb.i, "dobj")
    if to is None or whom is None or not verb.i < whom.i < to.i or child(parsed, to.i, "aux") is None:
        return None
    source = subject_of(parsed, verb)
    if not source or is_first_person(parsed, source):
        return None
    content = noun_phrase(parsed, whom.i) + parsed.subtree(to.i)
    return Frame(verb_group(parsed, verb), source, content, "directive", Stance.ASKS, 0.55, verb.i)


def phrasal(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "called for …", "warned of …", "referred to …"."""
    for preposition in children(parsed, verb.i, "prep"):
        if (verb.lemma, preposition.lower) not in cues.PHRASAL or preposition.i < verb.i:
            continue
        source = subject_of(parsed, verb)
        if not source or is_first_person(parsed, source):
            return None
        content = [i for i in parsed.subtree(preposition.i) if i != preposition.i]
        to = (
            child(parsed, verb.i, "xcomp", "advcl")
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


def direct_object(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "criticized the plan as …", "announced a deal", "rejected reports of …"."""
    ruled_out = verb.lemma == "rule" and any(p.lower == "out" for p in children(parsed, verb.i, "prt"))
    charged = verb.lemma in cues.CHARGES and child(parsed, verb.i, "auxpass") is not None
    if verb.lemma not in cues.OBJECT and not ruled_out and not charged:
        return None
    thing = child(parsed, verb.i, "dobj", "oprd")
    source = subject_of(parsed, verb)
    if thing is None:
        thing = child(parsed, verb.i, "nsubjpass")
        return _passive(parsed, verb, thing) if thing is not None else None
    if verb.lemma in cues.SHOW - cues.SAY and not cues.is_document(parsed, source):
        return None
    if not source or is_first_person(parsed, source) or thing.tag in {"WP", "WDT", "WRB"}:
        return None
    content = parsed.subtree(thing.i)
    if verb.lemma in cues.DENY | cues.DOUBT | cues.CONFIRM:
        content = that_clause(parsed, thing) or content  # "denied claims by Y that …": the clause is denied
    for more in children(parsed, verb.i, "prep", "oprd", "xcomp", "ccomp", "advcl"):
        follows = more.i > thing.i and (
            more.dep in {"oprd", "xcomp", "ccomp"} or more.lower in cues.OBJECT_PREPOSITION
        )
        if follows:
            content = content + parsed.subtree(more.i)
    return Frame(
        verb_group(parsed, verb), source, content, "object", cues.stance_of(parsed, verb), 0.5, verb.i
    )


def _passive(parsed: ParsedText, verb: Token, thing: Token) -> Frame | None:
    """ "The plan was dismissed by the union as a stunt": subject and complement are the content."""
    source, late = agent_of(parsed, verb)
    charge = cues.CHARGES.get(verb.lemma)
    if thing.tag in {"WP", "WDT"} or not (source or charge):
        return None
    content = [*noun_phrase(parsed, thing.i), *late]
    more = [
        p
        for p in children(parsed, verb.i, "prep", "oprd", "xcomp")
        if p.i > verb.i and (p.dep != "prep" or p.lower in (cues.OBJECT_PREPOSITION | {charge}))
    ]
    if not source and not any(p.lower == charge for p in more):
        return None
    content += [j for p in more for j in parsed.subtree(p.i)]
    stance = cues.stance_of(parsed, verb)
    return Frame(_passive_cue(parsed, verb), source, content, "passive", stance, 0.5, verb.i)
