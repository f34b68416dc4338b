from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import JUDGED, Decision
from claimtrack.reports.evaluation import Precision, wilson


def test_the_interval_is_wilsons() -> None:
    # 8 of 10 right: 0.490 to 0.943 (Newcombe 1998 gives the method's worked figures)
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert wilson(0, 10) == pytest.approx((0.0, 0.278), abs=0.001)
    assert wilson(0, 0) is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share(right: int, wrong: int) -> None:
    found = Precision("all", "all", right, wrong, 0)
    if not right + wrong:
        assert found.precision is found.interval is None
        return
    assert found.interval is not None
    low, high = found.interval
    assert 0 <= low <= right / (right + wrong) + 1e-9
    assert right / (right + wrong) - 1e-9 <= high <= 1


def test_decisions_are_counted_in_the_order_of_their_columns() -> None:
    assert list(JUDGED) == [Decision.CONFIRMED, Decision.REJECTED, Decision.UNSURE]
