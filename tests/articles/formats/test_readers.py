"""Each format gives the text with its paragraphs, the facts of its markup, and the bytes it was read from."""

from __future__ import annotations

import io
import json
from datetime import date
from itertools import pairwise

import pytest

from claimtrack.articles.formats import Columns, Limits, PassedOver, Piece, Refused, Text, read_texts
from claimtrack.articles.formats.columns import read_day
from claimtrack.errors import UsageError
from tests.articles.formats import samples as s


def pieces(data: bytes, name: str = "file", **options: object) -> list[Piece]:
    return list(read_texts(io.BytesIO(data), name, **options))  # type: ignore[arg-type]


def texts(data: bytes, name: str = "file", **options: object) -> list[Text]:
    found = pieces(data, name, **options)
    assert not [piece for piece in found if isinstance(piece, Refused)], found
    return [piece for piece in found if isinstance(piece, Text)]


def one(data: bytes, name: str = "file", **options: object) -> Text:
    (text,) = texts(data, name, **options)
    return text


def refusals(data: bytes, name: str = "file", **options: object) -> list[str]:
    found = [piece for piece in pieces(data, name, **options) if isinstance(piece, Refused)]
    assert all("\n" not in str(piece.error) and piece.error.hint for piece in found)
    return [piece.error.message for piece in found]


@pytest.mark.parametrize("name", sorted(s.SAMPLES))
def test_every_format_gives_the_text_with_its_paragraphs(name: str) -> None:
    for text in texts(s.SAMPLES[name], name):
        assert text.path.startswith(name)
        begins = [text.body.index(paragraph[:60]) for paragraph in s.PARAGRAPHS]
        assert begins == sorted(begins)
        assert all("\n\n" in text.body[a:b] for a, b in pairwise(begins))


@pytest.mark.parametrize("name", sorted(s.SAMPLES))
@pytest.mark.parametrize("other", ["wrong.txt", "wrong.html", "wrong.json", "wrong.zip", "wrong.jpg", "none"])
def test_a_format_is_told_by_content_not_by_name(name: str, other: str) -> None:
    right = [(text.body, text.facts) for text in texts(s.SAMPLES[name], name)]
    assert [(text.body, text.facts) for text in texts(s.SAMPLES[name], other)] == right


@pytest.mark.parametrize(
    ("name", "origin", "byline"),
    [
        ("page.html", "html meta", "Jane Roe"),
        ("a.md", "front matter", "Jane Roe"),
        ("one.json", "JSON field", "Jane Roe, John Doe"),
        ("site.warc", "html meta", "Jane Roe"),
    ],
)
def test_facts_of_markup(name: str, origin: str, byline: str) -> None:
    facts = one(s.SAMPLES[name], name).facts
    assert (facts.outlet, facts.published, facts.byline) == (
        "The Lindau Gazette",
        date(2024, 5, 1 if name == "one.json" else 2),
        byline,
    )
    assert (facts.title or "").startswith(s.TITLE)
    assert (facts.url or "").startswith(s.URL)
    assert {facts.origin(fact) for fact in ("outlet", "title", "published", "url", "byline")} == {origin}


def test_bytes_are_those_of_the_article_alone() -> None:
    assert one(s.HTML).source.data == s.HTML
    assert one(s.SAMPLES["a.txt.gz"]).source.data == s.TEXT.encode()
    records = texts(s.JSON_LINES)
    assert [text.source.data for text in records] == s.JSON_LINES.splitlines()
    rows = texts(s.table())
    assert b"".join(text.source.data for text in rows) == s.table().split(b"\r\n", 1)[1]
    assert [json.loads(text.source.data)["title"] for text in texts(s.JSON_ARRAY)] == [
        r["title"] for r in s.RECORDS
    ]
    assert one(s.SAMPLES["site.warc.gz"]).source.data == s.HTML


def test_paths_and_what_lasts() -> None:
    assert [t.path for t in texts(s.JSON_LINES, "dump.jsonl")] == [
        "dump.jsonl#1",
        "dump.jsonl#2",
        "dump.jsonl#3",
    ]
    assert {t.lasting for t in texts(s.JSON_LINES)} == {False}
    single = one(s.JSON_LINES.splitlines()[0], "one.json")
    assert (single.path, single.lasting, single.one_of_many) == ("one.json", True, False)
    assert one(s.SAMPLES["site.warc"], "site.warc").path == f"site.warc#{s.URL}"
    nested = [t.path for t in texts(s.SAMPLES["nested.zip"], "nested.zip")]
    assert nested[:2] == ["nested.zip/inner.tar.gz/a.txt", "nested.zip/inner.tar.gz/sub/page.html"]
    assert nested[-1] == "nested.zip/b.txt"


