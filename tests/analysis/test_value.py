"""Tables on money and value from hand-made runs: two years, one region, two municipalities."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.value import Choice, value_tables
from sim.analysis.value_courses import Place
from sim.batch.matrix import compact
from sim.outcomes.outcome import all_outcomes

PLACE = Place(inhabitants=1000.0, years=2.0, price_year=2024, region=("region",), municipal=("north", "south"))
SHARES = {"region": 0.5, "north": 0.3, "south": 0.2}
REPLICATIONS = 6


def _rows(scenario, replication, values):
    return [
        {"scenario": scenario, "replication": replication, "group_by": by, "group": group, "outcome": outcome,
         "unit": all_outcomes()[outcome].unit, "value": value}
        for (by, group, outcome), value in values.items()
    ]  # fmt: skip


def _run(change, unmet, luck):
    """One run: `change` is the yearly difference in cost in each year, `unmet` in days with unmet need."""
    mean = sum(change) / 2
    found = {("all", "all", "cost_sek"): 100.0 + mean + luck, ("all", "all", "cash_cost_sek"): 20.0 + mean / 4 + luck}
    found |= {("all", "all", "unmet_need_days"): 30.0 + unmet, ("all", "all", "relatives_hours"): 5.0 + unmet}
    found |= {("all", "all", "relatives_value_sek"): 50.0 + 10 * unmet, ("all", "all", "cost_means_fixed_sek"): 2.0}
    found |= {("all", "all", "staff_hours"): 700.0, ("profession", "home_nurse", "staff_hours"): 70.0 + mean}
    for name, share in SHARES.items():
        own = {"region": mean + 3.0, "north": -1.0, "south": -2.0}[name] if mean else 0.0
        found[("principal", name, "cost_sek")] = 100.0 * share + own + luck * share
        found[("principal", name, "cash_cost_sek")] = 20.0 * share + own / 4 + luck * share
        found[("principal", name, "net_transfers_sek")] = (
            {"region": -4.0, "north": 3.0, "south": 1.0}[name] if mean else 0
        )
        found[("principal", name, "cost_means_fixed_sek")] = 2.0 if name == "region" else 0.0
    for quarter in range(8):
        year = change[quarter // 4]
        found[("quarter", str(quarter + 1), "cost_sek")] = 100.0 + year + luck
        found[("quarter", str(quarter + 1), "cash_cost_sek")] = 20.0 + year / 4 + luck
        found[("quarter", str(quarter + 1), "unmet_need_days")] = 30.0 + unmet
        found[("quarter", str(quarter + 1), "relatives_hours")] = 5.0 + unmet
    return found


@pytest.fixture(scope="module")
def matrix():
    rows = []
    for replication in range(REPLICATIONS):
        luck = 0.01 * replication
        rows += _rows("baseline", replication, _run((0.0, 0.0), 0.0, luck))
        rows += _rows("invest", replication, _run((10.0, -20.6 - luck), -2.0, luck))
        rows += _rows("nothing", replication, _run((0.0, 0.0), 0.0, luck))
    return compact(pd.DataFrame(rows))


@pytest.fixture(scope="module")
def tables(matrix):
    return value_tables(matrix, "baseline", PLACE, Choice())


def _row(table, **words):
    for column, word in words.items():
        table = table[table[column] == word]
    assert len(table) == 1
    return table.iloc[0]


def test_cost_and_effect_are_discounted_and_for_the_whole_place(tables):
    row = _row(tables["value.csv"], scenario="invest", perspective="both", cost_kind="full")
    luck = np.mean([0.01 * one for one in range(REPLICATIONS)])
    # By hand: (10 - 20.6 / 1.03) / 2 = -5 per person-year, and 2 days fewer, a year later worth 1 / 1.03 of it.
    assert row["cost"] == pytest.approx(1000.0 * (-5.0 - luck / 1.03 / 2))
    assert row["gain"] == pytest.approx(1000.0 * (1.0 + 1.0 / 1.03))
    assert row["finding"] == "dominates" and row["certain"] and row["status"] == "cheapest"
    assert row["net_benefit"] == pytest.approx(500.0 * row["gain"] - row["cost"])
    assert (row["discount_rate"], row["price_year"], row["years"]) == (0.03, 2024, 2.0)


def test_perspectives_add_up_and_society_holds_relatives_time(tables):
    points = tables["value_points.csv"]
    for kind in ("full", "cash"):
        cost = {
            name: points[
                (points["scenario"] == "invest") & (points["perspective"] == name) & (points["cost_kind"] == kind)
            ]["cost_sek"].to_numpy()
            for name in ("region", "municipality", "both", "society")
        }
        assert cost["region"] + cost["municipality"] == pytest.approx(cost["both"])
        relatives = 1000.0 * 20.0 * (1.0 + 1.0 / 1.03) / 2 if kind == "full" else 0.0
        assert cost["both"] - cost["society"] == pytest.approx(np.full(REPLICATIONS, relatives))


def test_a_scenario_that_changes_nothing_is_the_same_as_the_baseline(tables):
    row = _row(tables["value.csv"], scenario="nothing", perspective="both", cost_kind="full")
    assert (row["cost"], row["gain"], row["finding"]) == (0.0, 0.0, "no difference")
    curve = tables["acceptability.csv"]
    curve = curve[(curve["scenario"] == "nothing") & (curve["cost_kind"] == "full") & (curve["perspective"] == "both")]
    assert set(curve["share_worth_it"]) == {0.5}


def test_acceptability_sums_to_one_and_names_the_best(tables):
    curve = tables["acceptability.csv"]
    at = ["perspective", "cost_kind", "price"]
    assert curve.groupby(at)["share_best"].sum().to_numpy() == pytest.approx(1.0)
    assert (curve.groupby(at)["on_frontier"].sum() == 1).all()
    assert set(curve.loc[curve["on_frontier"], "scenario"]) >= {"invest"}


def test_payback_and_budget(tables):
    payback = tables["payback.csv"]
    mine = payback[
        (payback["scenario"] == "invest") & (payback["perspective"] == "both") & (payback["cost_kind"] == "full")
    ]
    # 10 a year spent for a year, then some 20.6 a year saved: back half-way through the second year.
    assert mine["cumulated"].tolist()[:4] == pytest.approx([2500.0, 5000.0, 7500.0, 10000.0])
    assert mine["payback_quarter"].tolist() == [6] * 8
    budget = tables["budget_impact.csv"]
    mine = budget[
        (budget["scenario"] == "invest") & (budget["perspective"] == "both") & (budget["cost_kind"] == "full")
    ]
    assert mine["basis"].tolist() == ["measured", "measured", "held", "held", "held"]
    means, widths = mine["mean"].tolist(), (mine["high"] - mine["low"]).tolist()
    assert means[0] == pytest.approx(10000.0) and means[1] == means[2] == means[4]
    assert widths[2] < widths[3] < widths[4]
    assert widths[4] - widths[3] == pytest.approx(2 * 0.1 * abs(means[1]))


def test_who_pays_adds_up(tables):
    payers = tables["who_pays.csv"]
    mine = payers[(payers["scenario"] == "invest") & (payers["cost_kind"] == "full")].set_index(["part", "principal"])
    total = mine.loc[("total", ""), "mean"]
    assert mine.loc["care", "mean"].sum() + mine.loc[("means", ""), "mean"] == pytest.approx(total)
    assert mine.loc["transfers", "mean"].sum() == pytest.approx(0.0)
    assert mine.loc["after transfers", "mean"].sum() == pytest.approx(total)
    assert mine.loc[("relatives", ""), "mean"] == pytest.approx(-20_000.0)


def test_time_freed_is_time_no_longer_used(tables):
    row = _row(tables["time_freed.csv"], scenario="invest", profession="home_nurse")
    assert row["freed_hours"] == pytest.approx(5.3, abs=0.1) and row["low"] <= row["freed_hours"] <= row["high"]
    assert _row(tables["time_freed.csv"], scenario="invest", profession="all")["freed_hours"] == 0.0


def test_a_place_without_municipalities_of_its_own_has_no_such_perspective(matrix):
    one = Place(inhabitants=10.0, years=2.0, region=("region",))
    found = value_tables(matrix, "baseline", one, Choice())
    assert set(found["value.csv"]["perspective"]) == {"region", "both", "society"}


def test_without_relatives_time_society_is_left_out(matrix):
    kept = matrix.take(np.flatnonzero(matrix.cells["outcome"].to_numpy() != "relatives_value_sek"))
    found = value_tables(kept, "baseline", PLACE, Choice())
    assert set(found["value.csv"]["perspective"]) == {"region", "municipality", "both"}


def test_one_replication_has_no_interval_and_other_parameters_widen_it(matrix):
    one = compact(matrix.long().query("replication == 0"))
    row = _row(
        value_tables(one, "baseline", PLACE, Choice())["value.csv"],
        scenario="invest", perspective="both", cost_kind="full",
    )  # fmt: skip
    assert np.isnan(row["cost_low"]) and not row["certain"] and row["share_worth_it"] == 1.0
    wide = Place(inhabitants=1000.0, years=2.0, region=("region",), municipal=("north", "south"), of_next_run=True)
    spread = [
        _row(
            value_tables(matrix, "baseline", place, Choice())["value.csv"],
            scenario="invest", perspective="both", cost_kind="full",
        )
        for place in (PLACE, wide)
    ]  # fmt: skip
    first, second = (row["cost_high"] - row["cost_low"] for row in spread)
    assert second > 2.0 * first


def test_another_rate_and_another_effect(matrix):
    found = value_tables(matrix, "baseline", PLACE, Choice(effect="relatives_hours", discount_rate=0.0))["value.csv"]
    row = _row(found, scenario="invest", perspective="both", cost_kind="full")
    assert row["gain"] == pytest.approx(2000.0) and row["unit"] == "SEK per hour" and row["discount_rate"] == 0.0
