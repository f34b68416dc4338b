"""Manners, limits and failures of fetching, against a real server."""

from __future__ import annotations

import gzip
import ssl
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpcore
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.articles.decoding import decode
from claimtrack.articles.web.bodies import read_body
from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.fetcher import Fetcher, Manners, Page, Validators
from tests.web_server import PUBLIC, Internet, Patience, Reply, Site, serving

NEWS = "http://news.example"


def make(internet: Internet, clock: Patience | None = None, **manners: object) -> Fetcher:
    return Fetcher(Manners(**manners), clock or Patience(), internet.resolve, internet.call)  # type: ignore[arg-type]


def get(fetcher: Fetcher, path: str, host: str = NEWS) -> Page:
    page = fetcher.fetch(host + path)
    assert page is not None
    return page


def refusal(fetcher: Fetcher, path: str, host: str = NEWS) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(host + path)
    assert "\n" not in str(caught.value)
    return caught.value


def moved(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def test_a_page_and_what_its_server_says_of_it(fetcher: Fetcher, site: Site) -> None:
    headers = {"ETag": '"v1"', "Last-Modified": "Tue, 16 Oct 2018 10:00:00 GMT"}
    site.put("/a?b=c", Reply(b"<p>Hello</p>", "Text/HTML; charset=ISO-8859-15", headers=headers))
    assert get(fetcher, "/a?b=c#part") == Page(
        "http://news.example/a?b=c", b"<p>Hello</p>", "text/html", "iso-8859-15",
        Validators('"v1"', "Tue, 16 Oct 2018 10:00:00 GMT"),
    )  # fmt: skip
    sent = site.asked[-1].headers
    assert (sent["User-Agent"], sent["Host"]) == ("claimtrack/test", "news.example")
    assert "Cookie" not in sent
    assert "If-None-Match" not in sent


def test_robots_txt_is_asked_once_a_site_and_honoured(fetcher: Fetcher, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: claimtrack\nDisallow: /ours\n")
    site.put("/a", "one")
    site.put("/private", "two")
    site.put("/ours", "three")
    assert get(fetcher, "/a").data == b"one"
    assert get(fetcher, "/private").data == b"two"  # our own group goes before that for everybody
    error = refusal(fetcher, "/ours")
    assert "robots.txt" in error.message
    assert error.final
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    refusal(fetcher, "/ours", "http://other.example")
    assert [asked.path for asked in site.asked].count("/robots.txt") == 2


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)])
def test_a_site_whose_rules_cannot_be_read_is_left_alone(
    fetcher: Fetcher, site: Site, status: int, allowed: bool
) -> None:
    site.put("/robots.txt", Reply(status=status))
    site.put("/a", "one")
    if allowed:
        assert get(fetcher, "/a").data == b"one"
    else:
        assert not refusal(fetcher, "/a").final
        assert site.paths == []


def test_rules_are_followed_where_a_redirect_leads(fetcher: Fetcher, site: Site) -> None:
    site.put("/robots.txt", Reply(b"", status=404), "User-agent: *\nDisallow: /")
    site.put("/a", moved("http://other.example/b"))
    site.put("/b", "not for programs")
    assert "robots.txt" in refusal(fetcher, "/a").message
    assert site.paths == ["/a"]


def test_one_host_is_asked_once_a_second_and_others_do_not_wait(internet: Internet, site: Site) -> None:
    site.put("/a", "one")
    clock = Patience()
    fetcher = make(internet, clock)
    for host in (NEWS, NEWS, "http://other.example", NEWS):
        get(fetcher, "/a", host)
    # robots.txt, page, page; robots.txt of the other host at once, then its page; the last page
    assert clock.waits == [1.0, 1.0, 1.0]


