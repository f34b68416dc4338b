"""Reporting clauses that the small parser lost, read from the words alone."""

from __future__ import annotations

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, child, verb_group
from claimtrack.language.parsed import ParsedText, Token

_SURE = frozenset({"say", "argue", "claim", "insist", "add", "contend", "tell", "warn"})
_OPENS_CLAUSE = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "EX", "IN", "CD", "JJ"})
_LEAST = 4  # words of a clause that was lost
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def trailing(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "…, the agency confirmed on Tuesday.", where the parser lost the thread of a long sentence.

    On the words alone: a comma, a noun phrase without a verb, a reporting verb in the past or present
    without an object, and before the comma a clause with a finite verb.
    """
    if verb.lemma not in cues.SAY | cues.CONFIRM or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    if child(parsed, verb.i, "dobj", "ccomp", "xcomp", "oprd") is not None:
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


def inserted(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "Even then, he said, the price had doubled": a reporting clause between two commas."""
    if verb.lemma not in _SURE or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    sentence = parsed.sentence_of(verb.i)
    after = verb.i + 1
    named = _phrase_before(parsed, verb, sentence.first)
    if not named or after >= sentence.last or parsed.tokens[after].text != ",":
        return None
    before = named[0] - 1
    if before <= sentence.first or parsed.tokens[before].text != "," or after + 2 >= sentence.last:
        return None
    content = [*range(sentence.first, before), *range(after + 1, sentence.last)]
    cue = verb_group(parsed, verb)
    return Frame(cue, named, content, "fronted clause", cues.stance_of(parsed, verb), 0.6, verb.i)


def following(parsed: ParsedText, verb: Token) -> Frame | None:
    """ "Brook says the rise in rents …", where the parser made no clause of what follows the verb."""
    if verb.lemma not in _SURE or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    sentence = parsed.sentence_of(verb.i)
    named = _phrase_before(parsed, verb, sentence.first)
    rest = parsed.tokens[verb.i + 1 : sentence.last]
    if not named or len(rest) < _LEAST or rest[0].tag not in _OPENS_CLAUSE or rest[-1].text == ":":
        return None
    if not any(t.tag in _FINITE for t in rest):
        return None
    content = [t.i for t in (rest[1:] if rest[0].lower == "that" else rest)]
    cue = verb_group(parsed, verb)
    return Frame(cue, named, content, "clause", cues.stance_of(parsed, verb), 0.5, verb.i)


def _phrase_before(parsed: ParsedText, verb: Token, first: int) -> list[int]:
    """The noun phrase that stands right before the verb's group."""
    i = verb_group(parsed, verb)[0] - 1
    out: list[int] = []
    while i >= first and parsed.tokens[i].pos in {"PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"}:
        out.append(i)
        i -= 1
    out.reverse()
    if not out or parsed.tokens[out[-1]].pos not in {"PROPN", "PRON", "NOUN"}:
        return []
    if parsed.tokens[out[-1]].tag in {"WP", "WDT"} or parsed.tokens[out[-1]].lower in {"i", "you", "it"}:
        return []
    return out
