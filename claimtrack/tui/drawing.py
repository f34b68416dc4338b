"""A case as texts for the screen: what is printed comes from articles, and is shown, never obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from claimtrack.records import RelationKind, Stance, Verdict, in_force
from claimtrack.reports.cells import one_line, visible
from claimtrack.reports.passages import passage, roles_of
from claimtrack.reports.verdicts import tell_verdicts
from claimtrack.review.queue import Case, Progress
from claimtrack.store.views import ClaimView, RelationView

_BREAK = re.compile(r"[^\S\n]*\n\s*")
ROLES = {"source": "bold magenta", "cue": "italic yellow", "content": "green underline"}
COLOURS = {
    RelationKind.CONTRADICTS: "bold red",
    RelationKind.UPDATES: "bold yellow",
    RelationKind.CORROBORATES: "bold green",
    RelationKind.REPEATS: "bold blue",
}


def line(text: str | None, style: str = "", unknown: str = "unknown") -> Text:
    """One line of foreign text; `unknown`, dimmed, where there is none."""
    return Text(one_line(text), style) if text else Text(unknown, "dim italic")


def progress_line(progress: Progress) -> Text:
    """ "12 of ~140 open, 9 decided by you"."""
    total = f"~{progress.total}" if progress.whole else f"more than {progress.total}"
    place = f"{progress.at} of {total}" if progress.at else f"end of {total}"
    return Text(f"{place} open, {progress.decided} decided by you", "bold")


def headline(case: Case) -> Text:
    """What is to be decided: the relation and in short why it was made; of a claim, what to look at."""
    subject = case.subject
    if isinstance(subject, RelationView):
        short = next((signal.note for signal in subject.signals if signal.name == "rule"), "")
        head = Text.assemble(
            (str(subject.kind), COLOURS[subject.kind]),
            (f" {subject.score:.2f} ", "dim"),
            (subject.id, "cyan"),
        )
        if subject.retired:
            head.append("  retired: the program no longer makes it", "yellow")
        why = line(short or subject.explanation, unknown="no reason recorded")
    else:
        head = Text.assemble(("claim", "bold"), (f" {subject.confidence:.2f} ", "dim"), (subject.id, "cyan"))
        why = Text("Did this speaker say this, and are these the words?")
    newest = in_force(case.verdicts.get(case.id, ()))
    if newest is not None and not case.covered:
        head.append_text(Text.assemble("  ", line(f"{newest.decision} by {newest.reviewer}", "bold reverse")))
    return Text.assemble(head, "  ", why)


def claim_head(claim: ClaimView, number: int | None) -> Text:
    """Who and where; then when, and the key."""
    name = line(claim.speaker, "bold", "nobody named")
    plain = claim.mention.casefold().removeprefix("the ")
    if plain not in ("", claim.speaker.casefold().removeprefix("the ")):
        name.append_text(Text.assemble((" (", "dim"), line(claim.mention, "dim"), (")", "dim")))
    if number is not None:
        name = Text.assemble((f" {number} ", "bold reverse"), " ", name)
    where = Text.assemble(name, ", ", line(claim.outlet, unknown="unknown outlet"))
    if claim.relays:
        where.append_text(Text.assemble((" via ", "dim"), line(" and ".join(claim.relays))))
    printed = claim.published if claim.published != claim.stated_on else None
    days = [f"{word} {day}" for word, day in (("stated", claim.stated_on), ("printed", printed)) if day]
    facts = Text.assemble((", ".join(days) or "day unknown", "dim"), "  ", (claim.id, "cyan"))
    if claim.stance is not Stance.ASSERTS:
        facts.append(f"  {claim.stance}", "bold yellow")
    if claim.retired:
        facts.append("  retired: no longer found", "yellow")
    return Text("\n").join((where, facts))


def claim_passage(claim: ClaimView, body: str, around: int) -> Text:
    """The claim where it stands in its article, with source, cue and content marked."""
    found = passage(body, roles_of(claim), around)
    (first, role), *rest = found.pieces
    pieces = [(first.lstrip(), role), *rest]
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    text = marked(pieces, flowing=True)
    if found.span.start > 0:
        text = Text.assemble("… ", text)
    return text.append(" …") if found.span.end < len(body) else text


def marked(pieces: Iterable[tuple[str, str]], flowing: bool = False) -> Text:
    """The pieces of a passage, each in its style; `flowing` spends no lines on paragraphs."""
    text = Text()
    for piece, role in pieces:
        printed = _BREAK.sub(" ¶ ", piece) if flowing else piece
        text.append(visible(printed).replace("\t", " "), ROLES.get(role, ""))
    return text


def legend() -> Text:
    """What the styles of a passage mean."""
    return Text("  ").join(Text(role, style) for role, style in ROLES.items())


def explanation(relation: RelationView) -> Text:
    """The whole reason, which names the two claims."""
    return line(relation.explanation, unknown="no reason recorded")


def signals(relation: RelationView) -> Table:
    """The signals, what each counted and why, those that counted most first."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=18, overflow="fold")
    table.add_column(width=6, justify="right")
    table.add_column(width=6, justify="right")
    table.add_column(overflow="fold")
    table.add_row(*(Text(head, "bold") for head in ("Signal", "Value", "Counts", "Reason")))
    for signal in sorted(relation.signals, key=lambda s: -abs(s.weight)):
        counted = f"{signal.weight:+.2f}" if signal.weight else ""
        table.add_row(
            line(signal.name), Text(f"{signal.value:.4g}"), Text(counted), line(signal.note, unknown="")
        )
    return table


def verdicts(case: Case) -> Text:
    """All verdicts so far that may be shown, on the relation and on its claims."""
    if case.covered:
        return Text("What others decided is shown when you have decided.", "dim italic")
    parts = [
        Text("\n").join(_verdict_lines(name, case.verdicts[key]))
        for name, key in _named(case)
        if case.verdicts.get(key)
    ]
    return Text("\n").join(parts) if parts else Text("No verdicts yet.", "dim italic")


def _named(case: Case) -> Iterable[tuple[str, str]]:
    yield "", case.id
    if isinstance(case.subject, RelationView):
        for number, claim in enumerate(case.claims, 1):
            yield f"On claim {number}: ", claim.id


def _verdict_lines(name: str, given: Sequence[Verdict]) -> Iterable[Text]:
    for told, stands in tell_verdicts(given):
        yield line(f"{name}{told}", "bold" if stands else "dim")