def test_members_of_other_formats_are_passed_over() -> None:
    found = pieces(s.SAMPLES["archive.zip"], "a.zip")
    assert [piece.path for piece in found if isinstance(piece, PassedOver)] == ["a.zip/x.png"]
    assert refusals(s.zipped({"x.png": b"\x89PNG\0"}), "a.zip") == [
        "no texts in a.zip (files of other formats: 1)"
    ]
    assert refusals(s.zipped({})) == ["no texts in file"]
    code = s.zipped({"x.py": b"print('The mayor said')", "README.md": b"Read me: the mayor said so.\n"})
    assert [text.path for text in texts(code, "c.zip")] == ["c.zip/README.md"]


def test_hidden_members_are_left_out() -> None:
    members = {"__MACOSX/a.txt": b"words", ".git/b.txt": b"words", "a/.c.txt": b"words", "./d.txt": b"words"}
    assert [text.path for text in texts(s.zipped(members), "z")] == ["z/d.txt"]
    assert [text.path for text in texts(s.tarred(members), "z")] == ["z/d.txt"]


PLAIN = [
    "Text, body and soul\n\nThe mayor, said to be ill, came.\n",
    "[Updated] The mayor said that the pier is safe.\n",
    "{ This is not JSON } said the mayor.\n",
    '{"title": "no text"}\n',
    '["text", "body"]\n',
    "From: the harbour\n\nThe mayor said so.\n",
    "Title: The pier\nSource: The Gazette\n\nThe mayor said so.\n",
    "--- \n\nThe mayor said so.\n---\n",
    "<The mayor> said so.\n",
    "text\n\nThe mayor said so.\n",
    "title,text\nThe mayor, who was ill, said so.\n",
    "#metoo was trending, the mayor said.\n",
    "PK was here, said the mayor.\n",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays_plain_where_in_doubt(text: str) -> None:
    found = one(text.encode(), "a.txt")
    assert (found.body, found.source.media_type) == (text, "text/plain")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "file is empty"),
        (b" \n\n", "file is empty"),
        (bytes(range(256)) * 8, "file is binary, not text"),
        (b"<?xml version='1.0'?><note>x</note>", "file is of a format that is not read"),
        (b"{\\rtf1 words}", "file is of a format that is not read"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "file is of a format that is not read"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "file is of a format that is not read"),
        (s.SAMPLES["archive.zip"][:-40], "file is damaged: File is not a zip file"),
        (s.SAMPLES["a.txt.gz"][:-20], "file is damaged: Compressed file ended before"),
        (s.SAMPLES["dump.jsonl.xz"][:-40], "file is damaged: it ends too early"),
        (s.SAMPLES["a.pdf"][:300], "file is damaged"),
        (b"<html><body></body></html>", "file is a page without an article"),
        (b"From: a@b.c\nDate: Thu, 02 May 2024 08:00:00 +0200\n\n", "file is a letter without text"),
        (s.pdf(("",)), "file holds no text"),
        (b"<div>" * 1000 + s.HTML, "file is a page nested too deep"),
        (b"<html><body>" + b"<p>a</p>" * 20_000, "file is a page of more than 15,000 elements"),
    ],
)
def test_refusals_say_why(data: bytes, why: str) -> None:
    (problem,) = refusals(data)
    assert problem.startswith(why)


def test_data_without_a_column_for_the_text_says_how_to_name_it() -> None:
    data = b'{"headline": "x", "prose": "The mayor said so."}\n' * 2
    (failure,) = pieces(data, "dump.jsonl")
    assert isinstance(failure, Refused)
    assert failure.error.hint == "Name it with --map text=COLUMN"
    assert isinstance(pieces(data, "dump.jsonl", named=False)[0], PassedOver)
    found = texts(data, "dump.jsonl", columns=Columns.parse("text=prose"))
    assert [(text.body, text.facts.title) for text in found] == [("The mayor said so.", "x")] * 2
    rows = b"prose\nThe mayor said so.\n"
    assert one(rows, "t.csv", columns=Columns.parse("text=prose")).body == "The mayor said so."


