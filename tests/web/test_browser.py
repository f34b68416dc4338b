"""The page in a real browser: a day's work by keyboard, without JavaScript, with hostile text."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.store import open_store
from tests.web.archive import MAYOR
from tests.web.running import Running, serving
from tests.web.test_hostile import PAYLOADS, hostile

playwright = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install 'claimtrack[dev]'"
)
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright  # noqa: E402

CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="needs Debian's chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as started:
        yield started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture
def backend() -> str:
    """SQLite alone: what a browser makes of a page is the same, and pages are tested on both."""
    return "sqlite"


@pytest.fixture
def server(archive: tuple[str, dict[str, str]]) -> Iterator[Running]:
    with serving(archive[0], "--reviewer", "Ada") as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Running) -> Iterator[Page]:
    """A page whose base is the server; the test fails if it asks elsewhere or breaks its own rules."""
    context = browser.new_context(base_url=server.address)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    elsewhere: list[str] = []
    said: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(server.address):
            elsewhere.append(request.url)

    context.on("request", note)
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    yield opened
    context.close()
    assert elsewhere == []
    assert said == []


def audit(page: Page) -> dict[str, dict[str, str]]:
    """The audit as it is downloaded now, by claim."""
    page.goto("/exports")
    with page.expect_download() as download:
        page.get_by_role("link", name="audit.csv").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return {row["claim_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_read_follow_decide_undo_and_find_it_in_the_audit(
    page: Page, archive: tuple[str, dict[str, str]]
) -> None:
    database, keys = archive
    page.goto("/articles")
    page.get_by_role("link", name="Pier to reopen, mayor says").click()
    mark = page.locator("a.mark", has_text="the old ferry pier will reopen in June")
    mark.hover()
    tip = mark.locator(".tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Ines Holt")
    expect(tip).to_contain_text("contradicts 1")
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator(".note:target")
    expect(note).to_contain_text("Ines Holt")
    note.get_by_role("link", name="contradicts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ines Holt against Ferry Workers' Union")
    expect(page.locator("mark").first).to_have_text("the old ferry pier will reopen in June")

    page.keyboard.press("n")
    page.keyboard.type("checked against both, c r u")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("Confirmed")
    row = audit(page)[keys["opens"]]
    ids = row["relation_ids"].split(" | ")
    verdicts = dict(zip(ids, row["relation_verdicts"].split(" | "), strict=True))
    assert verdicts[keys["pier"]] == "confirmed"
    command = [sys.executable, "-m", "claimtrack", "--db", database, "export", "-", "--what", "audit"]
    exported = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "confirmed" in exported

    page.goto(f"/relations/{keys['pier']}")
    expect(page.locator(".history")).to_contain_text("checked against both, c r u")
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert "confirmed" not in audit(page)[keys["opens"]]["relation_verdicts"]


def test_the_queue_by_keyboard(page: Page, archive: tuple[str, dict[str, str]]) -> None:
    keys = archive[1]
    page.goto("/review")
    page.keyboard.press("s")
    page.wait_for_url(f"**/review/{keys['pilings']}*")
    page.keyboard.press("k")
    page.wait_for_url(f"**/review/{keys['pier']}*")
    page.keyboard.press("r")
    page.wait_for_url(f"**/review/{keys['pilings']}*")
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    page.keyboard.press("z")
    page.wait_for_url(f"**/review/{keys['pier']}*")
    page.keyboard.press("w")
    button = page.get_by_role("button", name="Wrong speaker").first
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/review/{keys['pilings']}*")
    expect(page.get_by_role("status")).to_contain_text("wrong speaker")
    page.keyboard.press("?")
    expect(page.get_by_text("write a note")).to_be_visible()
    page.get_by_label("Single keys work on this page").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("u")
    page.reload()
    expect(page.locator(".history")).to_have_count(0)
    page.keyboard.press("o")
    assert keys["pilings"] in page.url
    with open_store(archive[0]) as store:
        assert [verdict.decision.value for verdict in store.last_verdicts(9)] == [
            "rejected",
            "withdrawn",
            "rejected",
        ]


def test_all_of_it_works_without_javascript(
    browser: Browser, server: Running, archive: tuple[str, dict[str, str]]
) -> None:
    keys = archive[1]
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/articles/{keys['second']}")
    mark = page.locator("a.mark").first
    mark.hover()
    expect(mark.locator(".tip")).to_contain_text("via Northwire")
    mark.click()
    expect(page.locator(".note:target")).to_contain_text("Ferry Workers' Union")
    page.goto("/review")
    page.locator("textarea").fill("by hand")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    page.get_by_role("searchbox").fill("pilings")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".claims > li")).to_have_count(2)
    context.close()


def test_lists_grow_in_place(page: Page, archive: tuple[str, dict[str, str]]) -> None:
    from tests.web.archive import article, claim, put

    with open_store(archive[0]) as store:
        texts = [article(f"{n}.txt", f"Holt said the count was {n}.", 1 + n % 27) for n in range(70)]
        put(store, *((t, [claim(t, MAYOR, f"the count was {n}")]) for n, t in enumerate(texts)))
    page.goto("/claims")
    items = page.locator(".claims > li")
    expect(items).to_have_count(30)
    page.locator("#more").click()
    expect(items).to_have_count(60)
    page.locator("#more").click()
    expect(items).to_have_count(75)
    expect(page.locator("#more")).to_have_count(0)
    assert page.url.endswith("/claims")


def test_paper_is_white_and_narrow_screens_break_no_number(
    page: Page, archive: tuple[str, dict[str, str]]
) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"/articles/{archive[1]['first']}")
    light = "e => getComputedStyle(e).backgroundColor.match(/\\d+/g).every(part => part > 150)"
    assert page.locator(".mark").first.evaluate(light)
    assert page.locator(".note").first.evaluate("e => getComputedStyle(e).position") == "static"
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/review/{archive[1]['pier']}")
    lines = """cells => cells.map(cell => {
        const text = document.createRange(); text.selectNodeContents(cell);
        return new Set([...text.getClientRects()].map(box => box.top)).size; })"""
    assert max(page.locator(".signals td:not(.reason)").evaluate_all(lines)) == 1


def test_no_script_of_an_article_runs(page: Page, archive: tuple[str, dict[str, str]]) -> None:
    with open_store(archive[0]) as store:
        key, claims = hostile(store, PAYLOADS[::5])
    for path in (
        f"/articles/{key}",
        f"/claims/{next(iter(claims))}",
        f"/speakers/{MAYOR.key}",
        "/review",
        "/",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.locator("main").count() == 1
        assert page.evaluate(
            "[...document.scripts].every((s) => new URL(s.src).pathname.startsWith('/static/'))"
        )


def test_even_markup_in_the_page_could_run_nothing(browser: Browser, server: Running) -> None:
    context = browser.new_context(base_url=server.address)
    page = context.new_page()
    page.goto("/")
    markup = "<img src=/static/mark.svg onload='window.ran = 1'><img src=/nope onerror='window.ran = 1'>"
    page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", markup)
    page.evaluate("() => Promise.allSettled([...document.images].map((image) => image.decode()))")
    assert page.evaluate("window.ran") is None
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_serious_bars_anybody(
    browser: Browser, server: Running, archive: tuple[str, dict[str, str]], scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    keys = archive[1]
    context = browser.new_context(
        base_url=server.address,
        color_scheme=scheme,
        viewport={"width": width, "height": 844},  # type: ignore[arg-type]
    )
    page = context.new_page()
    paths = (
        "/", "/articles", f"/articles/{keys['first']}#n1", "/claims", f"/claims/{keys['opens']}", "/speakers",
        f"/speakers/{keys['mayor']}", "/relations", f"/relations/{keys['pier']}", "/disputes",
        f"/disputes/x{keys['pier'][1:]}", "/review", "/search?q=pier", "/exports", "/nope", "/login",
    )  # fmt: skip
    for path in paths:
        page.goto(path)
        faults = Axe().run(page).response["violations"]
        assert [
            (f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")
        ] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
