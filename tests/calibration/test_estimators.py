"""Estimators against hand-worked numbers and against truth that is known because it was made."""

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from calibration.estimators import (
    Estimate,
    Estimator,
    Term,
    estimate,
    estimate_share,
    mean_rate,
    share_not_by_means,
)

ONE = np.ones(4)
TRIALS = 400


def rate(events: list[float], exposure: list[float], who: list[int], how: Estimator) -> Term:
    chosen = np.isin(np.arange(len(events)), who)
    ones = np.ones(len(events))
    return mean_rate(np.array(events), np.array(exposure), chosen, how, people=ones, weights=ones)


def two_groups(a: np.ndarray, b: np.ndarray, how: Estimator = "rate_ratio") -> Estimate:
    events, first = np.concatenate([a, b]).astype(float), np.arange(len(a) + len(b)) < len(a)
    ones = np.ones(len(events))
    terms = [mean_rate(events, ones, who, how, people=ones, weights=ones) for who in (first, ~first)]
    return estimate(terms[0] - terms[1], ones, how)


def clustered(generator: np.random.Generator, people: int, mean: float) -> np.ndarray:
    """Return visits of people who differ much: four times the variance of Poisson."""
    return generator.poisson(generator.gamma(mean / 3.0, 3.0, people))


def test_a_rate_ratio_by_hand() -> None:
    # 3 events in 2 years against 4 in 1 year.
    events, exposure = [1.0, 2.0, 3.0, 1.0], [1.0, 1.0, 0.5, 0.5]
    term = rate(events, exposure, [0, 1], "rate_ratio") - rate(events, exposure, [2, 3], "rate_ratio")
    found = estimate(term, ONE, "rate_ratio")
    assert found.value == pytest.approx(1.5 / 4.0)
    # Influences: (1 - 1.5) / 3, (2 - 1.5) / 3 and -(3 - 2) / 4, -(1 - 2) / 4.
    error = np.sqrt(2 * (0.5 / 3) ** 2 + 2 * (1 / 4) ** 2)
    assert np.log(found.high / found.value) == pytest.approx(1.959964 * error, rel=1e-6)
    assert estimate(term, ONE, "relative_change").value == pytest.approx(1.5 / 4.0 - 1.0)


def test_an_odds_ratio_and_a_difference_by_hand() -> None:
    events, exposure = [1.0, 0.0, 1.0, 1.0, 1.0, 0.0], [1.0] * 6
    ones = np.ones(6)
    odds = rate(events, exposure, [0, 1], "odds_ratio") - rate(events, exposure, [2, 3, 4, 5], "odds_ratio")
    assert estimate(odds, ones, "odds_ratio").value == pytest.approx(1.0 / 3.0)
    # The error of log odds of the usual two-by-two table.
    width = np.log(estimate(odds, ones, "odds_ratio").high) - odds.value
    assert width == pytest.approx(1.959964 * np.sqrt(1 / 1 + 1 / 1 + 1 / 3 + 1 / 1), rel=1e-6)
    plain = rate(events, exposure, [0, 1], "difference") - rate(events, exposure, [2, 3, 4, 5], "difference")
    assert estimate(plain, ones, "difference").value == pytest.approx(0.5 - 0.75)


def test_rows_that_stand_for_several_people_count_as_so_many() -> None:
    events, exposure = np.array([0.0, 2.0]), np.array([1.0, 1.0])
    both, many = np.array([True, True]), np.array([3.0, 2.0])
    short = mean_rate(events, exposure, both, "share", people=many, weights=np.ones(2))
    long = mean_rate(
        np.repeat(events, [3, 2]), np.ones(5), np.ones(5, bool), "share", people=np.ones(5), weights=np.ones(5)
    )
    assert estimate(short, many, "share") == estimate(long, np.ones(5), "share")


