"""Texts by URL, on fsspec's file systems in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from claimtrack.articles import Limits, discover
from claimtrack.articles.storage import is_stored
from claimtrack.errors import UsageError

MANIFEST = "file,outlet,published\na.txt,Harbour Post,2024-05-01\n"


@pytest.fixture
def memory() -> Iterator[str]:
    system = fsspec.filesystem("memory")
    with system.open("memory://texts/a.txt", "wb") as file:
        file.write(b"Mayor Ada Quill said so.")
    with system.open("memory://texts/manifest.csv", "wb") as file:
        file.write(MANIFEST.encode())
    with system.open("memory://texts/deep/b.txt", "wb") as file:
        file.write(b"Nobody said so.")
    for name in ("picture.png", ".hidden.txt", ".git/c.txt"):
        with system.open(f"memory://texts/{name}", "wb") as file:
            file.write(b"x")
    yield "memory://texts"
    system.rm("/texts", recursive=True)


@pytest.fixture
def local(tmp_path: Path) -> str:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "a.txt").write_text("Mayor Ada Quill said so.", encoding="utf-8")
    (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    (folder / "deep" / "b.txt").write_text("Nobody said so.", encoding="utf-8")
    for name in ("picture.png", ".hidden.txt", ".git/c.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    return f"file://{folder}"


@pytest.mark.parametrize("kind", ["memory", "local"])
def test_a_folder_with_its_manifest(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    discovery = discover([url])
    assert [found.path.partition("/texts/")[2] for found in discovery.found] == ["a.txt", "deep/b.txt"]
    assert all(is_stored(found.path) for found in discovery.found)
    first, second = discovery.found
    assert (first.row.outlet, str(first.row.published)) == ("Harbour Post", "2024-05-01")
    assert second.row.outlet is None
    assert first.load() == b"Mayor Ada Quill said so."
    assert (discovery.passed_over, discovery.failures) == (1, ())


@pytest.mark.parametrize("kind", ["memory", "local"])
def test_one_file_once(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind) + "/deep/b.txt"
    (found,) = discover([url, url]).found
    assert found.load() == b"Nobody said so."
    assert len(discover([url, url.removesuffix("/deep/b.txt")]).found) == 2


def test_limits_hold(memory: str) -> None:
    (found, _) = discover([memory], Limits(max_bytes=5)).found
    with pytest.raises(Exception, match=r"a\.txt") as caught:
        found.load()
    assert "5" in str(caught.value)


@pytest.mark.parametrize("url", ["memory://nowhere", "memory://nowhere/a.txt", "file:///no/such/folder"])
def test_what_is_not_there_is_one_line(url: str) -> None:
    discovery = discover([url])
    assert discovery.found == ()
    (failure,) = discovery.failures
    assert url in str(failure)
    assert "\n" not in str(failure)


def test_a_mistake_in_a_manifest_is_told(memory: str) -> None:
    with fsspec.filesystem("memory").open("memory://texts/manifest.csv", "wb") as file:
        file.write(b"file,outlet\nz.txt,Post\n")
    (failure,) = discover([memory]).failures
    assert "z.txt" in str(failure)


@pytest.mark.parametrize(
    ("scheme", "package"), [("s3", "s3fs"), ("gs", "gcsfs"), ("az", "adlfs"), ("abfs", "adlfs")]
)
def test_a_missing_package_is_named(scheme: str, package: str) -> None:
    with pytest.raises(UsageError, match=f"pip install {package}"):
        discover([f"{scheme}://bucket/texts"])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.txt",
        "https://example.org/a.txt",
        "ftp://example.org/a.txt",
        "github://org:repo@/a.txt",
        "zip://a.txt::https://example.org/x.zip",
        "simplecache::s3://bucket/a.txt",
        "file://a.txt::https://example.org/x",
        "s3://bucket/a::memory://x",
        "data://text",
        "ssh://host/a.txt",
    ],
)
def test_other_addresses_are_not_opened(url: str) -> None:
    assert not is_stored(url)
    discovery = discover([url])
    assert discovery.found == ()
    assert len(discovery.failures) + len(discovery.addresses) == 1  # pages are fetched, by other rules
