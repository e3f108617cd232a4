"""Book minutes outside contacts: they are logged, and they load the same staff time as contacts."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import F, I
from sim.core.log import Log
from sim.core.vocabulary import WorkCause, WorkKind


class WorkBook:
    """Minutes per station that wait to be put on the staff's time at the next session."""

    __slots__ = ("_log", "waiting_minutes")

    def __init__(self, stations: int, log: Log) -> None:
        self._log = log
        self.waiting_minutes = np.zeros(stations)

    def add(self, time_days: F | float, station: I, person: I, kind: WorkKind, cause: WorkCause, minutes: F) -> None:
        """Log work of many stations and people, and let it wait for the stations' next sessions."""
        if not len(station):
            return
        self._log.work.block(time_days, station, person, kind, cause, minutes)
        self.waiting_minutes += np.bincount(station, minutes, minlength=len(self.waiting_minutes))

    def add_one(
        self, time_days: float, station: int, person: int, kind: WorkKind, cause: WorkCause, minutes: float
    ) -> None:
        """Log one piece of work; person -1 = nobody in particular."""
        if minutes > 0:
            self._log.work.row(time_days, station, person, kind, cause, minutes)
            self.waiting_minutes[station] += minutes

    def load(self, station: int, minutes: float) -> None:
        """Load a station with minutes that are logged elsewhere, as roster visits and acute contacts are."""
        self.waiting_minutes[station] += minutes

    def take(self, station: int) -> float:
        """Return and clear what waits for a station."""
        minutes = float(self.waiting_minutes[station])
        if minutes:
            self.waiting_minutes[station] = 0.0
        return minutes
