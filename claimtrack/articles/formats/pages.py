"""HTML: the article on a page, and what the page's metadata say of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from claimtrack.articles.charsets import declared_charset
from claimtrack.articles.decoding import checked, decode, printable
from claimtrack.articles.formats.bounds import damaged, size
from claimtrack.articles.formats.columns import tidy
from claimtrack.articles.formats.extras import need
from claimtrack.articles.formats.sniffing import HTML
from claimtrack.articles.formats.texts import Input, Text
from claimtrack.articles.overrides import Overrides
from claimtrack.errors import InputError
from claimtrack.records import Source

# Pages of news have some thousand elements, a tenth of a megabyte to two, none 50 deep; to find the article
# in pages that are made to be large and deep takes minutes, and within these bounds six seconds at most.
_MOST_BYTES = 5_000_000
_MOST_ELEMENTS = 15_000
_DEEPEST = 100
_SHORT = 2_000  # characters of a text that may be short for trafilatura, and be all of the article
_MOST_LETTERS = 100_000  # of a page that such a text is looked up in
_AROUND = " or ".join(
    f"ancestor::{name}"
    for name in ("nav", "header", "footer", "aside", "form", "script", "style", "noscript")
)
_FACTS = ("outlet", "title", "published", "url", "byline")


def read_page(data: bytes, item: Input) -> Text:
    """The article on a page, its paragraphs parted by blank lines.

    Raises InputError where there is none, UsageError where the extra `html` is not installed.
    """
    if len(data) > _MOST_BYTES:
        problem = f"{printable(item.path)} is a page of more than {size(_MOST_BYTES)}"
        raise InputError(problem, "Save the article's text alone")
    html = decode(data, item.path, max(len(data), 1), item.charset or declared_charset("", data))
    body, facts = read_markup(html, item.path)
    return Text(item.path, body, Source(HTML, data), facts)


def read_markup(html: str, path: str) -> tuple[str, Overrides]:
    """The article in a page's markup, and its facts; raises as `read_page` does."""
    trafilatura = need("trafilatura", "html", "HTML")
    tree = _parse(html, path)
    try:
        document = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "outputformat": "%Y-%m-%d",
            },
        )
        text = _text_of(document, tree) if document is not None else ""
    except Exception as error:  # it is made for pages as they are, not for any bytes at all
        raise damaged(path, error) from error
    body = _paragraphs(text)
    if not body:
        raise InputError(
            f"{printable(path)} is a page without an article", "Save the article's text, or leave it out"
        )
    return checked(body, path), _facts(document)


def _text_of(document: Any, tree: Any) -> str:
    """The text of what trafilatura found, its paragraphs apart also where they are short.

    Where it finds under 250 characters it takes all that stands in the page's `article`, or on the whole
    page, as one paragraph: headline, byline and navigation too.  What it had found is better, unless that is
    little of what there is, as on a page whose article only its scripts hold.
    """
    taken: str = document.text or ""
    if len(document.body) > max(1, int(tree.xpath("count(//article)"))):
        return taken  # in paragraphs
    config = need("trafilatura.settings", "html", "HTML").use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    own = need("trafilatura", "html", "HTML").bare_extraction(tree, include_comments=False, config=config)
    found: str = own.text or "" if own is not None else ""
    if len(found) > _SHORT:
        return taken  # for another reason
    everything = _letters(taken)[:_MOST_LETTERS]
    held = sum(len(letters) for line in found.split("\n") if (letters := _letters(line)) in everything)
    place = "ancestor::article or ancestor::main" if tree.xpath("//article|//main") else "ancestor::body"
    inside = tree.xpath(f"//text()[({place}) and not({_AROUND})]")
    there = min(len(_letters("".join(inside))), len(everything))
    return found if held and 2 * held >= there else taken


def _letters(text: str) -> str:
    return "".join(text.split())


def _parse(html: str, path: str) -> Any:
    lxml = need("lxml.html", "html", "HTML")
    # HTML has no entities of its own making; nothing is fetched, and depth and size stay bounded.
    parser = lxml.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.document_fromstring(html.replace("\0", " ").encode("utf-8", "replace"), parser=parser)
    except Exception as error:  # lxml's ParserError and XMLSyntaxError, by way of several modules
        raise damaged(path, error) from error
    if _depth(tree, path) > _DEEPEST:
        raise InputError(f"{printable(path)} is a page nested too deep", "Save the article's text alone")
    return tree


def _depth(tree: Any, path: str) -> int:
    """How deep the elements lie in each other.  Raises InputError where they are too many."""
    deepest = count = 0
    level = [tree]
    while level:
        deepest += 1
        count += len(level)
        if count > _MOST_ELEMENTS or deepest > _DEEPEST:
            break
        level = [child for element in level for child in element]
    if count > _MOST_ELEMENTS:
        problem = f"{printable(path)} is a page of more than {_MOST_ELEMENTS:,} elements"
        raise InputError(problem, "Save the article's text alone")
    return deepest


def _paragraphs(text: str | None) -> str:
    lines = (line.strip() for line in (text or "").replace("\0", " ").split("\n"))
    return "\n\n".join(line for line in lines if line)


def _facts(document: Any) -> Overrides:
    url = tidy(document.url or "")
    url = url if url and re.match(r"https?://\S+$", url) else None
    outlet = tidy(document.sitename or "")
    if outlet and (" " not in outlet and "." in outlet):
        outlet = None  # the page's host, for want of a name: the address tells that better
    return Overrides(
        outlet=outlet,
        title=tidy(document.title or ""),
        published=_day(document.date),
        url=url if url and urlsplit(url).hostname else None,
        byline=(tidy(document.author or "") or "").replace("; ", ", ") or None,
        origins=tuple((fact, "html meta") for fact in _FACTS),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
