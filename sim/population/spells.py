"""Let people move between calm and unstable spells; timing shifts, level does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.core.arrays import F
from sim.core.luck import Luck
from sim.core.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellClock:
    """Operational time of people: it runs fast in unstable spells and slowly in calm ones, on average at 1.

    Both arrays have shape (people, switches + 1); row by row increasing.
    """

    calendar_days: F
    operational_days: F

    @property
    def total_operational_days(self) -> F:
        """Operational time at the horizon, one value per person."""
        return np.asarray(self.operational_days[:, -1])

    def to_calendar(self, row: npt.NDArray[np.int64], operational: F) -> F:
        """Turn operational times of the people in `row` into calendar days."""
        # Switch by switch and one column at a time: the rows are many, the switches few.
        segment = np.zeros(len(row), np.int64)
        for k in range(1, self.operational_days.shape[1] - 1):
            segment += operational > self.operational_days[:, k].take(row)
        at = row * self.operational_days.shape[1] + segment
        start, end = self.operational_days.take(at), self.operational_days.take(at + 1)
        left, right = self.calendar_days.take(at), self.calendar_days.take(at + 1)
        share = (operational - start) / np.maximum(end - start, 1e-12)
        return np.asarray(left + share * (right - left))


def spell_clock(
    luck: Luck, person: npt.NDArray[np.int64], horizon_days: float,
    calm_days: float, unstable_days: float, multiplier: float,
) -> SpellClock:  # fmt: skip
    """Draw alternating exponential spells for each person, stationary at day 0, until the horizon."""
    share_unstable = unstable_days / (calm_days + unstable_days)
    calm_speed = 1.0 / (1.0 + share_unstable * (multiplier - 1.0))
    unstable_now = luck.uniform(Purpose.SPELL, person) < share_unstable
    # Enough switches that hardly anybody runs out: mean count plus a wide margin.
    switches = int(np.ceil(2.2 * horizon_days / (calm_days + unstable_days))) + 6
    shape = (len(person), switches + 2)
    day, operational = np.zeros(shape), np.zeros(shape)
    state = unstable_now.copy()
    for k in range(1, switches + 2):
        length = luck.exponential(Purpose.SPELL, person, k) * np.where(state, unstable_days, calm_days)
        if k == switches + 1:
            length = np.full(len(person), horizon_days)
        day[:, k] = np.minimum(day[:, k - 1] + length, horizon_days)
        speed = np.where(state, multiplier * calm_speed, calm_speed)
        operational[:, k] = operational[:, k - 1] + (day[:, k] - day[:, k - 1]) * speed
        state = ~state
    return SpellClock(calendar_days=day, operational_days=operational)
