"""A revised text keeps its earlier version, tells what it changed, and takes the verdicts along."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack import review
from claimtrack.articles import discover
from claimtrack.pipeline import extract_again, ingest
from claimtrack.putting import Outcome, Result
from claimtrack.records import Decision, Fault, Verdict, in_force
from claimtrack.reports.changes import name_of
from claimtrack.review.revisions import revisions
from claimtrack.settings import read_settings
from claimtrack.store import Store
from claimtrack.store.views import ClaimView

pytestmark = pytest.mark.slow

BEFORE = (
    "Ferry to stay in port\n\n"
    "Harbour master Greta Lindqvist said on Monday: “The night ferry will sail again on 4 May.”\n\n"
    "Engineer Paul Oduya said that the engine has been repaired.\n"
)
MOVED = BEFORE.replace("port\n\n", "port\n\nThe harbour was quiet in the morning.\n\n")
EDITED = MOVED.replace("on 4 May.”", "on 14 May, weather permitting.”")
OTHER = "Ferry\n\nHarbour master Greta Lindqvist denied that the night ferry will sail again on 4 May.\n"


def read(store: Store, folder: Path, text: str, name: str = "a.txt") -> Outcome:
    (folder / name).write_text(text)
    (folder / "manifest.csv").write_text(
        "file,outlet,published\na.txt,Harbour Times,2021-04-20\nb.txt,Hill Gazette,2021-04-21\n"
    )
    (outcome,) = ingest(store, discover([folder / name]).found)
    assert outcome.error is None
    return outcome


def claim(store: Store, words: str) -> ClaimView:
    (found,) = (c for c in store.claims() if words in c.text)
    return found


def verdict(store: Store, key: str) -> Verdict | None:
    return in_force(store.verdicts_of([key]).get(key, ()))


def names(store: Store) -> list[str]:
    (revision, *_) = revisions(store, store.revised())
    return [name_of(change) for change in revision.changes]


def test_a_verdict_follows_the_same_words_into_a_revised_text(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, BEFORE)
    ferry, engine = claim(store, "ferry").id, claim(store, "engine").id
    review.judge(store, ferry, Decision.CONFIRMED, "Ada", "on tape")
    review.judge(store, engine, Decision.REJECTED, "Bea", reason=Fault.WRONG_SPAN)
    assert read(store, tmp_path, MOVED).result is Result.CHANGED
    moved = claim(store, "ferry").id
    assert moved != ferry
    followed = verdict(store, moved)
    assert followed is not None
    assert (followed.reviewer, followed.note, followed.carries) == ("Ada", "on tape", 1)
    wrong = verdict(store, claim(store, "engine").id)
    assert wrong is not None
    assert (wrong.decision, wrong.reviewer, wrong.reason) == (Decision.REJECTED, "Bea", Fault.WRONG_SPAN)
    assert names(store) == ["kept", "kept"]
    assert list(store.verify()) == []
    # Back again, what was decided meanwhile comes along, and nothing is said twice.
    review.undo_verdict(store, moved, "Cy")
    read(store, tmp_path, BEFORE)
    assert claim(store, "ferry").id == ferry
    assert verdict(store, ferry) is None
    assert len(store.verdicts_of([engine])[engine]) == 1
    assert list(store.verify()) == []


def test_a_silent_edit_of_a_quotation_is_told(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, BEFORE)
    old = claim(store, "ferry")
    review.judge(store, old.id, Decision.CONFIRMED, "Ada")
    outcome = read(store, tmp_path, EDITED)
    assert outcome.edited == 1
    assert verdict(store, claim(store, "ferry").id) is None
    kept = verdict(store, old.id)
    assert kept is not None
    assert kept.decision is Decision.CONFIRMED
    (revision,) = revisions(store, store.revised(str(tmp_path / "a.txt")))
    assert names(store) == ["quotation edited", "kept"]
    assert not revision.noticed
    assert store.body(revision.older.id) == BEFORE
    read(store, tmp_path, EDITED + "\nCorrection: the day was wrong in an earlier version.\n")
    assert next(iter(revisions(store, store.revised()))).noticed


def test_a_verdict_on_a_relation_follows_both_its_claims(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, BEFORE)
    read(store, tmp_path, OTHER, "b.txt")
    (relation,) = store.relations()
    review.judge(store, relation.id, Decision.CONFIRMED, "Ada", "both on record")
    read(store, tmp_path, MOVED)
    (moved,) = store.relations()
    assert moved.id != relation.id
    assert moved.kind is relation.kind
    assert moved.verdict is not None
    assert moved.verdict.note == "both on record"


def test_extraction_anew_loses_no_verdict(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, BEFORE)
    ferry = claim(store, "ferry").id
    review.judge(store, ferry, Decision.CONFIRMED, "Ada")
    before = [c.id for c in store.claims()]
    key = claim(store, "ferry").article_id
    (done,) = extract_again(store, [key], read_settings(attribution="rules"))
    assert (done.result, done.error) == (Result.EXTRACTED, None)
    list(extract_again(store, [key], read_settings()))
    assert [c.id for c in store.claims()] == before
    assert verdict(store, ferry) is not None
    kinds = [event.kind for event in store.events()]
    assert kinds == ["article extracted", "article extracted", "verdict", "article added"]
    assert list(store.verify()) == []
