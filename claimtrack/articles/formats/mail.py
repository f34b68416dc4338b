"""Letters (EML): newsletters and press releases, with sender, day and subject."""

from __future__ import annotations

from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Policy, compat32

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

_MOST_PARTS = 1_000  # of a letter, whatever they lie in
_DEEPEST = 40  # parts in parts: the library tries each line as the end of all that it lies in
_MOST_HEADERS = 1_000  # of one part: the library looks through them for each of the parts in it
_LONGEST_TYPE = 2_000  # characters of a header that has parameters: taking them apart is quadratic
_MOST_HEADER = 200_000  # bytes before the first blank line
_MOST_LINES = 400_000  # attachments of 20 MB have 270,000; as many header lines take three seconds
_LONG = 2_000  # characters of one header
_FACTS = ("title", "published", "sender")


def read_mail(data: bytes, item: Input) -> Text:
    """The text of a letter: its plain part, else that of its HTML part.

    Raises InputError where it has none, UsageError where the extra `html` is needed and not installed.
    """
    header = min(at for at in (data.find(b"\n\n"), data.find(b"\r\n\r\n"), len(data)) if at >= 0)
    lines = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")  # as the library breaks them
    if header > _MOST_HEADER or lines > _MOST_LINES:
        raise _too_much(item)
    try:
        # The older policy reads only what is asked for; the newer one goes deep into every header.
        message = BytesParser(_Part, policy=compat32).parsebytes(data)
        body, facts = _body(message, item), _facts(message)
    except ClaimtrackError:
        raise
    except _TooMuchError as error:
        raise _too_much(item) from error
    except Exception as error:  # the library trips over its own headers in many ways
        raise damaged(item.path, error) from error
    return Text(item.path, checked(body, item.path), Source(MAIL, data), facts)


class _TooMuchError(Exception):
    """A letter has more parts or headers than any that is meant well."""


class _Part(Message):
    """A letter or a part of one, which the parser puts together: it counts what it is given.

    What stands in the bytes tells less: a line that begins with -- parts nothing in most letters, and parts
    lie in letters that lie in letters.
    """

    def __init__(self, policy: Policy = compat32) -> None:
        super().__init__(policy)
        self._letter = [1]  # how many parts the whole letter has
        self._depth = 1
        self._filled = 0

    def attach(self, payload: _Part) -> None:  # type: ignore[override]
        """As Message says; raises _TooMuchError."""
        payload._letter, payload._depth = self._letter, self._depth + 1
        self._letter[0] += 1
        if self._letter[0] > _MOST_PARTS or payload._depth > _DEEPEST:
            raise _TooMuchError
        super().attach(payload)

    def set_raw(self, name: str, value: str) -> None:
        """As Message says; raises _TooMuchError."""
        self._filled += 1
        too_long = len(value) > _LONGEST_TYPE and name.lower().startswith("content-")
        if too_long or self._filled > _MOST_HEADERS:
            raise _TooMuchError
        super().set_raw(name, value)


def _too_much(item: Input) -> InputError:
    problem = f"{printable(item.path)} has too many parts or lines"
    return InputError(problem, "Save the letter's text alone")


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
