"""Set the joint effect of all means beside the sum of each alone, and share it among them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.design import Design, resolution_of
from sim.analysis.factorial import interactions, main_effects, with_interval
from sim.analysis.sets import COLUMNS as SET_COLUMNS
from sim.analysis.sets import best_sets
from sim.analysis.shapley import shapley_parts, values_of_pairs
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]

EXACT = "every set was run"
PAIRS = "from main effects and pairs"
MAIN = "from main effects alone"
MOST_IN_SEARCH = 17
"""Up to this many means every set is looked at in search of the smallest; beyond there are too many."""

_HEAD = ("outcome", "unit", "aim", "better")
JOINT_COLUMNS = (
    *(*_HEAD, "mean", "low", "high", "n"),
    *(f"{what}{end}" for what in ("sum_alone", "interplay", "predicted") for end in ("", "_low", "_high")),
    *("baseline_mean", "method"),
)
SHAPLEY_COLUMNS = (*_HEAD, "means", "mean", "low", "high", "n", "share", "method")


def method_of(design: Design) -> str:
    """Return on what shares and sets rest: every set run, or a model whose effects the fraction can tell apart."""
    resolution = resolution_of(design)
    if resolution is None:
        return EXACT
    return PAIRS if resolution >= 5 else MAIN


def set_values(values: F64, design: Design) -> F64:
    """Return the value of every set of means: as run, or by the model; `values[cell, replication]`."""
    method = method_of(design)
    if method == EXACT:
        return values
    pairs = interactions(values, design)
    return values_of_pairs(main_effects(values, design), pairs if method == PAIRS else np.zeros_like(pairs))


def joint_table(
    values: F64, design: Design, together: F64, outcome: Outcome, *, of_next_run: bool = False
) -> pd.DataFrame:
    """Return one row: the joint effect as run, the sum of each alone, their difference, and the model's joint effect.

    `together[replication]` is the run with everything on. `predicted` shows how far the model on which shares
    rest reproduces what was run: what is missing lies in interactions of more than two.
    """
    joint = together - values[0]
    parts = _parts(values, design)
    alone = _alone(values, design)
    rows = np.array([joint, alone.sum(axis=0), joint - alone.sum(axis=0), parts.sum(axis=0)])
    (mean, *means), (low, *lows), (high, *highs) = with_interval(rows, of_next_run=of_next_run)
    found = {"mean": mean, "low": low, "high": high, "n": values.shape[1]}
    for what, *ends in zip(("sum_alone", "interplay", "predicted"), means, lows, highs, strict=True):
        found |= dict(zip((what, f"{what}_low", f"{what}_high"), ends, strict=True))
    about = [outcome.id, outcome.unit, outcome.aim, outcome.better]
    found |= {"baseline_mean": float(values[0].mean()), "method": method_of(design)}
    return pd.DataFrame([dict(zip(_HEAD, about, strict=True)) | found])[list(JOINT_COLUMNS)]


def shapley_table(
    values: F64, design: Design, together: F64, outcome: Outcome, *, of_next_run: bool = False
) -> pd.DataFrame:
    """Return each means' fair part of the joint effect with interval.

    `share` is the part of the sum of all parts, empty where the joint effect itself cannot be told from zero:
    shares of nothing mean nothing.
    """
    parts = _parts(values, design)
    mean, low, high = with_interval(parts, of_next_run=of_next_run)
    _, (joint_low,), (joint_high,) = with_interval((together - values[0])[None, :], of_next_run=of_next_run)
    clear = joint_low > 0.0 or joint_high < 0.0
    total = float(mean.sum())
    return pd.DataFrame(
        {
            **dict(zip(_HEAD, (outcome.id, outcome.unit, outcome.aim, outcome.better), strict=True)),
            "means": design.factors,
            "mean": mean,
            "low": low,
            "high": high,
            "n": values.shape[1],
            "share": mean / total if clear and total else np.nan,
            "method": method_of(design),
        }
    )[list(SHAPLEY_COLUMNS)]


def set_table(
    values: F64, design: Design, outcome: Outcome, reach: float, *, of_next_run: bool = False
) -> pd.DataFrame:
    """Return the best set of every size; empty when there are too many means to look at every set."""
    if len(design.factors) > MOST_IN_SEARCH:
        return pd.DataFrame(columns=list(SET_COLUMNS))
    return best_sets(set_values(values, design), design.factors, outcome, reach, of_next_run=of_next_run)


def _parts(values: F64, design: Design) -> F64:
    """Return fair parts: exact, or the main effects, which they are under a model of main effects and pairs."""
    return shapley_parts(values) if design.is_full else main_effects(values, design)


def _alone(values: F64, design: Design) -> F64:
    """Return what each means changes alone: as run, or by the model; NaN where pairs cannot be told apart."""
    if design.is_full:
        return np.asarray(values[[1 << place for place in range(len(design.factors))]] - values[0])
    main, pairs = main_effects(values, design), interactions(values, design)
    if method_of(design) == MAIN:
        return np.full_like(main, np.nan)
    alone = main.copy()
    first, second = np.triu_indices(len(main), 1)
    np.subtract.at(alone, first, pairs / 2.0)
    np.subtract.at(alone, second, pairs / 2.0)
    return alone