@pytest.mark.parametrize(("yes", "asked"), [(3, 10), (0, 5), (5, 5), (1, 54)])
def test_a_share_of_answers_has_the_exact_interval(yes: int, asked: int) -> None:
    answers = np.repeat([1.0, 0.0], [yes, asked - yes])
    ones = np.ones(asked)
    found = estimate_share(rate(list(answers), list(ones), list(range(asked)), "share"), ones)
    exact = binomtest(yes, asked).proportion_ci(method="exact")
    assert found.value == yes / asked
    assert (found.low, found.high) == (pytest.approx(exact.low), pytest.approx(exact.high))


def test_a_share_of_contacts_knows_no_more_than_its_people() -> None:
    # Ten people with four contacts each, all in time or none: ten answers.
    in_time, contacts, ones = np.repeat([4.0, 0.0], [7, 3]), np.full(10, 4.0), np.ones(10)
    found = estimate_share(rate(list(in_time), list(contacts), list(range(10)), "share"), ones)
    exact = binomtest(7, 10).proportion_ci(method="exact")
    assert (found.low, found.high) == (pytest.approx(exact.low), pytest.approx(exact.high))


def test_a_share_of_nobody_cannot_be_told() -> None:
    found = estimate_share(rate([0.0], [0.0], [0], "share"), np.ones(1))
    assert np.isnan([found.value, found.low, found.high]).all()


def test_weights_make_those_compared_with_like_the_others() -> None:
    events, ones = np.array([4.0, 1.0]), np.ones(2)
    term = mean_rate(events, ones, np.ones(2, bool), "share", people=np.array([1.0, 3.0]), weights=np.array([3.0, 1.0]))
    assert term.value == pytest.approx((3 * 4 + 3 * 1) / 6)


@pytest.mark.parametrize("how", ["rate_ratio", "odds_ratio", "relative_change"])
def test_no_event_gives_no_ratio(how: Estimator) -> None:
    found = estimate(rate([0.0, 0.0], [1.0, 1.0], [0, 1], how), np.ones(2), how)
    assert np.isnan([found.value, found.low, found.high]).all()


def test_intervals_of_clustered_visits_hold_the_truth_as_often_as_they_say() -> None:
    generator = np.random.default_rng(1)
    held = sum(
        two_groups(clustered(generator, 200, 0.8 * 3.0), clustered(generator, 200, 3.0)).contains(0.8)
        for _ in range(TRIALS)
    )
    low, high = binom.ppf([0.0005, 0.9995], TRIALS, 0.95)
    assert low <= held <= high


@pytest.mark.parametrize("how", ["rate_ratio", "difference"])
def test_two_like_groups_differ_clearly_in_one_of_twenty_trials(how: Estimator) -> None:
    generator = np.random.default_rng(2)
    nothing = 1.0 if how == "rate_ratio" else 0.0
    wrong = sum(
        not two_groups(clustered(generator, 200, 3.0), clustered(generator, 200, 3.0), how).contains(nothing)
        for _ in range(TRIALS)
    )
    low, high = binom.ppf([0.0005, 0.9995], TRIALS, 0.05)
    assert low <= wrong <= high


def test_people_found_at_their_worst_get_better_by_themselves() -> None:
    generator = np.random.default_rng(3)
    level = generator.gamma(0.5, 2.0, 20_000)
    before, after = generator.poisson(level), generator.poisson(level)
    found = before >= 3
    events = np.stack([before[found], after[found]]).astype(float)
    ones = np.ones(found.sum())
    everybody = ones.astype(bool)
    was, became = (mean_rate(row, ones, everybody, "relative_change", people=ones, weights=ones) for row in events)
    fall, true = became - was, became - became
    assert estimate(fall, ones, "relative_change").high < -0.2
    assert estimate(true, ones, "relative_change") == Estimate(0.0, 0.0, 0.0)
    assert share_not_by_means(fall, true, ones) == 1.0


def test_an_effect_that_may_be_none_is_not_divided() -> None:
    term = rate([1.0, 3.0, 2.0, 2.0], [1.0] * 4, [0, 1], "rate_ratio") - rate(
        [1.0, 3.0, 2.0, 2.0], [1.0] * 4, [2, 3], "rate_ratio"
    )
    assert np.isnan(share_not_by_means(term, term, ONE))
