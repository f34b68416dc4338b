"""Files of every format, ingested from the command line, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimtrack.store import open_store
from tests.articles.formats.samples import HTML, JSON_LINES, TEXT, TITLE, URL, letter, tarred, zipped

FRENCH = (
    "Le maire a déclaré mardi que la jetée rouvrira en juin, selon un communiqué publié par la ville. "
    "Les syndicats contestent cette annonce et demandent une réunion.\n"
)


ONE = ("--workers", "1", "--attribution", "rules")  # what is told of a file does not depend on them


def rows(work: Any, *command: str) -> list[dict[str, Any]]:
    return list(json.loads(work(*command, "-f", "json").stdout))


def test_a_folder_of_formats(work: Any, nowhere: str, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "page.html").write_bytes(HTML)
    (folder / "archive.zip").write_bytes(zipped({"dump.jsonl": JSON_LINES, "x.png": b"\x89PNG\0"}))
    (folder / "letter.eml").write_bytes(letter())
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\0")
    (folder / "fr.txt").write_text(FRENCH, "utf-8")
    done = work("ingest", "inbox", *ONE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "6 added, 0 known, 0 changed, 0 failed, 2 files of other formats passed over, "
        "1 not in English, kept without claims; "
    )
    assert "Not in English, kept without claims: inbox/fr.txt (fr)\n" in done.stderr
    articles = {row["path"]: row for row in rows(work, "articles")}
    assert articles.keys() == {
        "inbox/page.html",
        "inbox/letter.eml",
        "inbox/fr.txt",
        *(f"inbox/archive.zip/dump.jsonl#{n}" for n in (1, 2, 3)),
    }
    page, mail = articles["inbox/page.html"], articles["inbox/letter.eml"]
    assert (page["outlet"], page["title"], page["published"], page["url"]) == (
        "The Lindau Gazette",
        TITLE,
        "2024-05-02",
        URL,
    )
    assert (mail["outlet"], mail["title"], mail["published"]) == ("The Lindau Gazette", TITLE, "2024-05-02")
    assert articles["inbox/fr.txt"]["claims"] == 0
    assert page["claims"] > 0
    again = work("ingest", "inbox", *ONE)
    assert again.stdout.startswith(
        "0 added, 6 known, 0 changed, 0 failed, 2 files of other formats passed over; 0 new"
    )
    with open_store(nowhere) as store:
        assert list(store.verify()) == []
        assert store.raw(page["id"]) == HTML
        found = store.article(page["id"])
        assert (found.byline, dict(found.detected)["byline"], dict(found.detected)["outlet"]) == (
            "Jane Roe",
            "html meta",
            "html meta",
        )
        assert found.language == "en"


def test_show_tells_what_an_article_was_read_from(work: Any, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(HTML)
    (tmp_path / "fr.txt").write_text(FRENCH, "utf-8")
    work("ingest", "page.html", "fr.txt")
    articles = {row["path"]: row for row in rows(work, "articles")}
    page, french = articles["page.html"], articles["fr.txt"]
    shown = work("show", page["id"]).stdout
    assert "language      en\n" in shown
    assert "read from     text/html, SHA-256 " in shown
    shown = work("show", french["id"]).stdout
    assert "language      fr\n" in shown
    assert "read from     text/plain\n" in shown


def test_given_facts_go_before_those_of_markup(work: Any, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(HTML)
    work("ingest", "page.html", "--outlet", "Evening Post", "--published", "2024-05-09")
    (article,) = rows(work, "articles")
    assert (article["outlet"], article["published"], article["title"]) == (
        "Evening Post",
        "2024-05-09",
        TITLE,
    )


def test_a_title_for_a_file_of_many_is_refused(work: Any, tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_bytes(JSON_LINES)
    done = work("ingest", "dump.jsonl", "--title", "One for all")
    assert (done.returncode, done.stdout[:26]) == (1, "0 added, 0 known, 0 change")
    assert "dump.jsonl may hold many articles, and --url and --title are for one" in done.stderr


def test_a_column_map_and_a_limit(work: Any, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'prose,day\n"{FRENCH}",2024-05-01\n"{"x" * 3000}",\n', "utf-8")
    done = work("ingest", "t.csv", "--map", "text=prose,published=day", "--max-bytes", "2000")
    assert done.returncode == 1
    assert done.stdout.startswith("1 added, 0 known, 0 changed, 1 failed, ")
    assert "claimtrack: t.csv#2 is larger than 0.002 MB" in done.stderr
    (article,) = rows(work, "articles")
    assert (article["path"], article["published"]) == ("t.csv#1", "2024-05-01")
    done = work("ingest", "t.csv", "--map", "words=prose")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_dump_that_moves_on_takes_nothing_out(work: Any, tmp_path: Path) -> None:
    lines = JSON_LINES.splitlines(keepends=True)
    (tmp_path / "dump.jsonl").write_bytes(lines[0] + lines[1])
    work("ingest", "dump.jsonl")
    (tmp_path / "dump.jsonl").write_bytes(lines[1] + lines[2])
    done = work("ingest", "dump.jsonl")
    assert done.stdout.startswith("1 added, 1 known, 0 changed, 0 failed;")
    assert [row["status"] for row in rows(work, "articles")] == ["current"] * 3


MANIFEST = b"file,outlet,published\npage.html,Evening Post,2024-05-09\nlate.txt,Evening Post,\n"


@pytest.mark.parametrize("packed", ["in.zip", "in.tar", "in.tar.gz"])
def test_a_manifest_in_an_archive(packed: str, work: Any, tmp_path: Path) -> None:
    members = {
        "a.txt": TEXT.encode(),
        "sub/page.html": HTML,
        "sub/late.txt": f"{TEXT} It is late.".encode(),
        "sub/manifest.csv": MANIFEST,
        "manifest.csv": b"file,outlet\na.txt,\xff\n",
    }
    data = zipped(members) if packed == "in.zip" else tarred(members, "w:gz" if packed[-1] == "z" else "w")
    (tmp_path / packed).write_bytes(data)
    done = work("ingest", packed, *ONE)
    assert done.returncode == 1
    assert done.stdout.startswith("3 added, 0 known, 0 changed, 1 failed; ")
    assert f"claimtrack: {packed}/manifest.csv is not a table in UTF-8 with commas: " in done.stderr
    articles = {row["path"]: (row["outlet"], row["published"]) for row in rows(work, "articles")}
    assert articles == {
        f"{packed}/a.txt": (None, None),
        f"{packed}/sub/page.html": ("Evening Post", "2024-05-09"),
        f"{packed}/sub/late.txt": ("Evening Post", None),
    }


def test_what_goes_before_a_manifest_in_an_archive(work: Any, tmp_path: Path) -> None:
    inner = b"file,outlet,published,title\npage.html,Evening Post,2024-05-09,Pier\n"
    (tmp_path / "in.zip").write_bytes(zipped({"page.html": HTML, "manifest.csv": inner}))
    (tmp_path / "manifest.csv").write_text("file,published\nin.zip,2024-05-10\n", "utf-8")
    assert work("ingest", "in.zip", "--outlet", "Daily Courier", *ONE).returncode == 0
    (article,) = rows(work, "articles")
    assert (article["outlet"], article["published"], article["title"], article["url"]) == (
        "Daily Courier",
        "2024-05-10",
        "Pier",
        URL,
    )


@pytest.mark.parametrize("option", ["--outlet", "--title", "--url", "--published", "--map", "--dask"])
def test_an_empty_option_is_refused(option: str, work: Any, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(HTML)
    work("ingest", "page.html", *ONE)
    done = work("ingest", "page.html", option, "", *ONE)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert option in done.stderr
    assert [row["outlet"] for row in rows(work, "articles")] == ["The Lindau Gazette"]
