"""Write the tables on money and value of a comparison: what it costs, whom, what is gained, when it pays back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.value_budget import budget_table, payback_table
from sim.analysis.value_courses import Paired, Place, cost_course, effect_course, paired
from sim.analysis.value_over_time import present_value
from sim.analysis.value_payers import payers_table, time_table
from sim.analysis.value_settings import DEFAULT_EFFECT, KINDS, PERSPECTIVES, effects, number
from sim.analysis.value_tables import acceptability_table, value_table
from sim.batch.matrix import Matrix
from sim.outcomes.outcome import all_outcomes

POINT_COLUMNS = ("scenario", "replication", "perspective", "cost_kind", "effect", "unit", "cost_sek", "gain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """By which effect, and at which rate of discount, cost is judged."""

    effect: str = DEFAULT_EFFECT
    discount_rate: float | None = None
    """A share per year; None = as the data file says."""

    @property
    def rate(self) -> float:
        """The rate used."""
        return number("discount_rate") if self.discount_rate is None else self.discount_rate


def value_tables(matrix: Matrix, baseline: str, place: Place, choice: Choice) -> dict[str, pd.DataFrame]:
    """Return the tables by file name, all sums in SEK a year for the whole place.

    `matrix` holds one run per scenario and independent replication (or parameter set). Costs and effects of value.csv,
    value_points.csv and acceptability.csv are discounted; budgets, payback and who pays are not.
    """
    found = list(paired(matrix, baseline))
    points = point_table(found, place, choice)
    price = effects()[choice.effect]
    return {
        "value_points.csv": points,
        "value.csv": value_table(points, baseline, place, price, choice.rate),
        "acceptability.csv": acceptability_table(points, baseline, price),
        "payback.csv": payback_table(found, place),
        "budget_impact.csv": budget_table(found, place),
        "who_pays.csv": payers_table(found, place),
        "time_freed.csv": time_table(found, place),
    }


def point_table(found: Sequence[Paired], place: Place, choice: Choice) -> pd.DataFrame:
    """Return one row per scenario, replication, perspective and kind of cost: a point of the plane.

    `cost_sek` is what it costs more, `gain` how much more of the good; both discounted, a year in the whole place.
    """
    outcome = all_outcomes()[choice.effect]
    parts = []
    for one in found:
        gained = effect_course(one, outcome)
        if gained is None:
            continue
        gain = present_value(gained, choice.rate, place.years) * place.inhabitants
        for perspective in PERSPECTIVES:
            for kind in KINDS:
                course = cost_course(one, perspective, kind, place)
                if course is None:
                    continue
                cost = present_value(course, choice.rate, place.years) * place.inhabitants
                parts.append(
                    pd.DataFrame(
                        {
                            "scenario": one.scenario,
                            "replication": np.array(one.replications, dtype=np.int64),
                            "perspective": perspective,
                            "cost_kind": kind,
                            "effect": choice.effect,
                            "unit": effects()[choice.effect].unit,
                            "cost_sek": cost,
                            "gain": gain,
                        }
                    )
                )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(POINT_COLUMNS))
