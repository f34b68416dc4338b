"""What people decide: a verb is one transaction, one entry in the log, and can be taken back."""

from claimtrack.review.changes import Change, Move, Rejudge
from claimtrack.review.names import add_alias, remove_alias, rename_speaker
from claimtrack.review.outlets import merge_outlets
from claimtrack.review.speakers import mark_distinct, merge_speakers, split_speaker
from claimtrack.review.undoing import undo
from claimtrack.review.verdicts import judge, undo_verdict

__all__ = [
    "Change",
    "Move",
    "Rejudge",
    "add_alias",
    "judge",
    "mark_distinct",
    "merge_outlets",
    "merge_speakers",
    "remove_alias",
    "rename_speaker",
    "split_speaker",
    "undo",
    "undo_verdict",
]
