"""Judge mixes: what each aim gains beside today's care, what a mix takes to run, and what that weighs together.

The gain of an aim is the mean over its outcomes of the change for the better, in per cent of today's level. So outcomes
in different units can be added, and a gain means the same whichever other mixes are tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.allocation_capacity import Added
from sim.batch.matrix import Matrix
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BASELINE = "baseline"
COST, HOURS = "means_cost_sek", "means_hours"
"""Outcomes that say what means take."""
_HOURS_PER = 1000.0
_WITH_CAPACITY = ("cost_sek", "cash_cost_sek")
"""Outcomes in SEK per person-year to which the price of added staff and places is added."""
PER_CENT = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One aim: what stands for it and how much it weighs."""

    id: str
    weight: float
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a mix may take to run, a year in the whole place; None = no limit."""

    sek: float | None = None
    hours: float | None = None

    def over(self, sek: F64, hours: F64) -> F64:
        """Return how far mixes are over each limit, as a share of it; shape (limits, mixes), 0 or less = within."""
        pairs = ((self.sek, sek), (self.hours, hours))
        found = [used / limit - 1.0 if limit else used for limit, used in pairs if limit is not None]
        return np.array(found, np.float64).reshape(len(found), len(sek))

    def allows(self, sek: F64, hours: F64) -> Bools:
        """Tell which mixes are within all limits."""
        return np.asarray((self.over(sek, hours) <= 0.0).all(axis=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What runs say of mixes, run by run."""

    ids: tuple[str, ...]
    gains: F64
    """Shape (mixes, replications, aims), % of today's level, more is better; NaN where there is no value."""
    sek: F64
    """What a mix takes to run, SEK a year in the whole place; shape (mixes, replications)."""
    hours: F64
    """Staff hours it takes, a year in the whole place."""
    weights: F64

    @property
    def scores(self) -> F64:
        """Weighted mean of the gains; shape (mixes, replications)."""
        counted = self.weights > 0.0
        return np.asarray(self.gains[:, :, counted] @ self.weights[counted] / self.weights.sum())

    @property
    def objectives(self) -> F64:
        """Mean gains of the aims that weigh anything; shape (mixes, aims)."""
        return np.asarray(self.gains[:, :, self.weights > 0.0].mean(axis=1))


def joined(parts: Sequence[Judged]) -> Judged:
    """Return mixes that were judged one after another, on the same replications, as one."""
    return Judged(
        ids=tuple(name for part in parts for name in part.ids),
        gains=np.concatenate([part.gains for part in parts]),
        sek=np.concatenate([part.sek for part in parts]),
        hours=np.concatenate([part.hours for part in parts]),
        weights=parts[0].weights,
    )


def judge(
    runs: Matrix, ids: Sequence[str], aims: Sequence[Aim], added: Mapping[str, Added], inhabitants: float
) -> Judged:
    """Judge the mixes named by their runs beside those of the baseline with the same number.

    `runs` holds everybody's outcomes (group_by = all) of the same replications of all. `added` is what staff and places
    cost that a mix adds, `inhabitants` the people of the whole place.
    Raises ValueError for an outcome that has no value, or a level of zero to compare with.
    """
    today = runs.of(BASELINE)
    sek = np.array([added[name].sek for name in ids]) / inhabitants
    gains = np.stack([_gains(runs, today, ids, aim, sek) for aim in aims], axis=2)
    means_sek, means_hours = (_values(runs, ids, name) for name in (COST, HOURS))
    return Judged(
        ids=tuple(ids),
        gains=gains,
        sek=means_sek * inhabitants + np.array([added[name].sek for name in ids])[:, None],
        hours=means_hours * inhabitants / _HOURS_PER + np.array([added[name].hours for name in ids])[:, None],
        weights=np.array([aim.weight for aim in aims]),
    )


def _gains(runs: Matrix, today: Matrix, ids: Sequence[str], aim: Aim, added_sek: F64) -> F64:
    """Return the gain of one aim, shape (mixes, replications)."""
    found = []
    for outcome in aim.outcomes:
        before, after = _column(today, outcome.id), _values(runs, ids, outcome.id)
        if outcome.id in _WITH_CAPACITY:
            after = after + added_sek[:, None]
        level = abs(float(before.mean()))
        if not level > 0.0:
            raise ValueError(f"{outcome.id}: today's level is {level:g}, so that a change in per cent says nothing")
        better = -1.0 if outcome.better == "lower" else 1.0
        found.append(PER_CENT * better * (after - before[None, :]) / level)
    return np.asarray(np.mean(found, axis=0))


def _values(runs: Matrix, ids: Sequence[str], outcome: str) -> F64:
    return np.stack([_column(runs.of(name), outcome) for name in ids])


def _column(runs: Matrix, outcome: str) -> F64:
    """Return one outcome over everybody by replication."""
    places = np.flatnonzero(
        (runs.cells["outcome"] == outcome).to_numpy() & (runs.cells["group_by"] == "all").to_numpy()
    )
    if len(places) != 1 or np.isnan(runs.values[:, places[0]]).any():
        raise ValueError(f"{outcome}: has no value for everybody in some run")
    return np.asarray(runs.values[:, places[0]])
