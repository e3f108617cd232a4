"""Measure all outcomes of a run as one long table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.core.observation import Observation
from sim.outcomes.exposure import person_years
from sim.outcomes.grouping import Groups, groups_of_people
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, Values, all_outcomes, families
from sim.outcomes.quarters import GROUPINGS, quarters

COLUMNS = ("group_by", "group", "outcome", "unit", "value")
Row = tuple[str, str, str, str, float]


def measure_all(observation: Observation) -> pd.DataFrame:
    """Return every outcome for every group, with columns `COLUMNS`, in the order of the registry.

    A group whose denominator is 0 (nobody to ask, no contact of this kind) has no row. Outcomes that are shown
    first (`headline`) follow quarter by quarter.
    """
    groups = groups_of_people(observation)
    rows = _measured(observation, groups, all_outcomes())
    shown_first = {name: outcome for name, outcome in all_outcomes().items() if outcome.headline}
    for number, quarter in enumerate(quarters(observation), start=1):
        # A quarter stands where a group of people does: the group is that of `GROUPINGS`.
        people = groups.renamed({(group_by, str(number)): whom for group_by, whom in GROUPINGS.items()})
        rows += _measured(quarter, people, shown_first, of_people_only=True)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _measured(
    observation: Observation, groups: Groups, registry: dict[str, Outcome], of_people_only: bool = False
) -> list[Row]:
    measures: dict[str, list[Measure]] = {name: [] for name in registry}
    for family in families():
        if any(outcome.id in registry for outcome in family.OUTCOMES):
            for measure in family.measure(observation):
                if measure.outcome in registry and not (of_people_only and isinstance(measure, GroupMeasure)):
                    measures[measure.outcome].append(measure)
    years = person_years(observation)
    rows: list[Row] = []
    for name, outcome in registry.items():
        for measure in measures[name]:
            rows.extend(_rows(outcome, measure, groups, years))
    return rows


def _rows(outcome: Outcome, measure: Measure, groups: Groups, years: Values) -> Iterator[Row]:
    if isinstance(measure, GroupMeasure):
        labels = tuple((measure.group_by, group) for group in measure.groups)
        numerator, denominator = measure.numerator, measure.denominator
    else:
        labels = groups.names
        numerator = groups.sums(measure.numerator)
        if groups.everybody is not None:
            numerator[groups.everybody] += measure.unassigned
        denominator = groups.sums(years if measure.denominator is None else measure.denominator)
    shown = np.flatnonzero(denominator != 0)
    values = numerator[shown] / denominator[shown] * outcome.scale
    for position, value in zip(shown.tolist(), values.tolist(), strict=True):
        yield (*labels[position], outcome.id, outcome.unit, value)
