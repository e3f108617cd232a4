"""Follow outcomes along the axes of a sweep: levels, paired differences, and from where on more gives nothing more.

Every point is run on the same people with the same luck, so that points differ by what was moved and not by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.interval import t_half_width
from sim.analysis.judgement import judgement
from sim.analysis.ranks import holm, paired_p
from sim.analysis.stack import JUDGED_CELL, chosen_cells, stacked
from sim.batch.matrix import Matrix
from sim.config.sweep_plan import Point
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]

SWEEP_COLUMNS = (
    *("point", "x", "y", "scenario", *JUDGED_CELL),
    *("mean", "low", "high", "n"),
    *(f"difference{end}" for end in ("", "_low", "_high", "_n")),
    *(f"change{end}" for end in ("", "_low", "_high")),
)
LEVELS_OFF_COLUMNS = (*JUDGED_CELL, "of", "point", "x", "last", "gain_after", "gain_after_low", "gain_after_high", "n")
DIFFERENCE, LEVEL = "difference", "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The values of the chosen outcomes at every point."""

    points: tuple[Point, ...]
    scenario: str
    against: str | None
    cells: pd.DataFrame
    """One row per cell: group_by, group, outcome, unit, aim, better."""
    values: F64
    """Of the scenario that is swept; shape (points, replications, cells), NaN where a run has no value."""
    beside: F64 | None
    """Of what it is compared with."""
    of_next_run: bool = False
    """Whether intervals are of one more run, with a parameter set of its own, rather than of the mean."""

    @property
    def followed(self) -> F64:
        """What is followed along the axes: the difference where there is one, else the level."""
        return self.values if self.beside is None else self.values - self.beside


def read_values(
    runs: Matrix,
    points: Sequence[Point],
    chosen: Sequence[Outcome],
    scenario: str,
    against: str | None,
    *,
    of_next_run: bool = False,
) -> Swept:
    """Return the chosen outcomes in every group; `scenario` and `against` are the ids before they were changed."""
    matrix, cells = chosen_cells(runs, chosen)
    beside = stacked(matrix, [str(point.against) for point in points]) if against is not None else None
    return Swept(
        points=tuple(points),
        scenario=scenario,
        against=against,
        cells=cells,
        values=stacked(matrix, [point.scenario for point in points]),
        beside=beside,
        of_next_run=of_next_run,
    )


def sweep_table(swept: Swept) -> pd.DataFrame:
    """Return one row per point, scenario and cell: level, paired difference, and change from the first point.

    The change is that of the difference where there is something to compare with, else that of the level. Cells
    without any value are left out.
    """
    summary = partial(_summary, of_next_run=swept.of_next_run)
    level, followed = summary(swept.values), swept.followed
    change = summary(followed - followed[0])
    parts = []
    for place, point in enumerate(swept.points):
        about = {"point": point.number, "x": point.values[0], "y": _second(point)}
        own = swept.cells.assign(**about, scenario=swept.scenario, **level.at(place, ""), **change.at(place, "change"))
        if swept.beside is not None:
            own = own.assign(**summary(followed[place : place + 1]).at(0, DIFFERENCE))
            there = summary(swept.beside[place : place + 1])
            parts.append(swept.cells.assign(**about, scenario=swept.against, **there.at(0, "")))
        parts.append(own)
    table = pd.concat([part.reindex(columns=list(SWEEP_COLUMNS)) for part in parts], ignore_index=True)
    counts = dict.fromkeys(("n", f"{DIFFERENCE}_n"), "Int64")
    return table[table["n"] > 0].reset_index(drop=True).astype(counts)


def levels_off(swept: Swept) -> pd.DataFrame:
    """Return, for a sweep along one axis, the first value of each cell that no later one clearly betters.

    Each value is tested against all later ones, paired by replication, with Holm's correction for their number.
    `gain_after` is the largest mean change to a later value for the better, empty at the last value; its interval
    holds together with those of all later values (Bonferroni), so that it never contradicts the test. Cells with
    fewer than two whole replications are left out: there nothing can be told.
    """
    rows: list[dict[str, object]] = []
    for cell, about in enumerate(swept.cells.to_dict("records")):
        values = swept.followed[:, :, cell]
        values = values[:, ~np.isnan(values).any(axis=0)]
        if values.shape[1] < 2:
            continue
        place = _enough(values, str(about["better"]), swept.of_next_run)
        point = swept.points[place]
        of = LEVEL if swept.beside is None else DIFFERENCE
        named = {"of": of, "point": point.number, "x": point.values[0], "last": place == len(values) - 1}
        after = _after(values, place, str(about["better"]), swept.of_next_run)
        rows.append({str(key): value for key, value in about.items()} | named | after | {"n": values.shape[1]})
    return pd.DataFrame(rows, columns=list(LEVELS_OFF_COLUMNS))


def _enough(values: F64, better: str, of_next_run: bool) -> int:
    """Return the first point that no later point clearly betters; the last one has none after it."""
    sign = -1.0 if better == "lower" else 1.0
    for place in range(len(values) - 1):
        gains = sign * (values[place + 1 :] - values[place])
        clear = holm(paired_p(gains, of_next_run=of_next_run)) < judgement().clear_level
        if not (clear & (gains.mean(axis=1) > 0.0)).any():
            return place
    return len(values) - 1


def _after(values: F64, place: int, better: str, of_next_run: bool) -> dict[str, float]:
    """Return the best change to a later value, with its interval."""
    later = values[place + 1 :] - values[place]
    if not len(later):
        return dict.fromkeys(("gain_after", "gain_after_low", "gain_after_high"), np.nan)
    means = later.mean(axis=1)
    best = int(means.argmin() if better == "lower" else means.argmax())
    summary = _summary(later[best : best + 1, :, None], family=len(later), of_next_run=of_next_run)
    found = summary.at(0, "gain_after")
    return {name: float(found[name][0]) for name in ("gain_after", "gain_after_low", "gain_after_high")}


@dataclass(frozen=True, slots=True)
class _Summary:
    """Mean with 95 % t interval over replications; shape (points, cells) each."""

    mean: F64
    half: F64
    n: npt.NDArray[np.int64]

    def at(self, place: int, name: str) -> dict[str, F64]:
        """Return the columns of one point."""
        mean, half = self.mean[place], self.half[place]
        prefix = f"{name}_" if name else ""
        return {
            name or "mean": mean,
            f"{prefix}low": mean - half,
            f"{prefix}high": mean + half,
            f"{prefix}n": self.n[place].astype(np.float64),
        }


def _summary(values: F64, *, family: int = 1, of_next_run: bool = False) -> _Summary:
    """Summarise `values[point, replication, cell]` over the replications that have one; intervals of a `family`."""
    there = ~np.isnan(values)
    n = there.sum(axis=1)
    # Around the first value there is, so that equal values leave no rounding behind.
    first = np.take_along_axis(values, there.argmax(axis=1)[:, None, :], axis=1)
    away = np.where(there, values - first, 0.0)
    shift = away.sum(axis=1) / np.maximum(n, 1)
    spread = np.where(there, away - shift[:, None, :], 0.0)
    sd = np.sqrt((spread**2).sum(axis=1) / np.maximum(n - 1, 1))
    half = t_half_width(sd.ravel(), n.ravel(), family=family, of_next_run=of_next_run).reshape(sd.shape)
    return _Summary(np.where(n > 0, first[:, 0, :] + shift, np.nan), half, n)


def _second(point: Point) -> float:
    return point.values[1] if len(point.values) > 1 else np.nan
