"""Measure how long people are there to be counted: lifetimes cut to the window."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.outcomes.outcome import Values


def death_days(observation: Observation) -> Values:
    """Return the moment of death per person; infinity for those who live past the run."""
    moments = np.full(len(observation.people), np.inf)
    deaths = observation.tables["deaths"]
    moments[deaths["person"]] = deaths["time_days"]
    return moments


def alive_at_start(observation: Observation) -> npt.NDArray[np.bool_]:
    """Return who is alive when the window opens."""
    return death_days(observation) > observation.start_days


def alive_days(observation: Observation) -> Values:
    """Return days lived inside the window per person."""
    lived_until = np.clip(death_days(observation), observation.start_days, observation.end_days)
    return lived_until - observation.start_days


def person_years(observation: Observation) -> Values:
    """Return years (of 365 days) lived inside the window per person."""
    return alive_days(observation) / DAYS_PER_YEAR


def starter_years(observation: Observation) -> Values:
    """Return the length of the window in years for everybody alive at its start, whether or not they die."""
    return np.where(alive_at_start(observation), observation.years, 0.0)


def slices(observation: Observation, length_days: float) -> list[tuple[float, float]]:
    """Return the complete slices of the window of this length, from its start."""
    count = int((observation.end_days - observation.start_days) / length_days + 1e-9)
    starts = [observation.start_days + i * length_days for i in range(count)]
    return [(start, start + length_days) for start in starts]
