"""Decide from the runs so far how many more are needed: until the chosen intervals are narrow enough.

An interval is narrow enough when the wider of its sides is at most the target. The target is absolute, or a share
of the mean's own size, but never less than the smallest difference worth mentioning: a difference near zero
needs no more than to be known as next to nothing. Runs are added in rounds that at most double their number, so
that there are few looks at the data: looking after every run would stop too early by luck.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.differences import paired_differences
from sim.analysis.summary import scenario_means
from sim.batch.matrix import Matrix, compact

DEFAULT_OUTCOMES = ("unmet_need_days", "lead_time_days", "ed_visits_per_1000", "cost_sek")
"""One or two headline outcomes of each aim; deaths and bed days would ask for hundreds of runs."""
DEFAULT_SHARE = 0.1
FEWEST_ALLOWED = 5
_MOST_GROWTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """What is to be known how well, and how many replications may be spent on it."""

    outcomes: tuple[str, ...]
    share: float
    """Half-width wanted as a share of the mean's size."""
    absolute: Mapping[str, float]
    """Half-width wanted in the outcome's unit, where the user gave one."""
    fewest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How well one number is known."""

    scenario: str
    outcome: str
    unit: str
    mean: float
    half_width: float
    target: float
    n: int

    @property
    def is_met(self) -> bool:
        """Whether the interval is as narrow as wanted."""
        return self.half_width <= self.target


def reached_differences(
    outcomes: pd.DataFrame | Matrix, rule: Precision, baseline: str = "baseline"
) -> tuple[Reached, ...]:
    """Return how well each chosen difference over everybody is known; `outcomes` is a matrix or a long table."""
    return _reached(paired_differences(_chosen(outcomes, rule), baseline), rule)


def reached_levels(outcomes: pd.DataFrame | Matrix, rule: Precision) -> tuple[Reached, ...]:
    """Return how well the level of each chosen outcome over everybody is known in each scenario."""
    means = scenario_means(_chosen(outcomes, rule))
    return _reached(means.assign(smallest=0.0), rule)


def _chosen(outcomes: pd.DataFrame | Matrix, rule: Precision) -> Matrix:
    whole = compact(outcomes).where(group_by="all")
    return whole.take(np.flatnonzero(whole.cells["outcome"].isin(rule.outcomes)))


def _reached(table: pd.DataFrame, rule: Precision) -> tuple[Reached, ...]:
    found = []
    for row in table.to_dict("records"):
        outcome, mean = str(row["outcome"]), float(row["mean"])
        half_width = max(float(row["high"]) - mean, mean - float(row["low"]))
        target = rule.absolute.get(outcome, max(rule.share * abs(mean), float(row["smallest"])))
        found.append(
            Reached(
                scenario=str(row["scenario"]),
                outcome=outcome,
                unit=str(row["unit"]),
                mean=mean,
                half_width=half_width,
                target=target,
                n=int(row["n"]),
            )
        )
    return tuple(found)


def next_replications(found: Sequence[Reached], n: int, rule: Precision) -> int | None:
    """Return how many replications there should be next, or None when it is enough or the most are made.

    The half-width falls with the square root of their number; an interval not known yet asks for twice as many.
    """
    short = [one for one in found if not one.is_met]
    if not short or n >= rule.most:
        return None
    needed = max(_needed(one, n) for one in short)
    return min(rule.most, _MOST_GROWTH * n, max(n + 1, needed))


def _needed(one: Reached, n: int) -> int:
    if not math.isfinite(one.half_width) or one.target <= 0.0:
        return _MOST_GROWTH * n
    return math.ceil(min(n * (one.half_width / one.target) ** 2, 1e9))
