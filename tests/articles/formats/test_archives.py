"""Archives that are made to do harm: nothing leaves them, and nothing of them goes over the limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from pathlib import Path
from random import Random

import pytest
import zstandard

from claimtrack.articles.formats import Limits, Refused, Text, read_texts
from tests.articles.formats.samples import JSON_LINES, TEXT, tarred, zipped

LIMITS = Limits(max_bytes=20_000, members=50)
GOOD = TEXT.encode()
ESCAPES = (
    "../../etc/evil.txt",
    "/etc/evil.txt",
    "a/../../evil.txt",
    "..\\..\\evil.txt",
    "C:\\evil.txt",
    "//host/evil.txt",
    "~/evil.txt",
    "%2e%2e/evil.txt",
    "a/./../../evil.txt",
    "....//evil.txt",
    "evil\x1b]0;x\x07.txt",
    "evil\n.txt",
    "\u202egnp.txt",
    "e" * 5000 + ".txt",
    " /../evil.txt",
    "../" * 200 + "evil.txt",
)
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def special(kind: bytes, name: str, target: str) -> bytes:
    """A tar with a link or a device beside a good text."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        archive.addfile(info)
        good = tarfile.TarInfo("good.txt")
        good.size = len(GOOD)
        archive.addfile(good, io.BytesIO(GOOD))
    return out.getvalue()


def zip_link(target: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
        archive.writestr("good.txt", GOOD)
    return out.getvalue()


def nested(data: bytes, times: int, pack: Callable[[dict[str, bytes]], bytes]) -> bytes:
    for number in range(times):
        data = pack({f"inner{number}.bin": data})
    return data


def lying_zip() -> bytes:
    """A ZIP whose directory says that a large member is small."""
    data = bytearray(zipped({"a.txt": b"word " * 100_000}))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.find(signature) + at, 100)
    return bytes(data)


def locked_zip() -> bytes:
    data = bytearray(zipped({"a.txt": GOOD, "good.txt": GOOD}))
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + at] |= 1
    return bytes(data)


def overlapping_zip(count: int) -> bytes:
    """Many entries of a directory for the same bytes, as in David Fifield's bomb."""
    data = zipped({"a.txt": b"word " * 3000})
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % n) for n in range(count))
    struct.pack_into("<HHI", tail, 8, count, count, len(entries))
    return data[:start] + entries + bytes(tail)


