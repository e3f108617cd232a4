"""Follow the main rates and states of a run week by week, warm-up included, to see when it has settled."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.core.log import Columns
from sim.core.observation import Observation
from sim.core.vocabulary import ContactFlag
from sim.outcomes.exposure import death_days
from sim.outcomes.intervals import Intervals, hospital_stays, unmet_episodes, waits_for_bed
from sim.outcomes.outcome import Values

COLUMNS = ("series", "week", "value")
SERIES = {
    "ed_visits": "per 1,000 living and week",
    "contacts": "per 1,000 living and week",
    "in_bed": "people per 1,000 living",
    "boarding": "people per 1,000 living",
    "open_needs": "needs per 1,000 living",
    "wait_days": "days",
    "known_share": "share",
    "familiarity": "0-1",
}
"""Unit of each series; rates and states are per living person, since nobody is born in a run."""
STEADY = tuple(name for name in SERIES if name != "boarding")
"""Those that tell whether a run has settled: people wait for beds in bursts, with weeks of nobody between."""
WEEK_DAYS = 7.0


def weekly_series(observation: Observation) -> pd.DataFrame:
    """Return the series with columns `COLUMNS`, all complete weeks from the start of the run, numbered from 0.

    Rates are events of the week, states those at its middle, and boarding (who waits for a hospital bed) the mean over
    the week's hours, since few wait for a whole week; waits, what was known and familiarity are means
    over the week's planned contacts, NaN in a week without any.
    """
    weeks = int(observation.end_days / WEEK_DAYS + 1e-9)
    middle = np.asarray((np.arange(weeks) + 0.5) * WEEK_DAYS, dtype=np.float64)
    thousands = (len(observation.people) - _before(death_days(observation), middle)) / 1000.0
    stays, needs = hospital_stays(observation), unmet_episodes(observation)
    contacts = observation.tables["contacts"]
    planned = (contacts["flags"] & ContactFlag.ACUTE) == 0
    found = {
        "ed_visits": _count(observation.tables["ed_arrivals"]["time_days"], weeks) / thousands,
        "contacts": _count(contacts["time_days"], weeks) / thousands,
        "in_bed": (_before(stays.admitted, middle) - _before(stays.ended, middle)) / thousands,
        "boarding": _days_in(waits_for_bed(observation), weeks) / WEEK_DAYS / thousands,
        "open_needs": (_before(needs.start, middle) - _before(needs.end, middle)) / thousands,
        **{name: _mean(contacts, name, planned, weeks) for name in ("wait_days", "known_share", "familiarity")},
    }
    return pd.DataFrame(
        {
            "series": np.repeat(np.array(list(found), dtype=object), weeks),
            "week": np.tile(np.arange(weeks), len(found)),
            "value": np.concatenate(list(found.values())),
        }
    )


def _before(moments: Values, at: Values) -> Values:
    """Return how many moments have passed at each point in time."""
    return np.searchsorted(np.sort(moments), at, side="right").astype(np.float64)


def _days_in(spent: Intervals, weeks: int) -> Values:
    """Return the days of all intervals that fall in each week; a week without any has exactly 0."""
    start, end = spent.start, np.minimum(spent.end, weeks * WEEK_DAYS)
    total = np.zeros(weeks)
    while (going := end > start).any():
        start, end = start[going], end[going]
        week = (start / WEEK_DAYS).astype(np.int64)
        until = np.minimum(end, (week + 1) * WEEK_DAYS)
        total += np.bincount(week, until - start, minlength=weeks)
        start = until
    return total


def _count(time: npt.NDArray[Any], weeks: int, weights: npt.NDArray[Any] | None = None) -> Values:
    week = (time / WEEK_DAYS).astype(np.int64)
    return np.bincount(week, weights, minlength=weeks + 1)[:weeks].astype(np.float64)


def _mean(contacts: Columns, column: str, rows: npt.NDArray[np.bool_], weeks: int) -> Values:
    time = contacts["time_days"][rows]
    number = _count(time, weeks)
    total = _count(time, weeks, contacts[column][rows])
    means: Values = np.divide(total, number, out=np.full(weeks, np.nan), where=number > 0)
    return means
