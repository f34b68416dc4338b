"""Letters of many parts, deep ones and long ones: honest ones are read, and no other keeps a reader busy."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from claimtrack.articles.formats import Refused, Text, read_texts
from tests.articles.formats.samples import TEXT, TITLE, letter

HEAD = b"From: a@gazette.example\nDate: Thu, 02 May 2024 08:00:00 +0200\nMIME-Version: 1.0\n"
MIXED = b"Content-Type: multipart/mixed; boundary=x\n\n"
FORWARDED = b"Content-Type: message/rfc822\n\n"


def read(data: bytes) -> Text | Refused:
    (piece,) = read_texts(io.BytesIO(data), "a.eml")
    assert isinstance(piece, Text | Refused)
    return piece


def nested(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + b"".join(parts) + b"Content-Type: text/plain\n\nThe pier will reopen.\n"


@pytest.mark.parametrize(
    "data",
    [
        HEAD + MIXED + b"--x\n\nhi\n" * 2_000,
        HEAD + MIXED + b"--x\r\rhi\r" * 2_000,  # the library breaks lines at a bare \r, too
        HEAD + FORWARDED + MIXED + b"--x\n\nhi\n" * 2_000,
        HEAD + FORWARDED + HEAD + FORWARDED + MIXED + b"--x\n\nhi\n" * 2_000,
        HEAD + MIXED + b"--x\n" + FORWARDED + MIXED.replace(b"=x", b"=y") + b"--y\n\nhi\n" * 2_000,
        HEAD + b"Content-Type: message/delivery-status\n\n" + b"a: b\n\n" * 2_000,
        HEAD + b"\n" + b"hi\r" * 500_000,
        nested(90),
        HEAD + FORWARDED * 300 + b"\nhi\n",
        # the library looks through the headers of what parts lie in once for each of them
        HEAD + MIXED + b"--x\n" + b"a:\n" * 5_000 + MIXED.replace(b"=x", b"=y") + b"--y\n\nhi\n" * 200,
        HEAD + MIXED + b"--x\nContent-Type: text/plain" + b";" * 50_000 + b"\n\nhi\n",
    ],
)
def test_letters_that_would_take_minutes(data: bytes) -> None:
    refused = read(data)
    assert isinstance(refused, Refused)
    assert refused.error.message == "a.eml has too many parts or lines"


def test_letters_that_were_forwarded_again_and_again() -> None:
    data = letter()
    for number in range(6):
        outer = EmailMessage()
        outer["From"], outer["Date"] = "desk@gazette.example", "Thu, 02 May 2024 08:00:00 +0200"
        outer["Subject"] = f"Fwd {number}"
        outer.make_mixed()
        outer.attach(message_from_bytes(FORWARDED + data))
        data = bytes(outer)
    text = read(data)
    assert isinstance(text, Text)
    assert (text.body, text.facts.title) == (TEXT, "Fwd 5")


def test_alternatives_in_related_in_mixed_and_a_signature() -> None:
    message = EmailMessage()
    message["From"], message["Date"] = "desk@gazette.example", "Thu, 02 May 2024 08:00:00 +0200"
    message["Subject"] = TITLE
    # Lines that begin with -- part nothing.
    message.set_content(TEXT + "-- \nJane Roe\n" + "-----\n" * 1_500)
    message.add_alternative("<p>The pier will reopen.</p>", subtype="html")
    message.get_payload()[1].add_related(b"x", "image", "png", cid="<a>")  # type: ignore[index, union-attr]
    for number in range(20):
        message.add_attachment(b"x" * 100_000, "image", "png", filename=f"{number}.png")
    text = read(bytes(message))
    assert isinstance(text, Text)
    assert text.body.startswith(TEXT)
    assert text.facts.title == TITLE


def test_parts_within_the_bounds_are_read() -> None:
    for data in (nested(30), HEAD + MIXED + b"--x\n\nThe pier will reopen.\n" + b"--x\n\nhi\n" * 900):
        text = read(data)
        assert isinstance(text, Text)
        assert text.body.rstrip() == "The pier will reopen."
