"""Whatever the bytes: texts that can be stored, or one line that says why not, and soon.

CLAIMTRACK_FUZZ=10000 runs as many; the suite runs fewer.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import signal
from types import FrameType

import pytest

from claimtrack.articles.formats import Limits, PassedOver, Refused, Text, read_texts
from claimtrack.errors import ClaimtrackError
from tests.articles.formats.samples import SAMPLES, TEXT, tarred, zipped

COUNT = int(os.environ.get("CLAIMTRACK_FUZZ", "1000"))
PORTIONS = 10
SECONDS = 5
NAMES = sorted(SAMPLES)
DICTIONARY = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\r",
    b"\n\n",
    b'"',
    b"\\ud800",
    b"{",
    b"[" * 3000,
    b"</p>",
    b"<p>" * 500,
    b"<div>" * 2000,
    b"<!--",
    b"&#0;&#xD800;",
    b"&lol9;",
    b"---\n",
    b"Content-Type: text/html\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"WARC/1.0\r\n",
    b"%PDF-",
    b"endstream",
    b"999999999999",
    b"-1",
    b"\x1b]0;x\x07",
    b"charset=utf-7",
    b"charset=rot13",
    "\u202e\u2028".encode(),
    b"=?utf-8?b?/////?=",
    b"<![CDATA[",
    b"'" * 1000,
)


def fuzzed(number: int) -> tuple[str, bytes]:
    """A name and bytes, always the same for a number."""
    chance = random.Random(number)
    name = chance.choice(NAMES)
    data = bytearray(SAMPLES[name])
    for _ in range(chance.choice((0, 1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0:
                del data[at:]
            case 1:
                data[at:at] = chance.choice(DICTIONARY)
            case 2 if data:
                data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
            case 3:
                data[at : at + chance.randrange(200)] = chance.randbytes(chance.randrange(200))
            case 4:
                data[at:at] = data[at : at + chance.randrange(5000)] * chance.randrange(4)
            case 5:
                other = SAMPLES[chance.choice(NAMES)]
                data[at:] = other[chance.randrange(len(other)) :]
            case _:
                del data[at : at + chance.randrange(50)]
    if chance.random() < 0.2:
        data = bytearray(gzip.compress(bytes(data), 1))
    if chance.random() < 0.1:
        inner = chance.choice(NAMES)
        data = bytearray(chance.choice((zipped, tarred))({inner: bytes(data), "good.txt": TEXT.encode()}))
    return chance.choice(NAMES) if chance.random() < 0.3 else name, bytes(data)


def too_slow(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def read(name: str, data: bytes, limits: Limits | None = None) -> list[str]:
    """Read it, check all that comes out, and tell what it was."""
    told = []
    for piece in read_texts(io.BytesIO(data), name, limits, named=len(data) % 2 == 0):
        match piece:
            case Text():
                assert piece.body.strip()
                assert "\0" not in piece.body
                piece.body.encode("utf-8")
                facts = [piece.facts.outlet, piece.facts.title, piece.facts.url, piece.facts.byline]
                for fact in filter(None, facts):
                    fact.encode("utf-8")
                    assert "\0" not in fact
                    assert "\n" not in fact
                told.append("text")
            case Refused():
                assert isinstance(piece.error, ClaimtrackError)
                assert "\n" not in str(piece.error)
                assert "\x1b" not in str(piece.error)
                assert piece.error.hint
                told.append("refused")
            case PassedOver():
                told.append("passed over")
        assert piece.path.startswith(name)
    return told


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs an alarm clock")
@pytest.mark.parametrize("portion", range(PORTIONS))
def test_fuzzed_files(portion: int) -> None:
    told, slow = [], []
    before = signal.signal(signal.SIGALRM, too_slow)
    try:
        for number in range(portion * COUNT // PORTIONS, (portion + 1) * COUNT // PORTIONS):
            name, data = fuzzed(number)
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            try:
                told += read(name, data)
            except TimeoutError:
                slow.append(number)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert slow == []
    assert {"text", "refused"} <= set(told)
