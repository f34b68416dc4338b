import gzip
import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from claimtrack.articles import Columns, Limits, Overrides, discover
from claimtrack.articles.formats import PassedOver, Refused, Text
from claimtrack.errors import InputError
from tests.articles.formats.samples import HTML, JSON_LINES, SAMPLES, letter, table


def write(path: Path, text: str = "Some words.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(paths: list[Path | str], root: Path) -> list[str]:
    return [os.path.relpath(found.path, root) for found in discover(paths).found]


def problems(*paths: Path | str) -> list[str]:
    failures = discover(paths).failures
    assert all("\n" not in str(f) and f.hint for f in failures)
    return [f.message for f in failures]


def test_folders_are_walked_sorted_and_hidden_files_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TEXT", "sub/c.txt", "sub/deep/d.txt", "without", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name)
    found = discover([tmp_path])
    assert [os.path.relpath(f.path, tmp_path) for f in found.found] == [
        "a.TEXT",
        "b.txt",
        "without",
        "sub/c.txt",
        "sub/deep/d.txt",
    ]
    assert found.failures == ()
    assert found.passed_over == 0


def test_other_formats_are_passed_over_and_counted_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "gold.json", "meta.json", "table.csv", "photo.jpg"):
        write(tmp_path / name)
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0")
    found = discover([tmp_path])
    assert len(found.found) == 1
    assert found.passed_over == 5
    assert found.failures == ()


def test_files_named_by_a_person_are_told_by_their_content(tmp_path: Path) -> None:
    prose = write(tmp_path / "gold.json")
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    found = discover([prose, picture])
    assert [f.path for f in found.found] == [str(prose), str(picture)]
    assert found.failures == ()
    (text,), (refused,) = (list(f.texts()) for f in found.found)
    assert isinstance(text, Text)
    assert text.body == "Some words.\n"
    assert isinstance(refused, Refused)
    assert refused.error.message == f"{picture} is binary, not text"


def test_formats_that_are_read_are_found_in_folders_whatever_their_names(tmp_path: Path) -> None:
    for name, data in (
        ("page.php", HTML),
        ("dump.json", JSON_LINES),
        ("table.csv", table()),
        ("letter", letter()),
        ("a.txt.gz", gzip.compress(b"words")),
        ("READ.md", b"Read me.\n"),
        ("code.py", b"print()\n"),
        ("data.json", b'{"a": 1}'),
        ("feed.xml", b"<?xml version='1.0'?><x/>"),
    ):
        (tmp_path / name).write_bytes(data)
    found = discover([tmp_path])
    assert [os.path.basename(f.path) for f in found.found] == [
        "READ.md",
        "a.txt.gz",
        "dump.json",
        "letter",
        "page.php",
        "table.csv",
    ]
    assert found.passed_over == 3
    assert {f.named for f in found.found} == {False}


def test_what_is_found_in_a_folder_and_holds_another_format_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "model.bin.gz").write_bytes(gzip.compress(b"\x7fELF\0\0"))
    (found,) = discover([tmp_path]).found
    assert [type(piece) for piece in found.texts()] == [PassedOver]
    (named,) = discover([tmp_path / "model.bin.gz"]).found
    assert [type(piece) for piece in named.texts()] == [Refused]


def test_a_column_map_finds_tables(tmp_path: Path) -> None:
    write(tmp_path / "t.csv", "prose,day\nThe mayor said so.,2024-05-01\n")
    assert discover([tmp_path]).found == ()
    assert len(discover([tmp_path], columns=Columns.parse("text=prose")).found) == 1


def test_names_with_stops_in_them_have_no_extension(tmp_path: Path) -> None:
    for name in ("Talks with Mr. Roe", "2018.10.16"):
        write(tmp_path / name)
    assert len(discover([tmp_path]).found) == 2


def test_a_folder_without_texts_and_missing_paths_fail(tmp_path: Path) -> None:
    write(tmp_path / "empty" / "gold.json")
    good = write(tmp_path / "good.txt")
    found = discover([tmp_path / "empty", tmp_path / "absent.txt", good])
    assert [f.message for f in found.failures] == [
        f"no texts in the folder {tmp_path / 'empty'} (files of other formats: 1)",
        f"no such file or folder: {tmp_path / 'absent.txt'}",
    ]
    assert [f.path for f in found.found] == [str(good)]


def test_an_empty_subfolder_beside_texts_is_no_failure(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "empty").mkdir()
    assert problems(tmp_path) == []


def test_addresses_and_empty_names_say_what_to_do() -> None:
    assert problems("ftp://example.org/a") == ["ftp://example.org/a is an address"]
    assert problems("") == ["no such file or folder: an empty name"]


def test_web_addresses_are_left_to_fetching(tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt")
    found = discover(["https://example.org/a", text, "HTTP://example.org/b", "https://example.org/a"])
    assert found.addresses == ("https://example.org/a", "HTTP://example.org/b")
    assert [f.path for f in found.found] == [str(text)]
    assert found.failures == ()


def test_each_text_is_found_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    assert names([path, tmp_path, tmp_path, path], tmp_path) == ["a.txt"]
    assert problems(path, tmp_path, tmp_path) == []


def test_symlink_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "a.txt")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "self").symlink_to("self")
    found = discover([tmp_path])
    assert [os.path.relpath(f.path, tmp_path) for f in found.found][-1] == "sub/a.txt"


