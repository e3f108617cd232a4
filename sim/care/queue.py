"""Hold everybody who waits in the queue of a station, with what is looked at every morning beside it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from sim.care.episode import Episodes
from sim.core.arrays import B, F, I


@dataclass(slots=True)
class Queue:
    """Episodes of all stations in order of arrival; none of this changes while they wait."""

    episode: I
    person: I
    station: I
    urgency: F
    due_days: F
    requested_days: F
    key: npt.NDArray[np.uint64]
    planning: B
    """Whether a discharge waits for it."""

    @classmethod
    def of(cls, episodes: Episodes, episode: I) -> Queue:
        """Look up what the queue holds about episodes."""
        e = episodes
        return cls(
            episode, e.person[episode], e.station[episode], e.urgency[episode],
            e.due_days[episode], e.requested_days[episode], e.key[episode], e.stay[episode] >= 0,
        )  # fmt: skip

    def take(self, at: I) -> Queue:
        """Return some of the queue, by position."""
        return Queue(*(getattr(self, name).take(at) for name in _COLUMNS))

    def joined(self, arrived: Queue) -> Queue:
        """Put those who arrive behind the others."""
        return Queue(*(np.concatenate((getattr(self, name), getattr(arrived, name))) for name in _COLUMNS))


_COLUMNS = tuple(field.name for field in fields(Queue))
