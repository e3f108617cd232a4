"""Read the monthly health snapshots as states that last until the next snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.log import Columns
from sim.core.observation import Observation
from sim.outcomes.exposure import death_days
from sim.outcomes.outcome import Values


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Snapshot rows that matter for the window, each with the days for which it holds."""

    person: npt.NDArray[Any]
    days: Values
    begin: Values
    columns: Columns

    def total(self, observation: Observation, column: str) -> Values:
        """Return the column's integral over days per person."""
        return observation.per_person(self.person, self.columns[column] * self.days)


def snapshots(observation: Observation) -> Snapshots:
    """Return the states that hold inside the window, cut to window and death.

    A snapshot shows everybody alive at its moment and holds until the next one; the first of the run also
    holds for the time before it.
    """
    health = observation.tables["health"]
    time = health["time_days"]
    first_row = np.flatnonzero(np.diff(time, prepend=-np.inf) > 0)
    moments = time[first_row]
    if not len(moments):
        return Snapshots(health["person"], np.zeros(0), np.zeros(0), health)
    begins = np.concatenate(([-np.inf], moments[1:]))
    ends = np.concatenate((moments[1:], [np.inf]))
    low = int(np.searchsorted(ends, observation.start_days, side="right"))
    high = int(np.searchsorted(begins, observation.end_days, side="left"))
    bounds = np.append(first_row, len(time))
    rows = slice(int(bounds[low]), int(bounds[high]))
    counts = np.diff(bounds)[low:high]
    begin = np.repeat(np.maximum(begins[low:high], observation.start_days), counts)
    end = np.repeat(np.minimum(ends[low:high], observation.end_days), counts)
    person = health["person"][rows]
    days = np.maximum(np.minimum(end, death_days(observation)[person]) - begin, 0.0)
    return Snapshots(person, days, begin, {name: values[rows] for name, values in health.items()})
