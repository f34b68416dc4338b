"""export: the archive, or the audit of it, as a file for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.options import Globals
from claimtrack.errors import UsageError

FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".md": "md"}


class What(StrEnum):
    """What an export holds."""

    CLAIMS = "claims"
    RELATIONS = "relations"
    AUDIT = "audit"


def choose(file: str, what: What | None) -> tuple[What, str]:
    """What to write and in which format, from the file's name; UsageError if it cannot be told."""
    path = Path(file)
    if what is None:
        stem = path.stem.casefold()
        named = [w for w in What if w.value in stem]
        if len(named) != 1:
            raise UsageError(
                f"Cannot tell from {file!r} what to export",
                "Add --what claims, --what relations or --what audit",
            )
        what = named[0]
    if file == "-":
        return what, "csv" if what is What.AUDIT else "jsonl"
    if path.suffix.casefold() not in FORMATS:
        raise UsageError(
            f"Cannot tell from {file!r} which format to write", f"End the name with {', '.join(FORMATS)}"
        )
    return what, FORMATS[path.suffix.casefold()]


def export(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The file to write: claims.jsonl, relations.jsonl, audit.csv; - is standard output.",
        ),
    ],
    what: Annotated[
        What | None,
        typer.Option(
            "--what", help="What to write, where the name does not tell.", metavar="claims|relations|audit"
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option("--bom", help="Begin a CSV file with a byte order mark, for Excel.", show_default=False),
    ] = False,
) -> None:
    """Write all claims, all relations, or the audit to a file.

    The format follows the ending: .jsonl, .json, .csv or .md. On standard output claims and
    relations are JSON lines and the audit is CSV. The file appears when all is written.
    """
    from claimtrack.cli.output import open_output, write_rows
    from claimtrack.reports.exports import EXPORTS

    kind, format = choose(file, what)
    if bom and format != "csv":
        raise UsageError("--bom is for CSV only", "Leave it out")
    state: Globals = ctx.obj
    with state.open_to_read() as store, open_output(Path(file), bom=bom) as text:
        write_rows(EXPORTS[kind.value](store), format, text)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(export)
