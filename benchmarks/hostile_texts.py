"""Ingest documents made to cost more than their length, and measure each: CPU seconds and memory.

    python benchmarks/hostile_texts.py [--only WORD] [--part N/M] [--attribution rules|hybrid]

Each document is ingested by a fork of this process, which has the models, into an empty SQLite database.
Those that are merely hostile are read without any limit, to see that none needs one.  Oversize ones are
minutes of real work, and go through a worker process that is ended after STEP seconds or above MEGABYTES; the
seconds shown are then what reading and storing took besides.  The exit code is 1 where one takes more than
SECONDS or MEGABYTES, or ends in anything but an article in the archive or one line that says why not.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.hostile_documents import Document, documents
from claimtrack.articles.discovery import Found
from claimtrack.errors import InputError
from claimtrack.extraction import extract_with
from claimtrack.pipeline import ingest
from claimtrack.records import Article
from claimtrack.settings import Settings
from claimtrack.store import open_store

SECONDS = 5.0
MEGABYTES = 1_000
STEP = 2.4  # seconds for reading an oversize text, and as many for extracting it


@dataclass(frozen=True)
class Measured:
    """What one document cost, and what became of it."""

    document: Document
    size: int  # bytes
    seconds: float  # of the processor
    megabytes: float
    outcome: str
    fine: bool

    @property
    def passes(self) -> bool:
        """Whether it keeps within the limits, and ended as it should."""
        spent = self.seconds + (STEP if self.document.oversize else 0)
        return self.fine and spent <= SECONDS and self.megabytes <= MEGABYTES


def main() -> int:
    """Measure them all; 1 where one is over a limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--part", default="1/1", help="the first of three parts: 1/3")
    parser.add_argument("--attribution", default="hybrid")
    given = parser.parse_args()
    part, parts = map(int, given.part.split("/"))
    chosen = [d for d in documents() if given.only in d.name][part - 1 :: parts]
    done = []
    for measured in measure(chosen, given.attribution):
        done.append(measured)
        print(_line(measured), flush=True)
    over = [m for m in done if not m.passes]
    slowest = max(done, key=lambda m: m.seconds)
    largest = max(done, key=lambda m: m.megabytes)
    print(
        f"{len(done)} documents, {len(over)} over {SECONDS:g} s or {MEGABYTES} MB; "
        f"slowest {slowest.seconds:.1f} s ({slowest.document.name}), "
        f"largest {largest.megabytes:.0f} MB ({largest.document.name})"
    )
    return int(bool(over))


def _line(m: Measured) -> str:
    mark = " " if m.passes else "!"
    name = m.document.name + (" (oversize)" if m.document.oversize else "")
    return f"{mark} {name:<44}{m.size / 1e6:>6.1f} MB{m.seconds:>6.1f} s{m.megabytes:>6.0f} MB  {m.outcome}"


def measure(chosen: Sequence[Document], attribution: str = "hybrid") -> Iterator[Measured]:
    """What each document costs, one after the other, each in a process of its own."""
    free = Settings.model_validate(
        {"attribution": attribution, "entailment": "off", "time_limit": 0, "memory_limit": 0}
    )
    bounded = free.model_copy(update={"time_limit": STEP, "memory_limit": MEGABYTES})
    extract_with(free, Article("Mayor Ada Quill said the pier is shut. " * 50, "warm.txt"))
    with tempfile.TemporaryDirectory(prefix="claimtrack-hostile-") as folder:
        for number, document in enumerate(chosen):
            path = Path(folder) / f"{number}.txt"
            path.write_bytes(document.make().encode("utf-8", "surrogatepass"))
            yield _measured(document, path, bounded if document.oversize else free)
            path.unlink()


def _measured(document: Document, path: Path, settings: Settings) -> Measured:
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(into, _ingest(path, settings).encode())
        finally:
            os._exit(0)
    os.close(into)
    said = os.read(out, 65536).decode()
    os.close(out)
    os.waitpid(pid, 0)
    fine, seconds, kilobytes, outcome = said.split("\t") if said else ("", "0", "0", "no outcome")
    size = path.stat().st_size
    return Measured(document, size, float(seconds), float(kilobytes) / 1000, outcome, fine == "fine")


def _ingest(path: Path, settings: Settings) -> str:
    with open_store(f"{path}.db", who="trial") as store:
        (outcome,) = ingest(store, [Found(str(path))], settings=settings)
    if outcome.error is None:
        told, fine = f"{outcome.result.value}, {outcome.claims} claims", True
    else:
        told = str(outcome.error).replace(str(path), path.name)
        fine = isinstance(outcome.error, InputError) and "\n" not in told
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    return f"{'fine' if fine else ''}\t{cpu}\t{used.ru_maxrss}\t{told}"


if __name__ == "__main__":
    sys.exit(main())
