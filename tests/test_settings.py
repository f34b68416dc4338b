"""Settings: the command line before the environment before claimtrack.toml; mistakes; documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimtrack import config
from claimtrack.errors import UsageError
from claimtrack.settings import Settings, read_settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the current one, and no settings in the environment."""
    for name in (*config.KEYS, "config"):
        monkeypatch.delenv(f"CLAIMTRACK_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, file: str = "claimtrack.toml") -> Path:
    path = Path(file)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearer_goes_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_settings().window, config.source_of("window")) == (None, "default")
    write("window = 10\nreviewer = 'mia'\n")
    assert (read_settings().window, config.source_of("window")) == (10, "claimtrack.toml")
    monkeypatch.setenv("CLAIMTRACK_WINDOW", "20")
    assert (read_settings().window, config.source_of("window")) == (20, "CLAIMTRACK_WINDOW")
    assert read_settings(window=30).window == 30
    assert read_settings(window=None).reviewer == "mia"
    monkeypatch.setenv("CLAIMTRACK_REVIEWER", "")
    assert read_settings().reviewer == "mia"


def test_a_named_file_goes_before_the_one_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    write("window = 10")
    monkeypatch.setenv("CLAIMTRACK_CONFIG", str(write("window = 11", "b.toml")))
    assert read_settings().window == 11
    config.use(write("window = 12", "c.toml"))
    try:
        assert read_settings().window == 12
    finally:
        config.use(None)
    monkeypatch.setenv("CLAIMTRACK_CONFIG", "none.toml")
    with pytest.raises(UsageError, match=r"no settings file none\.toml"):
        read_settings()


def test_paths_are_relative_to_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "CLAIMTRACK_CONFIG", str(write('db = "a.db"\nknowledge = "k"\nentailment = "off"', "there/x.toml"))
    )
    assert config.plain("db") == "there/a.db"
    assert (read_settings().db, read_settings().knowledge) == ("there/a.db", Path("there/k"))
    assert read_settings().entailment == "off"
    write('db = "postgresql://h/d"', "there/x.toml")
    assert config.plain("db") == "postgresql://h/d"


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write("window = -1\nattribution = 'magic'\nentailment = 'nowhere'\n")
    monkeypatch.setenv("CLAIMTRACK_LOG", "loud")
    with pytest.raises(UsageError) as error:
        read_settings()
    for part in ("window (claimtrack.toml)", "attribution (claimtrack.toml)", "entailment", "CLAIMTRACK_LOG"):
        assert part in str(error.value)
    assert "\n" not in str(error.value)


def test_unknown_settings_are_told_at_once() -> None:
    write("windo = 1\nrevewer = 'x'\nlog = 'off'\n[table]\nx = 1\n")
    for ask in (read_settings, lambda: config.plain("db")):
        with pytest.raises(UsageError, match="unknown settings: revewer, table, windo") as error:
            ask()
        assert error.value.exit_code == 2


@pytest.mark.parametrize("text", ["window = ", "\ufeffwindow", "db = 3"])
def test_what_is_no_settings_file_is_one_line(text: str) -> None:
    write(text)
    with pytest.raises(UsageError, match=r"cannot be read|is no text|unknown") as error:
        config.plain("db")
    assert "\n" not in str(error.value)


def test_the_file_holds_what_the_settings_are() -> None:
    assert set(config.KEYS) == set(Settings.model_fields)


@pytest.mark.parametrize("name", config.KEYS)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    documented = {key: default for key, default, _ in rows}
    field = Settings.model_fields[name]
    default = (
        "login name"
        if field.default_factory
        else "none"
        if field.default in (None, "")
        else f"`{field.default}`"
    )
    assert documented[name] == default
    assert f"CLAIMTRACK_{name.upper()}" in PAGE.read_text(encoding="utf-8")
