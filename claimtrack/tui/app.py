"""`claimtrack review`: one case at a time, one key a decision.

All that happens is the session's (`claimtrack.review.queue`); here it is drawn, and keys are passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from claimtrack.errors import ClaimtrackError
from claimtrack.records import Decision, Fault
from claimtrack.reports.cells import one_line
from claimtrack.review.queue import Session
from claimtrack.store import Store
from claimtrack.store.views import RelationView
from claimtrack.tui import drawing
from claimtrack.tui.screens import KEYS, ArticleScreen, HelpScreen, NoteScreen, SideScreen

WIDE = 100  # columns from which on claims stand side by side
AROUND, AROUND_WIDE = 120, 240  # characters of context around a claim
LOOK_EVERY = 5.0  # seconds between looks at what other reviewers do
_ON_THE_LINE = "crusbnzwo?q"  # the keys that the last line names

_STYLES = """
Screen { layout: vertical; }
#top { height: 1; layout: horizontal; }
#title { width: 1fr; }
#progress { width: auto; }
#case { height: 1fr; padding: 1 0 0 0; }
.-narrow #case { padding: 0; }
#case > Static { height: auto; margin: 0 1 1 1; }
#sides { layout: horizontal; height: auto; }
.side { width: 1fr; height: auto; margin: 0 1 1 1; border-left: thick $primary; padding: 0 0 0 1; }
.side Static { height: auto; }
.-narrow #sides { layout: vertical; }
#said { height: auto; max-height: 3; padding: 0 1; }
#keys { height: auto; padding: 0 1; background: $panel; }
#facts { height: auto; padding: 0 1; background: $panel; }
#text { padding: 1 2; }
ModalScreen { align: center middle; }
.box { width: 95%; max-width: 90; height: auto; max-height: 90%; border: round $primary; padding: 0 1;
       background: $surface; }
