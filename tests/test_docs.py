"""The README and the docs say what is so: links lead somewhere, commands run, versions agree."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import claimtrack
from claimtrack.records import Decision
from claimtrack.review import judge
from claimtrack.store import open_store
from tests.store.build import MAYOR, RIVAL, make_article, make_claim, make_relation, put, put_relations

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
CLAIMTRACK = Path(sys.executable).parent / "claimtrack"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [n for n in links if "://" not in n and not (page.parent / n).exists()]
    assert missing == []


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == claimtrack.__version__


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    names = {re.split(r"[\[<>=]", d)[0] for d in [*project["dependencies"], *extras]} - {"claimtrack"}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [n for n in sorted(names) if n not in page] == []


def commands_of(page: Path) -> list[str]:
    """The claimtrack commands of a page's sh blocks, without their comments."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.split("   #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("claimtrack ")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        ROOT / "README.md",
        ROOT / "docs" / "tutorial.md",
        ROOT / "docs" / "people-decide.md",
        ROOT / "docs" / "review.md",
    ],
    ids=lambda p: p.name,
)
def test_commands_run_as_printed(page: Path, tmp_path: Path) -> None:
    commands = commands_of(page)
    assert len(commands) > 5
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    for command in commands:
        of = re.findall(r'split "([^"]+)"', command)
        words = shlex.split(command.replace("ID", _any_claim(tmp_path, *of)) if "ID" in command else command)
        done = subprocess.run(
            [str(CLAIMTRACK), *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


@pytest.mark.slow
def test_python_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "how-attribution-works.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(example, {})
    assert "engineer Ada Brook" in capsys.readouterr().out


def test_what_other_tools_are_told_to_ask_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "open-the-database.md").read_text(encoding="utf-8")
    with open_store(tmp_path / "claimtrack.db", who="tester") as store:
        said, denied = (
            make_article("Quill said the bridge is open."),
            make_article("Quill said it is shut.", "b"),
        )
        claims = make_claim(said, "the bridge is open", MAYOR), make_claim(denied, "it is shut", RIVAL)
        put(store, said, claims[0])
        put(store, denied, claims[1])
        put_relations(store, make_relation(*claims))
        judge(store, claims[0].key, Decision.CONFIRMED, "mia")
    monkeypatch.chdir(tmp_path)
    asked = re.findall(r'^sqlite3 .*"(SELECT .*)"$', page, re.MULTILINE)
    with sqlite3.connect("claimtrack.db") as connection:
        answers = [connection.execute(query).fetchall() for query in asked]
    assert [len(rows) for rows in answers] == [2, 1]
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(example, {})
    shown = capsys.readouterr().out
    assert "Ada Quill: the bridge is open / Bo Quill: it is shut" in shown
    assert re.search(r"Ada Quill +1", shown)


def _any_claim(folder: Path, *speaker: str) -> str:
    command = [str(CLAIMTRACK), "claims", "--format", "csv", "--limit", "1"]
    command += [word for name in speaker for word in ("--speaker", name)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    match = re.search(r"\bc[0-9a-f]{12}\b", done.stdout)
    assert match is not None, done.stdout
    return match.group()
