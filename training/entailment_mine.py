"""Pairs made from other pairs and from news statements: one number, date, name, negation or antonym changed,
or the statement put into the mouth of one who denies, confirms or cannot say.

Textbook pairs contradict in broad strokes; news contradicts in a number or a "not" inside near-copies.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from entailment_data import CONTRADICTION, ENTAILMENT, NEUTRAL, Pair, read_rows

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,])\d+(?:\.\d+)?(?![\w,]*\d)")
SMALL = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|had|does|do|did|must)\b(?!\s+(?:not\b|n[o']))",
    re.I,
)
FINITE = re.compile(
    r"^(?!how|what|which|who|whether|if|why|to)(?:\S+ ){1,9}"
    r"(?:is|are|was|were|will|would|can|has|had|\w+ed)\b",
    re.I,
)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})?\b")
OPPOSITE: dict[str, list[str]] = {}
for one, other in csv.reader(
    Path(__file__).with_name("opposites.csv").read_text(encoding="utf-8").splitlines()[1:]
):
    OPPOSITE.setdefault(one, []).append(other)
    OPPOSITE.setdefault(other, []).append(one)
OPPOSITE_WORD = re.compile(r"\b(" + "|".join(sorted(OPPOSITE, key=len, reverse=True)) + r")\b", re.I)

WHO = ["officials", "the minister", "his lawyer", "the company", "a spokesman", "police", "the government"]
WHO += ["her agent", "the ministry", "doctors", "the party", "a spokeswoman", "the army", "experts"]
DENYING = [
    "{who} denied that {x}",
    "{who} denies {x}",
    "it is not true that {x}, {who} said",
    "no, {x} is not true",
    "reports that {x} are false, {who} said",
    "the claim that {x} is a hoax",
    "{x}? It is fake, {who} said",
    "{who} rejected claims that {x}",
    "{who} shot down reports that {x}",
    "the story that {x} turned out to be false",
    "{who} dismissed as untrue a report that {x}",
    "{who} said there was no truth to the report that {x}",
    "{x}: {who} calls it a fabrication",
    "no, {x}: a hoax",
    "fake story that {x} fools thousands",
    "{x}? No, says {who}",
    "despite the rumours, it is false that {x}",
    "debunked: {x}",
    "the person behind the report that {x} admits having made it up",
    "it never happened that {x}, according to {who}",
    "{who} disputes a report that {x}",
]
CONFIRMING = [
    "{who} confirmed that {x}",
    "{x}, {who} said",
    "{who} said that {x}",
    "{who} said {x}",
    "it is true that {x}, {who} said",
    "{who} announced that {x}",
    "{x}, according to {who}",
]
OPEN = [
    "{who} could not confirm that {x}",
    "{who} declined to say whether {x}",
    "it was not clear whether {x}",
    "rumours that {x} spread online",
    "{who} were asked whether {x}",
    "{who} said they would examine whether {x}",
    "{who} had no comment on whether {x}",
]


def statements(path: Path) -> list[str]:
    """What people said in annotated news (`attribution/train.jsonl`): contents of a clause's length."""
    out = []
    for row in read_rows(path):
        for attribution in row["attributions"]:  # type: ignore[attr-defined]
            text = " ".join(row["text"][start:end] for start, end in attribution["content"])  # type: ignore[misc]
            text = re.sub(r"^(?:that|because|and|but)\s+", "", text.strip(" ,.;:\"'“”‘’\n"), flags=re.I)
            if 6 <= len(text.split()) <= 40 and "\n" not in text and FINITE.search(text):
                out.append(text)
    return out


def other_number(text: str, rng: random.Random) -> str:
    """A number written alike with a clearly different value."""
    if text.lower() in SMALL:
        return rng.choice([word for word in SMALL if word != text.lower()])
    value = float(text.replace(",", ""))
    if "." in text:
        return f"{value * rng.choice([0.4, 0.6, 1.5, 2, 3]) + 0.1:.{len(text.split('.')[1])}f}"
    if 1900 <= value <= 2100 and "," not in text:
        return str(int(value) + rng.choice([-9, -4, -3, -2, -1, 1, 2, 3, 5]))
    new = int(value * rng.choice([0.2, 0.5, 0.7, 1.4, 2, 3, 10])) + rng.choice([1, 2, 3])
    new += new == value
    return f"{new:,}" if "," in text else str(new)


def shared(pattern: re.Pattern[str], a: str, b: str) -> list[re.Match[str]]:
    """What the pattern finds in b that stands in a too."""
    low = a.lower()
    return [match for match in pattern.finditer(b) if match.group().lower() in low]


def change_number(a: str, b: str, rng: random.Random) -> str | None:
    """B with another number than a's."""
    found = shared(NUMBER, a, b) + shared(re.compile(rf"\b({'|'.join(SMALL)})\b", re.I), a, b)
    if not found:
        return None
    match = rng.choice(found)
    return b[: match.start()] + other_number(match.group(), rng) + b[match.end() :]


def change_date(a: str, b: str, rng: random.Random) -> str | None:
    """B with another weekday or month than a's."""
    for names in rng.sample([DAYS, MONTHS], 2):
        found = shared(re.compile(rf"\b({'|'.join(names)})\b"), a, b)
        if found:
            match = rng.choice(found)
            new = rng.choice([name for name in names if name.lower() not in a.lower()] or ["never"])
            return b[: match.start()] + new + b[match.end() :]
    return None


def negate(_a: str, b: str, rng: random.Random) -> str | None:
    """B with a "not" more, or one less."""
    without = re.sub(r"\b(not|never)\s+|(?<=\w)n['’]t\b", "", b, count=1)
    if without != b:
        return without
    match = AUXILIARY.search(b)
    if not match or match.start() > 0.7 * len(b):
        return None
    verb = match.group()
    short = {"will": "won't", "can": "can't"}.get(verb, verb + "n't")
    return b[: match.start()] + rng.choice([f"{verb} not", f"{verb} not", short]) + b[match.end() :]


