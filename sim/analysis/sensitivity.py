"""Put what single analyses find into the tables of `mellanrum sensitivity`, in long form: one number a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.emulated_sobol import Quality, emulated_indices, noise_of_means, quality
from sim.analysis.emulator import fit_emulator
from sim.analysis.factorial import with_interval
from sim.analysis.quantities import Quantity
from sim.analysis.screening import elementary_effects
from sim.analysis.sobol import sobol_indices
from sim.analysis.tornado import tornado

F64 = npt.NDArray[np.float64]
ABOUT = ("scenario", "against", "group_by", "group", "outcome", "unit", "aim", "better")
SENSITIVITY_COLUMNS = (*ABOUT, "parameter", "second", "measure", "value", "low", "high")
EMULATOR_COLUMNS = (*ABOUT, "runs", "r2", "q2", "noise_share", "within_2", "verdict")


def tornado_rows(quantity: Quantity, titles: Sequence[str], values: F64) -> pd.DataFrame:
    """Return the level at the start values, what each parameter changes of it at both ends of its range, and its swing.

    `values[point, replication]` follow a tornado design; the row of the start has no parameter.
    """
    mean, low, high = with_interval(values[:1])
    start = {**quantity.about(), "parameter": "", "second": "", "measure": "start"}
    first = pd.DataFrame([{**start, "value": mean[0], "low": low[0], "high": high[0]}])
    return pd.concat([first, _named(quantity, titles, tornado(values))], ignore_index=True)[list(SENSITIVITY_COLUMNS)]


def morris_rows(quantity: Quantity, titles: Sequence[str], points: F64, values: F64, seed: int) -> pd.DataFrame:
    """Return mu, mu_star with its interval, and sigma of each parameter; `values[point, replication]`."""
    table = elementary_effects(points, values.mean(axis=1), seed=seed)
    parts = []
    for measure in ("mu_star", "mu", "sigma"):
        # SALib resamples for mu_star only: the others have no interval.
        ends = {f"{end}": table.get(f"{measure}_{end}", np.nan) for end in ("low", "high")}
        parts.append(
            pd.DataFrame({"dimension": table["dimension"], "measure": measure, "value": table[measure], **ends})
        )
    return _named(quantity, titles, pd.concat(parts, ignore_index=True))


def direct_sobol_rows(
    quantity: Quantity, titles: Sequence[str], values: F64, seed: int, *, second_order: bool
) -> pd.DataFrame:
    """Return Sobol indices of runs made at a Sobol design; `values[point, replication]`."""
    table = sobol_indices(values.mean(axis=1), len(titles), second_order=second_order, seed=seed)
    return _indices(quantity, titles, table)


def emulated_sobol_rows(
    quantity: Quantity, titles: Sequence[str], points: F64, values: F64, base: int, seed: int, *, second_order: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return Sobol indices on an emulator of runs made anywhere, and the emulator's quality.

    No index is returned from an emulator that is refused (see `emulated_sobol`).
    """
    emulator = fit_emulator(points, values.mean(axis=1), seed=seed)
    judged = quality(emulator, noise_of_means(values))
    table = _quality_row(quantity, judged)
    if judged.verdict == "refused":
        return pd.DataFrame(columns=list(SENSITIVITY_COLUMNS)), table
    found = emulated_indices(emulator, base, second_order=second_order, seed=seed)
    return _indices(quantity, titles, found), table


def _quality_row(quantity: Quantity, judged: Quality) -> pd.DataFrame:
    return pd.DataFrame([{**quantity.about(), **asdict(judged)}], columns=list(EMULATOR_COLUMNS))


def _indices(quantity: Quantity, titles: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    ends = {"low": table["value"] - table["half_width"], "high": table["value"] + table["half_width"]}
    found = _named(quantity, titles, table.rename(columns={"order": "measure"}).assign(**ends))
    seconds = [titles[int(place)] if place >= 0 else "" for place in table["second"]]
    return found.assign(second=seconds)


def _named(quantity: Quantity, titles: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    named = table.assign(
        **quantity.about(), parameter=[titles[int(place)] for place in table["dimension"]], second=""
    )  # fmt: skip
    return named[list(SENSITIVITY_COLUMNS)].reset_index(drop=True)
