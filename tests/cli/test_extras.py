"""Installed without extras, a feature that needs one says which, in one line, and the rest works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "“The bridge is safe,” engineer Ada Brook told reporters.\n"
# As None in sys.modules they cannot be imported, as if they were not there; httpx comes with tokenizers.
PACKAGES = (
    "psycopg", "trafilatura", "htmldate", "pypdf", "warcio", "zstandard", "feedparser",
    "protego", "textual", "fastapi", "uvicorn", "multipart", "python_multipart", "xlsxwriter", "dask",
    "distributed", "fsspec",
)  # fmt: skip
BARE = (
    f"import sys; sys.modules.update(dict.fromkeys({PACKAGES!r}));"
    "from claimtrack.cli.app import run; sys.exit(run(sys.argv[1:]))"
)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BARE, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "page.html").write_text(f"<!doctype html><html><body><p>{TEXT}</p></body></html>")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    (folder / "web.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    (folder / "b.txt.zst").write_bytes(b"\x28\xb5\x2f\xfd\x04\x00\x01\x00\x00hi")
    assert run(folder, "ingest", "a.txt", "--attribution", "rules").returncode == 0
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extra", "arguments"),
    [
        ("postgres", ("--db", "postgresql://nobody@localhost/none", "claims")),
        ("html", ("ingest", "page.html")),
        ("pdf", ("ingest", "paper.pdf")),
        ("warc", ("ingest", "web.warc")),
        ("zstd", ("ingest", "b.txt.zst")),
        ("fetch", ("ingest", "https://example.org/a")),
        ("fetch", ("watch", "https://example.org/feed")),
        ("web", ("serve",)),
        ("xlsx", ("export", "claims.xlsx")),
        ("dask", ("ingest", "a.txt", "--dask", "tcp://127.0.0.1:1")),
        ("dask", ("ingest", "s3://bucket/a.txt")),
    ],
)
def test_a_missing_extra_is_named(folder: Path, extra: str, arguments: tuple[str, ...]) -> None:
    done = run(folder, *arguments)
    lines = [line for line in done.stderr.splitlines() if line.startswith("claimtrack: ")]
    assert done.returncode in (1, 2), done.stderr
    assert len(lines) == 1, done.stderr
    assert f"pip install 'claimtrack[{extra}]'" in lines[0]
    assert "Traceback" not in done.stderr
    assert not (folder / "claims.xlsx").exists()


@pytest.mark.slow
def test_all_else_works(folder: Path) -> None:
    for arguments in (
        ("claims",),
        ("speakers",),
        ("export", "audit.csv"),
        ("verify",),
        ("doctor",),
        ("log",),
    ):
        done = run(folder, *arguments)
        assert done.returncode == 0, done.stderr
