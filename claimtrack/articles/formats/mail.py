"""Letters (EML): newsletters and press releases, with sender, day and subject."""

from __future__ import annotations

from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from claimtrack.articles.charsets import known_charset
from claimtrack.articles.decoding import checked, decode, printable
from claimtrack.articles.formats.bounds import damaged
from claimtrack.articles.formats.columns import read_day, tidy
from claimtrack.articles.formats.pages import read_markup
from claimtrack.articles.formats.sniffing import MAIL
from claimtrack.articles.formats.texts import Input, Text
from claimtrack.articles.overrides import Overrides
from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.records import Source

_MOST_PARTS = 1_000  # lines that may part a letter; the library takes minutes for a hundred thousand
_MOST_HEADER = 200_000  # bytes before the first blank line
_MOST_LINES = 400_000  # attachments of 20 MB have 270,000; as many header lines take three seconds
_LONG = 2_000  # characters of one header
_FACTS = ("title", "published", "sender")


def read_mail(data: bytes, item: Input) -> Text:
    """The text of a letter: its plain part, else that of its HTML part.

    Raises InputError where it has none, UsageError where the extra `html` is needed and not installed.
    """
    header = min(at for at in (data.find(b"\n\n"), data.find(b"\r\n\r\n"), len(data)) if at >= 0)
    parts = data.count(b"\n--") if b"multipart/" in data[:header].lower() else 0
    if header > _MOST_HEADER or parts > _MOST_PARTS or data.count(b"\n") > _MOST_LINES:
        raise InputError(
            f"{printable(item.path)} has too many parts or lines", "Save the letter's text alone"
        )
    try:
        # The older policy reads only what is asked for; the newer one goes deep into every header.
        message = BytesParser(policy=compat32).parsebytes(data)
        body, facts = _body(message, item), _facts(message)
    except ClaimtrackError:
        raise
    except Exception as error:  # the library trips over its own headers in many ways
        raise damaged(item.path, error) from error
    return Text(item.path, checked(body, item.path), Source(MAIL, data), facts)


def _body(message: Message, item: Input) -> str:
    shown = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in shown:
            payload = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(payload, bytes) and payload.strip():
                text = decode(
                    payload, item.path, max(len(payload), 1), known_charset(part.get_content_charset())
                )
                return text.replace("\r\n", "\n") if kind == "text/plain" else read_markup(text, item.path)[0]
    raise InputError(f"{printable(item.path)} is a letter without text", "Leave it out")


def _facts(message: Message) -> Overrides:
    return Overrides(
        title=_header(message, "Subject"),
        published=read_day(_header(message, "Date")),
        sender=_header(message, "From"),
        origins=tuple((fact, "email header") for fact in _FACTS),
    )


def _header(message: Message, name: str) -> str | None:
    found = message[name]
    try:
        return tidy(str(make_header(decode_header(found)))) if found and len(found) < _LONG else None
    except (LookupError, ValueError):  # an encoding that there is not, or that it is not in
        return None
