"""What people decide about speakers and outlets: a verb is one transaction, one log entry, and undoable."""

from claimtrack.review.changes import Change, Move, Rejudge
from claimtrack.review.names import add_alias, remove_alias, rename_speaker
from claimtrack.review.outlets import merge_outlets
from claimtrack.review.speakers import mark_distinct, merge_speakers, split_speaker
from claimtrack.review.undoing import undo

__all__ = [
    "Change",
    "Move",
    "Rejudge",
    "add_alias",
    "mark_distinct",
    "merge_outlets",
    "merge_speakers",
    "remove_alias",
    "rename_speaker",
    "split_speaker",
    "undo",
]
