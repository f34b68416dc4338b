"""What feeds of every kind, whole, broken or hostile, are read as."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.feeds import MENDED, Entry, read_feed
from claimtrack.articles.web.markup import text_of
from claimtrack.articles.web.urls import LONGEST, read_url
from claimtrack.knowledge import load_knowledge
from tests.articles.web import feeds

PLACE = "http://gazette.example/feed"
KNOWLEDGE = load_knowledge(None)
WORDS = "The harbour master said the old ferry pier will reopen in June. " * 12


def read(feed: str | bytes, place: str = PLACE) -> list[Entry]:
    data = feed if isinstance(feed, bytes) else feed.encode()
    return read_feed(data, place, "application/xml", None, KNOWLEDGE)


def rss(item: str, title: str = "Lindau Gazette", link: str = "http://gazette.example/") -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{title}</title>'
        f"<link>{link}</link>{item}</channel></rss>"
    )


@pytest.mark.parametrize("feed", [feeds.RSS_2, feeds.RSS_091, feeds.RSS_090, feeds.RSS_10, feeds.ATOM])
def test_feeds_of_every_kind(feed: str) -> None:
    entry = read(feed)[0]
    assert (entry.link, entry.key, entry.facts.title) == (
        "http://gazette.example/pier",
        "http://gazette.example/pier",
        "Pier to reopen",
    )
    assert entry.facts.outlet == "Lindau Gazette"
    assert entry.facts.origin("title") == "feed"
    # The day as printed, though it was the 17th in UTC.
    dated = feed in (feeds.RSS_2, feeds.RSS_10, feeds.ATOM)
    assert entry.facts.published == (date(2018, 10, 16) if dated else None)


def test_links_are_made_absolute_and_titles_plain() -> None:
    _, ferries, permanent = read(feeds.RSS_2)
    assert ferries.link == "http://gazette.example/ferries?a=1&b=2"
    assert ferries.facts.title == "Ferries & boats late"
    assert permanent.link == "http://gazette.example/permanent"
    assert permanent.facts.title is None


def test_the_last_update_is_no_day_of_publication() -> None:
    assert (
        read(feeds.ATOM.replace("<published>2018-10-16T23:30:00-05:00</published>", ""))[0].facts.published
        is None
    )


@pytest.mark.parametrize(
    ("title", "link", "item", "outlet"),
    [
        ("Harbour news - Lindau Gazette", "http://gazette.example/", "<link>http://gazette.example/a</link>",
         "Lindau Gazette"),
        ("Latest", "http://gazette.example/", "<link>http://gazette.example/a</link>", None),
        # whoever lists what others published is not the outlet
        ("Lindau Gazette", "http://gazette.example/", "<link>http://courier.example/a</link>", None),
        ("Search", "http://search.example/",
         "<link>http://search.example/r/1</link><source url='http://x.example/f'>The Daily Courier</source>",
         "The Daily Courier"),
        # an address that is known tells better
        ("Odd Times", "https://www.bbc.co.uk/", "<link>https://www.bbc.co.uk/news/1</link>", None),
    ],
)  # fmt: skip
def test_who_published_an_entry(title: str, link: str, item: str, outlet: str | None) -> None:
    (entry,) = read(rss(f"<item><title>x</title>{item}</item>", title, link))
    assert entry.facts.outlet == outlet


def test_an_article_that_the_feed_carries_in_full() -> None:
    content = f"<p>{WORDS}</p><p>Second &amp; last.</p><script>alert(1)</script>"
    full = f"<content:encoded><![CDATA[{content}]]></content:encoded>"
    (entry,) = read(rss(f"<item><guid isPermaLink='false'>n1</guid>{full}</item>"))
    assert (entry.link, entry.key) == ("", f"{PLACE}#n1")
    assert entry.text == f"{WORDS.strip()}\n\nSecond & last."
    assert read(rss("<item><guid isPermaLink='false'>n1</guid><description>short</description></item>")) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<html><body><p>A page.</p></body></html>",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"{}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(FetchError, match=r"gazette\.example/feed is no feed"):
        read(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda feed: feed.replace("</channel></rss>", ""),  # breaks off
        lambda feed: feed.replace("Pier to", "Pier & to"),  # no entity
        lambda feed: feed.replace("Pier to", "Pier <br> to"),  # HTML that nobody closed
        lambda feed: "\n \n" + feed,  # blank lines before the declaration
        lambda feed: feed.replace('encoding="utf-8"', 'encoding="nonsense"'),
        lambda feed: feed.replace("Pier to", "Pier \x08 to"),  # no character of XML
        lambda feed: feed.encode().replace(b"Pier to", b"Pier \xe9 to"),  # not UTF-8
    ],
)
def test_a_broken_feed_gives_what_can_be_read(damage: object) -> None:
    entries = read(damage(feeds.RSS_2))  # type: ignore[operator]
    assert entries[0].link == "http://gazette.example/pier"
    assert (entries[0].facts.title or "").startswith("Pier")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;Pier", "Pier"),
        ("&lt;img src=x onerror=alert(1)&gt;Pier", "Pier"),
        ("<![CDATA[<svg/onload=alert(1)>Pier]]>", "Pier"),
        ("Pier\n\n\tto &#27;]0;owned&#7; reopen", "Pier to ]0;owned reopen"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),  # made safe where it is shown
        ("a &amp;lt; b", "a < b"),
        ("5 &lt; 6 &amp; 7 &gt; 2", "5 < 6 & 7 > 2"),
        ("x" * 10_000, "x" * 500),
        ("&amp;#xD800;Pier&amp;#0;", "\ufffdPier\ufffd"),
    ],
)
def test_hostile_titles(title: str, shown: str) -> None:
    (entry,) = read(rss(f"<item><title>{title}</title><link>http://gazette.example/a</link></item>"))
    assert entry.facts.title == shown


def test_half_characters_and_nulls_are_not_kept() -> None:
    item = "<item><title>Pier {} x</title><link>http://gazette.example/a</link></item>"
    assert read(rss(item.format("&#0;")))[0].facts.title == "Pier x"
    with pytest.raises(FetchError, match="cannot be read as a feed"):
        read(rss(item.format("&#xD800;")))


def test_entities_neither_read_files_nor_grow() -> None:
    import tracemalloc

    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    entries = read(outside + rss("<item><title>a &x; b</title><link>http://gazette.example/a</link></item>"))
    assert all("root:" not in str(entry) for entry in entries)
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{grown}]>'
    tracemalloc.start()
    try:
        read(laughs + rss("<item><title>&a11;</title><link>http://gazette.example/a</link></item>"))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", "http://x:y@z/"]
)
def test_hostile_links_are_entries_that_will_be_refused(link: str) -> None:
    for entry in read(rss(f"<item><title>a</title><link>{link}</link></item>")):
        assert "\n" not in entry.key


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(feeds.RSS_2)), st.integers(0, 40))
def test_damaged_feeds_end_in_entries_or_a_refusal(noise: bytes, at: int, gone: int) -> None:
    feed = feeds.RSS_2.encode()
    try:
        entries = read(feed[:at] + noise + feed[at + gone :])
    except FetchError:
        return
    for entry in entries:
        assert entry.link or entry.text
        (entry.link + (entry.facts.title or "") + entry.text).encode("utf-8")


@given(st.text(alphabet="<>/=\"' abp&;#!-[]\0", max_size=80))
def test_markup_never_survives(markup: str) -> None:
    assert "\0" not in text_of(f"<p>{markup}</p>")
    assert text_of("<p>one</p>\n<p>two<br>three</p><style>{}</style>") == "one\n\ntwo\n\nthree"


def test_a_large_feed_is_read_if_it_is_whole_and_not_mended_if_it_is_broken() -> None:
    item = "<item><title>Pier {0}</title><link>http://gazette.example/{0}</link></item>"
    large = rss("".join(map(item.format, range(3000))))
    assert len(large) > MENDED
    assert len(read(large)) == 3000
    with pytest.raises(FetchError, match="too large to be mended"):
        read(rss("<item><title>" + "<b x='" * 1_000_000))  # mending this would take days


@pytest.mark.parametrize(
    "junk",
    ["<", "<!--", "<a ", "<a href='", "</", "<p>", "<script>", '<b x="', "<![", "&#", "\u0130<script>"],
)
def test_markup_is_read_in_time_that_grows_with_its_length(junk: str) -> None:
    assert "script" not in text_of(junk * 300_000).lower()  # the standard library's parser would take hours


def test_long_links_and_names_are_not_cut() -> None:
    links = [f"http://gazette.example/a?{'x' * 3000}{n}" for n in (1, 2)]
    found = read(rss("".join(f"<item><link>{link}</link></item>" for link in links)))
    assert [(entry.link, entry.key) for entry in found] == [(link, link) for link in links]
    full = f"<content:encoded><![CDATA[{WORDS}]]></content:encoded>"
    items = (f"<item><guid isPermaLink='false'>{'n' * 900}{n}</guid>{full}</item>" for n in (1, 2))
    assert [entry.key for entry in read(rss("".join(items)))] == [f"{PLACE}#{'n' * 900}{n}" for n in (1, 2)]


def test_a_link_that_is_longer_than_any_address() -> None:
    link = f"<link>http://gazette.example/{'x' * LONGEST}</link><title>Pier</title>"
    full = f"<content:encoded><![CDATA[{WORDS}]]></content:encoded>"
    (bare,) = read(rss(f"<item>{link}</item>"))
    with pytest.raises(FetchError, match="no address that can be read"):
        read_url(bare.link)
    (whole,) = read(rss(f"<item>{link}{full}</item>"))
    assert (whole.link, whole.text, len(whole.key) < 100) == ("", WORDS.strip(), True)


def test_entries_with_neither_link_nor_name_are_told_by_what_they_say() -> None:
    items = [
        f"<item><title>{title}</title><content:encoded><![CDATA[{WORDS}{text}]]></content:encoded></item>"
        for title, text in (("One", ""), ("Two", ""), ("Two", "More."))
    ]
    keys = [entry.key for entry in read(rss("".join(items)))]
    assert len(set(keys)) == 3
    assert all(key.startswith(f"{PLACE}#") for key in keys)
    assert [entry.key for entry in read(rss(items[2] + items[0] + items[0]))] == [keys[2], keys[0]]


@pytest.mark.parametrize(
    "many",
    [
        "".join(f"<category>c{n}</category>" for n in range(9_000)),
        f"<dc:subject>{','.join(f'name{n}' for n in range(20_000))}</dc:subject>",
    ],
)
def test_a_feed_of_more_categories_than_can_be_compared(many: str) -> None:
    item = "<item><title>Pier</title><link>http://gazette.example/a</link>{}</item>"
    for feed in (rss(item.format(many)), rss(many + item)):
        with pytest.raises(FetchError, match="more than 2,000 categories"):
            read(feed)


def test_many_entries_with_some_categories_each() -> None:
    named = "".join(f"<category>News of the harbour {n}</category>" for n in range(20))
    item = "<item><title>Pier {0}</title><link>http://gazette.example/{0}</link>{1}</item>"
    assert len(read(rss("".join(item.format(n, named) for n in range(200))))) == 200


@pytest.mark.parametrize("junk", ["<!--", "<a href='", "<![CDATA[", "</", "&#"])
def test_broken_markup_in_an_entry_is_read_once(junk: str) -> None:
    # feedparser's own cleaning would take hours.
    escaped = (f"<p>{WORDS}</p>" + junk * 200_000).replace("&", "&amp;").replace("<", "&lt;")
    (entry,) = read(
        rss(f"<item><guid isPermaLink='false'>n</guid><content:encoded>{escaped}</content:encoded></item>")
    )
    assert entry.text.startswith(WORDS.strip())
