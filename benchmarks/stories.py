"""Score a whole run over annotated stories: ingest, export, and the bench's own scorer.

    python benchmarks/stories.py [STORY_DIR ...] [--no-manifest] [--gold-claims] [--entailment SETTING]
                                 [--misses N]

STORY_DIR holds articles (*.txt), gold.json and meta.json; by default the three of ../shared/bench/stories.
Outlet, date and URL come from meta.json as a manifest, as a user would give them, unless --no-manifest
leaves them to be found in the texts.  --gold-claims judges the annotated claims instead, all pairs of each
story, so that a lost claim does not hide a bad judgement.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench" / "stories"
DEFAULT = ("kim-putin", "mosul-ebola", "mojang-deal")


def main() -> int:
    """Run the program as a user would and print the scorer's table; 0 when all went well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("stories", nargs="*", type=Path, default=[BENCH / name for name in DEFAULT])
    parser.add_argument("--no-manifest", action="store_true")
    parser.add_argument("--gold-claims", action="store_true")
    parser.add_argument("--entailment", default="builtin", help="off, builtin, or the folder of a model")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder to leave the database and the exports in")
    arguments = parser.parse_args()
    missing = [str(s) for s in arguments.stories if not (s / "gold.json").is_file()]
    if missing:
        print(f"no gold.json in {', '.join(missing)}: name folders of annotated stories", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.gold_claims:
            judge_gold(folder, arguments.stories, arguments.entailment)
        else:
            os.environ["CLAIMTRACK_ENTAILMENT"] = arguments.entailment
            for story in arguments.stories:
                copy_story(story, folder / "stories" / story.name, with_manifest=not arguments.no_manifest)
            run(folder, "ingest", "stories")
            run(folder, "export", "claims.jsonl")
            run(folder, "export", "relations.jsonl")
        scorer = arguments.stories[0].resolve().parent / "score.py"
        command = [
            sys.executable,
            str(scorer),
            *map(str, arguments.stories),
            "--misses",
            str(arguments.misses),
        ]
        exports = ["--claims", str(folder / "claims.jsonl"), "--relations", str(folder / "relations.jsonl")]
        return subprocess.run([*command, *exports], check=False).returncode


def judge_gold(folder: Path, stories: list[Path], entailment: str) -> None:
    """Write the annotated claims of stories and what the judge says of their pairs, as exports would be."""
    sys.path.insert(0, str(ROOT))
    from benchmarks.gold_claims import story_claims  # noqa: PLC0415 - needs the package; the rest runs it
    from claimtrack.language.model import load  # noqa: PLC0415
    from claimtrack.relations import judge_pairs  # noqa: PLC0415
    from claimtrack.relations.entailment import load_entailment  # noqa: PLC0415

    claims: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    for story in stories:
        made = story_claims(story, load())
        ids = {claim.key: name for name, claim in made.items()}
        for row in json.loads((story / "gold.json").read_text(encoding="utf-8"))["claims"]:
            article = f"{story.resolve().name}/{row['file']}"
            named = {"speaker": row["speaker"], "relays": row.get("via"), "kind": row["kind"]}
            claims.append({"id": row["id"], "article": article, "content": [row["content_span"]], **named})
        pairs = [(a, b) for a, b in combinations(made.values(), 2) if a.article != b.article]
        relations += [
            {"a": ids[r.a], "b": ids[r.b], "relation": r.kind.value, "score": r.score}
            for r in judge_pairs(pairs, load_entailment(entailment))
        ]
    for name, rows in (("claims", claims), ("relations", relations)):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def copy_story(story: Path, target: Path, *, with_manifest: bool) -> None:
    """Copy a story's texts, with a manifest.csv made from its meta.json."""
    target.mkdir(parents=True, exist_ok=True)
    for text in sorted(story.glob("*.txt")):
        shutil.copy(text, target)
    if not with_manifest:
        return
    with (target / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["file", "outlet", "published", "url", "title"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(json.loads((story / "meta.json").read_text(encoding="utf-8")))


def run(folder: Path, *arguments: str) -> None:
    """Run claimtrack in `folder`."""
    command = [sys.executable, "-m", "claimtrack", "--db", "stories.db", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
