"""In which futures a choice does not pay: gains, what luck may have decided, verdicts, and what is required."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from sim.analysis.discovery import Gain, Look, discovery_rows, gain_of
from sim.analysis.satisficing import Requirement, satisficing_rows
from sim.config.ensemble import Column
from sim.config.uncertain import Box, Uncertain

ABOUT = {
    "criterion": "cost_sek",
    "unit": "SEK per person-year",
    "group_by": "all",
    "group": "all",
    "scenario": "a",
    "against": "b",
}
RANGES = Box(
    dimensions=(
        Uncertain(column=Column("one", "one", None), start=15.0, low=10.0, high=20.0),
        Uncertain(column=Column("two", "two", None), start=1.0, low=0.1, high=10.0, log=True),
        Uncertain(column=Column("three", "three", None), start=0.5, low=0.0, high=1.0),
    )
)
POINTS = np.asarray(qmc.LatinHypercube(3, seed=2).random(60))


def look(gains: np.ndarray, half_width: float = 0.0, at_least: float = 0.0) -> Look:
    return Look(about=ABOUT, gain=Gain(mean=gains, half_width=half_width, at_least=at_least))


def test_gains_are_paired_and_luck_is_told_by_all_futures_together() -> None:
    # Two futures, two replications; the level moves by 100 with the replication, the gain by 1.
    values = np.array([[[0.0, 3.0], [100.0, 104.0]], [[50.0, 49.0], [150.0, 150.0]]])
    found = gain_of(values, 1, 0, at_least=1.0)
    assert found.mean.tolist() == [3.5, -0.5] and found.fails.tolist() == [False, True]
    assert found.half_width == pytest.approx(stats.t.ppf(0.975, 2) * np.sqrt(0.5 / 2))
    assert found.unclear is not None and found.unclear.tolist() == [False, True]
    alone = gain_of(values[:, :1], 1, 0, at_least=0.0)
    assert alone.unclear is None and alone.fails.tolist() == [False, True]


def test_a_gain_that_is_exactly_enough_pays() -> None:
    assert gain_of(np.zeros((3, 2, 2)), 1, 0, at_least=0.0).fails.tolist() == [False] * 3


def test_limits_are_in_the_parameters_own_units() -> None:
    fails = (POINTS[:, 1] < 0.5) & (POINTS[:, 0] > 0.3)
    rows = discovery_rows([look(np.where(fails, -1.0, 1.0))], POINTS, RANGES, seed=1)
    assert set(rows["verdict"]) == {"region"} and (rows["p_value"] <= 0.025).all()
    limits = rows.set_index("parameter")
    assert limits.loc["two", "high"] == pytest.approx(1.0, rel=0.1) and np.isnan(limits.loc["two", "low"])
    assert limits.loc["one", "low"] == pytest.approx(13.0, abs=0.3) and np.isnan(limits.loc["one", "high"])
    assert rows["density"].tolist() == [1.0, 1.0] and rows["coverage"].tolist() == [1.0, 1.0]
    assert (rows["density_low"] < 1.0).all() and rows["failing"].tolist() == [int(fails.sum())] * 2
    assert rows["rank"].tolist() == [1, 2] and (rows["unclear"] == 0).all()


VERDICTS = [
    (np.ones(60), "never"),
    (-np.ones(60), "always"),
    (np.where(np.arange(60) < 4, -1.0, 1.0), "few"),
    (np.where(np.random.default_rng(1).random(60) < 0.5, -1.0, 1.0), "no_region"),
]


@pytest.mark.parametrize(("gains", "verdict"), VERDICTS, ids=[verdict for _, verdict in VERDICTS])
def test_what_is_no_region_says_why_and_has_no_limit(gains: np.ndarray, verdict: str) -> None:
    rows = discovery_rows([look(gains, half_width=2.0)], POINTS, RANGES, seed=1)
    assert len(rows) == 2 and set(rows["verdict"]) == {verdict}
    assert rows[["low", "high", "density", "coverage", "inside"]].isna().all(axis=None)
    # All gains lie within their interval of nothing.
    assert (rows["unclear"] == 60).all() and (rows["unclear_failing"] == rows["failing"]).all()


def test_requirements_are_counted_alone_and_together() -> None:
    cost, days = (Requirement(outcome=name, at_most=True, limit=limit) for name, limit in (("cost", 10.0), ("days", 5)))
    values = {cost: np.array([[9.0, 11.0], [10.0, 8.0]]), days: np.array([[6.0, 4.0], [5.0, 4.0]])}
    rows = satisficing_rows({"group_by": "all", "group": "all"}, ("a", "b"), values)
    found = rows.set_index(["scenario", "requirement"])["share"]
    assert found[("a", "cost<=10")] == 1.0 and found[("a", "days<=5")] == 0.5 and found[("a", "")] == 0.5
    assert found[("b", "cost<=10")] == 0.5 and found[("b", "days<=5")] == 1.0 and found[("b", "")] == 0.5
    assert Requirement(outcome="x", at_most=False, limit=1.0).met(np.array([0.5, 1.0])).tolist() == [False, True]
