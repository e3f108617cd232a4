"""Each booking is taken out on the day it is due, once, in the order in which it was made."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.care.diary import Diary
from sim.care.episode import Episodes

DAYS = 40
bookings = st.lists(st.tuples(st.integers(0, DAYS - 1), st.floats(-1.0, 30.0)), max_size=60)
"""Day on which each is made, and days from then until it is due."""


@given(bookings, st.sets(st.integers(0, DAYS - 1)))
def test_the_diary_gives_what_a_look_at_all_bookings_would_give(made, opened) -> None:
    """Whether and when it is opened for changes in between makes no difference."""
    episodes = Episodes(len(made))
    diary = Diary(episodes)
    waiting: list[int] = []
    for day in range(DAYS):
        booked = [i for i, (on, _) in enumerate(made) if on == day]
        episodes.due_days[booked] = [day + made[i][1] for i in booked]
        waiting += booked
        new = np.array(booked, np.int64)
        if day in opened:
            assert diary.opened(new).tolist() == waiting
            new = new[:0]
        due = [i for i in waiting if episodes.due_days[i] < day + 1]
        assert diary.take(new, day).tolist() == due
        waiting = [i for i in waiting if i not in due]


def test_what_is_brought_forward_while_the_diary_is_open_comes_sooner() -> None:
    episodes = Episodes(2)
    diary = Diary(episodes)
    episodes.due_days[:2] = 20.5, 30.5
    assert len(diary.take(np.array([0, 1]), 0)) == 0
    assert diary.opened(np.zeros(0, np.int64)).tolist() == [0, 1]
    episodes.due_days[1] = 1.5
    assert diary.take(np.zeros(0, np.int64), 1).tolist() == [1]
    assert diary.take(np.zeros(0, np.int64), 20).tolist() == [0]
