"""Disputes on a terminal: a list with the versions of each, and one with its versions side by side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from claimtrack.cli.cards import COLOURS, reason_line
from claimtrack.cli.draw_dossier import also_printed
from claimtrack.cli.tables import (
    DAY_WIDTH,
    Column,
    content_line,
    day,
    draw_table,
    identifier,
    outlet_line,
    speaker_line,
    stacked,
    stated_line,
)
from claimtrack.cli.terminal import shown
from claimtrack.records import RelationKind
from claimtrack.reports.disputes import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console
    from rich.text import Text

    from claimtrack.reports.disputes import Dispute, Version
    from claimtrack.store.views import ClaimView, RelationView

NAMED = 3  # speakers of a version named in a list
NARROWEST = 24  # characters of a version beside others
LONGEST = 160  # characters of a version's label in a list
_STANDINGS = {
    Standing.CONTRADICTED: COLOURS[RelationKind.CONTRADICTS],
    Standing.REPLACED: COLOURS[RelationKind.UPDATES],
    Standing.STANDING: COLOURS[RelationKind.CORROBORATES],
}
_STATUS = {True: COLOURS[RelationKind.CONTRADICTS], False: COLOURS[RelationKind.UPDATES]}


def draw_disputes(console: Console, disputes: Iterable[Dispute]) -> None:
    """Each dispute with its counts, and its versions one below the other."""
    for dispute in disputes:
        _draw_head(console, dispute)
        columns = [
            Column("Since", lambda version: day(version.first), DAY_WIDTH),
            Column("Version", _version, share=3),
            Column("Who says so", _who, share=2),
        ]
        draw_table(console, columns, dispute.versions, headed=False)


def draw_dispute(console: Console, dispute: Dispute, relations: Mapping[str, RelationView]) -> None:
    """One dispute: its versions side by side, as many as there is room for, then what sets them apart."""
    from rich.table import Table

    _draw_head(console, dispute)
    wide = max(1, min(len(dispute.versions), (console.width + 2) // (NARROWEST + 2)))
    width = (console.width - 2 * (wide - 1)) // wide
    rest = iter(enumerate(dispute.versions, 1))
    while band := list(islice(rest, wide)):
        table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
        for _ in range(wide):
            table.add_column(width=width, overflow="fold")
        table.add_row(*(_full_version(version, number) for number, version in band))
        console.print(table)
        console.rule(style="dim")
    _draw_reasons(console, dispute, relations)


def _draw_head(console: Console, dispute: Dispute) -> None:
    from rich.text import Text

    console.print(shown(dispute.topic, "bold"))
    console.print(
        Text.assemble(
            Text(dispute.status, _STATUS[dispute.is_open]), Text(f"  {dispute}  "), identifier(dispute.id)
        ),
        overflow="fold",
    )
    console.rule(style="dim")


def _version(version: Version) -> Text:
    label = version.heading
    if len(label) > LONGEST:
        label = label[:LONGEST].rsplit(None, 1)[0] + " …"
    standing = _standing(version) if version.latest or version.standing is not Standing.STANDING else None
    return stacked(shown(label), standing)


def _standing(version: Version) -> Text:
    from rich.text import Text

    latest = Text(", the latest", "bold") if version.latest else Text("")
    return Text.assemble(Text(str(version.standing), _STANDINGS[version.standing]), latest)


def _who(version: Version) -> Text:
    names = [name or "nobody named" for name in version.speakers]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return stacked(shown(", ".join(names[:NAMED]) + more), _backing(version))


def _backing(version: Version) -> Text | None:
    """The counts, where there is more than one of anything."""
    from rich.text import Text

    several = max(len(version.speakers), version.origins, version.outlets) > 1
    return Text(str(version), "dim") if several else None


def _full_version(version: Version, number: int) -> Text:
    from rich.text import Text

    days = f"{version.first} to {version.last}" if version.first != version.last else f"{version.first}"
    alone = len(version.claims) == 1 and version.label == version.claims[0].text
    return stacked(
        Text.assemble(Text(f"{number}  ", "cyan"), _standing(version)),
        None if alone else shown(version.heading, "bold"),
        Text(days if version.first else "day unknown", "dim"),
        _backing(version),
        Text(""),
        *(line for copies in version.statements for line in (*_statement(copies), Text(""))),
    )


def _statement(copies: Sequence[ClaimView]) -> list[Text]:
    claim = copies[0]
    also = also_printed(copies)
    return [
        speaker_line(claim),
        outlet_line(claim),
        stated_line(claim),
        content_line(claim),
        identifier(claim.id),
        *also,
    ]


def _draw_reasons(console: Console, dispute: Dispute, relations: Mapping[str, RelationView]) -> None:
    """For each two versions that are set against each other the surest relation, and how many more."""
    from rich.text import Text

    place = {c.id: n for n, version in enumerate(dispute.versions, 1) for c in version.claims}
    pairs: dict[tuple[int, int], list[RelationView]] = {}
    for link in dispute.opposed:
        pairs.setdefault((place[link.a], place[link.b]), []).append(relations[link.id])
    for (one, other), found in sorted(pairs.items()):
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        numbers = Text(f"{one} and {other}  ", "cyan")
        console.print(
            Text.assemble(numbers, reason_line(found[0], named=True), Text(more, "dim")), overflow="fold"
        )