def test_a_dangling_link_fails_when_it_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (found,) = discover([tmp_path]).found
    with pytest.raises(InputError, match=r"gone\.txt cannot be read") as caught:
        found.load()
    assert caught.value.hint


def test_pipes_in_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names([tmp_path], tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_names_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"bad\xff.txt"), "wb") as file:
        file.write(b"words")
    write(tmp_path / "good.txt")
    assert names([tmp_path], tmp_path) == ["good.txt"]
    assert "cannot be stored" in problems(tmp_path)[0]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_an_unreadable_folder_fails_and_the_rest_goes_in(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "locked" / "b.txt")
    (tmp_path / "locked").chmod(0)
    try:
        assert names([tmp_path], tmp_path) == ["a.txt"]
        assert "permission denied" in problems(tmp_path)[0]
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_stdin_and_the_size_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe")))
    (found,) = discover(["-", "-"]).found
    assert (found.path, found.load()) == ("-", b"from a pipe")
    path = write(tmp_path / "a.txt", "12345")
    (small,) = discover([path], Limits(max_bytes=4)).found
    with pytest.raises(InputError, match=r"a\.txt is larger than"):
        small.load()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_format_comes_by_standard_input_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe:
        pipe.write(SAMPLES[name])  # all of them fit into a pipe
    with os.fdopen(read, "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        (found,) = discover(["-"]).found
        pieces = list(found.texts())
    assert {type(piece) for piece in pieces} <= {Text, PassedOver}
    assert all(piece.path.startswith("-") for piece in pieces)


def test_paths_are_kept_as_ingested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "texts" / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert [f.path for f in discover(["texts"]).found] == ["texts/a.txt"]
    assert [f.path for f in discover(["./texts/a.txt"]).found] == ["./texts/a.txt"]


MANIFEST = "file,outlet,published,url,title\n"


def test_each_folder_has_its_own_manifest(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "manifest.csv", MANIFEST + "a.txt,The Gazette,2018-10-16,,\n")
    write(tmp_path / "sub" / "a.txt")
    write(tmp_path / "sub" / "manifest.csv", "title,file\nA summit,a.txt\n")
    write(tmp_path / "none" / "a.txt")
    rows = {os.path.relpath(f.path, tmp_path): f.row for f in discover([tmp_path]).found}
    assert (rows["a.txt"].outlet, rows["a.txt"].published) == ("The Gazette", date(2018, 10, 16))
    assert rows["a.txt"].title is None
    assert rows["sub/a.txt"].title == "A summit"
    assert rows["none/a.txt"] == Overrides()


def test_a_file_named_alone_has_its_folders_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "manifest.csv", MANIFEST + "a.txt,The Gazette,,,\n")
    monkeypatch.chdir(tmp_path)
    (found,) = discover(["a.txt"]).found
    assert found.row.outlet == "The Gazette"
    assert found.row.origin("outlet") == "manifest"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("file,outlett\na.txt,The Gazette\n", "unknown column 'outlett'"),
        (MANIFEST + "b.txt,The Gazette,,,\n", "row 2 names 'b.txt', and no such text is beside it"),
        (MANIFEST + "sub/a.txt,,,,\n", "no such text is beside it"),
        (MANIFEST + "a.txt,,16.10.2018,,\n", "'16.10.2018', which is no date as YYYY-MM-DD"),
        (MANIFEST + "a.txt,,,,\na.txt,,,,\n", "row 3 names 'a.txt' again"),
        (MANIFEST + ",The Gazette,,,\n", "row 2 names no file"),
        (MANIFEST + "a.txt,The Gazette, Ltd,,,\n", "more cells than columns"),
        ("outlet\nThe Gazette\n", "no column 'file'"),
        ("", "no column 'file'"),
        (MANIFEST + '"a.txt,\n', "is not a table"),
        ("file,file\na.txt,a.txt\n", "column 'file' stands twice"),
    ],
)
def test_a_wrong_manifest_is_one_failure_and_the_texts_go_in(
    tmp_path: Path, content: str, problem: str
) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "sub").mkdir()
    write(tmp_path / "manifest.csv", content)
    found = discover([tmp_path])
    assert [os.path.basename(f.path) for f in found.found] == ["a.txt"]
    (failure,) = found.failures
    assert problem in failure.message
    assert str(tmp_path / "manifest.csv") in failure.message
    assert failure.hint
    assert "\n" not in str(failure)


def test_what_is_right_in_a_wrong_manifest_is_used(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "manifest.csv", MANIFEST + "gone.txt,,,,\na.txt,The Gazette,yesterday,,\n")
    found = discover([tmp_path])
    assert found.found[0].row.outlet == "The Gazette"
    assert found.found[0].row.published is None
    assert "row 2" in found.failures[0].message
    assert "row 3" in found.failures[0].message


def test_a_manifest_in_another_encoding_is_told(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "manifest.csv").write_bytes(MANIFEST.encode() + "a.txt,Café Daily,,,\n".encode("cp1252"))
    assert "not a table in UTF-8" in problems(tmp_path)[0]


def test_overrides_go_command_line_manifest() -> None:
    row = Overrides(outlet="B", title="T", origins=(("outlet", "manifest"), ("title", "manifest")))
    both = Overrides(outlet="A").over(row)
    assert (both.outlet, both.title, both.published) == ("A", "T", None)
    assert (both.origin("outlet"), both.origin("title")) == ("command line", "manifest")
