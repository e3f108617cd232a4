"""Four worlds set off by hand: harms, gains, what survives, and when weeks are normal again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from sim.analysis.ratio import ratio_of_means
from sim.analysis.recovery import Courses, courses, normal, recovery_rows, weekly_rows
from sim.analysis.stress import LOSS, NO_RUNS, STRESS_COLUMNS, TOLD, UNCLEAR, WEEKS, stress_table
from sim.batch.matrix import compact
from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.outcomes.outcome import all_outcomes
from sim.outcomes.series import SERIES

DAYS = all_outcomes()["unmet_need_days"]


def table_of(worlds: dict[str, list[float]], outcome: str = "unmet_need_days") -> pd.DataFrame:
    rows = [
        {
            "scenario": world, "replication": replication, "group_by": "all", "group": "all", "outcome": outcome,
            "unit": "days", "value": value,
        }
        for world, values in worlds.items()
        for replication, value in enumerate(values)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def stressed(worlds: dict[str, list[float]]) -> dict[str, object]:
    found = stress_table(compact(table_of(worlds)), [DAYS], "baseline", "team", "outage", WEEKS)
    assert tuple(found.columns) == STRESS_COLUMNS and len(found) == 1
    return {str(key): value for key, value in found.iloc[0].to_dict().items()}


LUCK = np.array([0.0, 1.0, 3.0, 6.0])
TODAY, GAIN = 50.0 + LUCK, np.array([-10.0, -11.0, -9.0, -10.0])


def worlds(kept: float, blow: float = 5.0, odd: float = 0.0) -> dict[str, list[float]]:
    """Return worlds in which `kept` of the gain survives a blow; `odd` shakes the disturbed gain."""
    shaken = kept * GAIN + odd * np.array([1.0, -1.0, -1.0, 1.0])
    found = {
        "baseline": TODAY, "team": TODAY + GAIN, "baseline__outage": TODAY + blow,
        "team__outage": TODAY + blow + shaken,
    }  # fmt: skip
    return {name: values.tolist() for name, values in found.items()}


def test_of_a_gain_that_halves_half_survives() -> None:
    row = stressed(worlds(0.5))
    assert row["survives"] == pytest.approx(0.5) and row["told"] == TOLD
    assert row["survives_low"] == pytest.approx(0.5) and row["survives_high"] == pytest.approx(0.5)
    assert row["harm_against"] == pytest.approx(5.0) and row["harm_with"] == pytest.approx(10.0)
    assert row["gain_calm"] == pytest.approx(-10.0) and row["gain_disturbed"] == pytest.approx(-5.0)
    assert row["gain_lost"] == pytest.approx(5.0) and row["level"] == pytest.approx(52.5) and row["n"] == 4


def test_with_parameter_sets_gains_have_the_interval_of_one_more_set_and_the_share_that_of_means() -> None:
    usual = stressed(worlds(0.8, odd=1.0))
    table = compact(table_of(worlds(0.8, odd=1.0)))
    wide = stress_table(table, [DAYS], "baseline", "team", "outage", WEEKS, of_next_run=True).iloc[0]
    half = stats.t.ppf(0.975, 3) * np.std(GAIN, ddof=1) * np.sqrt(1.0 + 1.0 / 4.0)
    assert (wide["gain_calm_low"], wide["gain_calm_high"]) == pytest.approx((-10.0 - half, -10.0 + half))
    assert [wide[name] for name in ("survives", "survives_low")] == [
        usual[name] for name in ("survives", "survives_low")
    ]


def test_a_shaken_gain_has_an_interval_around_its_share() -> None:
    row = stressed(worlds(0.8, odd=1.0))
    assert 0.6 < row["survives_low"] < 0.8 < row["survives_high"] < 1.0  # type: ignore[operator]  # numbers


def test_without_a_clear_gain_no_share_is_told() -> None:
    wild = worlds(0.5)
    wild["team"] = (TODAY + np.array([-20.0, 15.0, -12.0, 9.0])).tolist()
    row = stressed(wild)
    assert row["told"] == UNCLEAR and np.isnan([row["survives"], row["survives_low"], row["survives_high"]]).all()
    assert np.isfinite(row["harm_against"])  # type: ignore[arg-type]  # a number
    worse = worlds(0.5)
    worse["team"] = (TODAY - GAIN).tolist()
    assert stressed(worse)["told"] == LOSS
    assert stressed({name: values[:1] for name, values in worlds(0.5).items()})["told"] == NO_RUNS


def test_only_whole_sets_of_four_count() -> None:
    torn = worlds(0.5)
    torn["team__outage"] = torn["team__outage"][:3]
    row = stressed(torn)
    assert row["n"] == 3 and row["gain_calm"] == pytest.approx(GAIN[:3].mean())


def test_the_ratio_by_hand() -> None:
    # Means 3 and 6; variances of means 1/3 and 1/3, covariance 1/3: (3 - 6 r) +- t sqrt((1 - 2 r + r^2) / 3) = 0.
    top, bottom = np.array([2.0, 3.0, 4.0]), np.array([5.0, 6.0, 7.0])
    t = stats.t.ppf(0.975, 2)
    ends = sorted(
        optimize.brentq(lambda r, s=sign: 3 - 6 * r + s * t * (1 - r) / 3**0.5, -5, 5) for sign in (-1, 1)
    )  # fmt: skip
    found = ratio_of_means(top, bottom)
    assert (found.mean, found.low, found.high) == pytest.approx((0.5, *ends))


def test_the_ratio_is_refused_where_its_bottom_may_be_nothing() -> None:
    assert np.isnan(ratio_of_means(np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.5, 2.0])).mean)
    assert np.isnan(ratio_of_means(np.array([1.0]), np.array([1.0])).mean)
    sure = ratio_of_means(np.array([3.0, 3.0]), np.array([4.0, 4.0]))
    assert (sure.mean, sure.low, sure.high) == (0.75, 0.75, 0.75)


def test_the_interval_of_the_ratio_holds_the_truth_as_often_as_it_says() -> None:
    n, many, truth = 6, 600, 0.7
    luck = Luck(1, Purpose).normal(Purpose.RESAMPLE, np.arange(2 * many * n))
    first, second = luck.reshape(2, many, n)
    held = 0
    for a, b in zip(first, second, strict=True):
        bottom = 10.0 + 2.0 * a
        found = ratio_of_means(truth * bottom + 1.5 * b, bottom)
        held += found.low <= truth <= found.high
    assert 0.92 < held / many < 0.98


def _weeks(values: list[list[float]], first_day: float = 0.0) -> Courses:
    return Courses(first_day=first_day, series={"open_needs": np.array(values)})


def _back(struck: list[list[float]], calm: list[list[float]], span: tuple[float, float]) -> dict[str, object]:
    (row,) = recovery_rows("team", "outage", span, _weeks(calm), _weeks(struck))
    return row


def test_weeks_are_normal_again_once_enough_in_a_row_are_within_the_band() -> None:
    assert normal().band_share == 0.05 and normal().weeks_in_a_row == 2
    calm = [[100.0] * 10]
    factor = np.array([1, 1, 1.2, 1.3, 1.1, 1.02, 1.08, 1.0, 1.0, 1.0])
    struck = [(100 * factor).tolist()]
    # Off in weeks 3 to 5 and 7; one quiet week between does not count.
    row = _back([struck[0]], [calm[0]], (14.0, 28.0))
    assert row["days_until_normal"] == 21.0 and row["weeks_off"] == 4 and row["ever_off"]
    assert row["furthest_share"] == pytest.approx(0.3) and row["furthest_week"] == 2 and row["n"] == 1
    assert _back([calm[0]], [calm[0]], (14.0, 28.0))["days_until_normal"] == 0.0
    endless = np.where(np.arange(10) >= 2, 150.0, 100.0).tolist()
    assert np.isnan(_back([endless], [calm[0]], (14.0, 28.0))["days_until_normal"])  # type: ignore[call-overload]


def test_what_chance_alone_puts_off_does_not_count() -> None:
    calm = [[100.0] * 6, [100.0] * 6, [100.0] * 6]
    noisy = [[100, 100, 130, 100, 100, 100], [100, 100, 60, 100, 100, 100], [100, 100, 130, 100, 100, 100]]
    assert not _back([[float(x) for x in one] for one in noisy], calm, (14.0, 21.0))["ever_off"]
    sure = [[100.0, 100.0, 130.0 + k, 100.0, 100.0, 100.0] for k in range(3)]
    assert _back(sure, calm, (14.0, 21.0))["weeks_off"] == 1


def test_weekly_courses_begin_with_the_first_whole_week_after_the_warm_up() -> None:
    def table(level: float) -> pd.DataFrame:
        parts = [pd.DataFrame({"series": name, "week": range(8), "value": level + np.arange(8.0)}) for name in SERIES]
        return pd.concat(parts, ignore_index=True)

    found = courses([table(10.0), table(20.0)], warmup_days=10)
    assert found.first_day == 4.0 and found.series["in_bed"].shape == (2, 6)
    rows = pd.DataFrame(weekly_rows("team", "", found))
    own = rows[rows["series"] == "in_bed"]
    assert own["mean"].tolist() == pytest.approx([17.0, 18.0, 19.0, 20.0, 21.0, 22.0])
    assert own["day"].tolist() == [4.0 + 7 * k for k in range(6)]
    half = stats.t.ppf(0.975, 1) * np.sqrt(50.0) / np.sqrt(2)
    assert (own["high"] - own["mean"]).to_numpy() == pytest.approx(np.full(6, half))
    assert own["change"].isna().all()


def test_the_weekly_change_is_that_of_pairs_however_far_their_levels_lie_apart() -> None:
    calm = Courses(first_day=0.0, series={"in_bed": np.array([[10.0, 10.0], [90.0, 90.0]])})
    struck = Courses(first_day=0.0, series={"in_bed": np.array([[12.0, 10.0], [94.0, 90.0]])})
    first, second = weekly_rows("team", "outage", struck, calm)
    half = stats.t.ppf(0.975, 1) * np.sqrt(2.0) / np.sqrt(2.0)
    found = [first[name] for name in ("mean", "change", "change_low", "change_high")]
    assert found == pytest.approx([53.0, 3.0, 3.0 - half, 3.0 + half])
    assert [second[name] for name in ("change", "change_low", "change_high")] == [0.0, 0.0, 0.0]
