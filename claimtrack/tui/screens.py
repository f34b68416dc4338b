"""What opens over the queue: the article, a note, the choice of a claim, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from claimtrack.records import Span
from claimtrack.reports.passages import pieces, roles_of
from claimtrack.review.verdicts import NOTE_LENGTH
from claimtrack.store.views import ClaimView
from claimtrack.tui.drawing import legend, line, marked

_AROUND = 20_000  # characters of an article before and after the claim: more than any, but for dumps
_LEAD = 200  # of them shown above the claim when the article opens

KEYS = (
    ("c", "confirm", "the relation holds; the claim is right"),
    ("r", "reject", "it does not"),
    ("u", "unsure", "cannot be told"),
    ("s", "skip", "leave it open; at the end, see again what was left open"),
    ("b", "back", "the case before"),
    ("n", "note", "write a note for the verdict to come"),
    ("z", "undo", "take your last verdict back, then the one before it"),
    ("w", "wrong speaker", "reject a claim: somebody else said it"),
    ("p", "wrong span", "reject a claim: its words are too many or too few"),
    ("x", "not a claim", "reject a claim: nobody said anything there"),
    ("o", "article", "read the article around a claim"),
    ("?", "help", "these keys"),
    ("q", "quit", "everything decided is stored already"),
)


class HelpScreen(ModalScreen[None]):
    """The keys, and what each does."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,enter", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """The list."""
        with VerticalScroll(classes="box"):
            table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
            for key, name, what in KEYS:
                table.add_row(Text(key, "bold cyan"), Text(name, "bold"), Text(what))
            yield Static(table)
            yield Static(Text("\nArrows and page keys scroll. Escape closes what is open.", "dim"))


class NoteScreen(ModalScreen[str | None]):
    """One line to write; None where nothing is changed."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "Cancel")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The line, with what was noted before."""
        with Vertical(classes="box"):
            yield Static(Text("A note for the verdict to come. Enter keeps it, Escape leaves it as it was."))
            yield Input(self._text, max_length=NOTE_LENGTH, id="note")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        self.dismiss(event.value)


class SideScreen(ModalScreen[int | None]):
    """Which of two claims is meant; None where none is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("1,l,left", "choose(0)", "First"),
        ("2,r,right", "choose(1)", "Second"),
        ("escape,q", "dismiss", "Cancel"),
    ]

    def __init__(self, question: str, claims: Sequence[ClaimView]) -> None:
        super().__init__()
        self._question = question
        self._claims = claims

    def compose(self) -> ComposeResult:
        """The question, and a line for each claim."""
        with Vertical(classes="box"):
            text = Text(f"{self._question}\n\n", "bold")
            for number, claim in enumerate(self._claims, 1):
                name = line(claim.speaker, "bold", "nobody named")
                text.append_text(
                    Text.assemble((f"{number}  ", "bold cyan"), name, ": ", line(claim.text), "\n")
                )
            text.append("\nEscape: neither", "dim")
            yield Static(text)

    def action_choose(self, side: int) -> None:
        """Take one."""
        self.dismiss(side)


class ArticleScreen(Screen[None]):
    """An article, open at a claim."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,o,b", "dismiss", "Close")]

    def __init__(self, claim: ClaimView, body: str) -> None:
        super().__init__()
        self._claim = claim
        self._body = body

    def compose(self) -> ComposeResult:
        """The facts, then the text in two parts: what stands far above the claim, and the rest."""
        claim, body, roles = self._claim, self._body, roles_of(self._claim)
        first = min(span.start for span, _ in roles)
        lead = body.rfind("\n", 0, max(0, first - _LEAD)) + 1
        start = max(0, first - _AROUND)
        end = min(len(body), max(span.end for span, _ in roles) + _AROUND)
        facts = [line(claim.title, "bold", "no title"), line(claim.outlet, unknown="unknown outlet")]
        facts += [line(str(claim.published) if claim.published else None, "dim", "day unknown")]
        facts += [line(where, "dim") for where in (claim.path, claim.url) if where]
        yield Static(Text("\n").join(facts), id="facts")
        with VerticalScroll(id="text"):
            lead = max(lead, start)
            if lead > start:
                yield Static(Text.assemble("… " if start else "", marked([(body[start:lead], "")])))
            rest = marked(pieces(body, Span(lead, end), roles))
            yield Static(Text.assemble(rest, " …" if end < len(body) else ""), id="here")
        yield Static(Text.assemble(legend(), ("    Escape: back to the queue", "dim")), id="keys")

    def on_mount(self) -> None:
        """Begin at the claim."""
        text = self.query_one("#text", VerticalScroll)
        text.focus()
        self.call_after_refresh(text.scroll_to_widget, self.query_one("#here"), animate=False, top=True)
