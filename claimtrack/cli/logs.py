"""Logging, set up here and nowhere else: lines on standard error about work under way.

Modules log with Python's `logging` under their own names: a short event, and its facts as
`extra={"facts": {…}}`.  Facts are keys, paths, counts and durations, never the words of an article.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

from claimtrack.cli import output
from claimtrack.reports.cells import one_line

ROOT = "claimtrack"
KINDS = ("off", "text", "json")


class _JsonLines(logging.Formatter):
    """One JSON object a line, in ASCII: whatever a path holds, a line stays a line."""

    def format(self, record: logging.LogRecord) -> str:
        head = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        return json.dumps(head | getattr(record, "facts", {}), default=str)


class _Words(logging.Formatter):
    """The event and its facts as words, for people."""

    def format(self, record: logging.LogRecord) -> str:
        facts = "".join(f" {name}={value}" for name, value in getattr(record, "facts", {}).items())
        return one_line(f"{ROOT}: {record.getMessage()}{facts}")


class _Stderr(logging.Handler):
    """Writes to what standard error is at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def set_up(kind: str) -> None:
    """Log as `text`, as `json`, or not at all (`off`); what commands say otherwise follows suit."""
    logger = logging.getLogger(ROOT)
    logger.handlers[:] = []
    logger.propagate = False
    logger.setLevel(logging.INFO if kind != "off" else logging.CRITICAL + 1)
    output.talk_through(None)
    if kind == "off":
        logger.addHandler(logging.NullHandler())
        return
    handler = _Stderr()
    handler.setFormatter(_JsonLines() if kind == "json" else _Words())
    logger.addHandler(handler)
    if kind == "json":
        output.talk_through(_say)


def tell_end(command: str, code: int, seconds: float) -> None:
    """That a command has ended, and how."""
    facts = {"command": command, "exit_code": code, "seconds": round(seconds, 3)}
    logging.getLogger(f"{ROOT}.cli").info("command ended", extra={"facts": facts})


def tell_error(error: Exception, trace: bool) -> None:
    """That something failed, and with `trace` where: the message may quote an article, and is left out."""
    frames = traceback.extract_tb(error.__traceback__) if trace else ()
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    facts = {"error": type(error).__name__, **({"trace": places} if trace else {})}
    logging.getLogger(f"{ROOT}.cli").error("failed", extra={"facts": facts})


def _say(line: str) -> None:
    logging.getLogger(f"{ROOT}.cli").info("said", extra={"facts": {"message": line}})
