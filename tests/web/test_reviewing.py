"""Verdicts given and taken back on the page, the queue, and two reviewers at once."""

from __future__ import annotations

import multiprocessing
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from claimtrack.records import Decision, Fault, in_force
from claimtrack.review import judge
from claimtrack.store import open_store
from tests.web.conftest import Shown

EACH = 15


def test_a_verdict_is_kept_with_who_and_why(shown: Shown) -> None:
    pier = shown.keys["pier"]
    place = shown.post("/verdicts", subject=pier, decision="confirmed", note="seen <b>both</b>")
    (verdict,) = shown.store.verdicts_of([pier])[pier]
    assert (verdict.decision, verdict.reviewer, verdict.note) == (
        Decision.CONFIRMED,
        "Ada",
        "seen <b>both</b>",
    )
    page = shown.get(place)
    assert "confirmed" in page
    assert "seen &lt;b&gt;both&lt;/b&gt;" in page


def test_undo_takes_back_what_the_page_names(shown: Shown) -> None:
    pier = shown.keys["pier"]
    shown.post("/verdicts", subject=pier, decision="confirmed")
    shown.post("/verdicts", subject=pier, decision="rejected")
    (second, _) = shown.store.verdicts_of([pier])[pier]
    shown.post("/undo", number=second.id)
    now = in_force(shown.store.verdicts_of([pier])[pier])
    assert now is not None
    assert now.decision is Decision.CONFIRMED
    answer = shown.client.post("/undo", data={"csrf": shown.token(), "number": second.id})
    assert answer.status_code == 400  # it was taken back already


def test_the_queue_goes_from_the_strongest_contradiction_on(shown: Shown) -> None:
    keys = shown.keys
    order = []
    place = "/review"
    while "/review" in place:
        page = shown.client.get(place, follow_redirects=True)
        found = re.search(r"/review/(r[0-9a-f]{12})", str(page.url))
        if found is None:
            break
        order.append(found.group(1))
        place = shown.post("/verdicts", subject=order[-1], decision="unsure", queue="1")
    assert order == [keys["pier"], keys["pilings"], keys["changed"], keys["agreed"]]
    assert "Nothing is left to decide" in page.text


def test_skipped_ones_come_again_and_previous_goes_back(shown: Shown) -> None:
    keys = shown.keys
    client = shown.client
    assert client.get(f"/review?after={keys['pier']}").headers["location"] == f"/review/{keys['pilings']}"
    assert client.get(f"/review?before={keys['pilings']}").headers["location"] == f"/review/{keys['pier']}"
    shown.post("/verdicts", subject=keys["pier"], decision="confirmed")
    assert client.get("/review").headers["location"] == f"/review/{keys['pilings']}"
    # Back leads to decided ones too, and no further than the first.
    assert client.get(f"/review?before={keys['pilings']}").headers["location"] == f"/review/{keys['pier']}"
    assert client.get(f"/review?before={keys['pier']}").headers["location"] == f"/review/{keys['pier']}"
    page = shown.get(f"/review?after={keys['agreed']}")
    assert "Begin again" in page
    only = client.get("/review?kind=corroborates").headers["location"]
    assert only == f"/review/{keys['agreed']}?kind=corroborates"


def test_undo_in_the_queue_leads_back(shown: Shown) -> None:
    pier = shown.keys["pier"]
    place = shown.post("/verdicts", subject=pier, decision="rejected", queue="1")
    page = shown.get(place)
    number = re.search(r'name="number" value="(\d+)"', page)
    assert number is not None
    back = shown.post("/undo", number=number.group(1), relation=pier, queue="1")
    assert back.startswith(f"/review/{pier}?")
    assert in_force(shown.store.verdicts_of([pier])[pier]) is None


def reject_its_speaker(shown: Shown) -> str:
    """Say in the queue that a claim of the pier has the wrong speaker; returns where that leads."""
    return shown.post(
        "/verdicts", subject=shown.keys["closed"], decision="rejected", reason="wrong speaker",
        relation=shown.keys["pier"], queue="1",
    )  # fmt: skip


