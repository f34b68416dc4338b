"""How sure each rule of the resolver is: measured, not thought.

`COUNTS` holds for each rule how many of its answers were right, of how many that were judged: those on
the passages of tests/gold/mentions.txt (`benchmarks/mentions.py` prints them) and on articles of PolNeAR
train that were read by hand, thirty in full and fifty more for the rarer rules.  Right is also a
description that stays one, where the article names nobody.  A rule with few answers is drawn towards the
mean of all.
"""

from __future__ import annotations

from claimtrack.records import Resolution, SpeakerKind

COUNTS: dict[str, tuple[int, int]] = {
    "name": (150, 150),
    "group": (139, 139),
    "pronoun: recency and role": (129, 130),
    "last name": (127, 127),
    "unnamed source": (78, 95),
    "no source in the text": (63, 63),
    "last name with honorific": (60, 60),
    "name of a body": (40, 44),
    "description of a named person": (39, 43),
    "relative pronoun": (37, 37),
    "metonym": (25, 25),
    "description of a named body": (21, 21),
    "last name, one of several namesakes": (20, 20),
    "description of the last speaker": (18, 18),
    "plural pronoun: last group": (15, 16),
    "description of a body, unnamed": (15, 15),
    "last name with honorific, one of several namesakes": (14, 14),
    "short form of a body's name": (11, 12),
    "pronoun: recency and role, a close call": (12, 12),
    "form of a name in the article": (10, 11),
    "first person inside a quotation": (8, 8),
    "pronoun: the last speaker, unnamed": (3, 8),
    "document of a named body": (6, 7),
    "spokesperson of an organisation": (6, 6),
    "quotation continued": (5, 5),
    "several named speakers": (5, 5),
    "both of two named speakers": (4, 4),
    "the author": (4, 4),
    "document of the last body to speak": (3, 4),
    "named in the next paragraph": (2, 2),
    "the elder or the younger of a name": (2, 2),
    "named in the next sentences": (1, 1),
    "description of the only person with such a role": (1, 1),
    "spokesperson named elsewhere": (1, 1),
    "pronoun without an antecedent": (0, 1),
}
_MEAN = sum(right for right, _ in COUNTS.values()) / sum(judged for _, judged in COUNTS.values())
_WEIGHT = 10  # answers that the mean counts for
_CERTAIN = {"own voice": 1.0}  # no resolution at all


def confidence_of(rule: str) -> float:
    """The probability that an answer by this rule is right."""
    right, judged = COUNTS.get(rule, (0, 0))
    return _CERTAIN.get(rule) or round((right + _WEIGHT * _MEAN) / (judged + _WEIGHT), 3)


def resolution(
    name: str,
    kind: SpeakerKind,
    mention: str,
    rule: str,
    roles: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Resolution:
    """An answer with the confidence of its rule."""
    return Resolution(name, kind, mention, rule, confidence_of(rule), roles, aliases)


def same_speaker(known: Resolution, mention: str, rule: str) -> Resolution:
    """The speaker of an earlier answer, found again by another rule: it cannot be surer than that answer."""
    sure = round(confidence_of(rule) * known.confidence, 3)
    return Resolution(known.name, known.kind, mention, rule, sure, known.roles, known.aliases)
