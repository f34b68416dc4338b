"""A dossier on a terminal: who it is, what changed, who is against whom, and the words day by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.cli.cards import COLOURS
from claimtrack.cli.context import draw_facts
from claimtrack.cli.tables import (
    Column,
    content_line,
    draw_table,
    facts_column,
    identifier,
    outlet_line,
    stacked,
    stated_line,
)
from claimtrack.cli.terminal import shown
from claimtrack.records import RelationKind
from claimtrack.reports.disputes import Standing
from claimtrack.reports.dossier import verb
from claimtrack.reports.rows import across

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from claimtrack.records import Tenure
    from claimtrack.reports.disputes import Dispute, Version
    from claimtrack.reports.dossier import Counterpart, Dossier
    from claimtrack.store.views import ClaimView, RelationView

NAMED = 5  # counterparts, copies and relations named before "and so many more"


def draw_dossier(console: Console, dossier: Dossier) -> None:
    """All of a dossier."""
    from rich.text import Text

    person = dossier.speaker
    console.print(shown(person.name, "bold", "nobody named"))
    console.rule(style="dim")
    facts = [
        ("speaker", identifier(person.id)),
        ("kind", shown(str(person.kind))),
        ("also", shown(", ".join(person.aliases), unknown="no other names")),
        (
            "roles",
            stacked(*map(_role, person.tenures)) if person.tenures else shown(None, unknown="none known"),
        ),
        ("claims", shown(str(dossier))),
        ("from, to", shown(f"{person.first or 'unknown'} to {person.last or 'unknown'}")),
    ]
    for head, kind, found in (
        ("contradicted by", RelationKind.CONTRADICTS, dossier.contradicted_by),
        ("contradicts", RelationKind.CONTRADICTS, dossier.contradicts),
        ("corroborated by", RelationKind.CORROBORATES, dossier.corroborated_by),
    ):
        if found:
            facts.append((head, _counterparts(found, COLOURS[kind])))
    draw_facts(console, facts, width=15)
    console.print()
    draw_changes(console, dossier.changes)
    console.print(Text("Day by day", style="bold"))
    relations = dict(zip(dossier.statements, dossier.relations_of_statements, strict=True))

    def words(copies: tuple[ClaimView, ...]) -> Text:
        return stacked(content_line(copies[0]), *_relations(relations[copies]))

    facts_of: Column[ClaimView] = facts_column(console, "When, where", lambda claim: shown(claim.id))
    columns: list[Column[tuple[ClaimView, ...]]] = [
        Column(facts_of.head, _facts, facts_of.width, facts_of.share),
        Column("Content", words, share=3),
    ]
    draw_table(console, columns, dossier.statements)


def draw_changes(console: Console, changes: Iterable[Dispute]) -> None:
    """Changed positions, each as a dated trail; nothing where there are none."""
    from rich.text import Text

    for number, change in enumerate(changes):
        if not number:
            console.print(Text("Changed positions", style=COLOURS[RelationKind.UPDATES]))
            console.rule(style="dim")
        console.print(shown(change.topic, "bold"))
        steps = [(version, claim) for version in change.versions for claim in version.claims]
        facts_of: Column[ClaimView] = facts_column(console, "", lambda claim: shown(claim.id))
        draw_table(
            console,
            [
                Column("", lambda step: _facts((step[1],)), facts_of.width, facts_of.share),
                Column("", _step, share=3),
            ],
            steps,
            headed=False,
        )


def _step(step: tuple[Version, ClaimView]) -> Text:
    from rich.text import Text

    version, claim = step
    if version.standing is Standing.STANDING:
        return content_line(claim)
    style = COLOURS[
        RelationKind.UPDATES if version.standing is Standing.REPLACED else RelationKind.CONTRADICTS
    ]
    return stacked(content_line(claim), Text(str(version.standing), style))


def _role(role: Tenure) -> Text:
    from rich.text import Text

    days = f"{role.since}" if role.since == role.until else f"{role.since} to {role.until}"
    return Text.assemble(shown(role.text), Text(f"  {days if role.since else 'day unknown'}", "dim"))


def _counterparts(found: Iterable[Counterpart], style: str) -> Text:
    from rich.text import Text

    lines = [
        Text.assemble(
            shown(other.name, style, "nobody named"),
            Text(f"  {other.total} × " if other.total > 1 else "  ", "dim"),
            identifier(other.relations[0].id),
        )
        for other in found
    ]
    more = len(lines) - NAMED
    return stacked(*lines[:NAMED], Text(f"and {more} more", "dim") if more > 0 else None)


def _facts(copies: Sequence[ClaimView]) -> Text:
    claim = copies[0]
    return stacked(stated_line(claim), outlet_line(claim), identifier(claim.id), *also_printed(copies))


def also_printed(copies: Sequence[ClaimView]) -> list[Text]:
    """The outlets and keys of all copies of a statement but the first."""
    from rich.text import Text

    lines = [
        Text.assemble(Text("also ", "dim"), outlet_line(copy), Text(" "), identifier(copy.id))
        for copy in copies[1 : NAMED + 1]
    ]
    more = len(copies) - 1 - NAMED
    return [*lines, Text(f"and {more} more", "dim")] if more > 0 else lines


def _relations(found: tuple[tuple[RelationView, ClaimView], ...]) -> list[Text]:
    from rich.text import Text

    lines = []
    for relation, claim in found[:NAMED]:
        other = across(relation, claim.id)
        where = f", {other.outlet}" if other.outlet else ""
        lines.append(
            Text.assemble(
                Text(f"{verb(relation, claim.id)} ", COLOURS[relation.kind]),
                shown(f"{other.speaker or 'nobody named'}{where}"),
                Text(" "),
                identifier(relation.id),
            )
        )
    if len(found) > NAMED:
        lines.append(Text(f"and {len(found) - NAMED} more", "dim"))
    return lines
