"""The exports as files to download, written while they are read: memory stays flat."""

from __future__ import annotations

import io
import queue
import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TextIO, cast

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, StreamingResponse

from claimtrack.errors import NotFoundError
from claimtrack.proof import export_to
from claimtrack.reports.exports import LINKED, TABLES, Request
from claimtrack.web.guard import from_elsewhere
from claimtrack.web.site import Here

router = APIRouter()
FORMATS = {"csv": "text/csv", "jsonl": "application/x-ndjson", "jsonld": "application/ld+json"}
FORMATS_OF = {**dict.fromkeys(TABLES, ("csv", "jsonl")), **dict.fromkeys(LINKED, ("jsonld", "jsonl"))}
AT_ONCE = 3  # exports that are written at the same time: each holds a connection as long as it takes
_CHUNK = 64 * 1024  # characters that go out together
_AHEAD = 4  # chunks that may wait for a slow reader
PATIENCE = 60  # seconds for which a reader may take none of them; one who sleeps keeps others out
Part = bytes | BaseException | None  # of what is written; what went wrong; None at the end
Pipe = queue.Queue[Part]
_free = threading.BoundedSemaphore(AT_ONCE)


@router.get("/exports")
def exports(here: Here) -> HTMLResponse:
    """What can be downloaded."""
    return here.render("exports.html", formats=FORMATS_OF)


@router.get("/exports/{file}")
def download(here: Here, file: str) -> StreamingResponse:
    """One export, such as audit.csv."""
    name, _, format = file.partition(".")
    if format not in FORMATS_OF.get(name, ()):
        raise NotFoundError(f"There is no export {file!r}", "See the list of exports")
    store, options = here.store, here.site.options
    if from_elsewhere(here.request):  # it is noted in the log, which others' pages are not to fill
        raise HTTPException(403, "Asked for from elsewhere|Download it from the list of exports.")
    wanted = Request(name, format)

    def write(text: TextIO) -> None:
        if options.read_only:
            wanted.write(store, text)
        else:
            export_to(text, store, wanted, options.reviewer, file)

    chunks = pump(write)
    # What fails at once is an error page, not half a file.
    stream = chain([next(chunks, b"")], chunks)
    headers = {"content-disposition": f'attachment; filename="{file}"'}
    return StreamingResponse(stream, media_type=f"{FORMATS[format]}; charset=utf-8", headers=headers)


def pump(write: Callable[[TextIO], None]) -> Iterator[bytes]:
    """What `write` writes, in chunks, as it is written: the writer waits where the reader is slow.

    An error of the writer is raised after what was written before it; a reader who stops stops the writer,
    and so does one who takes nothing for long, whose export breaks off.  Raises HTTPException where as many
    as may are at work already.
    """
    if not _free.acquire(blocking=False):
        raise HTTPException(503, "Others are downloading|Try again when they are done.")
    pipe: Pipe = queue.Queue(_AHEAD)
    gone = threading.Event()

    def work() -> None:
        try:
            out = _Pipe(pipe, gone)
            write(cast(TextIO, out))
            out.drain()
            _put(pipe, None, gone)
        except BaseException as error:
            _put(pipe, error, gone)
        finally:
            _free.release()

    thread = threading.Thread(target=work, name="export", daemon=True)
    thread.start()
    try:
        while (chunk := _take(pipe, gone)) is not None:
            if isinstance(chunk, BaseException):
                raise chunk
            yield chunk
    finally:
        gone.set()
        thread.join()


class _GoneError(Exception):
    """Nobody reads any more, or nobody writes, as nobody read."""


class _Pipe(io.TextIOBase):
    """Text on its way into a queue."""

    def __init__(self, pipe: Pipe, gone: threading.Event) -> None:
        self._pipe, self._gone = pipe, gone
        self._waiting: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        self._waiting.append(text)
        self._length += len(text)
        if self._length >= _CHUNK:
            self.drain()
        return len(text)

    def drain(self) -> None:
        """Pass on what was written."""
        if self._waiting:
            chunk = "".join(self._waiting).encode("utf-8", "backslashreplace")
            self._waiting, self._length = [], 0
            _put(self._pipe, chunk, self._gone)
        if self._gone.is_set():
            raise _GoneError


def _put(pipe: Pipe, thing: Part, gone: threading.Event) -> None:
    end = time.monotonic() + PATIENCE
    while not gone.is_set():
        try:
            pipe.put(thing, timeout=0.1)
        except queue.Full:
            if time.monotonic() >= end:
                gone.set()
            continue
        return


def _take(pipe: Pipe, gone: threading.Event) -> Part:
    while True:
        try:
            return pipe.get(timeout=0.5)
        except queue.Empty:
            if gone.is_set():
                raise _GoneError(f"the reader took nothing for {PATIENCE} seconds") from None
