"""Add up when a scenario pays back, and what it means for the budgets of the coming years.

Budget impact as ISPOR has it (Sullivan et al. 2014): the place's own people, uptake as the scenario has it, cost to
the payer, not discounted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sim.analysis.differences import intervals_of
from sim.analysis.value_courses import Paired, Place, cost_course, label, table
from sim.analysis.value_over_time import HELD, Course, by_year, cumulated, held_band, payback_quarter
from sim.analysis.value_settings import KINDS, PERSPECTIVES, number

PAYBACK_COLUMNS = (
    *("scenario", "perspective", "cost_kind", "quarter", "cumulated", "low", "high"),
    *("payback_quarter", "earliest", "latest", "n"),
)
BUDGET_COLUMNS = ("scenario", "perspective", "cost_kind", "year", "basis", "mean", "low", "high", "n")


def _courses(found: Sequence[Paired], place: Place) -> Iterator[tuple[Paired, str, str, Course]]:
    for one in found:
        for perspective in PERSPECTIVES:
            for kind in KINDS:
                course = cost_course(one, perspective, kind, place)
                if course is not None:
                    yield one, perspective, kind, course.times(place.inhabitants)


def payback_table(found: Sequence[Paired], place: Place) -> pd.DataFrame:
    """Return the difference in cost added up to the end of each quarter, and when it is back at zero or below.

    `earliest` and `latest` are when the lower and the upper end of the added-up difference's interval are there;
    empty = not within the time measured. Nothing for runs of fewer than two quarters.
    """
    rows: list[dict[str, object]] = []
    for one, perspective, kind, course in _courses(found, place):
        if not course.quarters.shape[1]:
            continue
        curves = intervals_of(cumulated(course), place.of_next_run)
        when = [payback_quarter(curve) for curve in curves]
        about = label(one, perspective=perspective, cost_kind=kind, n=len(course.whole))
        about |= dict(zip(("payback_quarter", "earliest", "latest"), when, strict=True))
        for quarter, numbers in enumerate(zip(*curves, strict=True), start=1):
            rows.append(about | {"quarter": quarter} | dict(zip(("cumulated", "low", "high"), numbers, strict=True)))
    made = table(rows, PAYBACK_COLUMNS)
    # Whole numbers also where some are missing.
    return made.astype(dict.fromkeys(("payback_quarter", "earliest", "latest"), "Int64"))


def budget_table(found: Sequence[Paired], place: Place) -> pd.DataFrame:
    """Return the difference in cost of each of the coming years, measured as long as was simulated, then held."""
    years, spread = int(number("budget_years")), number("held_spread_share_per_year")
    rows: list[dict[str, object]] = []
    for one, perspective, kind, course in _courses(found, place):
        values, basis = by_year(course, place.years)
        measured = list(zip(*intervals_of(np.asarray(values), place.of_next_run), basis, strict=True))
        about = label(one, perspective=perspective, cost_kind=kind, n=len(course.whole))
        for year in range(years):
            mean, low, high, on = measured[min(year, len(measured) - 1)]
            beyond = year - len(measured) + 1
            if beyond > 0:
                on, (low, high) = HELD, held_band(float(mean), float(low), float(high), beyond, spread)
            rows.append(about | {"year": year + 1, "basis": on, "mean": mean, "low": low, "high": high})
    return table(rows, BUDGET_COLUMNS)
