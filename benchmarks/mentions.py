"""Who each source stands for, measured on passages of our own.

    python benchmarks/mentions.py [--half a|b] [--misses] [FILE]

FILE is like tests/gold/mentions.txt.  The sources are those of the gold, so that nothing but the resolver
is measured.  Two mentions are together when they get one speaker: inside a passage, and among the passages
of an archive.  B-cubed after Bagga and Baldwin (1998): for each mention, how many of those put with it
belong there (precision), and how many of those that belong are there (recall).  A wrong merge is a pair of
mentions of two *named* speakers that got one speaker.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claimtrack.knowledge import load_knowledge  # noqa: E402
from claimtrack.language.model import load  # noqa: E402
from claimtrack.records import Article, Resolution, Speaker  # noqa: E402
from claimtrack.speakers import combine, group, identify, resolve  # noqa: E402
from claimtrack.speakers.names import name_words  # noqa: E402
from tests.gold.mentions import HERE, Mention, MentionPassage, load_mentions  # noqa: E402

Answers = list[tuple[Article, list[Resolution]]]


@dataclass
class Tally:
    """Sums over mentions and pairs of mentions that were clustered."""

    mentions: int = 0
    precision: float = 0.0
    recall: float = 0.0
    together: Counter[str] = field(default_factory=Counter)  # pairs: gold, found, both
    wrong_merges: list[tuple[str, str]] = field(default_factory=list)  # the two speakers put together

    def add(self, gold: Sequence[str], found: Sequence[str]) -> None:
        """Count the mentions of one passage or archive; equal labels are one speaker."""
        for g, f in zip(gold, found, strict=True):
            same = [x == f for x in found]
            right = [x == g for x in gold]
            both = sum(a and b for a, b in zip(same, right, strict=True))
            self.mentions += 1
            self.precision += both / sum(same)
            self.recall += both / sum(right)
        for (g, f), (h, e) in combinations(zip(gold, found, strict=True), 2):
            self.together["gold"] += g == h
            self.together["found"] += f == e
            self.together["both"] += g == h and f == e
            if f == e and g != h and "~" not in (g[0], h[0]):
                self.wrong_merges.append((g, h))

    def figures(self) -> dict[str, float]:
        """B-cubed precision, recall and F1, pairwise F1, and the number of wrong merges."""
        p, r = self.precision / self.mentions, self.recall / self.mentions
        pair_p = self.together["both"] / max(1, self.together["found"])
        pair_r = self.together["both"] / max(1, self.together["gold"])
        return {
            "mentions": self.mentions,
            "b3_precision": p,
            "b3_recall": r,
            "b3_f1": _f1(p, r),
            "pair_f1": _f1(pair_p, pair_r),
            "wrong_merges": len(self.wrong_merges),
        }


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def resolve_passages(passages: Iterable[MentionPassage]) -> Answers:
    """The resolver's answers for the gold sources of each passage."""
    model, knowledge = load(), load_knowledge()
    return [
        (
            p.article,
            resolve(p.article, model.parse(p.article), [m.attribution for m in p.mentions], knowledge),
        )
        for p in passages
    ]


def as_archive(answers: Answers) -> list[list[str]]:
    """The speaker keys of all answers, as the archive groups them."""
    shown = [[identify(r, article) for r in resolutions] for article, resolutions in answers]
    personas: dict[str, Speaker] = {}
    for persona in (p for row in shown for p in row):
        personas[persona.key] = combine(personas.get(persona.key, persona), persona)
    leaders = group(personas.values())
    return [[leaders[p.key].key for p in row] for row in shown]


def within(passages: Sequence[MentionPassage], answers: Answers) -> Tally:
    """Cluster the mentions of each passage by the speaker they got."""
    tally = Tally()
    for passage, (article, resolutions) in zip(passages, answers, strict=True):
        tally.add([m.speaker for m in passage.mentions], [identify(r, article).key for r in resolutions])
    return tally


def across(
    passages: Sequence[MentionPassage],
    answers: Answers,
    link_all: Callable[[Answers], list[list[str]]] = as_archive,
) -> Tally:
    """Cluster the mentions of all passages of an archive; the unnamed are known in their passage alone."""
    tally = Tally()
    archives: defaultdict[str, list[int]] = defaultdict(list)
    for n, passage in enumerate(passages):
        archives[passage.archive].append(n)
    for numbers in archives.values():
        gold = [_global(passages[n], m) for n in numbers for m in passages[n].mentions]
        tally.add(gold, [key for row in link_all([answers[n] for n in numbers]) for key in row])
    return tally


def _global(passage: MentionPassage, mention: Mention) -> str:
    return f"{mention.speaker} ({passage.id})" if mention.is_local else mention.speaker


def is_right(mention: Mention, resolution: Resolution) -> bool:
    """Whether the answer bears the gold name or a part of it; the unnamed must not get a name."""
    wanted = set(name_words(mention.speaker.removeprefix("~").partition("#")[0]))
    got = set(name_words(resolution.name))
    if mention.is_local:
        return resolution.kind.value in ("group", "unnamed") and bool(wanted & got)
    return bool(got) and (got <= wanted or wanted <= got)


def rules(passages: Sequence[MentionPassage], answers: Answers) -> dict[str, Counter[bool]]:
    """How often each rule named the right speaker."""
    out: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for passage, (_, resolutions) in zip(passages, answers, strict=True):
        for mention, resolution in zip(passage.mentions, resolutions, strict=True):
            out[resolution.rule][is_right(mention, resolution)] += 1
    return out


def main() -> int:
    """Print the tables; 1 where two named speakers were put together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=HERE / "mentions.txt")
    parser.add_argument("--half", choices=["a", "b"], help="a was in sight when rules were mended, b was not")
    parser.add_argument("--misses", action="store_true", help="list the mentions that got another speaker")
    arguments = parser.parse_args()
    passages = [p for p in load_mentions(arguments.file) if arguments.half in (None, p.half)]
    answers = resolve_passages(passages)
    by_rule = rules(passages, answers)
    for rule, tally in sorted(by_rule.items(), key=lambda pair: -sum(pair[1].values())):
        print(f"{rule:<52}{tally[True]:>4} of {sum(tally.values()):>4} right")
    right = sum(tally[True] for tally in by_rule.values())
    print(f"{len(passages)} passages, speaker right: {right / sum(map(Counter.total, by_rule.values())):.3f}")
    merged = 0
    for name, tally in (("within", within(passages, answers)), ("across", across(passages, answers))):
        print(f"{name}: " + ", ".join(f"{k} {v:.3f}" for k, v in tally.figures().items()))
        merged += len(tally.wrong_merges)
        for pair in Counter(tuple(sorted(p)) for p in tally.wrong_merges):
            print(f"  put together: {' and '.join(pair)}")
    if arguments.misses:
        for passage, (_, resolutions) in zip(passages, answers, strict=True):
            for mention, r in zip(passage.mentions, resolutions, strict=True):
                if not is_right(mention, r):
                    print(
                        f"{passage.id}: {r.mention!r} is {mention.speaker}, got {r.name} ({r.kind}; {r.rule})"
                    )
    return int(merged > 0)


if __name__ == "__main__":
    sys.exit(main())