def test_a_column_map_goes_before_the_usual_names() -> None:
    row = {
        "text": "teaser",
        "full": "The mayor said so.",
        "date": "2024-05-01",
        "seen": "2 May 2024",
        "source": {"name": "A", "domain": "b.example"},
    }
    columns = Columns.parse("text=full, published=seen,outlet=source.domain")
    found = one(json.dumps(row).encode(), columns=columns)
    assert (found.body, found.facts.published, found.facts.outlet) == (
        "The mayor said so.",
        date(2024, 5, 2),
        "b.example",
    )
    assert one(json.dumps(row).encode()).body == "teaser"


@pytest.mark.parametrize("text", ["text", "text=", "words=body", "text=a,text=b", "=a"])
def test_a_wrong_map_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        Columns.parse(text)


def test_bad_records_fail_alone() -> None:
    good = b'{"text": "The mayor said so."}'
    lines = [
        good,
        b"{",
        b"[1]",
        b'{"text": ""}',
        b'{"text": 7}',
        b'{"text": "a\\u0000b"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff\xfe\xfd\xfc"}',
        b"",
        b'{"text": "' + b"x" * 2000 + b'"}',
        b"[" * 1900,
        good,
    ]
    found = pieces(b"\n".join(lines), "d", limits=Limits(max_bytes=1_999))
    assert [p.path for p in found if isinstance(p, Text)] == ["d#1", "d#8", "d#12"]
    assert [p.path for p in found if isinstance(p, Refused)] == [
        "d#2",
        "d#3",
        "d#4",
        "d#5",
        "d#6",
        "d#7",
        "d#10",
        "d#11",
    ]
    rows = b"text,title\r\nThe mayor said so.,A\r\nonly one cell\r\n,B\r\nThe mayor said so.,C\r\n"
    assert [p.path for p in pieces(rows, "t") if isinstance(p, Refused)] == ["t#2", "t#3"]
    array = b'[{"text": "The mayor said so."}, {"text": 1}, {"text": "So."}, {"text" 2}, {"text": "Lost."}]'
    found = pieces(array, "a")
    assert [type(p).__name__ for p in found] == ["Text", "Refused", "Text", "Refused"]
    assert "after record 3" in refusals(array)[-1]
    pages = {s.URL: s.HTML, "https://b.example/x": b"<html></html>", "https://c.example/x": s.HTML}
    found = pieces(s.warc(pages), "w")
    assert [p.path for p in found if isinstance(p, Text)] == [f"w#{s.URL}", "w#https://c.example/x"]
    assert [p.path for p in found if isinstance(p, Refused)] == ["w#https://b.example/x"]


def test_the_target_is_the_url_of_a_page_without_one_and_the_day_of_capture_no_date() -> None:
    page = b"<html><body>" + "".join(f"<p>{p}</p>" for p in s.PARAGRAPHS).encode() + b"</body></html>"
    found = one(s.warc({s.URL: page}))
    assert (found.facts.url, found.facts.origin("url"), found.facts.published) == (s.URL, "web archive", None)


def test_encodings_of_pages() -> None:
    body = "".join(f"<p>{p}</p>" for p in (*s.PARAGRAPHS, "Der Bürgermeister heißt Łukasz."))
    for charset in ("utf-8", "windows-1250"):
        page = f'<html><head><meta charset="{charset}"></head><body>{body}</body></html>'
        assert "heißt Łukasz" in one(page.encode(charset, "replace")).body
    hostile = b'<html><head><meta charset="rot13"></head><body>' + body.encode() + b"</body></html>"
    assert "heißt Łukasz" in one(hostile).body


def test_a_web_archive_names_encodings_and_no_other_codec() -> None:
    text = "Der Bürgermeister heißt Łukasz, sagte er. \\x3cb\\x3e\n" * 3
    sent = s.warc({s.URL: text.encode("windows-1250")}, sent="text/plain; charset=windows-1250")
    assert one(sent).body == text
    sent = s.warc({s.URL: text.encode()}, sent="text/plain;charset=unicode_escape")
    assert one(sent).body == text


