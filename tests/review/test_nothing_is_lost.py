"""Reading, revising, reading anew, judging, undoing, merging and splitting in any order lose no verdict.

Texts go through the whole pipeline.  At the end each verdict ever given is in its table and in the log,
the one in force is the one that people would expect, and the database is as it was put.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from claimtrack import review
from claimtrack.articles import Overrides, discover
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.pipeline import extract_again, ingest
from claimtrack.records import Decision, Fault, Verdict, in_force
from claimtrack.relating import rejudge
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store, open_store

pytestmark = pytest.mark.slow

SEQUENCES = int(os.environ.get("CLAIMTRACK_SEQUENCES", "60"))
# Versions of each article; the fourth of the first has a quotation edited.
TEXTS = (
    (
        "Mayor Greta Lindqvist said on Monday: “The night ferry will sail again on 4 May.” "
        "Engineer Paul Oduya said that the engine has been repaired.",
        "Quiet at dawn.\n\nMayor Greta Lindqvist said on Monday: “The night ferry will sail again on 4 May.” "
        "Engineer Paul Oduya said that the engine has been repaired.",
        "Engineer Paul Oduya said that the engine has been repaired.",
        "Mayor Greta Lindqvist said on Monday: “The night ferry may sail again on 14 May.” "
        "Engineer Paul Oduya denied that the engine has been repaired.",
    ),
    (
        "Mayor Lindqvist denied that the night ferry will sail again on 4 May.",
        "The mayor, Greta Lindqvist, denied that the night ferry will sail again on 4 May. "
        "She said that the crew is new.",
        "Union leader Ida Brandt denied that the night ferry will sail again on 4 May.",
        "Union leader Ida Brandt said the engine has not been repaired.",
    ),
)
OUTLETS = ("Harbour Times", "Hill Gazette")
REVIEWERS = ("Ada", "Bea")
places = st.integers(0, 30)


class Reviewing(RuleBasedStateMachine):
    """An archive of two outlets, and all verdicts that were given on it by their numbers."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.folder = Path(tempfile.mkdtemp(prefix="claimtrack-nothing-lost-"))
        self.given: dict[int, Verdict] = {}
        self.modes: dict[str, Settings] = {
            mode: read_settings(attribution=mode, entailment="off") for mode in ("rules", "hybrid")
        }

    def read(self, article: int, version: int, mode: str = "rules") -> None:
        path = self.folder / f"{article}.txt"
        path.write_text(TEXTS[article][version], encoding="utf-8")
        given = Overrides(outlet=OUTLETS[article])
        (outcome,) = ingest(self.store, discover([path]).found, given, self.modes[mode])
        assert outcome.error is None

    @initialize()
    def begin(self) -> None:
        for article in range(len(TEXTS)):
            self.read(article, 0)

    @rule(article=st.integers(0, 1), version=st.integers(0, 3))
    def revise(self, article: int, version: int) -> None:
        self.read(article, version)

    @rule(mode=st.sampled_from(["rules", "hybrid"]))
    def read_anew(self, mode: str) -> None:
        current = [a.id for a in self.store.articles() if a.status == "current"]
        for outcome in extract_again(self.store, current, self.modes[mode]):
            assert outcome.error is None

    @rule(place=places, on_relation=st.booleans(), decision=st.sampled_from(list(Decision)[:3]),
          who=st.sampled_from(REVIEWERS), fault=st.none() | st.sampled_from(Fault))  # fmt: skip
    def judge(self, place: int, on_relation: bool, decision: Decision, who: str, fault: Fault | None) -> None:
        subjects = [r.id for r in self.store.relations()] if on_relation else []
        subjects = subjects or [c.id for c in self.store.claims()]
        subject = subjects[place % len(subjects)]
        reason = fault if subject[0] == "c" and decision is Decision.REJECTED else None
        verdict = review.judge(self.store, subject, decision, who, f"note {place}", reason)
        self.given[verdict.id] = verdict
        assert in_force(self.store.verdicts_of([subject])[subject]) == verdict

    @rule(who=st.sampled_from(REVIEWERS), place=places, own=st.booleans())
    def take_back(self, who: str, place: int, own: bool) -> None:
        numbers = sorted(self.given)
        target = None if own or not numbers else numbers[place % len(numbers)]
        try:
            undone = review.undo_verdict(self.store, target, who)
        except UsageError:
            return
        self.given[undone.id] = undone
        assert undone.undoes in self.given or self.store.find_verdict(undone.undoes or 0)

    @rule(a=places, b=places, who=st.sampled_from(REVIEWERS))
    def merge(self, a: int, b: int, who: str) -> None:
        speakers = [s.id for s in self.store.speakers()]
        try:
            review.merge_speakers(
                self.store, speakers[a % len(speakers)], speakers[b % len(speakers)], who, rejudge=rejudge
            )
        except (UsageError, NotFoundError):
            return

    @rule(place=places, who=st.sampled_from(REVIEWERS))
    def split(self, place: int, who: str) -> None:
        claims = list(self.store.claims())
        claim = claims[place % len(claims)]
        try:
            review.split_speaker(
                self.store, claim.speaker_id, [claim.id], who, name=f"Somebody {place}", rejudge=rejudge
            )
        except UsageError:
            return

    @rule(who=st.sampled_from(REVIEWERS))
    def undo_decision(self, who: str) -> None:
        try:
            review.undo(self.store, None, who, rejudge=rejudge)
        except UsageError:
            return

    def teardown(self) -> None:
        assert list(self.store.verify()) == []
        logged = {e.payload["verdict"]: e for e in self.store.events() if e.kind == "verdict"}
        for number, verdict in self.given.items():
            assert self.store.find_verdict(number) == verdict
            assert logged[number].payload["decision"] == verdict.decision
            assert logged[number].payload["reviewer"] == verdict.reviewer
        for subject in {v.subject for v in self.given.values()}:
            rows = self.store.verdicts_of([subject])[subject]
            assert in_force(rows) == self.expected(rows)
        self.store.close()
        shutil.rmtree(self.folder)

    def expected(self, newest_first: tuple[Verdict, ...]) -> Verdict | None:
        """What counts, told over again: verdicts are laid on a pile, and an undo takes one out of it."""
        pile: list[Verdict] = []
        for verdict in reversed(newest_first):
            if verdict.undoes is None:
                pile.append(verdict)
            else:
                pile = [other for other in pile if other.id != verdict.undoes]
        if newest_first[0].undoes is None:
            assert newest_first[0].carries is not None or newest_first[0].id in self.given
        return pile[-1] if pile else None


def machine(open_new: Callable[[], Store]) -> Callable[[], Reviewing]:
    return lambda: Reviewing(open_new())


@pytest.mark.parametrize(
    ("backend", "sequences"), [("sqlite", SEQUENCES), ("postgresql", max(5, SEQUENCES // 10))]
)
def test_no_verdict_is_lost(
    backend: str, sequences: int, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(lambda: open_store(new_database(backend), who="tester")),
        settings=settings(
            max_examples=sequences,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
