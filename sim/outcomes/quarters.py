"""Cut the window of a run into quarters, so that outcomes can be followed over time."""

from __future__ import annotations

from dataclasses import replace

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.outcomes.exposure import slices

QUARTER_DAYS = DAYS_PER_YEAR / 4
GROUPINGS = {"quarter": ("all", "all"), "quarter_complex_needs": ("complex_needs", "yes")}
"""What quarters are called in tables (`group_by`), and the group of people each is about."""


def quarters(observation: Observation) -> list[Observation]:
    """Return the complete quarters of the window as observations; none if there is but one."""
    found = slices(observation, QUARTER_DAYS)
    if len(found) < 2:
        return []
    return [replace(observation, start_days=start, end_days=end) for start, end in found]