def test_a_site_may_ask_for_more_time(internet: Internet, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    site.put("/a", "one")
    clock = Patience()
    fetcher = make(internet, clock, delay=2)
    get(fetcher, "/a")
    get(fetcher, "/a")
    assert clock.waits == [2.0, 7.0]


def test_a_busy_site_is_asked_once_more_when_it_says(internet: Internet, site: Site) -> None:
    site.put("/a", Reply(status=503, headers={"Retry-After": "12"}), "one")
    clock = Patience()
    assert get(make(internet, clock), "/a").data == b"one"
    assert clock.waits == [1.0, 12.0]


def test_a_site_that_is_busy_for_long_is_left_alone(internet: Internet, site: Site) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    site.put("/a", Reply(status=429, headers={"Retry-After": later}))
    clock = Patience()
    fetcher = make(internet, clock)
    for _ in range(2):
        error = refusal(fetcher, "/a")
        assert "left alone" in error.message
        assert not error.final
    assert (site.paths, clock.waits) == (["/a"], [1.0])


def test_a_day_to_come_again_that_no_calendar_has(internet: Internet, site: Site) -> None:
    later = "Mon, 01 Jan 2018 00:00:00 +99999999999999999999"
    site.put("/a", Reply(status=503, headers={"Retry-After": later}))
    assert "503" in refusal(make(internet, Patience()), "/a").message


def test_a_page_that_has_not_changed_is_not_sent(fetcher: Fetcher, site: Site) -> None:
    site.put("/short", moved("/a", 301))
    site.put("/a", Reply(status=304))
    versions = {"http://news.example/a": Validators('"v1"', "Tue, 16 Oct 2018 10:00:00 GMT")}
    known = lambda url: versions.get(url, Validators())  # noqa: E731
    assert fetcher.fetch(f"{NEWS}/short", known) is None
    assert site.asked[-1].headers["If-None-Match"] == '"v1"'
    assert site.asked[-1].headers["If-Modified-Since"] == "Tue, 16 Oct 2018 10:00:00 GMT"
    assert "If-None-Match" not in site.asked[-2].headers
    assert "answers 304" in refusal(fetcher, "/a").message  # unasked


def test_redirects_are_followed_and_end(fetcher: Fetcher, site: Site) -> None:
    for number in range(7):
        site.put(f"/{number}", moved(f"/{number + 1}", (301, 302, 303, 307, 308)[number % 5]))
    site.put("/7", "the end")
    assert get(fetcher, "/2").url == f"{NEWS}/7"
    assert "more than 5 times" in refusal(fetcher, "/1").message
    site.put("/loop", moved("/loop"))
    assert refusal(fetcher, "/loop").final


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_over_the_limit_is_not_read_to_its_end(internet: Internet, site: Site, packed: bool) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        packer = zlib.compressobj(wbits=31)
        while not site.closing.is_set():
            part = b"x" * 100_000
            sent += 1
            yield packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH) if packed else part

    encoding = {"Content-Encoding": "gzip"} if packed else {}
    site.put("/a", Reply(headers=encoding, stream=endless()))
    with make(internet, max_bytes=300_000) as fetcher:
        error = refusal(fetcher, "/a")
    assert "larger than 0.3 MB" in error.message
    assert "--max-bytes" in error.hint


def test_a_bomb_is_not_unpacked(internet: Internet, site: Site) -> None:
    import tracemalloc

    bomb = gzip.compress(bytes(50_000_000))  # 50 kB that hold 50 MB
    site.put("/a", Reply(bomb, headers={"Content-Encoding": "gzip"}))
    fetcher = make(internet, max_bytes=1_000_000)
    tracemalloc.start()
    try:
        assert "larger than 1 MB" in refusal(fetcher, "/a").message
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"some words")),
        ("gzip", gzip.compress(b"some ") + gzip.compress(b"words")),
        ("x-gzip", gzip.compress(b"some words")),
        ("deflate", zlib.compress(b"some words")),
        ("identity", b"some words"),
    ],
    ids=["gzip", "two gzip members", "x-gzip", "deflate", "identity"],  # gzip's bytes hold the time
)
def test_packed_pages_are_unpacked(fetcher: Fetcher, site: Site, encoding: str, body: bytes) -> None:
    site.put("/a", Reply(body, headers={"Content-Encoding": encoding}))
    assert get(fetcher, "/a").data == b"some words"


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", gzip.compress(b"some words" * 50)[:-12], "breaks off"),
        ("gzip", b"no gzip at all", "damaged"),
        ("br", b"anything", "was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "was not asked for"),
    ],
    ids=["cut off", "no gzip", "brotli", "gzip twice"],  # gzip's bytes hold the time
)
def test_what_cannot_be_unpacked(
    fetcher: Fetcher, site: Site, encoding: str, body: bytes, words: str
) -> None:
    site.put("/a", Reply(body, headers={"Content-Encoding": encoding}))
    assert words in refusal(fetcher, "/a").message


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/zip", "video/mp4", "application/octet-stream"]
)
def test_other_types_are_refused_unread(fetcher: Fetcher, site: Site, media_type: str) -> None:
    site.put("/a", Reply(b"\x89PNG", media_type))
    error = refusal(fetcher, "/a")
    assert media_type in error.message
    assert error.final


@pytest.mark.parametrize("media_type", ["application/pdf", "application/json", "application/rss+xml", None])
def test_these_types_are_fetched(fetcher: Fetcher, site: Site, media_type: str | None) -> None:
    site.put("/a", Reply(b"words", media_type))
    assert get(fetcher, "/a").media_type == (media_type or "")


@pytest.mark.parametrize(
    ("status", "final"), [(400, True), (401, True), (403, True), (404, True), (410, True), (408, False),
                          (429, False), (500, False), (503, False), (204, False), (206, False)],
)  # fmt: skip
def test_other_answers_are_failures(fetcher: Fetcher, site: Site, status: int, final: bool) -> None:
    site.put("/a", Reply(b"" if status == 204 else b"words", status=status))
    error = refusal(fetcher, "/a")
    assert f"answers {status}" in error.message
    assert error.final is final


