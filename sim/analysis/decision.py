"""Look at the parameter sets of a sample as a decision between scenarios: which is best, and what to find out first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.emulator import fit_emulator
from sim.analysis.information import luck_floor, value_of_choice, worth_of_knowing
from sim.analysis.quantities import Quantity, UnusableError, levels_of
from sim.analysis.ranking import share_best, share_best_by_third
from sim.batch.matrix import Matrix
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]
MONEY = "worth"
"""Name of the criterion that puts outcomes together at their worth in money."""
MONEY_UNIT = "SEK per person-year"
_CRITERION = ("criterion", "unit", "group_by", "group")
RANKING_COLUMNS = (*_CRITERION, "parameter", "where", "scenario", "share", "n")
INFORMATION_COLUMNS = (*_CRITERION, "parameter", "value", "low", "high", "floor", "clear", "n")
_MOST_LEARNED = 300
"""Parameter sets that an emulator is fitted to at most."""
PER_PERSON_YEAR, PER_1000 = "per person-year", "per 1,000 person-years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What makes one scenario better than another, in a group of people."""

    id: str
    unit: str
    group_by: str
    group: str
    weights: Mapping[str, float]
    """What one unit of each outcome counts; more of the sum is better."""

    def about(self) -> dict[str, str]:
        """Return the columns that name it in a table."""
        return {"criterion": self.id, "unit": self.unit, "group_by": self.group_by, "group": self.group}


def by_outcome(outcome: Outcome, group_by: str, group: str) -> Criterion:
    """Return the criterion that an outcome is as good as it can be."""
    sign = -1.0 if outcome.better == "lower" else 1.0
    return Criterion(
        id=outcome.id, unit=outcome.unit, group_by=group_by, group=group, weights={outcome.id: sign}
    )  # fmt: skip


def by_worth(worth_sek: Mapping[Outcome, float], group_by: str, group: str) -> Criterion:
    """Return the criterion of money: every outcome at what one unit of it is worth, SEK per person-year.

    Raises ValueError for an outcome that is not counted per person-year: it cannot be added up in money.
    """
    weights = {}
    for outcome, sek in worth_sek.items():
        if not outcome.unit.endswith((PER_PERSON_YEAR, PER_1000)):
            raise ValueError(f"{outcome.id} is counted in {outcome.unit}, not per person-year: it cannot be added up")
        sign = -1.0 if outcome.better == "lower" else 1.0
        weights[outcome.id] = sign * sek / (1000.0 if outcome.unit.endswith(PER_1000) else 1.0)
    return Criterion(id=MONEY, unit=MONEY_UNIT, group_by=group_by, group=group, weights=weights)


def option_values(
    outcomes: Matrix,
    criterion: Criterion,
    options: Sequence[str],
    registry: Mapping[str, Outcome],
    shape: tuple[int, int],
) -> F64:
    """Return the value of every option, more is better, shape (sets, replications, options).

    Raises UnusableError when one is missing or not finite.
    """
    sets, replications = shape
    values = np.zeros((sets * replications, len(options)))
    for place, option in enumerate(options):
        for outcome, weight in criterion.weights.items():
            quantity = Quantity(
                scenario=option, against=None, group_by=criterion.group_by, group=criterion.group,
                outcome=registry[outcome],
            )  # fmt: skip
            values[:, place] += weight * levels_of(outcomes, option, quantity, len(values))
    usable = np.isfinite(values)
    if not usable.all():
        first = int(np.flatnonzero(~usable.all(axis=1))[0]) // replications
        raise UnusableError(int((~usable).sum()), usable.size, first)
    return values.reshape(sets, replications, len(options))


def expected_gains(points: F64, values: F64, seed: int) -> F64:
    """Return the expected value of every option less that of the first, without luck: what an emulator makes of them.

    `values[set, option]`, `points` in the unit cube; the first column is zero. Raises ValueError for too few sets.
    """
    gains = np.zeros_like(values)
    # The time to fit grows with the cube of the sets; those in between are predicted as well.
    known = np.unique(np.linspace(0, len(values) - 1, min(len(values), _MOST_LEARNED)).astype(np.int64))
    for place in range(1, values.shape[1]):
        gain = values[:, place] - values[:, 0]
        # Nothing to smooth where two scenarios never differ.
        if np.ptp(gain) > 0.0:
            gain = fit_emulator(points[known], gain[known], seed=seed).predict(points)[0]
        gains[:, place] = gain
    return gains


def ranking_rows(
    criterion: Criterion, options: Sequence[str], titles: Sequence[str], points: F64, expected: F64
) -> pd.DataFrame:
    """Return in what share of the sets each option is best: in all, and where a parameter is low or high."""
    rows = _shares(criterion, "", "all", options, share_best(expected), len(expected))
    for place, title in enumerate(titles):
        for where, shares in zip(("low", "high"), share_best_by_third(expected, points[:, place]), strict=True):
            rows += _shares(criterion, title, where, options, shares, max(len(expected) // 3, 1))
    return pd.DataFrame(rows, columns=list(RANKING_COLUMNS))


def tornado_ranking_rows(
    criterion: Criterion, options: Sequence[str], titles: Sequence[str], values: F64
) -> pd.DataFrame:
    """Return in how many replications each option is best, at the start and at both ends of each parameter.

    `values[point, replication, option]` follow a tornado design.
    """
    n = values.shape[1]
    rows = _shares(criterion, "", "start", options, share_best(values[0]), n)
    for place, title in enumerate(titles):
        for where, point in (("low", 1 + 2 * place), ("high", 2 + 2 * place)):
            rows += _shares(criterion, title, where, options, share_best(values[point]), n)
    return pd.DataFrame(rows, columns=list(RANKING_COLUMNS))


def _shares(
    criterion: Criterion, title: str, where: str, options: Sequence[str], shares: F64, n: int
) -> list[dict[str, object]]:
    named = {**criterion.about(), "parameter": title, "where": where}
    return [
        {**named, "scenario": option, "share": share, "n": n} for option, share in zip(options, shares, strict=True)
    ]


def information_rows(
    criterion: Criterion, titles: Sequence[str], points: F64, values: F64, expected: F64, seed: int
) -> pd.DataFrame:
    """Return what knowing everything, and each parameter, would be worth; `values` and `expected` [set, option].

    Everything has no name. It is worth what the emulated gains say; its upper end takes the runs as they are, luck
    included, which nobody can know beforehand.
    """
    whole, spread = value_of_choice(expected), float(expected.std())
    most = max(value_of_choice(values - values[:, :1]), whole)
    if most <= 1e-9 * spread:  # rounding
        whole = most = 0.0
    about, n = criterion.about(), len(values)
    worths = [worth_of_knowing(values, points[:, place], seed=seed + place) for place in range(len(titles))]
    floor = luck_floor(worths)
    everything = {"value": whole, "low": whole, "high": most, "floor": 0.0, "clear": whole > 0.0}
    rows = [{**about, "parameter": "", **everything, "n": n}]
    for title, found in zip(titles, worths, strict=True):
        numbers = {"value": found.mean, "low": found.low, "high": found.high, "floor": floor}
        rows.append({**about, "parameter": title, **numbers, "clear": found.mean > floor, "n": n})
    return pd.DataFrame(rows, columns=list(INFORMATION_COLUMNS))
