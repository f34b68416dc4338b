"""An export as the log and its sidecar hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from claimtrack.proof.digests import Measured
from claimtrack.reports.exports import Request

if TYPE_CHECKING:
    from claimtrack.store import Store
    from claimtrack.store.views import EventView

KIND = "exported"
EMPTY_LOG = (0, "0" * 64)  # what stands for the last entry where there is none


@dataclass(frozen=True)
class Exported:
    """What was written, how much, from which state of the archive, and what it amounts to."""

    file: str  # its name without the folder; "-" is standard output
    request: Request
    rows: int
    measured: Measured
    head: tuple[int, str]  # number and hash of the last entry of the log when it was read
    written: str  # UTC

    def facts(self) -> dict[str, Any]:
        """All of it, as the log keeps it."""
        return {
            "file": self.file,
            **self.request.facts(),
            "rows": self.rows,
            **asdict(self.measured),
            "head": list(self.head),
            "written": self.written,
        }

    @staticmethod
    def of(event: EventView) -> Exported:
        """The export that an entry of the log tells of."""
        told = event.payload
        measured = {name: told[name] for name in ("sha256", "size", "lines", "lines_sha256")}
        number, digest = told["head"]
        return Exported(
            file=told["file"],
            request=Request.of(told),
            rows=told["rows"],
            measured=Measured(**measured),
            head=(number, digest),
            written=told["written"],
        )


def chain_head(store: Store) -> tuple[int, str]:
    """Number and hash of the last entry of the log."""
    last = next(store.events(limit=1), None)
    return (last.id, last.hash) if last else EMPTY_LOG


def record(store: Store, exported: Exported, who: str) -> None:
    """Enter an export in the log."""
    with store.transaction():
        store.append_event(KIND, exported.file, exported.facts(), who)


def recorded(store: Store) -> Iterator[EventView]:
    """The exports in the log, the newest first."""
    return (event for event in store.events() if event.kind == KIND)
