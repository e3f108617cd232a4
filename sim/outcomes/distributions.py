"""Describe how an outcome is spread, where a mean says too little: one long table for figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.core.vocabulary import DISTANCE_LABELS, ContactFlag, Profession, label
from sim.outcomes.continuity import distinct_physicians, usual_provider
from sim.outcomes.cost_concentration import carried_by_top, yearly_costs
from sim.outcomes.exposure import alive_at_start, slices
from sim.outcomes.home_help_staff import client_blocks
from sim.outcomes.intervals import hospital_stays

COLUMNS = ("distribution", "group", "x", "value")
MAX_DAYS = 60
"""Lead times and waits of this many days and more share the last bin."""
MAX_COUNT = 60
TOP_SHARES = (
    0.001,
    0.002,
    0.005,
    0.01,
    0.02,
    0.03,
    0.04,
    0.05,
    0.1,
    0.15,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.9,
    1.0,
)
Row = tuple[str, str, float, float]


def distributions(observation: Observation) -> pd.DataFrame:
    """Return the distributions with columns `COLUMNS`.

    `x` is the lower edge of a bin and `value` the share of cases in it: `lead_time_days` (group = distance),
    `wait_days` (profession), `distinct_physicians` (a year, people with complex needs),
    `home_help_staff_14_days` (all, and municipality), `usual_provider_gp` (bins of 0.1), `delayed_days` (days
    per completed stay). In `cost_concentration` (region, total) `x` is the share of people who cost most and
    `value` their share of cost. A group without cases has no rows.
    """
    rows: list[Row] = []
    for part in (_lead_times, _waits, _physicians, _home_help, _usual_provider, _delays, _concentration):
        rows.extend(part(observation))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _histogram(name: str, group: str, values: npt.NDArray[Any], last_bin: int, width: float = 1.0) -> Iterator[Row]:
    """Yield the share of cases per bin from 0 to `last_bin`, which also takes what lies beyond."""
    if not len(values):
        return
    bins = np.minimum((np.asarray(values) / width + 1e-9).astype(np.int64), last_bin)
    counts = np.bincount(bins, minlength=last_bin + 1) / len(bins)
    for position, value in enumerate(counts.tolist()):
        yield name, group, round(position * width, 10), value


def _lead_times(observation: Observation) -> Iterator[Row]:
    rows = observation.table("handovers")
    for distance in range(len(DISTANCE_LABELS)):
        arrived = (rows["distance"] == distance) & ~rows["lost"]
        yield from _histogram("lead_time_days", str(distance), rows["lead_days"][arrived], MAX_DAYS)


def _waits(observation: Observation) -> Iterator[Row]:
    contacts = observation.table("contacts")
    planned = np.flatnonzero((contacts["flags"] & ContactFlag.ACUTE) == 0)
    profession, days = contacts["profession"][planned], contacts["wait_days"][planned]
    for member in Profession:
        if member is not Profession.EMERGENCY_PHYSICIAN:
            yield from _histogram("wait_days", label(member), days[profession == member], MAX_DAYS)


def _physicians(observation: Observation) -> Iterator[Row]:
    counts = []
    for start, end in slices(observation, DAYS_PER_YEAR):
        year = replace(observation, start_days=start, end_days=end)
        counts.append(distinct_physicians(year)[observation.people.complex_needs & alive_at_start(year)])
    if counts:
        yield from _histogram("distinct_physicians", "complex needs", np.concatenate(counts), MAX_COUNT)


def _home_help(observation: Observation) -> Iterator[Row]:
    person, distinct = client_blocks(observation)
    yield from _histogram("home_help_staff_14_days", "all", distinct, MAX_COUNT)
    municipality = observation.people.municipality[person]
    for position, name in enumerate(observation.municipalities):
        here = distinct[municipality == position]
        yield from _histogram("home_help_staff_14_days", name, here, MAX_COUNT)


def _usual_provider(observation: Observation) -> Iterator[Row]:
    yield from _histogram("usual_provider_gp", "all", usual_provider(observation), 10, width=0.1)


def _delays(observation: Observation) -> Iterator[Row]:
    stays = hospital_stays(observation)
    completed = (stays.ended >= observation.start_days) & (stays.ended < observation.end_days)
    delayed = stays.delayed()
    waited = delayed.end[completed] - delayed.start[completed]
    yield from _histogram("delayed_days", "all", waited, MAX_DAYS)


def _concentration(observation: Observation) -> Iterator[Row]:
    years = yearly_costs(observation)
    for name, position in (("region", 0), ("total", 1)):
        ranked = [year[position] for year in years if year[position].any()]
        for top_share in TOP_SHARES:
            if ranked:
                carried = float(np.mean([carried_by_top(cost, top_share) for cost in ranked]))
                yield "cost_concentration", name, top_share, carried