"""


class ReviewApp(App[None]):
    """The queue."""

    CSS = _STYLES
    TITLE = "claimtrack review"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # textual's own form
    BINDINGS: ClassVar[list[BindingType]] = [
        ("c", "decide('confirmed')", "Confirm"),
        ("r", "decide('rejected')", "Reject"),
        ("u", "decide('unsure')", "Unsure"),
        ("s", "skip", "Skip"),
        ("b", "before", "Back"),
        ("n", "note", "Note"),
        ("z", "undo", "Undo"),
        ("w", "fault('wrong speaker')", "Wrong speaker"),
        ("p", "fault('wrong span')", "Wrong span"),
        ("x", "fault('not a claim')", "Not a claim"),
        ("o", "article", "Article"),
        ("question_mark", "help", "Help"),
        ("q", "quit", "Quit"),
    ]

    def __init__(self, store: Store, session: Session, title: str) -> None:
        super().__init__()
        self._store = store
        self.session = session
        self._title = title

    def compose(self) -> ComposeResult:
        """The places that `_draw` fills."""
        with Container(id="top"):
            yield Static(Text(f" {one_line(self._title)}", "bold"), id="title")
            yield Static(id="progress")
        with VerticalScroll(id="case"):
            yield Static(id="headline")
            with Container(id="sides"):
                for number in (1, 2):
                    with Vertical(classes="side", id=f"side{number}"):
                        yield Static(id=f"head{number}")
                        yield Static(id=f"passage{number}")
            yield Static(id="verdicts")
            yield Static(id="explanation")
            yield Static(id="signals")
        yield Static(id="said")
        yield Static(self._key_line(), id="keys")

    def on_mount(self) -> None:
        """Show the first case, and look from then on at what others do."""
        self._queue.query_one("#case").focus()
        self._draw("")
        self.set_interval(LOOK_EVERY, self.look)

    def on_resize(self) -> None:
        """Fit the contexts to the new width."""
        self.call_after_refresh(self._draw_sides)

    def look(self) -> None:
        """Say what others have decided on the case shown since it came up."""
        self._do(self.session.look, quiet=True)

    def action_decide(self, decision: str) -> None:
        """Give a verdict."""
        self._do(lambda: self.session.decide(Decision(decision)), moves=True)

    def action_skip(self) -> None:
        """Leave it open."""
        self._do(self.session.skip, moves=True)

    def action_before(self) -> None:
        """Show the case before."""
        self._do(self.session.back, moves=True)

    def action_undo(self) -> None:
        """Take the last verdict back."""
        self._do(self.session.undo, moves=True)

    def action_note(self) -> None:
        """Write a note."""

        def keep(text: str | None) -> None:
            if text is not None:
                self._do(lambda: self.session.write_note(text))

        if self.session.case is not None:
            self.push_screen(NoteScreen(self.session.note), keep)

    def action_fault(self, fault: str) -> None:
        """Reject one of the claims, after asking which."""
        found = Fault(fault)
        self._with_side(
            f"{fault[0].upper()}{fault[1:]}: in which claim?",
            lambda side: self._do(lambda: self.session.fault(found, side), moves=True),
        )

    def action_article(self) -> None:
        """Read on around a claim."""

        def show(side: int) -> None:
            case = self.session.case
            if case is not None:
                claim = case.claims[side]
                self.push_screen(ArticleScreen(claim, self._store.body(claim.article_id)))

        self._with_side("The article of which claim?", show)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen())

    def _with_side(self, question: str, then: Callable[[int], None]) -> None:
        case = self.session.case
        if case is None:
            return
        if len(case.claims) == 1:
            then(0)
            return
        shown = case.id

        def chosen(side: int | None) -> None:
            if side is not None and self.session.case is not None and self.session.case.id == shown:
                then(side)

        self.push_screen(SideScreen(question, case.claims), chosen)

    def _do(self, act: Callable[[], str], moves: bool = False, quiet: bool = False) -> None:
        """Carry out a step of the session, and draw what came of it; a refusal is said, and ends nothing."""
        try:
            said, style = act(), "bold yellow" if quiet else ""
        except ClaimtrackError as error:
            said, style = str(error), "bold yellow"
            self.bell()
        if quiet and not said:
            return
        self._draw(said, style)
        if moves:
            self._queue.query_one("#case").scroll_home(animate=False)

    def _draw(self, said: str, style: str = "") -> None:
        case, note = self.session.case, self.session.note
        self._put("progress", Text.assemble(drawing.progress_line(self.session.progress), " "))
        lines = [Text(one_line(said), style)] if said else []
        lines += [Text(f"Note: {one_line(note)}", "italic")] if note else []
        self._put("said", Text("\n").join(lines))
        self._queue.query_one("#sides").display = case is not None
        for place in ("#explanation", "#signals"):
            related = case is not None and isinstance(case.subject, RelationView)
            self._queue.query_one(place).display = related
        if case is None:
            self._put("headline", self._end())
            self._put("verdicts", Text())
            return
        self._put("headline", drawing.headline(case))
        self._put("verdicts", drawing.verdicts(case))
        if isinstance(case.subject, RelationView):
            self._put("explanation", drawing.explanation(case.subject))
            self._queue.query_one("#signals", Static).update(drawing.signals(case.subject))
        self._draw_sides()

    def _draw_sides(self) -> None:
        case = self.session.case
        if case is None:
            return
        around = AROUND_WIDE if self.size.width >= WIDE else AROUND
        for number, claim in enumerate(case.claims, 1):
            self._put(f"head{number}", drawing.claim_head(claim, number if len(case.claims) > 1 else None))
            text = drawing.claim_passage(claim, self._store.body(claim.article_id), around)
            self._put(f"passage{number}", text)
        self._queue.query_one("#side2").display = len(case.claims) > 1

    def _end(self) -> Text:
        left = self.session.skipped
        more = f" s shows the {left} again that you skipped." if left else ""
        return Text(
            f"This is the end of the queue.{more} b goes back, z takes your last verdict back, q quits."
        )

    def _put(self, place: str, text: Text) -> None:
        self._queue.query_one(f"#{place}", Static).update(text)

    @property
    def _queue(self) -> Screen[object]:
        """The screen under all that opens over it."""
        return self.screen_stack[0]

    @staticmethod
    def _key_line() -> Text:
        named = {key: name for key, name, _ in KEYS}
        return Text("  ").join(Text.assemble((key, "bold cyan"), f" {named[key]}") for key in _ON_THE_LINE)


def run_review(store: Store, session: Session, title: str) -> None:
    """Show a session until the reviewer quits."""
    ReviewApp(store, session, title).run()
