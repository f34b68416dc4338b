"""WARC: the pages in a web archive, as they were answered."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from functools import partial
from typing import Any

from claimtrack.articles.charsets import declared_charset
from claimtrack.articles.decoding import printable
from claimtrack.articles.formats.bounds import Unpacked, damaged
from claimtrack.articles.formats.extras import need
from claimtrack.articles.formats.sniffing import HTML, PLAIN
from claimtrack.articles.formats.texts import Input, Refused
from claimtrack.articles.overrides import Overrides
from claimtrack.errors import ClaimtrackError
from claimtrack.records import short_key

_PAGES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": PLAIN}
_ANY = 1 << 62
_LONGEST = 4096  # characters of an address that is kept: a longer one is none, and half of one is another's


def open_warc(item: Input) -> Iterator[Input | Refused]:
    """The pages and plain texts that were answered with 200, each under `file#ADDRESS`.

    One that is damaged fails alone; the day of the capture is no day of publication.  Raises InputError
    where the file itself is damaged, UsageError where the extra `warc` is not installed.
    """
    warcio = need("warcio.archiveiterator", "warc", "WARC")
    # Without parsing: a damaged answer would end the iteration.
    records = iter(warcio.ArchiveIterator(item.file, no_record_parse=True))
    number = 0
    while True:
        try:
            record = _silently(next, records, None)
        except ClaimtrackError:
            raise
        except Exception as error:  # damaged in any of many ways
            raise damaged(f"{item.path} after record {number}", error) from error
        if record is None:
            return
        number += 1
        if record.rec_type not in ("response", "resource"):
            continue
        address = printable(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
        path = f"{item.path}#{short_key(address) or number}"
        try:
            found = _page(record, item, path, address)
        except ClaimtrackError as error:
            yield Refused(path, error)
        except Exception as error:
            yield Refused(path, damaged(path, error))
        else:
            if found is not None:
                yield found


def _silently(call: Callable[..., Any], *arguments: Any) -> Any:
    """What a call returns; what warcio writes to standard error on its own, raw bytes too, is left unsaid."""
    with redirect_stderr(io.StringIO()):
        return call(*arguments)


def _page(record: Any, item: Input, path: str, address: str) -> Input | None:
    """What was answered, if it is a page."""
    sent = record.rec_headers.get_header("Content-Type") or ""
    if record.rec_type == "response":
        if not address.startswith(("http:", "https:")):
            return None  # an answer of the name service
        parser = need("warcio.statusandheaders", "warc", "WARC").StatusAndHeadersParser(
            ["HTTP/1.0", "HTTP/1.1", "HTTP/2"]
        )
        record.http_headers = parser.parse(record.raw_stream)
        if record.http_headers.get_statuscode() != "200":
            return None
        sent = record.http_headers.get_header("Content-Type") or ""
    kind = sent.partition(";")[0]
    media_type = _PAGES.get(kind.strip().lower())
    if media_type is None:
        return None
    unpacked = Unpacked(
        path, partial(_silently, record.content_stream().read), lambda: _ANY, item.budget, item.limits.ratio
    )
    # What is sent as a page is one, however it begins; what is sent as plain text may be anything.
    told = HTML if media_type == HTML else ""
    kept = 0 < len(address) <= _LONGEST
    facts = Overrides(url=address, origins=(("url", "web archive"),)) if kept else Overrides()
    return item.page(path, io.BufferedReader(unpacked), told, declared_charset(sent), facts)
