"""Measure all outcomes of a run as one long table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.core.observation import Observation
from sim.outcomes.exposure import person_years
from sim.outcomes.grouping import Groups, groups_of_people
from sim.outcomes.outcome import GroupMeasure, Measure, Values, all_outcomes, families

COLUMNS = ("group_by", "group", "outcome", "unit", "value")
Row = tuple[str, str, str, str, float]


def measure_all(observation: Observation) -> pd.DataFrame:
    """Return every outcome for every group, with columns `COLUMNS`, in the order of the registry.

    A group whose denominator is 0 (nobody to ask, no contact of this kind) has no row.
    """
    groups = groups_of_people(observation)
    years = groups.sums(person_years(observation))
    rows: dict[str, list[Row]] = {name: [] for name in all_outcomes()}
    # Measure by measure: all of them at once would take more memory than the log.
    for family in families():
        for measure in family.measure(observation):
            rows[measure.outcome].extend(_rows(measure, groups, years))
    return pd.DataFrame([row for of_outcome in rows.values() for row in of_outcome], columns=list(COLUMNS))


def _rows(measure: Measure, groups: Groups, years: Values) -> Iterator[Row]:
    """Yield the rows of one measure; `years` are the years lived in each group."""
    outcome = all_outcomes()[measure.outcome]
    if isinstance(measure, GroupMeasure):
        labels = tuple((measure.group_by, group) for group in measure.groups)
        numerator, denominator = measure.numerator, measure.denominator
    else:
        labels = groups.names
        numerator = groups.sums(measure.numerator)
        numerator[0] += measure.unassigned
        denominator = years if measure.denominator is None else groups.sums(measure.denominator)
    shown = np.flatnonzero(denominator != 0)
    values = numerator[shown] / denominator[shown] * outcome.scale
    for position, value in zip(shown.tolist(), values.tolist(), strict=True):
        yield (*labels[position], outcome.id, outcome.unit, value)
