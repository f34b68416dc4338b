"""Relations for reading: two claims side by side with the reason beneath; support in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from claimtrack.cli.tables import (
    Column,
    claim_facts,
    content_line,
    draw_table,
    facts_column,
    identifier,
    outlet_line,
    speaker_line,
    stacked,
    stated_line,
)
from claimtrack.cli.terminal import shown
from claimtrack.records import RelationKind
from claimtrack.reports.cells import many
from claimtrack.reports.verdicts import tell_verdicts

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from claimtrack.records import Verdict
    from claimtrack.reports.support import Support
    from claimtrack.store.views import ClaimView, RelationView

HEADINGS = {
    RelationKind.CONTRADICTS: "Contradictions",
    RelationKind.UPDATES: "Changed positions: a later statement replaces an earlier one",
    RelationKind.CORROBORATES: "Corroborations",
    RelationKind.REPEATS: "Same origin",
}
COLOURS = {
    RelationKind.CONTRADICTS: "bold red",
    RelationKind.UPDATES: "bold yellow",
    RelationKind.CORROBORATES: "bold green",
    RelationKind.REPEATS: "bold blue",
}


def draw_relations(console: Console, relations: Iterable[RelationView], explain: bool = False) -> None:
    """Relations in their order, a heading over each kind, each as a card; `explain` adds the signals."""
    from rich.text import Text

    for kind, same in groupby(relations, key=lambda relation: relation.kind):
        console.print(Text(HEADINGS[kind], style=COLOURS[kind]))
        if kind is RelationKind.UPDATES:
            for group in _by_later(same):
                _draw_sides(console, group, explain=explain)
        else:
            for relation in same:
                _draw_sides(console, [relation], explain=explain)


def _by_later(relations: Iterable[RelationView]) -> Iterable[list[RelationView]]:
    """One group for each later statement, with all that it replaces; in the order of the surest."""
    groups: dict[str, list[RelationView]] = {}
    for relation in relations:
        groups.setdefault(relation.b.id, []).append(relation)
    return groups.values()


def draw_card(console: Console, relation: RelationView, verdicts: Mapping[str, Sequence[Verdict]]) -> None:
    """One relation: its claims side by side, beneath them the whole reason and the verdicts on each."""
    _draw_sides(console, [relation], full=True)
    for key in (relation.id, relation.a.id, relation.b.id):
        if key in verdicts:
            console.print(stacked(identifier(key), verdict_lines(verdicts[key])), overflow="fold")
    if verdicts:
        console.print()


def verdict_lines(verdicts: Sequence[Verdict]) -> Text:
    """All verdicts on one claim or relation, the newest first; what no longer stands is dimmed."""
    return stacked(*(shown(line, "" if stands else "dim") for line, stands in tell_verdicts(verdicts)))


def draw_signals(console: Console, relation: RelationView) -> None:
    """Every signal of a relation with its value, what it counted where it was weighed, and its reason."""
    from rich.table import Table
    from rich.text import Text

    weighed = any(signal.weight for signal in relation.signals)
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=20, overflow="fold")
    table.add_column(width=8, justify="right")
    if weighed:
        table.add_column(width=8, justify="right")
    table.add_column(overflow="fold")
    heads = ("Signal", "Value", *(["Counted"] if weighed else []), "Reason")
    table.add_row(*(Text(head, style="bold") for head in heads))
    for signal in relation.signals:
        counted = [Text(f"{signal.weight:+.2f}" if signal.weight else "")] if weighed else []
        reason = shown(signal.note, unknown="")
        table.add_row(shown(signal.name), Text(f"{signal.value:.4g}"), *counted, reason)
    console.print(table)


def _draw_sides(
    console: Console, relations: list[RelationView], full: bool = False, explain: bool = False
) -> None:
    """Claims side by side, the reason under each pair; a claim that all pairs share is shown once."""
    from rich.table import Table

    console.rule(style="dim")
    half = (console.width - 3) // 2
    shown_already: set[str] = set()
    for relation in relations:
        table = Table.grid(padding=(0, 3, 0, 0), pad_edge=False)
        table.add_column(width=half, overflow="fold")
        table.add_column(width=half, overflow="fold")
        again = relation.b.id in shown_already
        table.add_row(_side(relation.a), _as_above(relation.b) if again else _side(relation.b))
        shown_already.add(relation.b.id)
        console.print(table)
        console.print(reason_line(relation, full), overflow="fold")
        if relation.verdict and not full:
            verdict = relation.verdict
            note = f": {verdict.note}" if verdict.note else ""
            console.print(
                shown(f"{verdict.decision} by {verdict.reviewer} on {verdict.at:%Y-%m-%d}{note}", "bold")
            )
        if explain:
            draw_signals(console, relation)
        console.print()


def _as_above(claim: ClaimView) -> Text:
    from rich.text import Text

    return Text.assemble(Text("as above ", "dim"), identifier(claim.id))


def reason_line(relation: RelationView, full: bool = False, named: bool = False) -> Text:
    """Kind, score, id, and why: in short where both claims stand above, else the whole sentence.

    `named` says who the two are, where more than two claims stand above.
    """
    from rich.text import Text

    short = next((s.note for s in relation.signals if s.name == "rule"), "")
    if short and named:
        who = dict.fromkeys((relation.a.speaker, relation.b.speaker))
        short = f"{' and '.join(who)}: {short}"
    why = relation.explanation if full or not short else short

    return Text.assemble(
        Text(f"{relation.kind} ", COLOURS[relation.kind]),
        Text(f"{relation.score:.2f} ", "dim"),
        identifier(relation.id),
        Text("  "),
        shown(why, unknown="no reason recorded"),
    )


def _side(claim: ClaimView) -> Text:
    return stacked(
        speaker_line(claim),
        outlet_line(claim),
        stated_line(claim),
        content_line(claim),
        identifier(claim.id),
    )


def draw_support(console: Console, groups: Iterable[Support], explain: bool = False) -> None:
    """Groups: how many independent origins, every claim of each, and the reasons beneath.

    `explain` adds the signals to each reason.
    """
    from rich.text import Text

    for group in groups:
        origins = len(group.origins)
        head = "corroborated" if origins > 1 else "same origin: no independent support"
        counts = (
            f"{many(origins, 'independent speaker')}, heard by {many(group.heard_by, 'outlet')}"
            f", printed by {group.outlets}"
        )
        console.print(
            Text.assemble(
                Text(head, "bold green" if origins > 1 else "bold blue"), Text(f"  {counts}", "bold")
            )
        )
        console.rule(style="dim")
        first_of = {claim.id: origin.claims[0] for origin in group.origins for claim in origin.claims}

        def words(claim: ClaimView, first_of: dict[str, ClaimView] = first_of) -> Text:
            first = first_of[claim.id]
            same = None if first is claim else Text(f"same origin as {first.id}", "blue")
            return stacked(same, content_line(claim))

        draw_table(
            console,
            [facts_column(console, "Who, where, when", claim_facts), Column("Content", words, share=3)],
            group.claims,
            headed=False,
        )
        for relation in group.relations:
            console.print(reason_line(relation, named=True), overflow="fold")
            if explain:
                draw_signals(console, relation)
        console.print()
