"""Keep what is booked for later, so that each morning only what is due soon is looked at."""

from __future__ import annotations

import numpy as np

from sim.care.episode import Episodes
from sim.core.arrays import F, I, positions

_SOON_DAYS = 7


class Diary:
    """Bookings in the order in which they were made; each is taken out on the day it is due."""

    def __init__(self, episodes: Episodes) -> None:
        self._episodes = episodes
        self._all: list[I] = [np.zeros(0, np.int64)]
        self._due_days: list[F] = []
        """One array for each of `_all`: when they were due as they were laid in."""
        self._soon: I | None = None
        """Those due before `_soon_until`, in the same order; None = the diary has been opened for changes."""
        self._soon_due_days: F = np.zeros(0)
        self._soon_until = 0
        self._taken_until = 0

    def opened(self, booked: I) -> I:
        """Lay in new bookings and return all that are left; their due days may be changed until the next `take`."""
        if self._soon is not None:
            left = np.concatenate(self._due_days) >= self._taken_until
            self._all = [np.concatenate(self._all)[left]]
            self._soon = None
        self._all = [np.concatenate((*self._all, booked))]
        return self._all[0]

    def take(self, booked: I, day: int) -> I:
        """Lay in new bookings and take out all that are due today or before."""
        due_days = self._episodes.due_days
        if self._soon is None or day >= self._soon_until:
            soon = self.opened(booked)
            due = due_days[soon]
            self._due_days = [due]
            self._soon_until = day + _SOON_DAYS
        else:
            due = due_days[booked]
            self._all.append(booked)
            self._due_days.append(due)
            soon, due = np.concatenate((self._soon, booked)), np.concatenate((self._soon_due_days, due))
        today = due < day + 1
        later = positions(~today & (due < self._soon_until))
        self._soon, self._soon_due_days = soon[later], due[later]
        self._taken_until = day + 1
        return soon[today]
