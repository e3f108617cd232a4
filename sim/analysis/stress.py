"""Set four worlds off against each other: today and with means, calm and disturbed; how much of the gain survives?

All four meet the same people and luck. Harm is what a disturbance changes in a world; a gain is what the means
change, calm and disturbed; the surviving share is the disturbed gain as a share of the calm one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.differences import BETTER, ONE_RUN, WORSE, intervals_of, verdict
from sim.analysis.ratio import UNTOLD, ratio_of_means
from sim.analysis.stack import F64, JUDGED_CELL, chosen_cells, stacked
from sim.batch.matrix import Matrix
from sim.config.stress import CALM, world_id
from sim.outcomes.outcome import Outcome

WEEKS, YEAR = "weeks", "year"
"""Spans: the weeks in which the disturbance strikes, and the whole time measured."""
TOLD, UNCLEAR, LOSS, NO_RUNS = "told", "not_clear", "loss", "one_run"
"""Whether a surviving share is told, and why not: no clear gain calm, a loss calm, too few replications."""

_PARTS = ("harm_against", "harm_with", "gain_calm", "gain_disturbed", "gain_lost")
_INTERVALS = tuple(f"{part}{end}" for part in _PARTS for end in ("", "_low", "_high"))
STRESS_COLUMNS = (
    *("scenario", "against", "disturbance", "span", *JUDGED_CELL, "level"),
    *_INTERVALS,
    *("survives", "survives_low", "survives_high", "told", "n"),
)


def stress_table(
    runs: Matrix,
    chosen: Sequence[Outcome],
    against: str,
    scenario: str,
    disturbance: str,
    span: str,
    *,
    of_next_run: bool = False,
) -> pd.DataFrame:
    """Return one row per cell of the chosen outcomes, columns `STRESS_COLUMNS`.

    `runs` holds the outcomes of the span in the four worlds. Cells without a whole set of four are left out. With
    `of_next_run` intervals of harms and gains are of one more run, with a parameter set of its own; that of the
    surviving share stays one of a ratio of means.
    """
    matrix, cells = chosen_cells(runs, chosen)
    ids = [world_id(one, strike) for one in (against, scenario) for strike in (CALM, disturbance)]
    values = stacked(matrix, ids)
    whole = np.asarray(~np.isnan(values).any(axis=0))
    values = np.where(whole, values, np.nan)
    held = np.flatnonzero(whole.any(axis=0))
    values, whole = values[:, :, held], whole[:, held]
    today, today_struck, means, means_struck = values
    parts = dict(zip(_PARTS, (
        today_struck - today, means_struck - means, means - today, means_struck - today_struck,
        (means_struck - today_struck) - (means - today),
    ), strict=True))  # fmt: skip
    table = cells.iloc[held].reset_index(drop=True).assign(
        scenario=scenario, against=against, disturbance=disturbance, span=span,
        level=np.nanmean(today, axis=0) if len(held) else [], n=whole.sum(axis=0),
    )  # fmt: skip
    for name, numbers in parts.items():
        mean, low, high = intervals_of(numbers, of_next_run) if len(held) else (np.zeros(0),) * 3
        table = table.assign(**{name: mean, f"{name}_low": low, f"{name}_high": high})
    shares = [_survives(row, parts, place) for place, row in enumerate(table.to_dict("records"))]
    names = ("survives", "survives_low", "survives_high", "told")
    return table.assign(**{name: [one[i] for one in shares] for i, name in enumerate(names)})[list(STRESS_COLUMNS)]


def _survives(row: Mapping[Hashable, Any], parts: dict[str, F64], place: int) -> tuple[float, float, float, str]:
    """Return the surviving share with its interval and whether it is told; only of a clear gain there is one."""
    found = verdict(str(row["better"]), float(row["gain_calm_low"]), float(row["gain_calm_high"]))
    if found != BETTER:
        why = {WORSE: LOSS, ONE_RUN: NO_RUNS}.get(found, UNCLEAR)
        return UNTOLD.mean, UNTOLD.low, UNTOLD.high, why
    calm, struck = parts["gain_calm"][:, place], parts["gain_disturbed"][:, place]
    there = ~np.isnan(calm)
    share = ratio_of_means(struck[there], calm[there])
    return share.mean, share.low, share.high, UNCLEAR if np.isnan(share.mean) else TOLD