def test_cells_that_are_pages_are_read_as_pages() -> None:
    row = {"content": "".join(f"<p>{p}</p>\n" for p in s.PARAGRAPHS), "title": "T"}
    found = one(json.dumps(row).encode())
    assert "<p>" not in found.body
    assert found.body.startswith(s.PARAGRAPHS[0])
    assert found.facts.title == "T"


SHORT = (
    "A mine near Lindau flooded on Monday.",
    "Mayor Ines Holt said that nobody was hurt.",
    "“We were lucky,” Holt told reporters.",
    "The owner denied that the pumps had failed again this year.",
    "The union said the pumps had been out of order for months and that it had warned the ministry.",
)


def short_page(inside: str, head: str = "") -> bytes:
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(40))
    start = (
        f"<html><head><title>Mine floods - The Gazette</title>{head}</head><body><nav><ul>{menu}</ul></nav>"
    )
    return f"{start}{inside}<footer>© 2024 The Gazette</footer></body></html>".encode()


@pytest.mark.parametrize("count", range(1, len(SHORT) + 1))
@pytest.mark.parametrize("within", ["article", "main"])
def test_a_short_page_keeps_its_paragraphs_apart(count: int, within: str) -> None:
    told = "".join(f"<p>{p}</p>" for p in SHORT[:count])
    inside = f'<{within}><h1>Mine floods</h1><p class="byline">By Jane Roe</p>{told}</{within}>'
    paragraphs = one(short_page(inside)).body.split("\n\n")
    assert paragraphs == ["Mine floods", *SHORT[:count]]


@pytest.mark.parametrize("count", range(1, len(SHORT) + 1))
def test_a_short_page_that_does_not_say_where_its_article_is(count: int) -> None:
    told = "".join(f"<p>{p}</p>" for p in SHORT[:count])
    body = one(short_page(f"<h1>Mine floods</h1><div>{told}</div>")).body
    assert body.removeprefix("Mine floods\n\n").split("\n\n") == list(SHORT[:count])


def test_a_short_page_without_paragraphs_in_its_markup() -> None:
    inside = "<div>" + "".join(f"<div>{p}</div>" for p in SHORT[:3]) + "</div><p>Share this</p>"
    assert one(short_page(inside)).body.split("\n\n")[:3] == list(SHORT[:3])


def test_an_article_that_only_the_scripts_of_its_page_hold() -> None:
    held = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(SHORT)})
    script = f'<script type="application/ld+json">{held}</script>'
    inside = (
        "<div id=app><p>Loading the page</p></div><noscript><p>Please switch JavaScript on.</p></noscript>"
    )
    assert one(short_page(inside, script)).body == " ".join(SHORT)


def test_tables_in_windows_1252_and_with_other_delimiters() -> None:
    assert (
        "café on the pier"
        in texts(s.table().decode().replace("“", '""').replace("”", '""').encode("cp1252", "replace"))[0].body
    )
    assert len(texts(s.table(";"))) == 3


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("2024-05-01T23:30:00Z", date(2024, 5, 1)),
        ("Thu, 02 May 2024 08:00:00 +0200", date(2024, 5, 2)),
        ("May 2, 2024", date(2024, 5, 2)),
        (1714608000, date(2024, 5, 2)),
        ("1714608000000", date(2024, 5, 2)),
        ("04/05/2019", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        ({}, None),
        ("9" * 50, None),
    ],
)
def test_days_of_cells(cell: object, day: date | None) -> None:
    assert read_day(cell) == day


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    (failure,) = pieces(s.HTML)
    assert isinstance(failure, Refused)
    assert isinstance(failure.error, UsageError)
    assert str(failure.error).endswith("pip install 'claimtrack[html]'")


def test_pages_of_a_web_archive_whose_addresses_begin_alike() -> None:
    start = f"{s.URL}?{'a' * 3000}"
    ends = ("1", "2", "b" * 3000)
    found = texts(s.warc({start + end: s.TEXT.encode() for end in ends}, sent="text/plain"), "w")
    assert len({text.path for text in found}) == 3  # else one would be a newer version of the other
    assert all(len(text.path) < 2_000 for text in found)
    # Half an address is another address.
    assert [text.facts.url for text in found] == [f"{start}1", f"{start}2", None]
