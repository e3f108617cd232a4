"""Set every person beside themselves in another scenario: who gains, who loses, who notices nothing.

A person's difference holds the scenario's effect on them and chance that is passed on through queues: when one
patient takes another slot, everybody behind moves. So a single difference means little. What means something is
the surplus of those with less over those with more, and the comparison with people no means has reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.interval import mean_with_interval
from sim.analysis.judgement import judgement
from sim.outcomes.twins import BETTER, UNITS

QUANTILES = (0.01, 0.05, *(tenth / 10 for tenth in range(1, 10)), 0.95, 0.99)
_QUANTILE_NAMES = tuple(f"p{round(100 * level)}" for level in QUANTILES)
_SHARES = ("share_lower", "share_higher", "share_unchanged", "surplus")
COLUMNS = (
    *("scenario", "baseline", "group_by", "group", "outcome", "unit", "better", "people"),
    *("share_lower", "share_higher", "share_unchanged", "surplus", "surplus_low", "surplus_high"),
    *("mean", *_QUANTILE_NAMES, "n"),
)
F64 = npt.NDArray[np.float64]


def smallest_changes() -> dict[str, float]:
    """Return the smallest change that counts as one for a person, by outcome."""
    return {name: float(getattr(judgement(), f"person_change_{name}")) for name in UNITS}


def twin_rows(baseline: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return one row per group and outcome for one pair of runs with the same luck.

    Both tables are as `person_window` gives them. Shares are of the people in the group; `surplus` is the share
    with less than in the baseline minus the share with more. Groups are everybody, need groups, complex needs,
    and whether any means of the scenario has reached the person (`reached`). Raises ValueError when the tables
    do not hold the same people.
    """
    if len(baseline) != len(other) or (baseline["need_group"] != other["need_group"]).any():
        raise ValueError("the two runs do not hold the same people")
    smallest = smallest_changes()
    rows = []
    for group_by, group, chosen in _groups(baseline, other):
        people = int(chosen.sum())
        if not people:
            continue
        for outcome in UNITS:
            difference = other[outcome].to_numpy(np.float64)[chosen] - baseline[outcome].to_numpy(np.float64)[chosen]
            rows.append((group_by, group, outcome, people, *_described(difference, smallest[outcome])))
    columns = ["group_by", "group", "outcome", "people", *_SHARES, "mean", *_QUANTILE_NAMES]
    return pd.DataFrame(rows, columns=columns)


def _groups(baseline: pd.DataFrame, other: pd.DataFrame) -> Iterator[tuple[str, str, npt.NDArray[np.bool_]]]:
    counted = baseline["counted"].to_numpy(np.bool_)
    need_group = baseline["need_group"].to_numpy()
    yield "all", "all", counted
    for number in range(1, 6):
        yield "need_group", str(number), counted & (need_group == number)
    for name, column in (("complex_needs", baseline["complex_needs"]), ("reached", other["enrolled"])):
        has = column.to_numpy(np.bool_)
        yield name, "no", counted & ~has
        yield name, "yes", counted & has


def _described(difference: F64, smallest: float) -> tuple[float, ...]:
    lower, higher = float((difference <= -smallest).mean()), float((difference >= smallest).mean())
    quantiles = np.quantile(difference, QUANTILES)
    return lower, higher, 1.0 - lower - higher, lower - higher, float(difference.mean()), *quantiles.tolist()


def summarise_twins(pairs: Iterable[tuple[str, int, pd.DataFrame]], baseline: str) -> pd.DataFrame:
    """Return means over replications with columns `COLUMNS`, from (scenario, replication, rows of `twin_rows`).

    `surplus_low` and `surplus_high` are the ends of its 95 % t interval over replications; NaN with one. The
    people of one replication are others than those of the next, so each describes its own and the descriptions
    are averaged. Raises ValueError without a pair.
    """
    parts = [rows.assign(scenario=scenario, replication=replication) for scenario, replication, rows in pairs]
    if not parts:
        raise ValueError("no pair of runs to compare")
    whole = pd.concat(parts, ignore_index=True)
    keys = ["scenario", "group_by", "group", "outcome"]
    whole["order"] = whole["outcome"].map({name: rank for rank, name in enumerate(UNITS)})
    whole = whole.sort_values(["scenario", "order", "group_by", "group", "replication"], ignore_index=True)
    cell = whole.groupby(keys, sort=False).ngroup().to_numpy()
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    found = whole.loc[first, keys].reset_index(drop=True)
    numbers = {}
    for column in ("people", *_SHARES, "mean", *_QUANTILE_NAMES):
        values = whole[column].to_numpy(np.float64)
        numbers[column], half, n = mean_with_interval(values, cell, len(first))
        if column == "surplus":
            numbers["surplus_low"], numbers["surplus_high"] = numbers[column] - half, numbers[column] + half
    return found.assign(
        baseline=baseline,
        unit=found["outcome"].map(UNITS),
        better=found["outcome"].map(BETTER),
        n=n,
        **numbers,
    )[list(COLUMNS)]
