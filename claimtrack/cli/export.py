"""export: the archive, or the audit of it, as a file for other programs."""

from __future__ import annotations

from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.lists import SinceOption, SpeakerOption
from claimtrack.cli.options import Globals
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.reports.exports import Request
    from claimtrack.store import Store

STDOUT = "-"


class What(StrEnum):
    """What an export holds."""

    CLAIMS = "claims"
    RELATIONS = "relations"
    AUDIT = "audit"
    CLAIMREVIEW = "claimreview"
    ANNOTATIONS = "annotations"


class Status(StrEnum):
    """How things stand with reviewers."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"


_ROWS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".md": "md", ".xlsx": "xlsx"}
_LINKED = {".jsonld": "jsonld", ".json": "jsonld", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_VOCABULARIES = (What.CLAIMREVIEW, What.ANNOTATIONS)


def choose(file: str, what: What | None) -> tuple[What, str]:
    """What to write and in which format, from the file's name; UsageError if it cannot be told."""
    path = Path(file)
    if what is None:
        stem = path.stem.casefold()
        named = [w for w in What if w.value in stem]
        if len(named) != 1:
            raise UsageError(
                f"Cannot tell from {file!r} what to export", f"Add --what and one of {', '.join(What)}"
            )
        what = named[0]
    if file == STDOUT:
        return what, "csv" if what is What.AUDIT else "jsonl"
    formats = _LINKED if what in _VOCABULARIES else _ROWS
    if path.suffix.casefold() not in formats:
        raise UsageError(
            f"Cannot tell from {file!r} which format to write {what} in",
            f"End the name with {', '.join(formats)}",
        )
    return what, formats[path.suffix.casefold()]


def export(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The file to write: claims.jsonl, relations.xlsx, audit.csv, claimreview.jsonld; "
            "- is standard output.",
        ),
    ],
    what: Annotated[
        What | None,
        typer.Option(
            "--what",
            help="What to write, where the name does not tell.",
            metavar="claims|relations|audit|claimreview|annotations",
        ),
    ] = None,
    since: SinceOption = None,
    speaker: SpeakerOption = None,
    status: Annotated[
        list[Status] | None,
        typer.Option(
            "--status",
            help="Only what stands so with reviewers; give it again for more.",
            metavar="open|confirmed|rejected|unsure",
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option("--bom", help="Begin a CSV file with a byte order mark, for Excel.", show_default=False),
    ] = False,
    publisher: Annotated[
        str,
        typer.Option("--publisher", help="Who publishes the reviews.", metavar="NAME", show_default=False),
    ] = "",
    site: Annotated[
        str,
        typer.Option(
            "--site",
            help="Where reviews are published: each at this address, with its id after a slash.",
            metavar="URL",
            show_default=False,
        ),
    ] = "",
    no_proof: Annotated[
        bool,
        typer.Option("--no-proof", help="Write no FILE.proof.json beside the file.", show_default=False),
    ] = False,
    reviewer: Annotated[
        str | None,
        typer.Option(
            "--reviewer",
            help="Who exports (default: CLAIMTRACK_REVIEWER, else the login name).",
            metavar="NAME",
        ),
    ] = None,
) -> None:
    """Write the archive, or the audit of it, to a file.

    The format follows the ending: .csv, .jsonl, .json, .md or .xlsx, and .jsonld for reviews of confirmed
    contradictions (ClaimReview) and for claims as W3C Web Annotations. On standard output the audit is
    CSV and the rest JSON lines. The file appears when all is written; the log says so, and FILE.proof.json
    lets `claimtrack verify FILE` prove later that nothing in it was changed.
    """
    from claimtrack.cli.output import harmless, open_output
    from claimtrack.proof import export_to
    from claimtrack.reports.claimreview import Publisher
    from claimtrack.reports.exports import Request, Wanted
    from claimtrack.settings import read_settings
    from claimtrack.store.views import ReviewStatus

    kind, format = choose(file, what)
    if bom and format != "csv":
        raise UsageError("--bom is for CSV only", "Leave it out")
    if status and kind is What.CLAIMREVIEW:
        raise UsageError("Reviews are of confirmed contradictions", "Leave --status out")
    if (publisher or site) and kind is not What.CLAIMREVIEW:
        raise UsageError("--publisher and --site are for claimreview only", "Leave them out")
    if site and not site.startswith(("https://", "http://")):
        raise UsageError(f"Not a web address: {site!r}", "Begin it with https://")
    settings = read_settings(reviewer=reviewer)
    state: Globals = ctx.obj
    with state.open_to_change(settings.reviewer) as store:
        wanted = Wanted(
            since.date() if since else None,
            store.find_speaker(speaker).id if speaker else None,
            tuple(ReviewStatus(s.value) for s in status or ()),
            Publisher(publisher, site),
        )
        request = Request(kind.value, format, wanted, bom)
        if file == STDOUT:
            with open_output(None) as text:
                export_to(harmless(text), store, request, settings.reviewer)
        else:
            _write_file(store, request, Path(file), settings.reviewer, with_proof=not no_proof)


def _write_file(store: Store, request: Request, file: Path, who: str, with_proof: bool) -> None:
    from claimtrack.cli.output import is_replaceable, new_path, refusals
    from claimtrack.proof import export_file, proof_path

    beside = proof_path(file) if with_proof and is_replaceable(file) else None
    with new_path(file) as written, new_path(beside) if beside else nullcontext() as proof, refusals(file):
        export_file(written, store, request, who, file.name, proof)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(export)
