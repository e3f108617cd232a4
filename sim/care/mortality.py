"""Let people die and grow older: a cumulative hazard against each person's own threshold, once a week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.hospital_parameters import HospitalParameters
from sim.care.world import World
from sim.core.arrays import positions
from sim.core.parameter import read_group
from sim.core.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class MortalityParameters:
    """Parameters of group `mortality`."""

    hazard_at_80_per_year: float
    doubling_years: float
    male_factor: float
    frailty_base: float
    frailty_slope: float
    special_housing_factor: float


class Mortality:
    """Deaths, ageing and healing. Where somebody is cared for does not matter by itself: trials are near null."""

    def __init__(self, world: World, ageing_frailty_per_year: float) -> None:
        self._w = world
        self._p = p = read_group(MortalityParameters, "mortality", world.register)
        healing = read_group(HospitalParameters, "hospital", world.register).frailty_healing_days
        self._healed_per_week = 1.0 - float(np.exp(-7 / healing))
        person = np.arange(len(world.population))
        self._left = world.luck.exponential(Purpose.DEATH, person)
        age = world.population.age_years
        hazard = p.hazard_at_80_per_year * 2.0 ** ((age - 80) / p.doubling_years)
        hazard *= np.where(world.population.female, 1.0, p.male_factor)
        self._weekly = hazard * 7 / 365
        luck = world.luck.uniform(Purpose.AGEING, person)
        # Some age faster than others: between nothing and twice the mean.
        self._ageing = np.where(age >= 65, 2.0 * luck * ageing_frailty_per_year * 7 / 365, 0.0)

    def week(self, day: int) -> npt.NDArray[np.int64]:
        """Let a week pass; returns those who die within it, each at a moment of the coming day."""
        w, p = self._w, self._p
        healed = w.frailty_lost * self._healed_per_week
        w.frailty_lost -= healed
        w.frailty += self._ageing - healed
        np.clip(w.frailty, 0.0, 0.95, out=w.frailty)
        factor = p.frailty_base + p.frailty_slope * w.frailty
        factor *= np.where(w.special_housing, p.special_housing_factor, 1.0)
        self._left -= self._weekly * factor
        return positions((self._left <= 0) & w.alive)
