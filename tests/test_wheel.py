"""The wheel alone, installed elsewhere and run from another folder, migrates and ingests."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_carries_migrations_seeds_and_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "claimtrack/_alembic/env.py" in names
    assert any(n.startswith("claimtrack/_alembic/versions/") and n.endswith(".py") for n in names)
    assert {"claimtrack/_seeds/outlets.csv", "claimtrack/_seeds/metonyms.csv", "claimtrack/py.typed"} <= set(
        names
    )
    page = {"static/page.css", "static/page.js", "static/htmx.min.js", "templates/base.html"}
    assert {f"claimtrack/web/{name}" for name in page} <= set(names)
    assert not any(n.startswith(("tests/", "training/", "benchmarks/")) for n in names)


def test_wheel_migrates_and_ingests_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home, work = tmp_path / "venv", tmp_path / "work"
    work.mkdir()
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    # The dependencies are those of this environment; the package itself comes from the wheel alone.
    site = next((home / "lib").glob("python3*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    (site / "dependencies.pth").write_text("\n".join(_dependencies()), encoding="utf-8")
    text = "“The bridge is safe,” engineer Ada Brook told reporters.\n"
    (work / "article.txt").write_text(text, encoding="utf-8")

    def claimtrack(*arguments: str) -> str:
        command = [str(python), "-m", "claimtrack", *arguments]
        return subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout

    where = subprocess.run(
        [str(python), "-c", "import claimtrack; print(claimtrack.__file__)"],
        cwd=work,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert str(site) in where
    claimtrack("ingest", "article.txt", "--outlet", "Harbour Post")
    (claim,) = json.loads(claimtrack("claims", "--format", "json"))
    assert claim["speaker"] == "Ada Brook"
    assert (work / "claimtrack.db").exists()


def _dependencies() -> list[str]:
    return [p for p in sys.path if p.endswith("site-packages")]