def test_a_slow_page_ends_with_its_time(internet: Internet, site: Site) -> None:
    def never() -> Iterator[bytes]:
        yield b"a beginning"
        site.closing.wait()

    site.put("/a", Reply(stream=never()))
    with make(internet, seconds=0.2) as fetcher:
        error = refusal(fetcher, "/a")
    assert "too long" in error.message
    assert not error.final


def test_a_page_that_trickles_ends_with_its_time(internet: Internet, site: Site) -> None:
    """Every piece is in time, the whole is not."""
    clock = Patience()

    def trickle() -> Iterator[bytes]:
        while not site.closing.is_set():
            clock.time += 9
            yield b"word "

    site.put("/a", Reply(stream=trickle()))
    with make(internet, clock) as fetcher:
        assert "too long" in refusal(fetcher, "/a").message


def test_a_server_that_breaks_off(fetcher: Fetcher, site: Site) -> None:
    site.put("/a", Reply(stream=iter([b"half a page"]), headers={"Content-Length": "5000"}))
    assert "cannot be fetched" in refusal(fetcher, "/a").message


def test_nobody_answers_and_no_such_name(site: Site) -> None:
    def call(address: str, port: int, seconds: float | None) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("[Errno 111] Connection refused")

    def resolve(host: str, port: int) -> list[str]:
        if host == "nowhere.example":
            raise OSError("Name or service not known")
        return [PUBLIC]

    with Fetcher(Manners(), Patience(), resolve, call) as fetcher:
        assert "Connection refused" in refusal(fetcher, "/a").message
        assert "cannot be looked up" in refusal(fetcher, "/a", "http://nowhere.example").message


@pytest.mark.parametrize(
    ("header", "body", "text"),
    [
        # a header goes before the page's own word, and both before a guess
        ("text/html; charset=cp1251", '<meta charset="koi8-r">Привет'.encode("cp1251"), "Привет"),
        ("text/html", '<meta charset="koi8-r">Привет'.encode("koi8-r"), "Привет"),
        ("text/html", '<meta http-equiv="Content-Type" content="a; charset=koi8-r">Привет'.encode("koi8-r"),
         "Привет"),
        ("application/xml", '<?xml version="1" encoding="iso-8859-5"?>Привет'.encode("iso-8859-5"), "Привет"),
        # UTF-8 is what it is, whatever is said of it
        ("text/html; charset=iso-8859-1", "naïve “quotes”".encode(), "naïve “quotes”"),
        ("text/html; charset=utf-8", "some naïve “quotes” and words".encode("cp1252"), "naïve “quotes”"),
        ("text/html; charset=iso-8859-1", "naïve “quotes”".encode("cp1252"), "naïve “quotes”"),
        ("text/plain; charset=utf-16-le", "naïve".encode("utf-16-le"), "naïve"),
        ("text/plain; charset=nonsense", "naïve “quotes” here".encode("cp1252"), "naïve “quotes”"),
        ("text/plain; charset=utf-7", b"a +ADw-script+AD4- tag", "a +ADw-script+AD4- tag"),
        ("text/plain; charset=unicode_escape", b"a \\x3cb\\x3e tag", "a \\x3cb\\x3e tag"),
        ("text/plain; charset=zip", b"some words", "some words"),
    ],
)  # fmt: skip
def test_the_encoding_of_a_page(fetcher: Fetcher, site: Site, header: str, body: bytes, text: str) -> None:
    site.put("/a", Reply(body, header))
    page = get(fetcher, "/a")
    assert text in decode(page.data, page.url, charset=page.charset)


def test_certificates_are_checked_for_the_name_that_was_asked() -> None:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example").configure_cert(server)
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    with serving(server) as site:
        site.put("/a", "over TLS")
        internet = Internet(site)
        with Fetcher(Manners(), Patience(), internet.resolve, internet.call, trusted) as fetcher:
            assert get(fetcher, "/a", "https://news.example").data == b"over TLS"
            assert "certificate" in refusal(fetcher, "/a", "https://other.example").message.lower()
        with make(internet) as fetcher:
            assert "certificate" in refusal(fetcher, "/a", "https://news.example").message.lower()
    assert site.paths == ["/a"]


@given(
    st.binary(min_size=1, max_size=40),
    st.integers(1, 9000),
    st.integers(1, 5000),
    st.integers(0, 9),
)
def test_what_was_packed_comes_out_whole(seed: bytes, times: int, cut: int, level: int) -> None:
    body = seed * times
    packed = gzip.compress(body, level) + gzip.compress(body[:100], level)
    parts = [packed[at : at + cut] for at in range(0, len(packed), cut)]
    assert read_body(iter(parts), "gzip", 1_000_000) == body + body[:100]
    assert read_body(iter(parts), "gzip", 50) == (body + body[:100])[:51]


@pytest.mark.parametrize("etag", ['"caf\xe9"', "x" * 501, '"tab\there"'])
def test_versions_that_cannot_be_sent_back_are_not_kept(fetcher: Fetcher, site: Site, etag: str) -> None:
    site.put("/a", Reply(b"words", headers={"ETag": etag}))
    assert get(fetcher, "/a").validators == Validators()
