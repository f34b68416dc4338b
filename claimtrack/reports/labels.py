"""The words that name a dispute and its versions, all as they are printed in one of its claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.records import Signal
    from claimtrack.store.views import ClaimView

TOPIC_WORDS = 5
_AGAINST = " against "  # between the two differing figures, days or words in a signal's note
_SHARED = "shared: "
_BARE = frozenset(
    {"some", "none", "any", "no", "all"}
)  # set claims against each other, and name nothing by themselves


def printed(value: str, text: str) -> str:
    """`value` as it stands in `text`: itself in any case, or its figure with the unit near it; else ""."""
    if not value:
        return ""
    if found := re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE):
        return found.group()
    figure, _, unit = value.rpartition(" ")
    if not figure:
        return ""
    # "20 person" is measured where "20 young people" is printed: the unit is a lemma.
    near = rf"(?<!\w){re.escape(figure)}(?!\w)((?:\W+[\w-]+){{0,2}}?\W+{re.escape(unit[:3])}\w*)?"
    found = re.search(near, text, re.IGNORECASE)
    return found.group() if found else ""


def differing_values(signals: Iterable[Signal]) -> tuple[str, str]:
    """The figures, days or words that set two claims against each other; empty where it is not such."""
    for signal in signals:
        if _AGAINST in signal.note:
            one, _, other = signal.note.partition(_AGAINST)
            words = one.strip("“”"), other.strip("“”")
            return ("", "") if _BARE.intersection(word.casefold() for word in words) else words
    return "", ""


def shared_words(signals: Iterable[Signal]) -> tuple[str, ...]:
    """The words that two claims were found to share."""
    note = next((s.note for s in signals if s.note.startswith(_SHARED)), "")
    return tuple(word for word in note.removeprefix(_SHARED).split(", ") if word)


def commonest(notes: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The words of all notes, those of most first."""
    counts = Counter(word for note in notes for word in note)
    return tuple(word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def name_topic(shared: Sequence[str], texts: Sequence[str]) -> str:
    """The commonest shared words as they are printed first, in the order of print; else the first words."""
    whole = "\n".join(texts)
    places = {}
    for word in shared[:TOPIC_WORDS]:
        if found := re.search(rf"(?<!\w){re.escape(word)}\w*", whole, re.IGNORECASE):
            places[found.start()] = found.group()
    return ", ".join(dict.fromkeys(places[place] for place in sorted(places))) or texts[0]


def label_of(
    claims: Sequence[ClaimView], values: Mapping[str, Counter[str]], weight: Mapping[str, int]
) -> tuple[str, ClaimView]:
    """What names a version, and the claim it is printed in.

    The differing words that most claims have; else the claim that most stands against, the shortest.
    `values` counts each claim's differing words, `weight` how many claims stand against it.
    """
    counts: Counter[str] = Counter()
    for claim in claims:
        counts.update(values.get(claim.id, {}))
    # Where most of what stands against it does so for other reasons, a figure is no name for it.
    if counts and 2 * counts.total() >= sum(weight[claim.id] for claim in claims):
        label = min(counts, key=lambda words: (-counts[words], len(words), words))
        return label, next(claim for claim in claims if label in values.get(claim.id, {}))
    claim = min(claims, key=lambda c: (-weight[c.id], len(c.text), c.id))
    return claim.text, claim
