"""Two processes decide at once on the same relations: no verdict is lost, and none goes unseen."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from claimtrack.records import in_force
from claimtrack.store import Store
from tests.store.queued import put_queue

EACH = 12  # relations that both go through

_REVIEWER = """
import json, sys
from claimtrack.records import Decision
from claimtrack.review.queue import Session
from claimtrack.review.verdicts import DecidedMeanwhileError
from claimtrack.store import open_store
from claimtrack.store.queue import QueueFilter

database, who, decision, again = sys.argv[1:]
told = []
with open_store(database) as store:
    session = Session(store, QueueFilter(who))
    print("ready", flush=True)
    sys.stdin.readline()
    while session.case is not None:
        key = session.case.id
        try:
            session.decide(Decision(decision))
        except DecidedMeanwhileError as error:
            told.append([key, error.verdict.id])
            if again == "yes":
                session.decide(Decision(decision))
            else:
                session.skip()
    print(json.dumps({"given": [v.id for v, _ in session._given], "told": told}))
"""


def test_no_verdict_is_lost(store: Store, database: str) -> None:
    relations, _ = put_queue(store, [round(0.9 - n / 100, 2) for n in range(EACH)])
    reviewers = [("Ada", "confirmed", "yes"), ("Bea", "rejected", "no")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _REVIEWER, database, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for words in reviewers
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    done = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0]

    verdicts = store.verdicts_of(relations)
    stored = {verdict.id: verdict for found in verdicts.values() for verdict in found}
    assert sorted(stored) == sorted(done[0]["given"] + done[1]["given"])
    assert sorted(verdicts) == sorted(relations)  # nobody's skip left one open
    log = {event.payload["verdict"]: event.who for event in store.events() if event.kind == "verdict"}
    assert log == {number: verdict.reviewer for number, verdict in stored.items()}
    assert list(store.verify()) == []
    for (who, _, again), result in zip(reviewers, done, strict=True):
        for key, number in result["told"]:
            assert stored[number].reviewer != who
            own = [v.id for v in verdicts[key] if v.reviewer == who]
            assert bool(own) is (again == "yes")
    for found in verdicts.values():  # where both decided, the later one had been told of the earlier
        newest = in_force(found)
        assert newest is not None
        if len(found) > 1:
            told = {tuple(pair) for result in done for pair in result["told"]}
            assert (newest.subject, found[1].id) in told


@pytest.mark.parametrize("workers", [3])
def test_commands_at_once_all_go_in(store: Store, database: str, workers: int) -> None:
    (key,), _ = put_queue(store, [0.9])
    command = [sys.executable, "-m", "claimtrack", "--db", database, "verdict", key, "unsure", "--reviewer"]
    running = [
        subprocess.Popen([*command, f"Reviewer {n}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for n in range(workers)
    ]
    assert [process.communicate()[1] for process in running] == [b""] * workers
    assert {v.reviewer for v in store.verdicts_of([key])[key]} == {f"Reviewer {n}" for n in range(workers)}
    assert list(store.verify()) == []
