"""What people call a speaker: names that are shown, names that lead to it, and names taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from claimtrack import review
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.records import Speaker, SpeakerKind, digest
from claimtrack.store import Store
from tests.review.conftest import ADA, WHO, put_all
from tests.store.build import MAYOR, RIVAL

Counts = Callable[[], dict[str, int]]
START = {"Ada Quill": 2, "Bo Quill": 2, "A. Quill": 1, "Harbour Council": 1}


def bare(article: int, name: str = "Quill") -> Speaker:
    """Somebody known in one article only, by a bare name."""
    return Speaker("s" + digest(name, str(article))[:12], name, SpeakerKind.PERSON)


def test_renaming_changes_what_is_shown_and_nothing_else(archive: Store, counts: Counts) -> None:
    review.rename_speaker(archive, "Ada Quill", "  Ada M.  Quill ", WHO)
    assert counts() == {"Ada M. Quill": 2, "Bo Quill": 2, "A. Quill": 1, "Harbour Council": 1}
    assert {claim.speaker for claim in archive.claims(speaker="ada m. quill")} == {"Ada M. Quill"}
    assert archive.find_speaker("Ada Quill").id == MAYOR.key
    assert set(archive.find_speaker("Ada M. Quill").aliases) == {"Ada Quill", "Mayor Quill"}
    put_all(archive, 4, MAYOR)
    assert counts()["Ada M. Quill"] == 3
    with archive.transaction():
        archive.put_speaker(replace(MAYOR, aliases=(*MAYOR.aliases, "Her Honour")), ())
    assert counts()["Ada M. Quill"] == 3
    review.rename_speaker(archive, "Ada Quill", "Mayor Ada Quill", WHO)
    assert archive.find_speaker("Mayor Ada Quil").id == MAYOR.key
    with pytest.raises(NotFoundError):
        archive.find_speaker("Ada M. Quilla")
    review.undo(archive, None, WHO)
    review.undo(archive, None, WHO)
    assert counts() == START | {"Ada Quill": 3}
    assert list(archive.verify()) == []


def test_the_kept_speakers_name_stays_when_two_renamed_ones_merge(archive: Store, counts: Counts) -> None:
    review.rename_speaker(archive, "A. Quill", "Ada the clerk", WHO)
    review.rename_speaker(archive, "Ada Quill", "Ada the mayor", WHO)
    review.merge_speakers(archive, "Ada the clerk", "Ada the mayor", WHO)
    assert counts()["Ada the mayor"] == 3
    assert {"Ada the clerk", "A. Quill", "Ada Quill"} <= set(archive.find_speaker("Ada the clerk").aliases)
    review.undo(archive, None, WHO)
    assert counts()["Ada the clerk"] == 1


def test_an_added_name_leads_there_before_and_after(archive: Store, counts: Counts) -> None:
    put_all(archive, 5, bare(5))
    change = review.add_alias(archive, "Ada Quill", "quill", WHO)
    assert [(move.now, move.claims) for move in change.moves] == [(MAYOR.key, 1)]
    put_all(archive, 6, bare(6), RIVAL)
    assert counts() == START | {"Ada Quill": 4, "Bo Quill": 3}
    assert archive.find_speaker("Quill").id == MAYOR.key
    with pytest.raises(UsageError, match=rf"given to {MAYOR.key} already.*undo {change.decision.id}"):
        review.add_alias(archive, "Bo Quill", "Quill", WHO)
    review.undo(archive, change.decision.id, WHO)
    assert archive.find_speaker(bare(5).key).claims == 1
    assert counts()["Ada Quill"] == 2
    assert list(archive.verify()) == []


def test_an_added_name_goes_before_linking_and_leaves_the_group_alone(archive: Store, counts: Counts) -> None:
    put_all(archive, 5, bare(5))
    lead(archive, bare(5), RIVAL)
    assert counts() == START | {"Bo Quill": 3}
    review.add_alias(archive, "Ada Quill", "Quill", WHO)
    assert counts() == START | {"Ada Quill": 3}
    put_all(archive, 6, bare(6))
    lead(archive, bare(6), RIVAL)
    assert counts() == START | {"Ada Quill": 4}
    review.undo(archive, None, WHO)
    assert counts() == START | {"Bo Quill": 4}
    assert list(archive.verify()) == []


def test_a_removed_name_is_not_listed_and_links_nobody(archive: Store, counts: Counts) -> None:
    put_all(archive, 5, bare(5))
    lead(archive, bare(5), MAYOR)
    assert set(archive.find_speaker("Ada Quill").aliases) == {"Mayor Quill", "Quill"}
    review.remove_alias(archive, "Ada Quill", "quill", WHO)
    assert archive.find_speaker("Ada Quill").aliases == ("Mayor Quill",)
    assert counts() == START | {"Quill": 1}
    put_all(archive, 6, bare(6))
    lead(archive, bare(6), MAYOR)
    assert archive.find_speaker(bare(6).key).id == bare(6).key
    review.remove_alias(archive, "Ada Quill", "Mayor Quill", WHO)
    assert archive.find_speaker("Ada Quill").aliases == ()
    review.undo(archive, None, WHO)
    review.undo(archive, None, WHO)
    assert counts() == START | {"Ada Quill": 4}
    assert list(archive.verify()) == []


def test_a_name_given_and_taken_and_given_to_another(archive: Store, counts: Counts) -> None:
    put_all(archive, 5, bare(5, "The Clerk"))
    given = review.add_alias(archive, "Ada Quill", "The Clerk", WHO)
    review.remove_alias(archive, "Ada Quill", "the clerk", WHO)
    assert counts() == START | {"The Clerk": 1}
    review.add_alias(archive, "Bo Quill", "The Clerk", WHO)
    assert counts() == START | {"Bo Quill": 3}
    review.undo(archive, given.decision.id, WHO)
    assert counts() == START | {"Bo Quill": 3}
    assert archive.find_speaker("the clerk").id == RIVAL.key
    assert list(archive.verify()) == []


def test_what_cannot_be_a_name(archive: Store) -> None:
    with pytest.raises(UsageError, match="called 'Ada Quill' already"):
        review.rename_speaker(archive, "Ada Quill", "Ada Quill", WHO)
    with pytest.raises(UsageError, match=f"claimtrack speakers merge {MAYOR.key} {RIVAL.key}"):
        review.rename_speaker(archive, "Ada Quill", "bo quill", WHO)
    with pytest.raises(UsageError, match="called 'ada quill' already"):
        review.add_alias(archive, "Ada Quill", "ada quill", WHO)
    with pytest.raises(UsageError, match="speakers rename"):
        review.remove_alias(archive, "Ada Quill", "Ada Quill", WHO)
    with pytest.raises(NotFoundError, match=r"does not go by 'Kim'.*Mayor Quill"):
        review.remove_alias(archive, "Ada Quill", "Kim", WHO)
    assert list(archive.decisions()) == []


def lead(store: Store, follower: Speaker, leader: Speaker) -> None:
    """Say, as linking does, that one persona is safely the other."""
    with store.transaction():
        store.refresh_speakers(store.set_leaders({follower.key: (leader.key, "by last name")}))


def test_a_leader_that_changes_takes_merges_and_names_along(archive: Store, counts: Counts) -> None:
    lead(archive, ADA, MAYOR)
    review.rename_speaker(archive, "Ada Quill", "Ada the mayor", WHO)
    review.merge_speakers(archive, "Bo Quill", "A. Quill", WHO)
    assert counts() == {"Ada the mayor": 5, "Harbour Council": 1}
    with archive.transaction():
        archive.refresh_speakers(
            archive.set_leaders({ADA.key: (None, ""), MAYOR.key: (ADA.key, "fuller name")})
        )
    assert counts() == {"Ada the mayor": 5, "Harbour Council": 1}
    assert list(archive.verify()) == []


def test_what_was_decided_before_a_leader_was_found_can_be_undone_after(
    archive: Store, counts: Counts
) -> None:
    renamed = review.rename_speaker(archive, "A. Quill", "The Clerk", WHO)
    lead(archive, ADA, MAYOR)
    assert counts() == {"The Clerk": 3, "Bo Quill": 2, "Harbour Council": 1}
    review.undo(archive, renamed.decision.id, WHO)
    assert counts() == {"Ada Quill": 3, "Bo Quill": 2, "Harbour Council": 1}
    assert list(archive.verify()) == []


def test_a_merge_of_two_who_were_linked_since_can_be_undone(archive: Store, counts: Counts) -> None:
    put_all(archive, 5, bare(5))
    merged = review.merge_speakers(archive, "A. Quill", bare(5).key, WHO)
    lead(archive, ADA, MAYOR)
    lead(archive, bare(5), RIVAL)
    assert counts() == {"Bo Quill": 6, "Harbour Council": 1}
    review.undo(archive, merged.decision.id, WHO)
    assert counts() == {"Ada Quill": 3, "Bo Quill": 3, "Harbour Council": 1}
    assert list(archive.verify()) == []


@pytest.mark.parametrize("slip", ["Ada Quil", "ada q", "Bo Qill"])
def test_no_decision_is_taken_on_a_guess(archive: Store, slip: str) -> None:
    verbs: dict[str, Callable[[], object]] = {
        "merge": lambda: review.merge_speakers(archive, slip, "Harbour Council", WHO, force=True),
        "merge into": lambda: review.merge_speakers(archive, "Harbour Council", slip, WHO, force=True),
        "split": lambda: review.split_speaker(archive, slip, ["c000"], WHO, name="Somebody"),
        "distinct": lambda: review.mark_distinct(archive, slip, "Harbour Council", WHO),
        "rename": lambda: review.rename_speaker(archive, slip, "The Mayor", WHO),
        "alias add": lambda: review.add_alias(archive, slip, "The Mayor", WHO),
        "alias remove": lambda: review.remove_alias(archive, slip, "Mayor Quill", WHO),
    }
    assert archive.find_speaker(slip).name in {"Ada Quill", "Bo Quill"}  # reading may guess
    for verb in verbs.values():
        with pytest.raises(NotFoundError, match=r"No speaker is called .*Did you mean .* Quill \(s"):
            verb()
    assert list(archive.decisions()) == []


def test_claims_are_not_split_off_to_a_guess(archive: Store) -> None:
    mine = next(claim.id for claim in archive.claims(speaker="Ada Quill"))
    with pytest.raises(NotFoundError, match=r"Did you mean .*Harbour Council"):
        review.split_speaker(archive, "Ada Quill", [mine], WHO, to="Harbor Council")
    assert list(archive.decisions()) == []
