"""Hold the calling order against a plain sort by all its keys."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.care.calling_order import calling_order

DAY = 5
Request = tuple[int, float, float, int]
request = st.tuples(
    st.integers(0, 3),
    st.sampled_from([-0.1, 0.3, 0.55, 0.9, 1.0]),
    st.sampled_from([1.5, 4.25, DAY + 0.3, DAY + 0.4, DAY + 0.9]),
    st.integers(0, 2**64 - 1),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(request, max_size=40, unique_by=lambda one: one[3]))
def test_stations_then_moments_then_urgency_then_due_time(requests: list[Request]) -> None:
    opens = {0: 0.0, 1: 0.3, 2: 1 / 3, 3: 0.5}
    columns = list(zip(*requests, strict=True)) or [(), (), (), ()]
    station = np.array(columns[0], np.int64)
    opens_days = np.array([DAY + opens[s] for s in columns[0]])
    order = calling_order(
        station, np.array(columns[1], np.float32), np.array(columns[2], np.float64), opens_days,
        np.array(columns[3], np.uint64), DAY,
    )  # fmt: skip
    expected = sorted(
        range(len(requests)),
        key=lambda i: (
            requests[i][0],
            max(requests[i][2], DAY + opens[requests[i][0]]),
            -requests[i][1],
            requests[i][2],
            requests[i][3],
        ),
    )
    assert order.tolist() == expected
