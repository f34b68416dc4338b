"""Pages and feeds into the archive, from a real server: what is asked for, and what is asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from secrets import token_urlsafe

import pytest

from claimtrack.articles import Overrides
from claimtrack.articles.web.fetcher import Fetcher, Manners
from claimtrack.gathering import Wanted, ingest_pages
from claimtrack.putting import Outcome, Result
from claimtrack.settings import Settings
from claimtrack.store import Store
from claimtrack.watching import Seen, watch
from tests.web_server import Internet, Patience, Reply, Site, serving

# Parsing needs the language model, which takes seconds to load: once a process.
pytestmark = pytest.mark.slow

QUICK = Settings(attribution="rules", entailment="off")
HOST = "http://gazette.example"
FEED = f"{HOST}/feed"


def article(name: str) -> Reply:
    text = f"Mayor {name} Holt said on Tuesday that the ferry pier will reopen in June.\n"
    return Reply(text.encode(), headers={"ETag": f'"{name}"'})


def feed(*paths: str, content: str = "") -> Reply:
    body = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    items = "".join(
        f"<item><title>On {path[1:]}</title><link>{path}</link>{body}"
        "<pubDate>Tue, 16 Oct 2018 23:30:00 -0500</pubDate></item>"
        for path in paths
    )
    return Reply(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Lindau Gazette</title><link>{HOST}/</link>{items}</channel></rss>".encode(),
        "application/rss+xml",
        headers={"ETag": '"feed"'},
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def fetcher(site: Site) -> Iterator[Fetcher]:
    internet = Internet(site, {"inside.example": ["10.0.0.1"]})
    with Fetcher(Manners(), Patience(), internet.resolve, internet.call) as opened:
        yield opened


def pages(store: Store, fetcher: Fetcher, *paths: str, **given: object) -> list[Outcome]:
    wanted = [Wanted(path if "://" in path else HOST + path) for path in paths]
    return list(ingest_pages(store, fetcher, wanted, Overrides(**given), QUICK))  # type: ignore[arg-type]


def run(store: Store, fetcher: Fetcher, *feeds: str, again: bool = False) -> tuple[Seen, list[Outcome]]:
    seen = Seen()
    return seen, list(watch(store, fetcher, feeds or [FEED], seen, None, QUICK, again=again))


def results(outcomes: list[Outcome]) -> list[str]:
    return [str(outcome.result) for outcome in outcomes]


def words(store: Store, *paths: str) -> list[str]:
    found = store.fetched(HOST + path for path in paths)
    return [found[HOST + path].outcome.partition(":")[0] if HOST + path in found else "" for path in paths]


def test_a_page_is_an_article_with_its_address(store: Store, fetcher: Fetcher, site: Site) -> None:
    site.put("/short", Reply(status=301, headers={"Location": "/pier?id=1#top"}))
    site.put("/pier?id=1", article("Ines"))
    (outcome,) = pages(store, fetcher, "/short", outlet="Lindau Gazette")
    stored = store.article(outcome.article)
    assert (outcome.result, outcome.claims) == (Result.ADDED, 1)
    assert (stored.path, stored.url) == (f"{HOST}/pier?id=1",) * 2
    assert dict(stored.detected)["url"] == "fetched"
    assert dict(stored.detected)["outlet"] == "command line"
    assert stored.body.encode() == article("Ines").body
    assert words(store, "/short", "/pier?id=1") == ["added", "added"]


def test_a_page_is_asked_for_anew_only_where_it_has_changed(
    store: Store, fetcher: Fetcher, site: Site
) -> None:
    site.put("/pier", article("Ines"), Reply(status=304), article("Ada"))
    assert results(pages(store, fetcher, "/pier")) == ["added"]
    assert results(pages(store, fetcher, "/pier")) == ["known"]
    assert site.asked[-1].headers["If-None-Match"] == '"Ines"'
    assert results(pages(store, fetcher, "/pier")) == ["changed"]
    assert [a.status for a in store.articles()].count("superseded") == 1


def test_what_a_person_says_of_a_known_page_counts(store: Store, fetcher: Fetcher, site: Site) -> None:
    site.put("/pier", article("Ines"))
    pages(store, fetcher, "/pier")
    (outcome,) = pages(store, fetcher, "/pier", outlet="Lindau Gazette")
    assert "If-None-Match" not in site.asked[-1].headers
    assert store.article(outcome.article).outlet == "Lindau Gazette"


def test_failures_stay_in_order_and_keep_nothing_out(store: Store, fetcher: Fetcher, site: Site) -> None:
    site.put("/pier", article("Ines"))
    site.put("/busy", Reply(status=500))
    site.put("/feed", feed("/pier"))
    site.put("/empty", "  \n")
    site.put("/binary", Reply(bytes(range(256)) * 8, "text/plain"))
    outcomes = pages(
        store, fetcher, "/gone", "/pier", "/busy", "http://inside.example/", "/feed", "/empty", "/binary"
    )
    assert results(outcomes) == ["failed", "added", *["failed"] * 5]
    assert words(store, "/gone", "/pier", "/busy", "/feed", "/empty", "/binary") == [
        "refused", "added", "failed", "refused", "refused", "refused",
    ]  # fmt: skip
    assert "claimtrack watch" in str(outcomes[4].error)
    assert all(outcome.error and "\n" not in str(outcome.error) for outcome in outcomes if outcome.error)


def test_watch_takes_what_is_new(store: Store, fetcher: Fetcher, site: Site) -> None:
    for name in ("a", "b", "c"):
        site.put(f"/{name}", article(name))
    site.put("/feed", feed("/a", "/b"), feed("/a", "/b"), Reply(status=304), feed("/b", "/c"))
    seen, outcomes = run(store, fetcher)
    assert (seen, results(outcomes)) == (Seen(1, 0, 2, 0, 0, 2), ["added", "added"])
    stored = store.article(outcomes[0].article)
    assert (stored.title, stored.outlet, stored.published) == ("On a", "Lindau Gazette", date(2018, 10, 16))
    assert dict(stored.detected)["title"] == "feed"
    asked = len(site.asked)
    assert run(store, fetcher) == (
        Seen(1, 0, 2, 2, 0, 0),
        [],
    )  # asked with its version, but sent all the same
    assert run(store, fetcher) == (Seen(1, 1, 0, 0, 0, 0), [])
    assert [a.path for a in site.asked[asked:]] == ["/feed", "/feed"]
    assert site.asked[-1].headers["If-None-Match"] == '"feed"'
    seen, outcomes = run(store, fetcher)
    assert (seen, results(outcomes)) == (Seen(1, 0, 2, 1, 0, 1), ["added"])


def test_what_failed_for_now_is_asked_for_again_and_what_was_refused_is_not(
    store: Store, fetcher: Fetcher, site: Site
) -> None:
    site.put("/feed", feed("/a", "/gone", "/busy", "http://inside.example/x"))
    site.put("/a", article("a"))
    site.put("/busy", Reply(status=500), Reply(status=502), article("busy"))
    _, outcomes = run(store, fetcher)
    assert sorted(results(outcomes)) == ["added", "failed", "failed", "failed"]
    for expected in (["failed"], ["added"]):
        seen, outcomes = run(store, fetcher)
        assert "If-None-Match" not in site.asked[-2].headers  # not settled: the feed itself must come again
        assert (seen.known, seen.refused, results(outcomes)) == (1, 2, expected)
    site.put("/gone", article("gone"))
    seen, outcomes = run(store, fetcher, again=True)
    assert (seen.known, seen.refused, results(outcomes)) == (2, 0, ["added", "failed"])


def test_a_run_that_is_interrupted_goes_on(store: Store, fetcher: Fetcher, site: Site) -> None:
    names = ("a", "b", "c", "d")
    for name in names:
        site.put(f"/{name}", article(name))
    site.put("/feed", feed(*(f"/{name}" for name in names)))
    reached = watch(store, fetcher, [FEED], Seen(), None, QUICK)
    assert [next(reached).result, next(reached).result] == [Result.ADDED, Result.ADDED]
    reached.close()  # what Ctrl-C does to it
    seen, outcomes = run(store, fetcher)
    assert (seen.known, results(outcomes)) == (2, ["added", "added"])
    assert [a.path for a in site.asked if a.path in {"/a", "/b"}] == ["/a", "/b"]
    assert len(list(store.articles())) == 4


def test_an_article_the_feed_carries_stands_in_for_a_page_that_is_not_to_be_had(
    store: Store, fetcher: Fetcher, site: Site
) -> None:
    content = "<p>Mayor Ines Holt said on Tuesday that the ferry pier will reopen in June.</p>" * 10
    site.put("/feed", feed("/paid", "/busy", content=content))
    site.put("/paid", Reply(status=402))
    site.put("/busy", Reply(status=503))
    _, outcomes = run(store, fetcher)
    assert results(outcomes) == ["added", "failed"]  # the busy one may come yet
    stored = store.article(outcomes[0].article)
    assert (stored.url, stored.title) == (f"{HOST}/paid", "On paid")
    assert stored.body.startswith("Mayor Ines Holt said")
    assert "<" not in stored.body


def test_feeds_in_files_and_feeds_that_are_none(
    store: Store, fetcher: Fetcher, site: Site, tmp_path: Path
) -> None:
    local = tmp_path / "feed.xml"
    local.write_bytes(feed(f"{HOST}/a", f"{HOST}/b").body)
    site.put("/a", article("a"))
    site.put("/b", article("b"))
    site.put("/feed", feed("/b", "/a"))
    site.put("/page", Reply(b"<html><p>no feed</p></html>", "text/html"))
    places = [str(local), FEED, f"{HOST}/page", f"{HOST}/none", str(tmp_path / "absent.xml")]
    seen, outcomes = run(store, fetcher, *places)
    assert (seen.feeds, seen.entries) == (5, 2)
    assert sorted(results(outcomes)) == ["added", "added", "failed", "failed", "failed"]
    assert site.paths.count("/a") == 1
    assert run(store, fetcher, str(local)) == (Seen(1, 0, 2, 2, 0, 0), [])


def test_a_long_link_is_asked_for_as_it_is(store: Store, fetcher: Fetcher, site: Site) -> None:
    paths = [f"/pier?{token_urlsafe(9_000)[:length]}" for length in (600, 4_000, 9_000)]
    for path, name in zip(paths, ("Ines", "Ada", "Una"), strict=True):
        site.put(path, article(name))
    site.put("/feed", feed(*paths))
    seen, outcomes = run(store, fetcher)
    assert (seen.new, sorted(results(outcomes))) == (3, ["added", "added", "failed"])
    assert [path for path in site.paths if path != "/feed"] == paths[:2]
    held = [store.article(outcome.article) for outcome in outcomes if outcome.article]
    assert {stored.url for stored in held} == {HOST + path for path in paths[:2]}
    assert words(store, *paths) == ["added", "added", "refused"]
    seen, outcomes = run(store, fetcher)
    assert (seen.known, seen.refused, seen.new, outcomes) == (2, 1, 0, [])


def test_entries_with_neither_link_nor_name_go_in_once_each(
    store: Store, fetcher: Fetcher, site: Site
) -> None:
    def item(name: str) -> str:
        text = f"<p>Mayor {name} Holt said that the pier will reopen.</p>" * 20
        return f"<item><title>{name}</title><content:encoded><![CDATA[{text}]]></content:encoded></item>"

    def carrying(*names: str) -> Reply:
        bare = feed().body.decode().replace("</channel>", "".join(map(item, names)) + "</channel>")
        return Reply(bare.encode(), "application/rss+xml")

    site.put("/feed", carrying("Ines", "Ada"), carrying("Una", "Ines", "Ada"))
    assert results(run(store, fetcher)[1]) == ["added", "added"]
    seen, outcomes = run(store, fetcher)
    assert (seen.known, results(outcomes)) == (2, ["added"])
