"""Outcomes of a part of the measured time."""

from __future__ import annotations

import pandas as pd
import pytest
from engine_runs import observed

from sim.outcomes.quarters import GROUPINGS
from sim.outcomes.table import measure_all, measure_span

CELL = ["group_by", "group", "outcome", "unit"]


def test_the_whole_time_as_a_span_measures_what_the_whole_time_does() -> None:
    run = observed()
    whole = measure_all(run)
    whole = whole[~whole["group_by"].isin(list(GROUPINGS))].reset_index(drop=True)
    pd.testing.assert_frame_equal(measure_span(run, 0.0, run.end_days - run.start_days), whole)
    # Beyond the end there is nothing.
    pd.testing.assert_frame_equal(measure_span(run, 0.0, 9_999.0), whole)


def test_counts_of_two_halves_add_up() -> None:
    run = observed()
    days = run.end_days - run.start_days

    def visits(start: float, end: float) -> float:
        """Return emergency visits per person alive, over the span: a rate times its years."""
        table = measure_span(run, start, end).set_index(CELL)["value"]
        return float(table["all", "all", "ed_visits_per_1000", "per 1,000 person-years"]) * (end - start)

    halves = visits(0.0, days / 2) + visits(days / 2, days)
    assert halves == pytest.approx(visits(0.0, days), rel=0.01)
