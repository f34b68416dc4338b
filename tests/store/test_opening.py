"""Opening databases: the right ones, and one clear line for each wrong one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from claimtrack.errors import ClaimtrackError, NotFoundError, StoreError, UsageError
from claimtrack.store import open_store
from claimtrack.store.session import read_url, shown
from tests.store.build import alter, make_article, put

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "wrong",
    [
        "mysql://root@localhost/x",
        "nonsense://",
        "http://example.org/a.db",
        "sqlite://",
        ":memory:",
        "",
        "postgresql://h:port/x",
    ],
)
def test_what_cannot_be_a_database_is_a_usage_error(wrong: str) -> None:
    with pytest.raises(UsageError) as error:
        open_store(wrong)
    assert "\n" not in str(error.value)
    assert "postgresql://USER@HOST/NAME" in str(error.value)


def test_postgresql_urls_mean_psycopg_3_and_never_show_the_password() -> None:
    url = read_url("postgresql://mia:secret@example.org/claims")
    assert url.drivername == "postgresql+psycopg"
    assert "secret" not in shown(url)


@pytest.mark.parametrize(
    "wrong",
    [
        "postgresql://bob:SECRET@host:port/x",
        "postgresql://bob:first@SECRET@host/x",
        "postgresql://bob:first@second/SECRET@host/x",
        "postgresql:/bob:SECRET@host/x",
        "post gresql://bob:SECRET@host/x",
        "postgresql://host:port/x?password=SECRET",
        "mysql://bob:SECRET@host/x",
    ],
)
def test_what_is_wrong_with_a_url_is_told_without_its_password(wrong: str) -> None:
    with pytest.raises(UsageError, match="postgresql://USER@HOST/NAME") as error:
        open_store(wrong)
    assert "SECRET" not in "".join(traceback.format_exception(error.value))


@pytest.mark.parametrize("name", ["password", "PASSWORD", "sslpassword", "passfile", "oauth_client_secret"])
def test_secrets_among_the_parameters_of_a_url_are_not_shown(name: str) -> None:
    url = read_url(f"postgresql://mia@example.org/claims?sslmode=require&{name}=SECRET&{name}=SECRET")
    assert shown(url) == "postgresql+psycopg://mia@example.org/claims?sslmode=require"
    assert url.query[name] == ("SECRET", "SECRET")


def test_a_missing_file_is_not_made_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(NotFoundError, match="claimtrack ingest PATH"):
        open_store(path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_not_filled_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NotFoundError, match="is empty"):
        open_store(path, create=False)
    assert path.read_bytes() == b""


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        open_store(tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        open_store(tmp_path / "none" / "a.db")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("The mayor said nothing. " * 200)
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(StoreError, match="is not a claimtrack database") as error:
            open_store(path, create)
        assert "\n" not in str(error.value)
    assert path.read_bytes() == before


def test_a_server_that_does_not_answer_is_one_line() -> None:
    with pytest.raises(StoreError) as error:
        open_store("postgresql://mia:secret@127.0.0.1:1/claims?sslpassword=secret")
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)
    assert "127.0.0.1" in str(error.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ClaimtrackError, match="unable to open"):
        open_store(tmp_path / "a.db")


def test_a_missing_driver_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from claimtrack.store import open_store\n"
        "from claimtrack.errors import UsageError\n"
        "try: open_store('postgresql://localhost/x')\n"
        "except UsageError as error: print(error)"
    )
    assert "pip install 'claimtrack[postgres]'" in _python(code)


def test_reading_imports_no_alembic_and_no_pydantic(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    code = (
        "import sys; from claimtrack.store import open_store\n"
        f"with open_store({str(path)!r}, create=False) as store:\n"
        "    list(store.claims()), list(store.relations())\n"
        "print([n for n in ('alembic', 'pydantic', 'spacy', 'numpy', 'rapidfuzz') if n in sys.modules])"
    )
    assert _python(code).strip() == "[]"


def test_sqlite_is_set_up_for_readers_beside_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(path) as writer, open_store(path) as reader:
        put(writer, make_article("One."))
        with writer.transaction():
            writer.put_article(writer.standing(make_article("Two.", "b.txt")))
            assert len(list(reader.articles())) == 1
        assert len(list(reader.articles())) == 2
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_url_and_a_path_mean_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "a b.db"
    with open_store(path) as store:
        put(store, make_article("One."))
    with open_store(f"sqlite:///{path}", create=False) as store:
        assert len(list(store.articles())) == 1


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_opened_to_read_refuses_every_change(database: str) -> None:
    with open_store(database) as store:
        key = put(store, make_article("It is safe."))
    with open_store(database, read_only=True) as store:
        assert [view.id for view in store.articles()] == [key]
        for reader in (store, store.another()):
            with pytest.raises(StoreError, match=r"read-?only"), reader.transaction():
                reader.append_event("article added", key, {})
        with store.snapshot():
            assert [view.id for view in store.articles()] == [key]
    with open_store(database) as store:
        assert put(store, make_article("It is safe.")) == key  # others may write as before


def test_an_older_database_that_is_only_read_stays_as_it_is(database: str) -> None:
    alter(database, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(StoreError, match=r"waits for migrations\. Run: claimtrack db upgrade"):
        open_store(database, read_only=True)
