"""PDF: the text that it holds as text; pictures of text stay pictures."""

from __future__ import annotations

import io
import logging
import time
import warnings

from claimtrack.articles.decoding import checked, printable
from claimtrack.articles.formats.bounds import damaged
from claimtrack.articles.formats.extras import need
from claimtrack.articles.formats.sniffing import PDF
from claimtrack.articles.formats.texts import Input, Text
from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.records import Source

_MOST_PAGES = 500
_SECONDS = 10  # for one file: a page of news takes a hundredth
# Of one page: a full one has some thousand operators and 50 kB; two seconds' work at most.
_BOUNDS = {
    "stream_parsing_work_maximum_count": 250_000,
    "zlib_maximum_output_length": 20_000_000,
    "xform_maximum_invocations_per_extraction": 200,
}


def read_pdf(data: bytes, item: Input) -> Text:
    """The text of a PDF, its pages parted by blank lines.

    Raises InputError where it has none, is locked or takes too long, UsageError where the extra `pdf` is
    not installed.
    """
    pypdf = need("pypdf", "pdf", "PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would tell of each oddity on standard error
    end = time.monotonic() + _SECONDS

    def look_at_the_clock(*_operator: object) -> None:
        if time.monotonic() > end:
            problem = f"{printable(item.path)} takes more than {_SECONDS} seconds to read"
            raise InputError(problem, "Save its text alone, or leave it out")

    try:
        with warnings.catch_warnings(), pypdf.apply_configuration(**_BOUNDS):
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(f"{printable(item.path)} is locked with a password", "Save it without one")
            if len(reader.pages) > _MOST_PAGES:
                raise InputError(f"{printable(item.path)} has more than {_MOST_PAGES} pages", "Split it")
            pages = [page.extract_text(visitor_operand_before=look_at_the_clock) for page in reader.pages]
    except ClaimtrackError:
        raise
    except (Exception, RecursionError) as error:  # damaged files end it in many ways
        raise damaged(item.path, error) from error
    # Halves of characters and NULs come out of damaged character maps.
    body = "\n\n".join(filter(None, map(str.strip, pages))).replace("\0", " ")
    body = body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not body.strip():
        problem = f"{printable(item.path)} holds no text"
        raise InputError(problem, "If it is scanned, save what a text recognition reads in it")
    return Text(item.path, checked(body, item.path), Source(PDF, data))
