"""Screen the space on levels before the waves: what moves no level and is not kept for studies is not searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.fit_figures import Figure
from calibration.fit_run import ParameterSet
from calibration.fit_sets import Numbering
from calibration.plan import Screening
from calibration.space import ParameterSpace
from sim.analysis.screening import Tolerance, elementary_effects, matters, screening_design

Make = Callable[[Sequence[ParameterSet], bool], pd.DataFrame]
"""(sets, studies?) -> levels, or what the studies give: a row a set, a column a figure, NaN where there is none."""
COLUMNS = ("parameter", "target", "mu_star", "mu_star_low", "mu_star_high", "sigma", "relative", "matters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What the screening found."""

    table: pd.DataFrame
    """By parameter and target, columns `COLUMNS`."""
    active: tuple[int, ...]
    """Dimensions of the space that are searched."""


def screen(
    space: ParameterSpace,
    levels: Sequence[Figure],
    plan: Screening,
    numbering: Numbering,
    make: Make,
    *,
    studies: bool,
) -> Screened:
    """Run a screening design over all parameters of the engine and choose what is searched.

    Runs of one trajectory have their luck in common, which takes most of it out of an elementary effect; what is
    left makes effects look larger, so that rather too much is kept. `studies` tells whether studies will be run:
    without them settings of means do nothing.
    """
    screened = [place for place, one in enumerate(space.dimensions) if not one.of_means]
    design = screening_design(len(screened), plan.trajectories, seed=numbering.seed)
    sets = numbering.sets(design, screened, idle_at_start=True, luck_in_common=len(screened) + 1)
    values = make(sets, False)
    effects, tolerances = {}, {}
    for figure in levels:
        column = values[figure.id].to_numpy(np.float64)
        if np.isfinite(column).all():
            effects[figure.id] = elementary_effects(design, column)
            tolerances[figure.id] = Tolerance(sd=_tolerance(figure))
    table = _table(space, screened, effects, tolerances, plan.least)
    moving = set(table.loc[table["matters"], "parameter"])
    active = tuple(
        place
        for place, one in enumerate(space.dimensions)
        if one.title in moving or (studies and one.effects) or (one.effects and not one.of_means)
    )
    return Screened(table=table, active=active)


def _tolerance(figure: Figure) -> float:
    return float(np.sqrt(figure.observation_variance + figure.discrepancy_variance))


def _table(
    space: ParameterSpace,
    screened: Sequence[int],
    effects: dict[str, pd.DataFrame],
    tolerances: dict[str, Tolerance],
    least: float,
) -> pd.DataFrame:
    if not effects:
        return pd.DataFrame(columns=list(COLUMNS)).astype({"matters": bool})
    judged = matters(effects, tolerances, least=least)
    found = pd.concat([table.assign(target=target) for target, table in effects.items()], ignore_index=True)
    found["relative"] = judged["relative"].to_numpy()
    found["matters"] = (judged["matters"] | judged["unclear"]).to_numpy()
    found["parameter"] = [space.titles[screened[place]] for place in found["dimension"]]
    return found[list(COLUMNS)]
