"""Lists as tables: one column a fact where there is room, facts above each other where there is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from claimtrack.cli.terminal import WIDE, shown
from claimtrack.records import ArticleOrigin, Stance

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from claimtrack.store.views import ArticleView, ClaimView, OutletView, SpeakerView

V = TypeVar("V")
ID_WIDTH = 13  # a letter and twelve hexadecimal digits
DAY_WIDTH = 10
FACTS_WIDTH = 44
_CHUNK = 100  # rows drawn at once, so that a long list starts at once and memory stays flat


@dataclass(frozen=True)
class Column(Generic[V]):
    """A heading, how wide (`width` characters, or a `share` of what is left), and what it shows."""

    head: str
    cell: Callable[[V], Text]
    width: int = 0
    share: int = 1
    justify: Literal["left", "right"] = "left"


def draw_table(
    console: Console, columns: list[Column[V]], rows: Iterable[V], headed: bool = True, spaced: bool = True
) -> None:
    """A table under a line of headings; widths are fixed beforehand, so that rows can stream.

    Rows with words that may run over several lines are `spaced` apart.
    """
    from rich.table import Table
    from rich.text import Text

    def grid() -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
        for column, width in zip(columns, widths, strict=True):
            table.add_column(width=width, justify=column.justify, overflow="fold")
        return table

    widths = share_width(columns, console.width)
    if headed:
        heading = grid()
        heading.add_row(*(Text(c.head, style="bold") for c in columns))
        console.print(heading)
        console.rule(style="dim")
    stream = iter(rows)
    while chunk := list(islice(stream, _CHUNK)):
        table = grid()
        for row in chunk:
            table.add_row(*(column.cell(row) for column in columns))
            if spaced and any(not column.width for column in columns):
                table.add_row()
        console.print(table)


def share_width(columns: Sequence[Column[V]], total: int) -> list[int]:
    """The columns' widths: what the fixed ones leave goes to the others by share."""
    room = total - sum(c.width for c in columns) - 2 * (len(columns) - 1)
    shares = sum(c.share for c in columns if not c.width) or 1
    return [c.width or max(8, room * c.share // shares) for c in columns]


def stacked(*lines: Text | None) -> Text:
    """Texts above each other; None is left out."""
    from rich.text import Text

    return Text("\n").join(line for line in lines if line is not None)


def day(value: object) -> Text:
    """A date in ISO form, or the word unknown."""
    return shown(str(value) if value else None)


def number(value: int) -> Text:
    """A count."""
    return shown(str(value))


def speaker_line(claim: ClaimView) -> Text:
    """The speaker's name, and the words of the article where they differ."""
    from rich.text import Text

    name = shown(claim.speaker, "bold", unknown="nobody named")
    plain = claim.mention.casefold().removeprefix("the ")
    if plain not in ("", claim.speaker.casefold().removeprefix("the ")):
        return Text.assemble(name, Text(" (", "dim"), shown(claim.mention, "dim"), Text(")", "dim"))
    return name


def outlet_line(claim: ClaimView) -> Text:
    """The outlet, and through whom the words came to it."""
    from rich.text import Text

    line = shown(claim.outlet, unknown="unknown outlet")
    if claim.relays:
        line = Text.assemble(line, Text(" via ", "dim"), shown(" and ".join(claim.relays)))
    return line


def stated_line(claim: ClaimView) -> Text:
    """The day of the words, or failing that of the article."""
    from rich.text import Text

    if claim.stated_on:
        printed = claim.published and claim.published != claim.stated_on
        return Text(
            f"stated {claim.stated_on}" + (f", printed {claim.published}" if printed else ""), style="dim"
        )
    return Text(f"printed {claim.published}" if claim.published else "day unknown", style="dim")


def content_line(claim: ClaimView) -> Text:
    """The content, with the stance in front where it is more than an assertion."""
    from rich.text import Text

    words = shown(claim.text)
    if claim.stance is not Stance.ASSERTS:
        words = Text.assemble(Text(f"[{claim.stance}] ", "bold yellow"), words)
    if claim.retired:
        words = Text.assemble(Text("[retired] ", "dim"), words)
    return words


def identifier(key: str) -> Text:
    """A key, as given to `show`."""
    from rich.text import Text

    return Text(key, style="cyan")


def facts_column(console: Console, head: str, cell: Callable[[ClaimView], Text]) -> Column[ClaimView]:
    """A column of facts beside a column of words: never wider than the facts need."""
    return Column(head, cell, FACTS_WIDTH) if console.width >= WIDE else Column(head, cell, share=2)


def draw_claims(console: Console, claims: Iterable[ClaimView]) -> None:
    """Claims: who, where and when beside what."""
    if console.width < WIDE:
        columns = [
            facts_column(console, "Who, where, when", claim_facts),
            Column("Content", content_line, share=3),
        ]
    else:
        columns = [
            Column("Claim", lambda c: identifier(c.id), ID_WIDTH),
            Column("Stated", lambda c: day(c.day), DAY_WIDTH),
            Column("Speaker", speaker_line, share=3),
            Column("Outlet", outlet_line, share=2),
            Column("Kind", lambda c: shown(str(c.kind)), 9),
            Column("Content", content_line, share=6),
        ]
    draw_table(console, columns, claims)


def claim_facts(claim: ClaimView) -> Text:
    """Who, where, when and the key, above each other."""
    return stacked(speaker_line(claim), outlet_line(claim), stated_line(claim), identifier(claim.id))


def draw_articles(console: Console, articles: Iterable[ArticleView]) -> None:
    """Articles, with their paths and what is not known about them."""

    def title(article: ArticleView) -> Text:
        missing = f"unknown: {', '.join(article.unknown)}" if article.unknown else None
        state = None if article.status == "current" else article.status
        return stacked(
            shown(article.title, "bold", "no title"),
            shown(article.path, "dim"),
            shown(article.origin.words, "blue") if article.origin.kind is not ArticleOrigin.OWN else None,
            shown(missing, "yellow") if missing else None,
            shown(state, "yellow") if state else None,
        )

    draw_table(
        console,
        [
            Column("Article", lambda a: identifier(a.id), ID_WIDTH),
            Column("Published", lambda a: day(a.published), DAY_WIDTH),
            Column("Outlet", lambda a: shown(a.outlet), share=2),
            Column("Title", title, share=5),
            Column("Claims", lambda a: number(a.claims), 6, justify="right"),
        ],
        articles,
    )


def draw_speakers(console: Console, speakers: Iterable[SpeakerView]) -> None:
    """Speakers, with their roles, other names and counts."""

    def name(speaker: SpeakerView) -> Text:
        return stacked(
            shown(speaker.name, "bold", "nobody named"),
            shown(", ".join(speaker.roles), "dim") if speaker.roles else None,
            shown("also: " + ", ".join(speaker.aliases), "dim") if speaker.aliases else None,
            identifier(speaker.id),
        )

    draw_table(
        console,
        [
            Column("Speaker", name),
            Column("Kind", lambda s: shown(str(s.kind)), 12),
            Column("Claims", lambda s: number(s.claims), 6, justify="right"),
            Column("Outlets", lambda s: number(s.outlets), 7, justify="right"),
            Column("First", lambda s: day(s.first), DAY_WIDTH),
            Column("Last", lambda s: day(s.last), DAY_WIDTH),
        ],
        speakers,
    )


def draw_outlets(console: Console, outlets: Iterable[OutletView]) -> None:
    """Outlets, with how much of each the archive holds."""

    def counts(field: str) -> Callable[[OutletView], Text]:
        return lambda outlet: number(getattr(outlet, field))

    draw_table(
        console,
        [
            Column("Outlet", lambda o: shown(o.name, "bold"), share=3),
            Column("", lambda o: shown("agency" if o.is_agency else " "), 6),
            Column("Articles", counts("articles"), 8, justify="right"),
            Column("Claims", counts("claims"), 6, justify="right"),
            Column("Speakers", counts("speakers"), 8, justify="right"),
        ],
        outlets,
    )
