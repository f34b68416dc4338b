"""Exports of large archives: memory that stays flat, and rows a second against a bare csv.writer.

    python benchmarks/export.py [--rows 10000 100000 1000000] [--keep FOLDER]

Makes archives of generated claims (ten an article, a relation for every second one, a verdict on every
fiftieth), exports them each in a process of its own, and prints peak memory and rows a second of processor
time beside those of `csv.writer` over a raw cursor on the same claims, taken in turn.  The exit code is 1
where an export of the largest archive needs more than LIMIT times the memory of the one before it, and SLACK
on top.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 1.3
SLACK = 16  # MiB: what a process needs for nothing in particular differs by that
EXPORTS = ("audit.csv", "audit.jsonl", "claims.csv", "claims.jsonl", "annotations.jsonld", "claims.xlsx")
PEER = "csv.writer"
IN_ARTICLE = 10
SPEAKERS = 1_000
OUTLETS = 100
_WHO = ("Mayor Holt", "The union", "A spokesman", "Brandt", "Officials", "The ministry", "Dr. Okafor")
_CUES = ("said", "denied that", "told reporters", "confirmed that", "warned that")
_WHAT = (
    "the ferry pier",
    "the northern bridge",
    "the new school",
    "line 4",
    "the water works",
    "a tax of 3%",
)
_HOW = (
    "will reopen in June",
    "will stay closed",
    "costs more than planned",
    "is safe",
    "was never inspected",
)
_ARTICLE = (
    "id,outlet_id,printed_outlet_id,path,sha256,body,title,published,url,day,marks,agencies,detected,superseded,"
    "extractor,ingested"
)
_CLAIM = (
    "id,article_id,speaker_id,persona_id,start,content,source,cue,sentence,kind,stance,text,folded,normalised,"
    "facets,resolution,day,confidence,rule,extractor,retired"
)


def main() -> int:
    """Print the table; 1 where memory grows with the archive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--only", nargs="+", default=EXPORTS, choices=EXPORTS)
    parser.add_argument("--keep", type=Path, help="make the archives here, or take them from here")
    parser.add_argument("--child", nargs=2, metavar=("DATABASE", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        return _child(*asked.child)
    with tempfile.TemporaryDirectory() as folder:
        return _compare(asked.keep or Path(folder), sorted(asked.rows), asked.only)


def _compare(folder: Path, sizes: list[int], names: list[str]) -> int:
    print(f"{'export':<20}{'rows':>10}{'peak MiB':>10}{'rows/s':>10}{'of peer':>9}")
    peaks: dict[str, list[float]] = {name: [] for name in names}
    for size in sizes:
        database = folder / f"{size}.db"
        if not database.exists():
            _make(database, size)
        peer = _measured(database, folder / PEER)
        print(f"{PEER:<20}{size:>10,}{peer[1]:>10.0f}{size / peer[0]:>10,.0f}{'':>9}", flush=True)
        for name in names:
            seconds, peak = _measured(database, folder / name)
            peaks[name].append(peak)
            print(
                f"{name:<20}{size:>10,}{peak:>10.0f}{size / seconds:>10,.0f}{peer[0] / seconds:>9.3f}",
                flush=True,
            )
    grown = [
        name for name, found in peaks.items() if len(found) > 1 and found[-1] > LIMIT * found[-2] + SLACK
    ]
    print(f"memory grows with the archive: {', '.join(grown) or 'nowhere'}")
    return int(bool(grown))


def _measured(database: Path, file: Path) -> tuple[float, float]:
    """Seconds of processor time and peak memory of one export in a process of its own."""
    command = [sys.executable, __file__, "--child", str(database), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for made in file.parent.glob(f"{file.name}*"):
        made.unlink()
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def _child(database: str, file: str) -> int:
    start = time.process_time()
    if Path(file).name == PEER:
        _write_raw(database, file)
    else:
        from claimtrack.cli.app import run  # noqa: PLC0415  # the peer does without

        if code := run(["--db", database, "export", file]):
            return code
    print(json.dumps([time.process_time() - start, _peak()]))
    return 0


def _peak() -> float:
    """MiB of memory that this process has needed at most; `getrusage` would count its parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _write_raw(database: str, file: str) -> None:
    with sqlite3.connect(database) as connection, open(file, "w", encoding="utf-8", newline="") as out:
        rows = connection.execute("SELECT * FROM claim ORDER BY day, article_id, start, id")
        csv.writer(out).writerows(rows)


def _make(database: Path, size: int) -> None:
    """An archive of so many claims: the tables by the program, the rows in bulk."""
    from claimtrack.store import open_store  # noqa: PLC0415

    open_store(database).close()
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        speakers = [(_key("s", n), f"Speaker {n}") for n in range(SPEAKERS)]
        _insert(connection, "speaker", "id,name,kind,printed,effective_id", (
            (key, name, "person", name, key) for key, name in speakers
        ))  # fmt: skip
        outlets = [(_key("o", n), f"Outlet {n}") for n in range(OUTLETS)]
        _insert(connection, "outlet", "id,name,folded,is_agency,effective_id", (
            (key, name, name.casefold(), False, key) for key, name in outlets
        ))  # fmt: skip
        for first in range(0, size, 10_000):
            _insert_part(connection, range(first, min(first + 10_000, size)))
    connection.close()


def _insert_part(connection: sqlite3.Connection, numbers: range) -> None:
    articles, claims, relations, verdicts = [], [], [], []
    for first in range(numbers.start, numbers.stop, IN_ARTICLE):
        said = [_sentence(n) for n in range(first, min(first + IN_ARTICLE, numbers.stop))]
        body = "\n".join(source + " " + cue + " " + content + "." for source, cue, content in said)
        article, day = _key("a", first), f"{2000 + first % 25}-{1 + first % 12:02}-{1 + first % 28:02}"
        outlet = _key("o", first // IN_ARTICLE % OUTLETS)
        digest = hashlib.sha256(body.encode()).hexdigest()
        articles.append((
            article, outlet, outlet, f"{first}.txt", digest, body, f"Headline {first}", day,
            f"https://news.example/{first}", day, "[]", "[]", "[]", False, "bench", "2026-01-01 00:00:00",
        ))  # fmt: skip
        start = 0
        for n, (source, cue, content) in enumerate(said, first):
            begin, key, speaker = (
                start + len(source) + len(cue) + 2,
                _key("c", n),
                _key("s", n * 7 % SPEAKERS),
            )
            claims.append((
                key, article, speaker, speaker, begin, f"[[{begin},{begin + len(content)}]]",
                f"[[{start},{start + len(source)}]]", f"[[{start + len(source) + 1},{begin - 1}]]",
                f"[{start},{begin + len(content) + 1}]", "indirect", "asserts", content, content.casefold(),
                content.casefold(), "{}", '{"rule":"name"}', day, 0.9, "verb cue", "bench", False,
            ))  # fmt: skip
            if n % 2 and n - numbers.start > IN_ARTICLE:
                relations.append((
                    _key("r", n), _key("c", n - IN_ARTICLE - 1), key,
                    ("contradicts", "corroborates", "updates", "repeats")[n // 2 % 4], 0.5 + n % 50 / 100,
                    '[["fuzzy",80.0,"most words agree",0.4]]', "Both speak of it.", "bench", False,
                ))  # fmt: skip
            if n % 50 == 0:
                verdicts.append((key, "confirmed", "ada", "2026-01-01 00:00:00", "heard it"))
            start = begin + len(content) + 2
    _insert(connection, "article", _ARTICLE, articles)
    _insert(connection, "claim", _CLAIM, claims)
    _insert(connection, "relation", "id,a_id,b_id,kind,score,signals,explanation,matcher,retired", relations)
    _insert(connection, "verdict", "subject,decision,reviewer,at,note", verdicts)


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: object) -> None:
    marks = ",".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # type: ignore[arg-type]


def _sentence(n: int) -> tuple[str, str, str]:
    words = (_pick(_WHAT, n, 11), _pick(_HOW, n, 13), f"according to report {n % 9973}")
    return _pick(_WHO, n, 3), _pick(_CUES, n, 7), " ".join(words)


def _pick(words: tuple[str, ...], n: int, step: int) -> str:
    return words[n * step % len(words)]


def _key(letter: str, n: int) -> str:
    return letter + hashlib.blake2b(f"{letter}{n}".encode(), digest_size=6).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
