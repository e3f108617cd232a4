"""Keep all episodes: what happens from a need until it is met, given up, or the person dies."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.members import at_hand


@at_hand
class State(IntEnum):
    """Where an episode stands."""

    ON_ITS_WAY = 0
    """In the gap, or booked for a later day."""
    QUEUED = 1
    """Waiting for the next free staff of its station."""
    LOST = 2
    """Nobody acts until somebody finds it."""
    CLOSED = 3
    OWN_CARE = 4
    """The person deals with it; nobody is asked unless it turns acute."""


# Whole numbers that serve as positions have 64 bits, or numpy would widen them at every look-up.
_COLUMNS: dict[str, str] = {
    "person": "i8",
    "kind": "i8",
    "severity": "f4",
    "key": "u8",
    "born_days": "f8",
    "latest_days": "f8",
    "state": "i1",
    "steps_left": "u2",
    "step": "i8",
    "tries": "i8",
    "moves": "i8",
    "station": "i8",
    "from_station": "i8",
    "requested_days": "f8",
    "due_days": "f8",
    "urgency": "f4",
    "carried": "f4",
    "distance": "i1",
    "turn_days": "f8",
    "turns": "i1",
    "stay": "i4",
}


class Episodes:
    """Columns of all episodes of a run; grows by doubling."""

    person: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    severity: npt.NDArray[np.float32]
    key: npt.NDArray[np.uint64]
    born_days: npt.NDArray[np.float64]
    latest_days: npt.NDArray[np.float64]
    """Latest moment at which something happened to it; a day's sessions are worked through in the morning."""
    state: npt.NDArray[np.int8]
    steps_left: npt.NDArray[np.uint16]
    """Bits of the pathway's steps still to come."""
    step: npt.NDArray[np.int64]
    tries: npt.NDArray[np.int64]
    moves: npt.NDArray[np.int64]
    """Hand-overs so far: the counter of the episode's luck in the gap."""
    station: npt.NDArray[np.int64]
    from_station: npt.NDArray[np.int64]
    requested_days: npt.NDArray[np.float64]
    due_days: npt.NDArray[np.float64]
    urgency: npt.NDArray[np.float32]
    carried: npt.NDArray[np.float32]
    distance: npt.NDArray[np.int8]
    turn_days: npt.NDArray[np.float64]
    """When the need turns acute if it is still unmet."""
    turns: npt.NDArray[np.int8]
    """How often it has turned acute."""
    stay: npt.NDArray[np.int32]
    """Hospital stay whose discharge waits for this episode; -1 = none."""

    def __init__(self, capacity: int) -> None:
        self.count = 0
        self._capacity = max(capacity, 1024)
        for name, dtype in _COLUMNS.items():
            setattr(self, name, np.zeros(self._capacity, dtype))

    def add(self, count: int, **columns: Any) -> npt.NDArray[np.int64]:
        """Append episodes with the given columns (the rest zero) and return their indices."""
        start, end = self.count, self.count + count
        if end > self._capacity:
            self._capacity = max(end, int(self._capacity * 1.6))
            for name in _COLUMNS:
                old = getattr(self, name)
                new = np.zeros(self._capacity, old.dtype)
                new[:start] = old[:start]
                setattr(self, name, new)
        for name, values in columns.items():
            getattr(self, name)[start:end] = values
        self.count = end
        return np.arange(start, end)
