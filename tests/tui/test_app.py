"""The review app, driven by textual's pilot: keys in, what is drawn and what is stored out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from textual.pilot import Pilot
from textual.widgets import Static

from claimtrack.records import Decision, in_force
from claimtrack.review.queue import Session
from claimtrack.store import Store, open_store
from claimtrack.store.queue import QueueFilter
from claimtrack.tui.app import ReviewApp
from claimtrack.tui.screens import ArticleScreen, HelpScreen, SideScreen
from tests.cli.conftest import Archive, fill
from tests.conftest import Fill
from tests.store.queued import say


@pytest.fixture
def filled(copy_of: Callable[[Fill], Archive]) -> Iterator[tuple[Store, dict[str, str]]]:
    database, keys = copy_of(fill)
    with open_store(database, who="Ada") as store:
        yield store, keys


@asynccontextmanager
async def running(
    store: Store, size: tuple[int, int] = (120, 45), **wanted: Any
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    app = ReviewApp(store, Session(store, QueueFilter("Ada", **wanted)), "review of relations")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def text(app: ReviewApp) -> str:
    """All that is written on the screen in front."""
    out = Console(file=StringIO(), width=400, markup=False, highlight=False, emoji=False)
    for widget in app.screen.query(Static):
        if widget.display:
            out.print(widget.content)
    return out.file.getvalue()  # type: ignore[attr-defined]


def decision(store: Store, key: str) -> Decision | None:
    verdict = in_force(store.verdicts_of([key]).get(key, ()))
    return verdict.decision if verdict else None


async def test_keys_decide_and_z_takes_back(filled: Any) -> None:
    store, _keys = filled
    async with running(store) as (app, pilot):
        assert "1 of ~4 open, 0 decided by you" in text(app)
        first = app.session.case.id
        await pilot.press("n", *"seen", "enter", "c")
        assert f"{first} confirmed." in text(app)
        assert "2 of ~4 open, 1 decided by you" in text(app)
        await pilot.press("r", "u", "s")
        assert "This is the end of the queue. s shows the 1 again" in text(app)
        await pilot.press("z")
        assert "unsure is taken back" in text(app)
        await pilot.press("b", "b")
        assert "confirmed by Ada" in text(app)
        await pilot.press("q")
    verdict = store.verdicts_of([first])[first][0]
    assert (verdict.decision, verdict.reviewer, verdict.note) == (Decision.CONFIRMED, "Ada", "seen")
    assert len(list(store.events())) == 5  # Ada's of before, three verdicts and an undo
    assert list(store.verify()) == []


async def test_both_claims_stand_side_by_side_or_above_each_other(filled: Any) -> None:
    store, _ = filled
    for width, beside in ((120, True), (80, False)):
        async with running(store, (width, 24)) as (app, _):
            one, other = app.query_one("#side1").region, app.query_one("#side2").region
            assert (one.y == other.y) is beside
            assert (one.x == other.x) is not beside
            assert max(one.right, other.right) <= width


async def test_source_cue_and_content_are_marked(filled: Any) -> None:
    store, _keys = filled
    async with running(store, speaker="s0000000000a3") as (app, _):
        marked = app.query_one("#passage1", Static).visual
        styles = {str(marked)[span.start : span.end]: str(span.style) for span in marked.spans}
        assert "underline" in styles["the pilings are cracked"]
        assert "italic" in styles["denied"]
        assert "bold" in styles["Tomas Brandt, the harbour engineer"]
        assert "most words agree" in text(app)
        assert "One says, another says: One denies what the other states." in text(app)


async def test_wrong_speaker_asks_which_claim(filled: Any) -> None:
    store, _ = filled
    async with running(store) as (app, pilot):
        claims = app.session.case.claims
        await pilot.press("w")
        assert isinstance(app.screen, SideScreen)
        assert "Wrong speaker: in which claim?" in text(app)
        await pilot.press("escape")
        assert app.session.progress.decided == 0
        await pilot.press("w", "2")
        assert f"{claims[1].id} rejected for wrong speaker." in text(app)
        await pilot.press("x", "1")
    assert store.verdicts_of([claims[1].id])[claims[1].id][0].reason == "wrong speaker"


async def test_claims_need_no_question(filled: Any) -> None:
    store, _keys = filled
    async with running(store, claims=True) as (app, pilot):
        first = app.session.case.id
        assert not app.query_one("#side2").display
        await pilot.press("p", "c")
        assert "3 of ~6" in text(app)
    assert store.verdicts_of([first])[first][0].reason == "wrong span"


async def test_the_article_and_the_keys_open_and_close(filled: Any) -> None:
    store, _ = filled
    async with running(store, (80, 24)) as (app, pilot):
        await pilot.press("o", "1")
        assert isinstance(app.screen, ArticleScreen)
        claim = app.session.case.claims[0]
        assert store.body(claim.article_id).strip() in text(app)
        await pilot.press("escape", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert "reject a claim: somebody else said it" in text(app)
        await pilot.press("escape")
        assert "1 of ~4" in text(app)


async def test_what_somebody_else_decides_meanwhile_is_said_and_asked_again(filled: Any) -> None:
    store, _ = filled
    async with running(store) as (app, pilot):
        case = app.session.case.id
        say(store, case, Decision.REJECTED, "Bea")
        app.look()
        await pilot.pause()
        assert "Bea decided: rejected while this was on show." in text(app)
        await pilot.press("c")
        assert "Bea decided meanwhile: rejected. Decide again to go on" in text(app)
        assert decision(store, case) is Decision.REJECTED
        await pilot.press("c")
        assert decision(store, case) is Decision.CONFIRMED


async def test_second_reviewers_decide_before_they_see(filled: Any) -> None:
    store, keys = filled
    key = keys["contradicts:0.91"]
    say(store, key, Decision.CONFIRMED, "Bea")
    async with running(store, second=True) as (app, _):
        # Ada confirmed this one in the archive already.
        assert app.session.case is None
    app = ReviewApp(store, Session(store, QueueFilter("Cy", second=True)), "second")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Bea" not in text(app)
        assert "What others decided is shown when you have decided." in text(app)
        await pilot.press("r")
        assert "Ada had confirmed; Bea had confirmed" in text(app)


async def test_hostile_texts_are_shown_inert(hostile: Path) -> None:
    with open_store(hostile) as store:
        async with running(store, (80, 24), claims=True) as (app, pilot):
            shown = text(app)
            await pilot.press("o")
            shown += text(app)
            await pilot.press("escape", "n", *"[b]", "enter")
            assert "Note: [b]" in text(app)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "␛]0;owned␇" in shown
    assert "[red]x[/red]" in shown  # as printed: no markup is read
