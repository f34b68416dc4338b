"""The sidecar of an export, `FILE.proof.json`: what the log says of it, and a digest for each of its lines.

It holds nothing that does not follow from the log and the file, one fact a line; so it can be made again, and
compared with the one that is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from claimtrack.proof.digests import WIDTH

if TYPE_CHECKING:
    from claimtrack.proof.records import Exported

ENDING = ".proof.json"
FORM = 1  # of the sidecar itself
_DIGEST = re.compile(rb'"([0-9a-f]{%d})",?\n' % (2 * WIDTH))
_SHA256 = re.compile(rb'"sha256": "([0-9a-f]{64})"')


def proof_path(file: Path) -> Path:
    """Where the sidecar of an export stands."""
    return file.with_name(file.name + ENDING)


def proof_lines(exported: Exported, who: str, program: str, digests: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a sidecar in UTF-8, with their line ends."""
    facts: dict[str, Any] = {"proof": FORM, **exported.facts(), "who": who, "program": program}
    yield b"{\n"
    for name, value in facts.items():
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        yield f'"{name}": {text},\n'.encode("utf-8", "backslashreplace")
    yield b'"digests": [\n'
    ahead = iter(digests)
    digest = next(ahead, None)
    while digest is not None:
        following = next(ahead, None)
        yield f'"{digest.hex()}"{"" if following is None else ","}\n'.encode("ascii")
        digest = following
    yield b"]}\n"


def write_proof(exported: Exported, who: str, program: str, digests: Iterable[bytes], out: BinaryIO) -> None:
    """Write a sidecar."""
    out.writelines(proof_lines(exported, who, program, digests))


def read_digests(proof: Path) -> bytes:
    """The digests of a sidecar, one after the other, as far as they can be read."""
    with proof.open("rb") as lines:
        found = (_DIGEST.match(line) for line in lines)
        return b"".join(bytes.fromhex(digest[1].decode("ascii")) for digest in found if digest)


def read_sha256(proof: Path) -> str:
    """The SHA-256 that a sidecar claims its file has; "" where it cannot be read."""
    with proof.open("rb") as lines:
        for line in lines:
            if found := _SHA256.match(line):
                return found[1].decode("ascii")
            if line.startswith(b'"digests"'):
                break
    return ""
