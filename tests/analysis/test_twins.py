"""The same people with and without."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.twins import COLUMNS, summarise_twins, twin_rows
from sim.outcomes.twins import UNITS


def people(**columns):
    """Return ten people, the first four of them reached; columns not given are 0."""
    table = {
        "counted": True,
        "need_group": [1, 1, 1, 2, 2, 3, 4, 5, 5, 5],
        "complex_needs": [True] * 3 + [False] * 7,
        "eligible": [True] * 4 + [False] * 6,
        "enrolled": False,
        **dict.fromkeys(UNITS, 0.0),
    }
    return pd.DataFrame({**table, **columns})


def cell(rows, outcome="ed_visits", group_by="all", group="all"):
    found = rows[(rows.outcome == outcome) & (rows.group_by == group_by) & (rows.group == group)]
    assert len(found) == 1
    return found.iloc[0]


REACHED = [True] * 4 + [False] * 6
TODAY = people(ed_visits=[3, 2, 1, 0, 0, 0, 0, 1, 0, 0.0])
THEN = people(ed_visits=[1, 2, 0, 1, 0, 0, 0, 1, 0, 0.0], enrolled=REACHED)


def test_shares_surplus_and_mean_by_hand():
    rows = twin_rows(TODAY, THEN)
    whole = cell(rows)
    assert (whole.people, whole.share_lower, whole.share_higher) == (10, 0.2, 0.1)
    assert whole.share_unchanged == pytest.approx(0.7)
    assert (whole.surplus, whole["mean"]) == (pytest.approx(0.1), -0.2)
    assert (whole.p1, whole.p50, whole.p99) == (pytest.approx(-1.91), 0.0, pytest.approx(0.91))
    reached = cell(rows, group_by="reached", group="yes")
    assert (reached.people, reached.share_lower, reached.share_higher) == (4, 0.5, 0.25)
    assert cell(rows, group_by="reached", group="no").share_unchanged == 1.0
    assert cell(rows, group_by="need_group", group="1").people == 3
    assert cell(rows, group_by="complex_needs", group="yes").share_lower == pytest.approx(2 / 3)


def test_small_changes_are_none_and_the_dead_before_the_window_do_not_count():
    today = people(cost_sek=1000.0)
    then = people(cost_sek=[1100.0, 2000.0, *[1000.0] * 8])
    whole = cell(twin_rows(today, then), "cost_sek")
    assert (whole.share_higher, whole.share_unchanged) == (0.1, 0.9)
    gone = people(counted=[True, False, *[True] * 8], cost_sek=1000.0)
    assert cell(twin_rows(gone, then), "cost_sek").share_higher == 0.0


def test_the_same_runs_differ_in_nothing():
    rows = twin_rows(TODAY, TODAY)
    assert (rows["share_unchanged"] == 1.0).all() and (rows["mean"] == 0.0).all()
    assert not (rows["group_by"] == "reached").all() and "yes" not in set(rows[rows.group_by == "reached"].group)


def test_other_people_are_refused():
    with pytest.raises(ValueError, match="the same people"):
        twin_rows(TODAY, THEN.assign(need_group=5))
    with pytest.raises(ValueError, match="the same people"):
        twin_rows(TODAY, THEN.iloc[:9])


def test_descriptions_are_averaged_over_replications():
    none = people(ed_visits=TODAY["ed_visits"], enrolled=REACHED)
    pairs = [("a", 0, twin_rows(TODAY, THEN)), ("a", 1, twin_rows(TODAY, none))]
    table = summarise_twins(pairs, "baseline")
    assert tuple(table.columns) == COLUMNS
    whole = cell(table)
    assert (whole.n, whole.people, whole.share_lower, whole.better) == (2, 10, pytest.approx(0.1), "lower")
    # Surplus 0.1 and 0: mean 0.05, half-width 12.706 x 0.0707 / 1.414.
    assert whole.surplus_high - 0.05 == pytest.approx(12.7062 * 0.05, rel=1e-4)
    turned = summarise_twins(pairs[::-1], "baseline")
    pd.testing.assert_frame_equal(table, turned)
    alone = cell(summarise_twins(pairs[:1], "baseline"))
    assert np.isnan(alone.surplus_low) and alone.surplus == pytest.approx(0.1)
    with pytest.raises(ValueError, match="no pair"):
        summarise_twins([], "baseline")
