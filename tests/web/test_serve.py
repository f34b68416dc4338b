"""`claimtrack serve` as a command: what it says, when it asks for a token, how it ends, what it needs."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from claimtrack.store import open_store
from tests.web.running import serving

one = pytest.mark.parametrize("backend", ["sqlite"])  # nothing of it depends on the database


@pytest.fixture
def database(archive: tuple[str, dict[str, str]]) -> str:
    return archive[0]


def claimtrack(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    script = f"import sys; {code}\nfrom claimtrack.cli.app import run\nsys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.slow
def test_one_line_then_silence_then_a_quiet_end(database: str) -> None:
    with serving(database) as server:
        assert server.line.startswith("Listening on http://127.0.0.1:")
        for path in ("", "articles", "static/page.css"):
            with urlopen(server.address + path) as answer:
                assert answer.status == 200
        with pytest.raises(HTTPError, match="404"):
            urlopen(server.address + "nope")
        assert server.end(signal.SIGINT) == (0, "")


@one
@pytest.mark.slow
def test_elsewhere_than_this_machine_it_asks_for_the_token(database: str) -> None:
    with serving(database, "--host", "0.0.0.0") as server:
        address, _, token = server.address.partition("?token=")
        assert len(token) >= 40
        with urlopen(address) as answer:
            assert answer.url.endswith("/login")
        browser = build_opener(HTTPCookieProcessor())
        with browser.open(server.address) as answer:
            assert answer.url == address
            assert b"Who says otherwise" in answer.read()
        assert server.end()[0] == 0


@pytest.mark.slow
def test_read_only_the_database_is_not_written(database: str) -> None:
    with open_store(database) as store:
        before = list(store.events())
    with serving(database, "--read-only") as server:
        for path in ("", "claims", "disputes", "exports/audit.csv"):
            with urlopen(server.address + path) as answer:
                assert answer.status == 200
                assert answer.read()
        assert server.end() == (0, "")
    with open_store(database) as store:
        assert list(store.events()) == before


@one
def test_a_taken_port_is_one_line(database: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = claimtrack("--db", database, "serve", "--port", str(port))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert f"Cannot listen on 127.0.0.1 port {port}" in line


def test_without_a_database_there_is_nothing_to_show(tmp_path: Path) -> None:
    done = claimtrack("--db", str(tmp_path / "none.db"), "serve", "--port", "0")
    assert done.returncode == 1
    assert "There is no database" in done.stderr
    assert not (tmp_path / "none.db").exists()


@one
@pytest.mark.parametrize("package", ["fastapi", "uvicorn"])
def test_without_the_extra_it_says_what_to_install(database: str, package: str) -> None:
    done = claimtrack("--db", database, "serve", code=f"sys.modules[{package!r}] = None")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.endswith("pip install 'claimtrack[web]'")


@one
def test_the_other_commands_need_nothing_of_the_page(database: str) -> None:
    code = "sys.modules['fastapi'] = sys.modules['uvicorn'] = sys.modules['starlette'] = None"
    assert claimtrack("--db", database, "contradictions", code=code).returncode == 0
    assert claimtrack("serve", "--help", code=code).returncode == 0
