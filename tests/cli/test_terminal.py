"""What a terminal gets: styles where it has them, signs where not, and no orders from an article."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from claimtrack.cli.cards import draw_relations
from claimtrack.cli.context import draw_claim
from claimtrack.cli.output import _Visible, open_output
from claimtrack.cli.tables import Column, draw_table
from claimtrack.cli.terminal import make_console, shown
from claimtrack.records import RelationKind, Span
from claimtrack.reports.passages import pieces, window
from claimtrack.store import open_store


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def drawn_claim(archive: Any, out: io.StringIO) -> str:
    with open_store(archive[0], create=False) as store:
        claim = store.get(archive[1]["closed"])
        draw_claim(make_console(out), claim, store.body(claim.article_id), [], [])
    return out.getvalue()


def test_spans_have_styles_in_a_terminal(archive: Any, colours: None) -> None:
    text = drawn_claim(archive, Terminal())
    assert "\x1b[1;35mThe Ferry Workers' Union\x1b[0m" in text
    assert "{source:" not in text


def test_spans_have_signs_elsewhere(archive: Any, colours: None) -> None:
    text = drawn_claim(archive, io.StringIO())
    assert "{source: The Ferry Workers' Union} {cue: told}" in text
    assert "\x1b" not in text


def test_no_color_gives_signs(archive: Any, colours: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "{cue: told}" in drawn_claim(archive, Terminal())


def test_a_terminal_is_not_obeyed(archive: Any, colours: None) -> None:
    out = Terminal()
    hostile = "\x1b]0;title\x07 [red]not markup[/red] :smile: \u202ereversed\u202c \x9b2J"
    draw_table(make_console(out), [Column("Text", shown)], [hostile])
    own_escapes_gone = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", own_escapes_gone)
    assert "[red]not markup[/red] :smile:" in own_escapes_gone


def test_data_formats_are_made_visible_on_a_terminal_only() -> None:
    out = Terminal()
    _Visible(out).write("a\x1b[2Jb\r\n")
    assert out.getvalue() == "a␛[2Jb\n"


@pytest.mark.parametrize("width", [40, 80, 160])
def test_ids_are_never_cut(width: int, archive: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    with open_store(archive[0], create=False) as store:
        relations = list(store.relations([RelationKind.CONTRADICTS]))
    draw_relations(make_console(out), relations)
    for relation in relations:
        for key in (relation.id, relation.a.id, relation.b.id):
            assert re.search(rf"\b{key}\b", out.getvalue())


def test_long_words_wrap_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = io.StringIO()
    word = "https://example.org/" + "x" * 200
    draw_table(make_console(out), [Column("A", shown, 13), Column("B", lambda _: Text(word))], ["c123"])
    assert re.sub(r"\s", "", out.getvalue()).endswith("c123" + word)


@given(st.data(), st.text(min_size=1, max_size=300))
def test_pieces_are_the_text(data: st.DataObject, body: str) -> None:
    ends = st.integers(0, len(body))
    spans = [Span(*sorted((data.draw(ends), data.draw(ends)))) for _ in range(data.draw(st.integers(1, 4)))]
    roles = [(span, data.draw(st.sampled_from(["source", "cue", "content"]))) for span in spans]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    part = window(body, first, last, around=20)
    assert part.covers(Span(first, last))
    cut = pieces(body, part, roles)
    assert "".join(piece for piece, _ in cut) == part.of(body)
    assert {role for _, role in cut} <= {"", "source", "cue", "content"}


def test_a_file_appears_only_when_whole(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    with suppress(RuntimeError), open_output(file) as out:
        out.write("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