def oppose(a: str, b: str, rng: random.Random) -> str | None:
    """B with an antonym of a word that a has too."""
    found = shared(OPPOSITE_WORD, a, b)
    if not found:
        return None
    match = rng.choice(found)
    return b[: match.start()] + rng.choice(OPPOSITE[match.group().lower()]) + b[match.end() :]


PADDED = 0.15  # share of made pairs with a sentence more

CHANGES: list[Callable[[str, str, random.Random], str | None]] = [change_number, change_date, negate, oppose]


def put(frames: Sequence[str], text: str, rng: random.Random) -> str:
    """The statement in one of the frames."""
    text = text.strip().rstrip(".")
    frame = rng.choice(frames)
    if not frame.startswith("{x}") and len(text) > 1 and text[1].islower():
        text = text[0].lower() + text[1:]
    out = frame.replace("{who}", rng.choice(WHO)).replace("{x}", text)
    return out[0].upper() + out[1:]


def shorten(text: str, rng: random.Random) -> str | None:
    """The statement without what follows its first comma or a late preposition."""
    cuts = [m.start() for m in re.finditer(r",\s| (?:in|on|at|by|after|during|since|for) ", text)]
    cuts = [at for at in cuts if len(text[:at].split()) >= 5]
    return text[: rng.choice(cuts)] if cuts else None


def padded(pair: Pair, other: str, rng: random.Random) -> Pair:
    """The pair with an unconnected sentence before or after its second text, as in the lead of an article."""
    texts = [pair.b.rstrip(".") + ".", other[0].upper() + other[1:] + "."]
    rng.shuffle(texts)
    return Pair(pair.a, " ".join(texts), pair.allowed, "mined")


def changed(a: str, b: str, rng: random.Random) -> Pair | None:
    """A against a b that says something else, or nothing can be changed."""
    options = [change for change in CHANGES if change is not oppose or rng.random() < 0.7]
    rng.shuffle(options)
    for change in options:
        new = change(a, b, rng)
        if new and new != b:
            return Pair(a, new, CONTRADICTION, "mined")
    return None


def renamed(a: str, b: str, names: Sequence[str], rng: random.Random) -> Pair | None:
    """A against a b that says it of another person or place: not the same, whatever else."""
    found = shared(NAME, a, b)
    if not found:
        return None
    match = rng.choice(found)
    new = b[: match.start()] + rng.choice(names) + b[match.end() :]
    return Pair(a, new, CONTRADICTION | NEUTRAL, "mined")


def cut_short(b: str, rng: random.Random) -> Pair | None:
    """A statement and its beginning, in either order."""
    short = shorten(b, rng)
    if not short:
        return None
    return rng.choice([Pair(b, short, ENTAILMENT, "mined"), Pair(short, b, ENTAILMENT | NEUTRAL, "mined")])


def unconnected(a: str, other: str, rng: random.Random) -> Pair:
    """A against a denial of something else: a "not" alone is no contradiction."""
    return Pair(a, negate("", other, rng) or put(DENYING, other, rng), NEUTRAL, "mined")


def alike(b: str, rng: random.Random) -> Pair | None:
    """A negated statement and itself: two of the same are no contradiction either."""
    new = negate("", b, rng)
    return Pair(put(CONFIRMING, new, rng), new, ENTAILMENT, "mined") if new else None


def made(a: str, b: str, other: str, names: Sequence[str], rng: random.Random) -> Pair | None:
    """One pair from two texts of which the second follows from the first, and one unconnected text."""
    makers: list[tuple[int, Callable[[], Pair | None]]] = [
        (34, lambda: changed(a, b, rng)),
        (16, lambda: Pair(a, put(DENYING, b, rng), CONTRADICTION, "mined")),
        (10, lambda: Pair(a, put(CONFIRMING, b, rng), ENTAILMENT, "mined")),
        (6, lambda: Pair(put(CONFIRMING, a, rng), b, ENTAILMENT, "mined")),
        (3, lambda: Pair(put(DENYING, a, rng), put(DENYING, b, rng), ENTAILMENT, "mined")),
        (6, lambda: Pair(a, put(OPEN, b, rng), NEUTRAL, "mined")),
        (5, lambda: renamed(a, b, names, rng)),
        (9, lambda: cut_short(b, rng)),
        (5, lambda: unconnected(a, other, rng)),
        (6, lambda: alike(b, rng)),
    ]
    shares, doers = zip(*makers, strict=True)
    return rng.choices(doers, shares)[0]()


def mined(pairs: Sequence[Pair], spoken: Sequence[str], count: int, rng: random.Random) -> list[Pair]:
    """About `count` made pairs, half from entailing pairs, half from statements of the news."""
    sure = [
        p
        for p in pairs
        if p.allowed == ENTAILMENT and p.dataset not in ("breaking", "conjnli-adv", "snli-neg")
    ]
    names = sorted({m.group() for text in spoken for m in NAME.finditer(text)})
    out: list[Pair] = []
    while len(out) < count:
        other = rng.choice(spoken)
        if rng.random() < 0.5:
            text = rng.choice(spoken)
            made_one = made(text, text, other, names, rng)
        else:
            pair = rng.choice(sure)
            made_one = made(pair.a, pair.b, other, names, rng)
        if made_one:
            pads = made_one.allowed in (CONTRADICTION, ENTAILMENT) and rng.random() < PADDED
            out.append(padded(made_one, rng.choice(spoken), rng) if pads else made_one)
    return out
