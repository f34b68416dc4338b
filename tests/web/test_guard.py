"""Who may ask, from where and how much; what an answer may do in a browser; what errors show."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from claimtrack.web.app import ROUTERS
from claimtrack.web.guard import MOST_BYTES
from claimtrack.web.options import is_loopback
from claimtrack.web.places import pack
from tests.store.build import alter
from tests.web.conftest import Shown

TOKEN = "correct-horse"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8017",
        "",
        "127.0.0.1.evil.example",
        "[::2]",
        "[::1]x",
        "localhost:x",
        "a@localhost",
    ],
)
def test_a_name_that_is_not_ours_gets_nothing(shown: Shown, host: str) -> None:
    answer = shown.client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Holt" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "LOCALHOST", "[::1]:8017"])
def test_our_names_are_answered(shown: Shown, host: str) -> None:
    assert shown.client.get("/", headers={"host": host}).status_code == 200


def test_on_all_addresses_numbers_are_answered_and_foreign_names_are_not(shown: Shown) -> None:
    browser = shown.browser(host="0.0.0.0", token=TOKEN, names=("press.example",))
    for host, code in (("192.0.2.7", 303), ("press.example", 303), ("evil.example", 421)):
        assert browser.get("/", headers={"host": host}).status_code == code


def test_every_answer_forbids_what_pages_do_not_need(shown: Shown) -> None:
    for path in ("/", "/nope", "/static/page.css", "/exports/audit.csv", "/articles?after=@"):
        headers = shown.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_hold_no_inline_script_style_or_foreign_address(shown: Shown) -> None:
    for path in ("/", "/review", f"/articles/{shown.keys['first']}", f"/speakers/{shown.keys['mayor']}"):
        page = shown.get(path)
        assert "<style" not in page
        assert " style=" not in page
        assert " on" + "click=" not in page
        assert "<script>" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")


def test_without_the_token_nothing_is_shown(shown: Shown) -> None:
    browser = shown.browser(host="192.0.2.1", token=TOKEN)
    for path in ("/", "/articles", "/exports/audit.csv", "/nope"):
        answer = browser.get(path, headers={"host": "192.0.2.1"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert browser.post("/undo", content="", headers={"host": "192.0.2.1"}).status_code == 401
    assert browser.get("/?token=wrong", headers={"host": "192.0.2.1"}).status_code == 401


@pytest.mark.parametrize(
    "host", ["localhost:/static/", "localhost/login?", "localhost:1/static", "[::1]/login#"]
)
def test_no_name_that_holds_a_path_gets_around_the_token(shown: Shown, host: str) -> None:
    browser = shown.browser(host="192.0.2.1", token=TOKEN)
    for path in ("/", "/articles", "/exports/audit.csv"):
        answer = browser.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert "Holt" not in answer.text


def test_the_token_in_an_address_is_taken_once_and_taken_out(shown: Shown) -> None:
    browser = shown.browser(token=TOKEN)
    answer = browser.get(f"/search?q=pier&token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=pier")
    cookies = answer.headers.get_list("set-cookie")
    session = next(c for c in cookies if c.startswith("claimtrack_session="))
    assert "HttpOnly" in session
    assert "SameSite=Strict" in session
    assert TOKEN not in session
    assert browser.get("/").status_code == 200


def test_the_token_never_leads_elsewhere(shown: Shown) -> None:
    answer = shown.browser(token=TOKEN).get(f"//evil.example/?token={TOKEN}")
    assert answer.headers["location"].startswith("/")
    assert not answer.headers["location"].startswith("//")


def test_the_token_in_the_form(shown: Shown) -> None:
    browser = shown.browser(token=TOKEN)
    page = browser.get("/login").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    assert browser.post("/login", data={"csrf": csrf, "token": "wrong"}).status_code == 401
    assert browser.get("/").status_code == 303
    assert browser.post("/login", data={"csrf": csrf, "token": TOKEN}).headers["location"] == "/"
    assert browser.get("/").status_code == 200


def test_every_change_needs_a_form_of_ours(shown: Shown) -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    ways = [(route.path, method) for route in routes for method in route.methods]
    changes = [path for path, method in ways if method != "GET"]
    assert sorted(changes) == ["/login", "/undo", "/verdicts"]
    fields = {"subject": shown.keys["pier"], "decision": "confirmed", "number": "1", "token": "x"}
    shown.token()  # the browser has its cookie
    for path in changes:
        for csrf in ({}, {"csrf": "0" * 64}, {"csrf": "ä"}):
            assert shown.client.post(path, data=fields | csrf).status_code == 403
    assert shown.store.last_verdicts(1) == []


def test_a_form_of_another_browser_or_page_is_refused(shown: Shown) -> None:
    csrf = shown.token()
    fields = {"subject": shown.keys["pier"], "decision": "confirmed", "csrf": csrf}
    stranger = shown.browser()
    stranger.get("/")
    assert stranger.post("/verdicts", data=fields).status_code == 403
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert shown.client.post("/verdicts", data=fields, headers=headers).status_code == 403
    assert shown.store.last_verdicts(1) == []
    ours = {"origin": "http://127.0.0.1:8017", "sec-fetch-site": "same-origin"}
    assert shown.client.post("/verdicts", data=fields, headers=ours).status_code == 303


def test_a_browser_with_an_empty_cookie_gets_one_that_its_forms_work_with(shown: Shown) -> None:
    answer = shown.browser().get("/", headers={"cookie": "claimtrack_form="})
    assert answer.headers["set-cookie"].startswith("claimtrack_form=")


def test_read_only_takes_nothing_and_offers_no_form(shown: Shown) -> None:
    browser = shown.browser(read_only=True)
    for path in (f"/relations/{shown.keys['pier']}", f"/claims/{shown.keys['opens']}", "/review"):
        page = browser.get(path, follow_redirects=True).text
        assert 'method="post"' not in page
    fields = {"subject": shown.keys["pier"], "decision": "confirmed", "csrf": shown.token()}
    assert browser.post("/verdicts", data=fields).status_code == 403
    assert shown.store.last_verdicts(1) == []


def test_large_and_endless_forms_are_refused(shown: Shown) -> None:
    large = shown.client.post("/verdicts", content=b"x" * (MOST_BYTES + 1))
    assert large.status_code == 413
    endless = shown.client.post("/verdicts", content=iter([b"x=1"]))
    assert endless.status_code == 411
    both = {"content-length": "3", "transfer-encoding": "chunked"}
    assert shown.client.post("/verdicts", content=b"x=1", headers=both).status_code == 411
    note = shown.client.post(
        "/verdicts",
        data={
            "csrf": shown.token(),
            "subject": shown.keys["pier"],
            "decision": "confirmed",
            "note": "x" * 2001,
        },
    )
    assert note.status_code == 400
    assert "longer than 2000" in note.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_ways_to_ask_are_refused(shown: Shown, method: str) -> None:
    assert shown.client.request(method, "/").status_code == 405


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/static/../app.py", "/articles/", "/x"]
)
def test_what_is_not_there(shown: Shown, path: str) -> None:
    assert shown.client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/articles/abc", 404),
        ("/articles/s%00", 404),
        ("/claims/a000000000000", 404),
        ("/disputes/x' OR 1=1", 404),
        ("/exports/passwd", 404),
        ("/exports/audit.csv.exe", 404),
        ("/claims?after=bm9uc2Vuc2U", 400),
        ("/claims?after=WyJcdWQ4MDAiXQ", 400),
        (f"/relations?after={pack((10**400, 'x'))}", 400),
        ("/relations?kind=nonsense", 400),
        ("/disputes?start=-1", 400),
        ("/search?q=%00", 200),
        ("/search?q=" + "x" * 201, 400),
        ("/review/r000000000000", 404),
        ("/relations/r000000000000?done=99999999999999999999", 400),
        ("/relations/r000000000000?done=9", 404),
    ],
)
def test_nonsense_is_answered_with_a_page(shown: Shown, path: str, code: int) -> None:
    answer = shown.client.get(path)
    assert answer.status_code == code
    assert "Traceback" not in answer.text
    assert answer.text.startswith("<!doctype html>")


def test_an_error_of_ours_shows_no_trace_but_in_the_terminal(
    shown: Shown, capsys: pytest.CaptureFixture[str]
) -> None:
    alter(shown.store.address, "UPDATE claim SET content = '[[1]]'")
    answer = shown.client.get(f"/articles/{shown.keys['first']}")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "claims.py" not in answer.text
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("claimtrack: GET /articles/")


def test_which_addresses_are_this_machines_own() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "example.org", "")))
