"""Pages from foreign text: whatever stands in an article, the page has the parts it was made of, no more."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import product

import pytest
from markdown_it import MarkdownIt

from claimtrack.records import Span, SpeakerKind, Tenure
from claimtrack.reports.cells import web_address
from claimtrack.reports.disputes import Dispute
from claimtrack.reports.dossier import Dossier, make_dossier
from claimtrack.reports.pages import References, autolink, ranges, write_disputes, write_dossier
from claimtrack.store.views import ClaimView, RelationView, SpeakerView

Make = Callable[..., ClaimView]
Relate = Callable[..., RelationView]
VOID = {"meta", "br"}

OPENINGS = [
    "",
    '"',
    "'",
    "-->",
    "</style>",
    "</title>",
    "</blockquote>",
    "]]>",
    "`",
    "```\n",
    "\n\n",
    "\\",
    "| ",
    "{{ 7 * 7 }}",
]
ORDERS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<a href=javascript:x>y</a>", "<iframe src=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>", "<!--", "<![CDATA[",
    "<form action=//evil.example><input>", "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>", "[click](https://evil.example)", "![x](https://evil.example/x.png)",
    "[a]: https://evil.example", "<https://evil.example>", "https://evil.example", "www.evil.example",
    "# heading", "- item", "+ item", "1. item", "2) item", "> quote", "===", "---", "***", "**bold**",
    "_word_", "~~gone~~", "`code`", "    code", "| a | b |\n| - | - |", "&lt;script&gt;", "&#60;b&#62;",
    "{% raw %}", "{{ version }}", "\u001b]0;owned\u0007", "\u202eevil",
]  # fmt: skip
PAYLOADS = [opening + order for opening, order in product(OPENINGS, ORDERS)]


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, and its links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, ...]] = []
        self.links: list[str] = []
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, *(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def close(self) -> None:
        super().close()
        assert self._open == []


def skeleton(page: str) -> Skeleton:
    parser = Skeleton()
    parser.feed(page)
    parser.close()
    return parser


def blocks(page: str) -> list[str]:
    """The kinds of all parts of a Markdown page, in the order of print; texts and escapes are one."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)
    kinds = (kind for token in tokens for kind in (token.type, *(t.type for t in token.children or ())))
    return [kind for kind in kinds if not kind.startswith("text") and kind != "softbreak"]


@pytest.fixture(scope="session")
def dossier(claim: Make, relation: Relate) -> Callable[[str], Dossier]:
    """A dossier in which every text of foreign origin is the one given."""

    def make(words: str) -> Dossier:
        def say(key: str, day: int, speaker: str) -> ClaimView:
            return claim(
                key, speaker_id=speaker, speaker=words, text=words, outlet=words, title=words, path=words,
                url=words, relays=(words,), stated_on=date(2021, 5, day),
            )  # fmt: skip

        early, late, other, friend = (
            say("a", 1, "sm"),
            say("b", 20, "sm"),
            say("x", 21, "sx"),
            say("y", 22, "sy"),
        )
        relations = [
            relation(early, late, "updates"), relation(late, other, "contradicts"),
            relation(early, friend, "corroborates"),
        ]  # fmt: skip
        near = {c.id: [r for r in relations if c.id in (r.a.id, r.b.id)] for c in (early, late)}
        person = SpeakerView(
            "sm", words, SpeakerKind.PERSON, (words,), (words,), 2, 2, date(2021, 5, 1), date(2021, 5, 20),
            (Tenure(words, date(2021, 5, 1), date(2021, 5, 20)),),
        )  # fmt: skip
        return make_dossier(person, [early, late], near)

    return make


def written(write: Callable[..., None], *things: object) -> str:
    out = io.StringIO()
    write(*things, out)
    return out.getvalue()


def pages(dossier: Dossier, format: str) -> Iterator[str]:
    yield written(write_dossier, dossier, format)
    disputes: tuple[Dispute, ...] = dossier.changes
    assert disputes
    yield written(write_disputes, disputes, format)


def test_html_has_the_same_parts_whatever_the_text(dossier: Callable[[str], Dossier]) -> None:
    assert len(PAYLOADS) > 500
    plain = [skeleton(page).parts for page in pages(dossier("word"), "html")]
    for words in PAYLOADS:
        found = [skeleton(page) for page in pages(dossier(words), "html")]
        linked = words.startswith("https://")
        for page, parts in zip(found, plain, strict=True):
            assert [p for p in page.parts if not linked or p != ("a", "href", "rel")] == parts, words
            assert all(link.startswith("#article-") or (linked and link == words) for link in page.links), (
                words
            )


def test_markdown_has_the_same_parts_whatever_the_text(dossier: Callable[[str], Dossier]) -> None:
    plain = [blocks(page) for page in pages(dossier("word"), "md")]
    for words in PAYLOADS:
        linked = ["link_open", "link_close"] if words.startswith("https://") else []
        for page, parts in zip(pages(dossier(words), "md"), plain, strict=True):
            found = blocks(page)
            assert [kind for kind in found if kind not in linked] == parts, words
            assert "html_inline" not in found
            assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", page)


def test_no_page_asks_for_anything(dossier: Callable[[str], Dossier]) -> None:
    for page in pages(dossier("https://example.org/?a=1&b=%22"), "html"):
        found = skeleton(page)
        assert {part[0] for part in found.parts}.isdisjoint(
            {"script", "link", "img", "iframe", "object", "form"}
        )
        assert "default-src 'none'" in page
        assert "url(" not in page
        assert "@import" not in page
        assert set(found.links) - {"https://example.org/?a=1&b=%22"} == {
            link for link in found.links if link.startswith("#")
        }


def test_every_citation_leads_to_an_article_on_the_page(dossier: Callable[[str], Dossier]) -> None:
    for page in pages(dossier("word"), "html"):
        cited = set(re.findall(r'href="#(article-\d+)"', page))
        assert cited
        assert cited == set(re.findall(r'id="(article-\d+)"', page))


def test_references_are_numbered_as_cited_and_gather_the_offsets(claim: Make) -> None:
    references = References()
    one = claim("a", article_id="a1", content=(Span(5, 9),))
    two = claim("b", article_id="a2", content=(Span(1, 3), Span(0, 1)))
    again = claim("c", article_id="a1", content=(Span(2, 4), Span(5, 9)))
    assert [references.cite(c) for c in (one, two, again)] == [(1, "5–9"), (2, "0–1, 1–3"), (1, "2–4, 5–9")]
    assert [(r.number, ranges(r.spans)) for r in references.cited] == [(1, "2–4, 5–9"), (2, "0–1, 1–3")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//x", "", None, " https://x"]
)
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert web_address(url) == ""


def test_a_link_of_markdown_cannot_be_ended_early() -> None:
    assert autolink("https://x/>a b<`\n") == "<https://x/%3Ea%20b%3C%60%0A>"


def test_changes_only(dossier: Callable[[str], Dossier]) -> None:
    out = io.StringIO()
    write_dossier(dossier("word"), "html", out, changes_only=True)
    assert "Changed positions" in out.getvalue()
    assert "Day by day" not in out.getvalue()
