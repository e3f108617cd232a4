"""Measure all outcomes of a run as one long table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

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


def measure_some(observation: Observation, outcomes: Collection[str]) -> pd.DataFrame:
    """Return the rows that `measure_all` has for these outcomes and the whole time, in much less time."""
    wanted = {name: outcome for name, outcome in all_outcomes().items() if name in outcomes}
    return pd.DataFrame(_measured(observation, groups_of_people(observation), wanted), columns=list(COLUMNS))


def measure_span(observation: Observation, from_day: float, to_day: float) -> pd.DataFrame:
    """Return every outcome for every group in a part of the window; days are counted from its start."""
    start = observation.start_days
    part = replace(observation, start_days=start + from_day, end_days=min(start + to_day, observation.end_days))
    return pd.DataFrame(_measured(part, groups_of_people(part), all_outcomes()), columns=list(COLUMNS))


def _measured(
    observation: Observation, groups: Groups, registry: dict[str, Outcome], of_people_only: bool = False
) -> list[Row]:
    years = groups.sums(person_years(observation))
    rows: dict[str, list[Row]] = {name: [] for name in registry}
    # Measure by measure: all of them at once would take more memory than the log.
    for family in families():
        if any(outcome.id in registry for outcome in family.OUTCOMES):
            for measure in family.measure(observation):
                if measure.outcome in registry and not (of_people_only and isinstance(measure, GroupMeasure)):
                    rows[measure.outcome].extend(_rows(registry[measure.outcome], measure, groups, years))
    return [row for of_outcome in rows.values() for row in of_outcome]


def _rows(outcome: Outcome, measure: Measure, groups: Groups, years: Values) -> Iterator[Row]:
    """Yield the rows of one measure; `years` are the years lived in each group."""
    if isinstance(measure, GroupMeasure):
        labels = tuple((measure.group_by, group) for group in measure.groups)
        numerator, denominator = measure.numerator, measure.denominator
    else:
        labels = groups.names
        numerator = groups.sums(measure.numerator)
        if groups.everybody is not None:
            numerator[groups.everybody] += measure.unassigned
        denominator = years if measure.denominator is None else groups.sums(measure.denominator)
    shown = np.flatnonzero(denominator != 0)
    values = numerator[shown] / denominator[shown] * outcome.scale
    for position, value in zip(shown.tolist(), values.tolist(), strict=True):
        yield (*labels[position], outcome.id, outcome.unit, value)