def pax_header(size: int) -> bytes:
    """A tar that says its member's name takes so many bytes."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, size
    return info.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 100_000


def sparse() -> bytes:
    info = tarfile.TarInfo("hole.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:410] = b"%011o\0%011o\0" % (0, 0)
    header[483:495] = b"%011o\0" % (8**11 - 1)
    header[148:156] = b"%06o\0 " % (sum(header[:148]) + sum(header[156:]) + 256)
    return bytes(header) + b"\0" * 1024


def test_a_manifest_in_a_pipe_is_not_passed_over_in_silence() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = tarred({"manifest.csv": b"file,outlet\na.txt,The Post\n", "a.txt": GOOD}, "w:gz")
    refused, text = read_texts(Pipe(data), "-", LIMITS)
    assert isinstance(refused, Refused)
    assert str(refused.error).startswith("-/manifest.csv is not read: its archive can be had only once")
    assert isinstance(text, Text)


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_manifests_of_an_archive_are_bounded(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    long = b"file,outlet\na.txt,The Post\n" + (b"," + Random(1).randbytes(50_000).hex().encode() + b"\n") * 26
    assert 2_500_000 < len(long) < 5_000_000
    members = {
        f"{n}/{name}": data for n in (1, 2) for name, data in (("a.txt", GOOD), ("manifest.csv", long))
    }
    found = list(read_texts(io.BytesIO(pack(members)), "x.bin"))
    told = {piece.path: str(piece.error) for piece in found if isinstance(piece, Refused)}
    assert "row 3 names no file" in told["x.bin/1/manifest.csv"]
    assert "larger than 5 MB together" in told["x.bin/2/manifest.csv"]
    outlets = {piece.path: piece.facts.outlet for piece in found if isinstance(piece, Text)}
    assert outlets == {"x.bin/1/a.txt": "The Post", "x.bin/2/a.txt": None}


def test_a_locked_manifest_fails_alone() -> None:
    data = bytearray(zipped({"manifest.csv": b"file,outlet\na.txt,The Post\n", "a.txt": GOOD}))
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + at] |= 1
    refused, text = read_texts(io.BytesIO(bytes(data)), "x.zip", LIMITS)
    assert isinstance(refused, Refused)
    assert refused.error.message == "x.zip/manifest.csv is locked with a password"
    assert isinstance(text, Text)


@pytest.mark.parametrize("outer", [zipped, lambda members: tarred(members, "w:gz")])
def test_manifests_of_archives_in_archives(outer: Callable[[dict[str, bytes]], bytes]) -> None:
    within = {"n/a.txt": GOOD, "n/manifest.csv": b"file,outlet,title\na.txt,The Post,Pier\n"}
    data = outer({"in.zip": zipped(within), "manifest.csv": b"file,outlet\nin.zip,The Courier\n"})
    (text,) = read_texts(io.BytesIO(data), "x.bin")
    assert isinstance(text, Text)
    assert (text.facts.outlet, text.facts.title) == ("The Courier", "Pier")
    assert (text.facts.origin("outlet"), text.facts.origin("title")) == ("manifest", "manifest")


def test_a_cut_off_tar_still_has_its_manifest() -> None:
    data = tarred({"manifest.csv": b"file,outlet\na.txt,The Post\n", "a.txt": GOOD, "b.txt": GOOD})
    text, *refused = read_texts(io.BytesIO(data[: data.index(b"b.txt") + 600]), "x.tar", LIMITS)
    assert isinstance(text, Text)
    assert text.facts.outlet == "The Post"
    assert refused
    assert all(isinstance(piece, Refused) for piece in refused)


ZEROS = b"word " * 2_000_000  # 10 MB that pack to nearly nothing
CASES: dict[str, bytes] = {
    **{f"zip escape {n}": zipped({name: GOOD}) for n, name in enumerate(ESCAPES)},
    **{f"tar escape {n}": tarred({name: GOOD}) for n, name in enumerate(ESCAPES)},
    **{f"tar.gz escape {n}": tarred({name: GOOD}, "w:gz") for n, name in enumerate(ESCAPES)},
    **{
        f"tar {kind!r} {n}": special(kind, name, target)
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE)
        for n, (name, target) in enumerate(
            [
                ("a.txt", "/etc/passwd"),
                ("a.txt", "../../etc/passwd"),
                ("good.txt", "/dev/zero"),
                ("a.txt", "a.txt"),
            ]
        )
    },
    **{
        f"tar {kind!r}": special(kind, "dev.txt", "")
        for kind in (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    },
    **{f"zip link {n}": zip_link(target) for n, target in enumerate(("/etc/passwd", "../x", "/dev/zero"))},
    **{f"{name} bomb": pack(ZEROS) for name, pack in PACKERS.items()},
    **{f"{name} bomb of lines": pack(JSON_LINES * 1500) for name, pack in PACKERS.items()},
    **{f"{name} in {name}": pack(pack(pack(ZEROS))) for name, pack in PACKERS.items()},
    **{f"zip {depth} deep": nested(zipped({"a.txt": GOOD}), depth, zipped) for depth in (1, 2, 9)},
    **{f"tar {depth} deep": nested(tarred({"a.txt": GOOD}), depth, tarred) for depth in (1, 2, 9)},
    **{
        f"gz {depth} times": reduce(lambda d, _: gzip.compress(d), range(depth), GOOD) for depth in (2, 5, 50)
    },
    "zip of a bomb": zipped({"a.txt": ZEROS}),
    "zip of bombs": zipped({f"{n}.txt.gz": gzip.compress(ZEROS) for n in range(20)}),
    "tar of a bomb": tarred({"a.txt": ZEROS}),
    "tar.gz of bombs": tarred({f"{n}.txt": ZEROS[:1_000_000] for n in range(10)}, "w:gz"),
    "tar.xz of bombs": tarred({f"{n}.txt": ZEROS[:1_000_000] for n in range(10)}, "w:xz"),
    "zip of many": zipped({f"{n}.txt": b"x" for n in range(500)}),
    "tar of many": tarred({f"{n}.txt": b"x" for n in range(500)}),
    "tar of folders": tarred({f"{n}/": b"" for n in range(500)}),
    "zip in zips": zipped({f"{n}.zip": zipped({f"{m}.txt": GOOD for m in range(45)}) for n in range(45)}),
    "lying zip": lying_zip(),
    "locked zip": locked_zip(),
    "overlapping zip": overlapping_zip(45),
    "overlapping zip of many": overlapping_zip(40_000),
    "long header": pax_header(8**11 - 1),
    "sparse": sparse(),
    "zip bomb of lines": zipped({"d.jsonl": JSON_LINES * 1500}),
    "quine-like gz": gzip.compress(gzip.compress(GOOD) + gzip.compress(GOOD)),
    "gz of bombs": zipped({f"{n}.jsonl": JSON_LINES * 1500 for n in range(9)}),
    "zip and tail": zipped({"a.txt": GOOD}) + b"\0" * 100,
    "zip cut": zipped({"a.txt": GOOD, "b.txt": GOOD})[:-30],
    "tar cut": tarred({"a.txt": GOOD, "b.txt": GOOD})[:1300],
    "same names": zipped({"a.txt": GOOD, "./a.txt": GOOD, "/a.txt": GOOD}),
}


def test_there_are_a_hundred() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("name", sorted(CASES))
def test_nothing_escapes_and_nothing_is_over_the_limits(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened: list[object] = []
    monkeypatch.setattr("builtins.open", lambda *a, **k: opened.append(a))  # no reader may open a file
    found = list(read_texts(io.BytesIO(CASES[name]), "x.bin", LIMITS))
    monkeypatch.undo()
    assert opened == []
    assert os.listdir(tmp_path) == []
    texts = [piece for piece in found if isinstance(piece, Text)]
    assert sum(len(text.source.data) for text in texts) <= LIMITS.total
    assert all(len(text.source.data) <= LIMITS.max_bytes for text in texts)
    assert len({text.path.partition("#")[0] for text in texts}) <= LIMITS.members
    for piece in found:
        label = piece.path.removeprefix("x.bin")
        assert not label or label[0] in "/#"
        assert not {"..", ""} & set(label[1:].split("/")) or not label
        assert piece.path.isprintable() or "\u202e" in piece.path
        assert len(piece.path) < 1_100
        if isinstance(piece, Refused):
            assert "\n" not in str(piece.error)
            assert piece.error.hint


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("gz bomb", "x.bin is larger than 0.02 MB"),
        ("xz bomb of lines", "x.bin unpacks to more than 200 times its size"),
        ("gz 50 times", "x.bin is packed too many times over"),
        ("zip 9 deep", "is packed too many times over"),
        ("zip of many", "x.bin has more than 50 members"),
        ("tar of many", "x.bin has more than 50 members"),
        ("overlapping zip of many", "x.bin has more than 50 members"),
        ("zip in zips", "x.bin has more than 50 members"),
        ("gz of bombs", "x.bin unpacks to more than 2 MB"),
        ("locked zip", "x.bin/a.txt is locked with a password"),
        ("long header", "x.bin is damaged: a member's header is longer"),
        ("lying zip", "x.bin/a.txt is damaged: Bad CRC-32"),
    ],
)
def test_what_is_said(name: str, problem: str) -> None:
    found = list(read_texts(io.BytesIO(CASES[name]), "x.bin", LIMITS))
    problems = [piece.error.message for piece in found if isinstance(piece, Refused)]
    assert any(problem in said for said in problems), problems


def test_the_rest_goes_in_beside_links_and_locked_members() -> None:
    for name in ("locked zip", "zip link 0", f"tar {tarfile.SYMTYPE!r} 0", f"tar {tarfile.CHRTYPE!r}"):
        found = list(read_texts(io.BytesIO(CASES[name]), "x.bin", LIMITS))
        assert [piece.path for piece in found if isinstance(piece, Text)] == ["x.bin/good.txt"], name


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_of_what_cannot_be_unpacked_bit_by_bit(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        with archive.open("bomb.txt", "w") as member:
            for _ in range(40):
                member.write(ZEROS[:1_000_000])
        archive.writestr("good.txt", GOOD, zipfile.ZIP_DEFLATED)
    out.seek(0)
    tracemalloc.start()
    found = list(read_texts(out, "x.zip"))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(piece) for piece in found] == [Refused, Text]
    assert most < 10_000_000


def test_archives_in_archives_are_read_twice_and_no_deeper() -> None:
    for name in ("zip 1 deep", "tar 1 deep"):
        assert [type(p) for p in read_texts(io.BytesIO(CASES[name]), "x.bin", LIMITS)] == [Text]
    for name in ("zip 2 deep", "tar 2 deep"):
        assert [type(p) for p in read_texts(io.BytesIO(CASES[name]), "x.bin", LIMITS)] == [Refused]


def test_members_of_one_name_have_paths_of_their_own() -> None:
    paths = [piece.path for piece in read_texts(io.BytesIO(CASES["same names"]), "x.bin", LIMITS)]
    assert paths == ["x.bin/a.txt", "x.bin/a.txt (2)", "x.bin/a.txt (3)"]


def test_many_members_of_one_name_and_some_called_as_others_would_be() -> None:
    # The numbers go on from the last one; that each is looked for from 2 on is what took minutes.
    names = ["a (3).txt", "a.txt (3)", "b.txt", *["a.txt"] * 300, "b.txt", "a.txt (3)", "a.txt (2)", "a.txt"]
    data = b"".join(tarred({name: f"{n}".encode() * 9})[:1024] for n, name in enumerate(names))
    paths = [
        piece.path.removeprefix("x.bin/") for piece in read_texts(io.BytesIO(data + b"\0" * 1024), "x.bin")
    ]
    assert paths == [
        "a (3).txt", "a.txt (3)", "b.txt", "a.txt", "a.txt (2)",
        *(f"a.txt ({n})" for n in range(4, 302)),
        "b.txt (2)", "a.txt (3) (2)", "a.txt (2) (2)", "a.txt (302)",
    ]  # fmt: skip


def test_a_tar_that_says_much_of_all_its_members() -> None:
    def saying(count: int) -> bytes:
        facts = {f"COMMENT.{n}": "x" for n in range(count)}
        return tarfile.TarInfo.create_pax_global_header(facts) + tarred({"a.txt": GOOD})

    assert [type(piece) for piece in read_texts(io.BytesIO(saying(2)), "x.bin")] == [
        Text
    ]  # as git writes them
    # Each member gets a copy of them all: a megabyte of them and a thousand members filled the memory.
    (refused,) = read_texts(io.BytesIO(saying(200)), "x.bin")
    assert isinstance(refused, Refused)
    assert "says more of all its members" in refused.error.message


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_headers_of_headers_of_headers_are_damage(kind: bytes) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, 9
    block = info.tobuf(tarfile.GNU_FORMAT) + b"9 a=bcde\n".ljust(512, b"\0")
    (refused,) = read_texts(io.BytesIO(block * 2000 + tarred({"a.txt": GOOD})), "x.bin")
    assert isinstance(refused, Refused)
    assert "x.bin is damaged" in refused.error.message


def test_honest_archives_within_the_limits_are_read_whole() -> None:
    limits = replace(LIMITS, members=200)
    data = tarred({f"{n}.txt": f"{TEXT} {n}".encode() for n in range(200)}, "w:gz")
    assert len(list(read_texts(io.BytesIO(data), "x.tgz", limits))) == 200


class Endless(io.RawIOBase):
    """A stream of lines that never ends, as a file too large for any memory would be."""

    def __init__(self, line: bytes) -> None:
        super().__init__()
        self.line, self.given = line, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = (self.line * (len(buffer) // len(self.line) + 1))[: len(buffer) - len(buffer) % len(self.line)]
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


@pytest.mark.parametrize("line", [b'{"text": "The mayor said so."}\n', b"text,title\nThe mayor said so.,T\n"])
def test_records_are_read_as_they_are_needed(line: bytes) -> None:
    stream = Endless(line)
    found = read_texts(io.BufferedReader(stream, len(line) * 100), "endless")
    for _ in range(1000):
        next(found)
    assert stream.given < 1_000_000
