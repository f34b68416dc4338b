"""Two people at once: "Ann Lee and Bo Ray said", "both", "the brothers", and "the former", "the latter"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from claimtrack.records import Resolution, Span, SpeakerKind
from claimtrack.speakers.cast import Figure
from claimtrack.speakers.confidence import resolution
from claimtrack.speakers.metonyms import canonical
from claimtrack.speakers.names import fold, word_set
from claimtrack.speakers.scene import Scene, resolution_of

_BOTH = re.compile(
    r"(?:they |the )?(?:both|two|pair|duo)(?: (?:men|women|people|leaders|senators|candidates|ministers))?"
    r"|the (?:couple|brothers|sisters|siblings|twins|spouses)",
)
_FORMER, _LATTER = word_set("former first"), word_set("latter second")
_REACH = 2  # sentences
_ANYWHERE = 10_000
_KIN = word_set("couple brothers sisters siblings twins spouses")
_BETWEEN = 6  # words from one name to the other


def several(scene: Scene, figures: Sequence[Figure], mention: str, rule: str) -> Resolution:
    """A group of named figures: a claim has one speaker, so what two say together is said by the pair."""
    names = [canonical(f.name, f.kind, scene.knowledge)[0] for f in figures]
    name = ", ".join(names[:-1]) + " and " + names[-1]
    return resolution(name, SpeakerKind.GROUP, mention, rule)


def pair_before(scene: Scene, offset: int, reach: int = _REACH) -> tuple[Figure, Figure] | None:
    """The two people last named side by side ("Ann Lee and Bo Ray", "Ann Lee met Bo Ray"), nearest first."""
    here = scene.sentence_at(offset)
    start = scene.parsed.sentences[max(0, here - reach)].span.start
    near = [
        (m, f)
        for m, f in scene.mentions_between(start, offset)
        if f.kind is SpeakerKind.PERSON and not m.possessor and not m.title and m.span.end <= offset
    ]
    for (one, first), (two, second) in reversed(list(pairwise(near))):
        between = scene.article.body[one.span.end : two.span.start]
        joined = one.sentence == two.sentence and re.search(r"\band\b|&", between)
        if joined and first is not second and len(between.split()) <= _BETWEEN:
            return first, second
    return None


def resolve_pair(scene: Scene, span: Span, mention: str) -> Resolution | None:
    """Whom "both", "the two" or "the latter" means, or None for other words or where no pair was named."""
    words = fold(mention).strip(" ,.")
    if _BOTH.fullmatch(words):
        kin = words.split()[-1] in _KIN
        pair = pair_before(scene, span.start, _ANYWHERE if kin else _REACH if words == "both" else 2 * _REACH)
        return several(scene, pair, mention, "both of two named speakers") if pair else None
    noun = words.removeprefix("the ")
    if noun in _FORMER | _LATTER and noun != words:
        pair = pair_before(scene, span.start)
        if pair:
            rule = "the former or the latter of two"
            return resolution_of(pair[noun in _LATTER], mention, rule, scene.knowledge)
    return None
