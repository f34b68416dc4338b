"""Writing an export, measuring what was written, and entering it in the log."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from claimtrack import __version__
from claimtrack.proof.digests import Measured, Measuring, line_digests, measure
from claimtrack.proof.records import Exported, chain_head, record
from claimtrack.proof.sidecar import write_proof

if TYPE_CHECKING:
    from claimtrack.reports.exports import Request
    from claimtrack.store import Store

STREAM = "-"  # what stands for the name of a file where there is none


def export_to(out: TextIO, store: Store, request: Request, who: str, name: str = STREAM) -> Exported:
    """Write an export of text to `out`, and enter it in the log."""
    measuring = Measuring(out)
    with store.snapshot():
        head = chain_head(store)
        rows = request.write(store, cast(TextIO, measuring))
    exported = _exported(request, rows, measuring.measure.done(), head, name)
    record(store, exported, who)
    return exported


def export_file(
    file: Path, store: Store, request: Request, who: str, name: str, proof: Path | None = None
) -> Exported:
    """Write an export to `file`, its sidecar to `proof`, and enter it in the log under `name`.

    Both files are whole when it is entered; the caller gives them their names afterwards, so that no file
    is without its entry.  Raises OSError where they cannot be written.
    """
    with store.snapshot():
        head = chain_head(store)
        if request.is_text:
            with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
                rows = request.write(store, out)
        else:
            rows = request.write_workbook(store, file)
    exported = _exported(request, rows, measure(file, by_line=request.is_text), head, name)
    if proof is not None:
        with proof.open("wb") as beside:
            digests = line_digests(file) if request.is_text else ()
            write_proof(exported, who, f"claimtrack {__version__}", digests, beside)
    record(store, exported, who)
    return exported


def _exported(request: Request, rows: int, measured: Measured, head: tuple[int, str], name: str) -> Exported:
    told = name.encode("utf-8", "backslashreplace").decode("utf-8")  # a name on disk may be no Unicode
    return Exported(told, request, rows, measured, head, datetime.now(UTC).isoformat(timespec="seconds"))
