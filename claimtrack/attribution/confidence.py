"""How sure the rules are: a logistic model over few features, fitted on PolNeAR's training articles.

An attribution counts as right when its content overlaps a gold one (IoU of at least half) and its
source is right.  The weights are log odds, fitted with a ridge penalty of 1 to what the rules found in
the 840 articles; a rule that is not in the table has the mean of all.
"""

from __future__ import annotations

import math

from claimtrack.records import Attribution, Kind

# Fitted again whenever a rule changes; docs/how-attribution-works.md shows how far they can be trusted.
_BIAS = -0.33
_RULES = {
    "according to": 1.05,
    "adverb": -0.09,
    "as clause": -0.25,
    "clause": 0.77,
    "colon": -0.29,
    "continued quotation": -1.64,
    "fronted clause": -0.16,
    "hearsay": 2.37,
    "infinitive": 0.33,
    "no answer": -0.10,
    "noun cue": 0.07,
    "noun cue, of": -0.87,
    "object": 0.52,
    "passive": 1.34,
    "phrasal verb": 0.47,
    "preposition": 0.59,
    "quotation with cue": -0.30,
    "speaker label": -0.16,
}
_FEATURES = {
    "long": 0.11,
    "long source": -0.09,
    "name": 0.65,
    "no source": -1.44,
    "partly quoted": 0.04,
    "plain cue": 0.56,
    "pronoun": 0.53,
    "quoted": 0.57,
    "short": -0.78,
    "split": 0.43,
}

_SAY = frozenset(
    {"said", "says", "say", "saying", "told", "tells", "added", "adds", "wrote", "writes", "announced"}
    | {"noted", "according to", "argued", "insisted", "warned"}
)
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who", "his", "her", "their"})
_SHORT, _LONG = 4, 40  # words of content


def probability(body: str, attribution: Attribution) -> float:
    """The probability that an attribution found by a rule is right, between 0 and 1."""
    odds = _BIAS + _RULES.get(attribution.rule, 0.0)
    odds += sum(_FEATURES[name] for name in features(body, attribution))
    return round(1 / (1 + math.exp(-odds)), 3)


def features(body: str, attribution: Attribution) -> list[str]:
    """The names of the features that hold for an attribution."""
    found = []
    source = " ".join(s.of(body) for s in attribution.source)
    if not source:
        found.append("no source")
    elif source.casefold() in _PRONOUNS:
        found.append("pronoun")
    elif source[0].isupper() and not source.startswith(("The ", "A ", "An ")):
        found.append("name")
    if len(source.split()) > 12:
        found.append("long source")
    if attribution.kind is Kind.DIRECT:
        found.append("quoted")
    elif attribution.kind is Kind.MIXED:
        found.append("partly quoted")
    length = sum(len(s.of(body).split()) for s in attribution.content)
    if length < _SHORT:
        found.append("short")
    elif length > _LONG:
        found.append("long")
    if len(attribution.content) > 1:
        found.append("split")
    cue = " ".join(s.of(body) for s in attribution.cue).casefold()
    if cue in _SAY:
        found.append("plain cue")
    return found
