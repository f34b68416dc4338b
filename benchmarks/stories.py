"""Score a whole run over annotated stories: ingest, export, and the bench's own scorer.

    python benchmarks/stories.py [STORY_DIR ...] [--no-manifest] [--misses N]

STORY_DIR holds articles (*.txt), gold.json and meta.json; by default the three of ../shared/bench/stories.
Outlet, date and URL come from meta.json as a manifest, as a user would give them, unless --no-manifest
leaves them to be found in the texts.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench" / "stories"
DEFAULT = ("kim-putin", "mosul-ebola", "mojang-deal")


def main() -> int:
    """Run the program as a user would and print the scorer's table; 0 when all went well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("stories", nargs="*", type=Path, default=[BENCH / name for name in DEFAULT])
    parser.add_argument("--no-manifest", action="store_true")
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
