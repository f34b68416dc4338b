"""Proving an export unaltered, or saying where it was altered."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from claimtrack.errors import InputError
from claimtrack.proof.digests import Measuring, line_digests, measure
from claimtrack.proof.places import Places, find_changes
from claimtrack.proof.records import EMPTY_LOG, Exported, recorded
from claimtrack.proof.sidecar import ENDING, proof_lines, proof_path, read_digests, read_sha256
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from claimtrack.store import Store
    from claimtrack.store.views import EventView


@dataclass(frozen=True)
class Checked:
    """What is wrong with an export, a line each; and if nothing is, what it was proven to be."""

    faults: tuple[str, ...]
    proven: str = ""


def check_export(store: Store, file: Path) -> Checked:
    """Hold a file and its sidecar against the log.  The sidecar's own name will do.

    Raises InputError where the file cannot be read.
    """
    if file.name.endswith(ENDING):
        file = file.with_name(file.name.removesuffix(ENDING))
    proof = proof_path(file)
    broken = tuple(f"the log: {fault}" for fault in store.broken_links())
    if broken:  # what it says of exports proves nothing then, and may not even be readable
        return Checked(broken)
    try:
        found = measure(file)
        same = [event for event in recorded(store) if event.payload["sha256"] == found.sha256]
        if not same:
            return Checked(tuple(_altered(store, file, proof)))
        beside = min((tuple(_against(event, file, proof)) for event in same), key=len)
    except OSError as error:
        raise InputError(f"Cannot read {error.filename or file}: {error.strerror or error}") from error
    event = same[0]
    faults = (*_off_chain(store, Exported.of(event)), *beside)
    return Checked(faults) if faults else Checked((), _proven(file, event, proof.exists()))


def _proven(file: Path, event: EventView, beside: bool) -> str:
    told = Exported.of(event)
    where = "log and sidecar" if beside else "log; there is no sidecar"
    return (
        f"{file.name}: unaltered. {many(told.rows, 'row')} of {told.request.what}, exported by {event.who} "
        f"at {told.written} (event {event.id}); SHA-256 {told.measured.sha256} as in the {where}."
    )


def _off_chain(store: Store, told: Exported) -> Iterator[str]:
    """Whether the last entry that the export names is in the log."""
    number, digest = told.head
    if told.head != EMPTY_LOG and not any(e.id == number and e.hash == digest for e in store.events()):
        yield f"the log: event {number}, up to which the export was made, is not the one that it names"


def _against(event: EventView, file: Path, proof: Path) -> Iterator[str]:
    """Where a sidecar, if there is one, is not what the log and the file say."""
    if not proof.exists():
        return
    told = Exported.of(event)
    written = proof_lines(told, event.who, event.program, line_digests(file) if told.request.is_text else ())
    with proof.open("rb") as found:
        for number, (was, now) in enumerate(zip_longest(written, found, fillvalue=b""), 1):
            if was != now:
                name = was.decode("utf-8").partition(":")[0].strip('"') if b":" in was else ""
                fact = f" ({name})" if name else ""
                yield f"{proof.name}, line {number}{fact}: was altered; {file.name} itself is as exported"
                return


def _altered(store: Store, file: Path, proof: Path) -> Iterator[str]:
    """Where a file is not what any entry of the log says."""
    claimed = read_sha256(proof) if proof.exists() else ""
    exports = list(recorded(store))
    event = next((e for e in exports if e.payload["sha256"] == claimed), None)
    event = event or next((e for e in exports if e.subject == file.name), None)
    if event is None:
        yield f"{file.name}: nothing with this content or this name was exported from this database"
        return
    told = Exported.of(event)
    yield f"{file.name}: is not what was exported at {told.written} (event {event.id})"
    if not told.request.is_text:
        yield from _damage(file)
        return
    digests = _digests(store, told, proof)
    if not digests:
        yield (
            f"{file.name}: the place cannot be told: its sidecar is missing or altered too, "
            "and the archive has changed since"
        )
        return
    changes = find_changes(digests, line_digests(file))
    yield from (f"{file.name}, {place}: was altered" for place in Places(store, told.request, file, changes))


def _digests(store: Store, told: Exported, proof: Path) -> bytes:
    """The digests of the lines as they were written: the sidecar's, or made again; empty if neither fits."""
    beside = read_digests(proof) if proof.exists() else b""
    if hashlib.sha256(beside).hexdigest() == told.measured.lines_sha256:
        return beside
    again = Measuring(keep=True)
    with store.snapshot():
        told.request.write(store, cast(TextIO, again))
    return again.measure.digests if again.measure.done().sha256 == told.measured.sha256 else b""


def _damage(file: Path) -> Iterator[str]:
    """What of a workbook can no longer be read."""
    try:
        with zipfile.ZipFile(file) as book:
            part = book.testzip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        yield f"{file.name}: can no longer be read as a workbook"
        return
    if part:
        yield f"{file.name}, in its part {part}: was altered"
    else:
        yield f"{file.name}: is whole, but was saved anew; compare it with a new export"
