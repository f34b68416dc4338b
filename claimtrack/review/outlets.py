"""Outlets that are one: another name, a second domain, an edition."""

from __future__ import annotations

from claimtrack.errors import UsageError
from claimtrack.review.changes import Change, Rejudge, Ruler, leave
from claimtrack.store import Store
from claimtrack.store.views import DecisionKind


def merge_outlets(
    store: Store, a: str, b: str, reviewer: str, note: str = "", rejudge: Rejudge = leave
) -> Change:
    """List the articles of outlet A, those to come too, under outlet B; articles keep their keys.

    `a` and `b` are names or keys.  Raises NotFoundError for an unknown one, UsageError for one twice.
    """
    with store.transaction():
        gone, kept = store.find_outlet(a), store.find_outlet(b)
        if gone == kept:
            raise UsageError(f"{a!r} and {b!r} are one outlet", "Name two that `claimtrack outlets` lists")
        payload = {"outlet": kept, "merged": gone}
        return Ruler(store, reviewer, note, rejudge).decide(DecisionKind.MERGE_OUTLETS, payload, (kept, gone))