def test_wrong_speaker_rejects_the_claim_and_goes_on(shown: Shown) -> None:
    keys = shown.keys
    place = reject_its_speaker(shown)
    (verdict,) = shown.store.verdicts_of([keys["closed"]])[keys["closed"]]
    assert verdict.reason == Fault.WRONG_SPEAKER
    assert f"after={keys['pier']}" in place
    # The relations of a rejected claim are not asked for any more.
    assert shown.client.get("/review").headers["location"] == f"/review/{keys['pilings']}"


def test_undoing_what_was_wrong_with_a_claim_stays_in_the_queue(shown: Shown) -> None:
    keys = shown.keys
    place = reject_its_speaker(shown)
    form = shown.get(place).split('action="/undo"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="(number|relation|queue)" value="([^"]*)"', form))
    assert shown.post("/undo", **fields).startswith(f"/review/{keys['pilings']}?")
    assert in_force(shown.store.verdicts_of([keys["closed"]])[keys["closed"]]) is None


@pytest.mark.parametrize("last", [False, True])
def test_who_decides_otherwise_a_moment_later_is_told(shown: Shown, last: bool) -> None:
    for key in ("pier", "pilings", "changed", "agreed") if last else ("pier",):
        judge(shown.store, shown.keys[key], Decision.CONFIRMED, "Bo")
    pier = shown.keys["pier"]
    page = shown.get(shown.post("/verdicts", subject=pier, decision="rejected", queue="1"))
    told = page.split('role="status"')[1].split("</p>")[0]
    assert ("Rejected" in told, "Bo had decided" in told, "confirmed" in told) == (True, True, True)
    again = shown.get(shown.post("/verdicts", subject=pier, decision="unsure", queue="1"))
    assert "had decided" not in again


def test_what_is_no_verdict_is_refused(shown: Shown) -> None:
    for fields in (
        {"subject": shown.keys["pier"], "decision": "withdrawn"},
        {"subject": shown.keys["pier"], "decision": "maybe"},
        {"subject": shown.keys["pier"], "decision": "rejected", "reason": "wrong speaker"},
        {"subject": shown.keys["first"], "decision": "confirmed"},
        {"decision": "confirmed"},
    ):
        answer = shown.client.post("/verdicts", data={"csrf": shown.token(), **fields})
        assert answer.status_code == 400
    assert shown.store.last_verdicts(1) == []


@pytest.mark.parametrize("number", ["99999999999999999999", str(2**63), str(2**31), "-1", "1e3", "9" * 5000])
def test_numbers_that_no_verdict_can_have_cannot_be_asked_for(shown: Shown, number: str) -> None:
    pier = shown.keys["pier"]
    for path in (f"/relations/{pier}", f"/review/{pier}", "/review", "/disputes"):
        name = "start" if path == "/disputes" else "done"
        answer = shown.client.get(path, params={name: number})
        assert (answer.status_code, "This cannot be asked" in answer.text) == (400, True), path
    fields = {"csrf": shown.token(), "relation": pier, "number": number}
    assert shown.client.post("/undo", data=fields).status_code == 400
    assert shown.client.get(f"/relations/{pier}", params={"done": 2**31 - 1}).status_code == 200


def _decide(database: str, subject: str, times: int) -> None:
    with open_store(database) as store:
        for number in range(times):
            judge(store, subject, Decision.REJECTED, "Bo", f"b{number}")


def test_two_who_decide_at_once_lose_no_verdict(shown: Shown) -> None:
    pier = shown.keys["pier"]
    csrf = shown.token()
    other = multiprocessing.get_context("spawn").Process(
        target=_decide, args=(shown.store.address, pier, EACH)
    )
    other.start()

    def send(number: int) -> int:
        fields = {"csrf": csrf, "subject": pier, "decision": "confirmed", "note": f"a{number}"}
        return shown.client.post("/verdicts", data=fields).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(EACH))) == {303}
    other.join()
    assert other.exitcode == 0
    notes = {verdict.note for verdict in shown.store.verdicts_of([pier])[pier]}
    assert notes == {f"{who}{number}" for who in "ab" for number in range(EACH)}
    assert list(shown.store.verify()) == []
