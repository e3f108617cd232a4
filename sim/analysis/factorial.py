"""Estimate main effects and two-way interactions from the runs of a two-level design, luck by luck.

Every cell of the design is run on the same people with the same luck, so each replication gives one value of
each effect, and the interval is taken over replications: what is common to all cells falls out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.design import Design, mixed_effects
from sim.analysis.interval import mean_with_interval
from sim.batch.matrix import Matrix
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]
_SIDES = ("first_without_second", "first_with_second", "second_without_first", "second_with_first")
EFFECT_COLUMNS = ("outcome", "unit", "aim", "better", "means", "mean", "low", "high", "n", "mixed_with")
INTERACTION_COLUMNS = (
    *("outcome", "unit", "aim", "better", "first", "second", "mean", "low", "high", "n"),
    *(f"{side}{end}" for side in _SIDES for end in ("", "_low", "_high")),
    "mixed_with",
)


def cell_values(outcomes: pd.DataFrame | Matrix, cells: Sequence[str], outcome: str) -> F64:
    """Return an outcome over everybody as `[cell, replication]`, of replications in which every cell has a value.

    `outcomes` is a matrix of runs, or long with columns scenario, replication, group_by, outcome, value; `cells` are
    scenario ids.
    """
    if isinstance(outcomes, Matrix):
        outcomes = outcomes.where(group_by="all", outcome=outcome).long()
    rows = outcomes[(outcomes["outcome"] == outcome) & (outcomes["group_by"] == "all")]
    wide = rows.pivot(index="scenario", columns="replication", values="value").reindex(list(cells))
    return wide.loc[:, wide.notna().all()].to_numpy(dtype=np.float64)


def with_interval(values: F64, *, of_next_run: bool = False) -> tuple[F64, F64, F64]:
    """Return mean, low and high end of the 95 % interval of each row, over its columns.

    With `of_next_run` it is where one more column would lie, not the mean.
    """
    rows, n = values.shape
    codes = np.repeat(np.arange(rows), n)
    mean, half, _ = mean_with_interval(values.ravel(), codes, rows, of_next_run=of_next_run)
    return mean, mean - half, mean + half


def main_effects(values: F64, design: Design) -> F64:
    """Return, per factor and replication, the value with it on minus off, averaged over all else."""
    signs = np.where(design.on, 1.0, -1.0)
    # Around the first cell, so that equal values leave no rounding behind.
    return np.asarray(2.0 / len(values) * signs.T @ (values - values[0]))


def interactions(values: F64, design: Design) -> F64:
    """Return, per pair and replication, how much the effect of one changes when the other is switched on.

    Pairs are in the order of `combinations`. The same as: both together minus the sum of each alone, averaged
    over all else.
    """
    signs = np.where(design.on, 1.0, -1.0)
    pairs = list(combinations(range(len(design.factors)), 2))
    both = np.array([signs[:, i] * signs[:, j] for i, j in pairs]).reshape(len(pairs), len(values))
    return np.asarray(4.0 / len(values) * both @ (values - values[0]))


def effect_table(values: F64, design: Design, outcome: Outcome, *, of_next_run: bool = False) -> pd.DataFrame:
    """Return one row per factor: its main effect with interval, and the pairs it cannot be told from."""
    mean, low, high = with_interval(main_effects(values, design), of_next_run=of_next_run)
    mixed = _mixed_names(design)
    return pd.DataFrame(
        {
            **outcome.about(),
            "means": design.factors,
            "mean": mean,
            "low": low,
            "high": high,
            "n": values.shape[1],
            "mixed_with": [mixed.get((i,), "") for i in range(len(design.factors))],
        }
    )[list(EFFECT_COLUMNS)]


def interaction_table(values: F64, design: Design, outcome: Outcome, *, of_next_run: bool = False) -> pd.DataFrame:
    """Return one row per pair: its interaction, and the effect of each with and without the other."""
    pairs = list(combinations(range(len(design.factors)), 2))
    if not pairs:
        return pd.DataFrame(columns=list(INTERACTION_COLUMNS))
    main, together = main_effects(values, design), interactions(values, design)
    interval = partial(with_interval, of_next_run=of_next_run)
    mean, low, high = interval(together)
    first, second = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    # The main effect lies half-way between the effects without and with the other one.
    sides = dict(
        zip(
            _SIDES,
            (main[one] + sign * together / 2.0 for one in (first, second) for sign in (-1.0, 1.0)),
            strict=True,
        )
    )
    columns = {}
    for side, effect in sides.items():
        columns[side], columns[f"{side}_low"], columns[f"{side}_high"] = interval(effect)
    mixed = _mixed_names(design)
    return pd.DataFrame(
        {
            **outcome.about(),
            "first": [design.factors[i] for i, _ in pairs],
            "second": [design.factors[j] for _, j in pairs],
            "mean": mean,
            "low": low,
            "high": high,
            "n": values.shape[1],
            **columns,
            "mixed_with": [mixed.get(pair, "") for pair in pairs],
        }
    )[list(INTERACTION_COLUMNS)]


def _mixed_names(design: Design) -> dict[tuple[int, ...], str]:
    """Return, for each effect of a group that cannot be told apart, the others in words: `a x b; c x d`."""
    found = {}
    for group in mixed_effects(design):
        for effect in group:
            others = [" x ".join(design.factors[i] for i in other) for other in group if other != effect]
            found[effect] = "; ".join(others)
    return found
