"""Say who has special housing, home help and home nursing when the run begins: those who need them most."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from sim.config.place import Place
from sim.core.arrays import B, F
from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.population.parameters import PopulationParameters


def care_load(p: PopulationParameters, frailty: F, cognitive: B, rank: F) -> F:
    """Return the score by which services go to those who need them most, with some luck."""
    return np.asarray(frailty + p.care_load_cognitive * cognitive + p.care_load_luck * rank)


def special_housing_at_start(
    p: PopulationParameters,
    place: Place,
    share: float,
    municipality: npt.NDArray[np.int16],
    age: F,
    frailty: F,
    cognitive: B,
    rank: F,
) -> B:
    """Fill the places of special housing in each municipality with those who need them most."""
    score = np.where(age >= 65, care_load(p, frailty, cognitive, rank), -1.0)
    lives = np.zeros(len(age), bool)
    for m, home in enumerate(place.municipalities):
        places = sum(
            unit.places.value for unit in place.units
            if unit.kind == "special_housing" and unit.municipality == home.id and unit.places
        )  # fmt: skip
        mine = np.flatnonzero(municipality == m)
        count = min(round(places * share), int((score[mine] > 0).sum()))
        lives[mine[np.argsort(-score[mine], kind="stable")[:count]]] = True
    return lives


def home_help_at_start(
    p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64],
    age: F, frailty: F, cognitive: B, rank: F, special_housing: B, weight: F,
) -> F:  # fmt: skip
    """Grant home help to the next in line; visits per day, 0 = none. `weight` as in `next_in_line`."""
    score = np.where((age >= 65) & ~special_housing, care_load(p, frailty, cognitive, 2.0 * rank), -1.0)
    chosen = next_in_line(score, weight, p.home_help_share_65plus * float(weight[age >= 65].sum()))
    return np.where(chosen, granted_visits(p, luck, person), 0.0)


def granted_visits(p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64]) -> F:
    """Return home-help visits per day a person gets once granted."""
    z = ndtri(luck.uniform(Purpose.HOME_HELP_VISITS, person))
    s = p.home_help_visits_log_sd
    return np.asarray(np.clip(p.home_help_visits_mean * np.exp(s * z - s * s / 2), 0.2, 8.0))


def home_nursing_at_start(
    p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64],
    age: F, frailty: F, home_help: F, special_housing: B, weight: F,
) -> F:  # fmt: skip
    """Enrol the frail at home in home nursing; visits per day, 0 = none. `weight` as in `next_in_line`."""
    u, v = luck.uniform_pair(Purpose.HOME_NURSING, person)
    score = np.where((age >= 65) & ~special_housing, frailty + 0.25 * (home_help > 0) + 0.2 * u, -1.0)
    chosen = next_in_line(score, weight, p.home_nursing_share_65plus * float(weight[age >= 65].sum()))
    s = p.home_nursing_visits_log_sd
    visits = np.clip(p.home_nursing_visits_mean * np.exp(s * ndtri(v) - s * s / 2), 0.02, 3.0)
    return np.where(chosen, visits, 0.0)


def next_in_line(score: F, weight: F, wanted: float) -> B:
    """Choose those with the highest scores until their weights come to `wanted`, rounded.

    A weight says how many people of today's place a person stands for: 1 for everybody, or less in a place where
    their age has grown. So services reach the same need as today, and more people where more have it.
    """
    order = np.argsort(-score, kind="stable")
    chosen = np.zeros(len(score), bool)
    chosen[order[np.cumsum(weight[order]) <= round(wanted) + _ROUNDING]] = True
    return chosen


_ROUNDING = 1e-6
"""Sums of weights such as 1/1.4 miss whole numbers by less than this."""
