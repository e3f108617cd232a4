"""The ensemble follows the posterior where the posterior is known."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.identified import not_told_apart, parameter_summary
from calibration.implausibility import F64, Aim, Cutoffs
from calibration.posterior import draw_posterior, effective_sample_size, log_likelihood
from calibration.waves import Space, Wave, first_points, fit_wave, shrink, whole_space


def _wave(aims: list[Aim], outputs: F64, points: F64, cutoffs: Cutoffs | None = None) -> Wave:
    return fit_wave(1, points, outputs, aims, seed=1, cutoffs=cutoffs)


def _aim(name: str, value: float, sd: float) -> Aim:
    return Aim(id=name, value=value, observation_variance=0.64 * sd**2, discrepancy_variance=0.36 * sd**2)


@pytest.fixture(scope="module")
def line() -> tuple[Space, Wave]:
    """Return an output that is the first of three dimensions plus the second, and what an aim leaves of the cube."""
    points = first_points(3, 60, seed=1)
    wave = _wave([_aim("sum", 1.0, 0.05)], (points[:, 0] + points[:, 1])[:, None], points)
    return shrink(whole_space(3, seed=1, sample=1024), [wave], seed=1), wave


def test_the_likelihood_by_hand(line: tuple[Space, Wave]) -> None:
    asked = np.array([[0.5, 0.5, 0.1], [0.6, 0.5, 0.9]])
    found = log_likelihood(asked, [line[1]])
    by_hand = -0.5 * np.log(2 * np.pi * 0.05**2) - 0.5 * np.array([0.0, 2.0**2])
    assert found == pytest.approx(by_hand, abs=0.02)


def test_the_latest_emulator_of_an_aim_counts_once(line: tuple[Space, Wave]) -> None:
    asked = line[0].points[:20]
    assert log_likelihood(asked, [line[1], line[1]]) == pytest.approx(log_likelihood(asked, [line[1]]))


def test_the_sum_is_known_and_the_parts_cannot_be_told_apart(line: tuple[Space, Wave]) -> None:
    space, wave = line
    posterior = draw_posterior(space, [wave], sets=400, seed=1)
    total = posterior.points[:, 0] + posterior.points[:, 1]
    assert total.mean() == pytest.approx(1.0, abs=0.012)
    assert total.std() == pytest.approx(0.05, rel=0.15)
    table = parameter_summary(posterior.points, ["a", "b", "c"])
    assert table["identified"].tolist() == [False, False, False]
    assert table["sd_ratio"].to_numpy() == pytest.approx(np.ones(3), abs=0.12)
    pairs = not_told_apart(posterior.points, ["a", "b", "c"])
    assert pairs[["first", "second"]].to_numpy().tolist() == [["a", "b"]]
    assert pairs["correlation"][0] < -0.95


def test_sets_are_different_and_the_first_are_a_fair_sample(line: tuple[Space, Wave]) -> None:
    posterior = draw_posterior(line[0], [line[1]], sets=400, seed=1)
    assert posterior.distinct >= 395
    half = posterior.points[:200]
    assert half.mean(axis=0) == pytest.approx(posterior.points.mean(axis=0), abs=0.06)
    assert posterior.log_likelihood == pytest.approx(log_likelihood(posterior.points, [line[1]]))
    again = draw_posterior(line[0], [line[1]], sets=400, seed=1)
    assert again.points.tobytes() == posterior.points.tobytes()


def test_sharp_aims_are_brought_in_by_steps_and_met() -> None:
    points = first_points(6, 60, seed=1)
    aims = [_aim(str(place), 0.3 + 0.1 * place, 0.01) for place in range(5)]
    wave = _wave(aims, points[:, :5], points, Cutoffs(largest=40.0))
    space = shrink(whole_space(6, seed=1, sample=512), [wave], seed=1)
    posterior = draw_posterior(space, [wave], sets=300, seed=1)
    assert posterior.importance_sample_size < 10
    assert posterior.steps > 2
    assert posterior.distinct >= 295
    assert posterior.points[:, :5].mean(axis=0) == pytest.approx([0.3, 0.4, 0.5, 0.6, 0.7], abs=0.003)
    assert posterior.points[:, :5].std(axis=0) == pytest.approx(np.full(5, 0.01), rel=0.2)
    table = parameter_summary(posterior.points)
    assert table["identified"].tolist() == [True] * 5 + [False]
    width = table["high"][:5] - table["low"][:5]
    assert width.to_numpy() == pytest.approx(np.full(5, 2 * 1.645 * 0.01), rel=0.2)


def test_what_was_ruled_out_stays_out() -> None:
    points = first_points(2, 40, seed=1)
    # The aim of the first wave cuts at 0.5 where the likelihood of the second wants 0.5: one half is left.
    first = _wave(
        [Aim(id="cut", value=0.0, observation_variance=(0.5 / 3) ** 2, discrepancy_variance=0.0)], points[:, :1], points
    )
    second = _wave([_aim("want", 0.5, 0.1)], points[:, :1], points)
    space = shrink(whole_space(2, seed=1, sample=512), [first], seed=1)
    left = shrink(space, [first, second], seed=1)
    posterior = draw_posterior(left, [first, second], sets=300, seed=1)
    assert posterior.points[:, 0].max() <= 0.505


def test_more_sets_than_the_sample_has_are_refused(line: tuple[Space, Wave]) -> None:
    with pytest.raises(ValueError, match="1024 points, 2000 sets"):
        draw_posterior(line[0], [line[1]], sets=2000, seed=1)


def test_effective_sample_size_by_hand() -> None:
    assert effective_sample_size(np.zeros(7)) == pytest.approx(7.0)
    assert effective_sample_size(np.log([3.0, 1.0])) == pytest.approx(16.0 / 10.0)
    assert effective_sample_size(np.array([-1e6, 0.0])) == pytest.approx(1.0)


def test_the_summary_by_hand() -> None:
    even = (np.arange(1000) + 0.5) / 1000
    points = np.column_stack([even, 0.4 + 0.2 * even[::-1]])
    table = parameter_summary(points, ["free", "known"])
    assert table["mean"].to_numpy() == pytest.approx([0.5, 0.5])
    assert table["low"].to_numpy() == pytest.approx([0.05, 0.41], abs=1e-3)
    assert table["high"].to_numpy() == pytest.approx([0.95, 0.59], abs=1e-3)
    assert table["sd_ratio"].to_numpy() == pytest.approx([1.0, 0.2], abs=2e-3)
    assert table["identified"].tolist() == [False, True]
    assert parameter_summary(points, identified_below=0.1)["identified"].tolist() == [False, False]
    assert not_told_apart(points)["correlation"].tolist() == pytest.approx([-1.0])
    assert not_told_apart(points[:, :1]).empty
    with pytest.raises(ValueError, match="expected 2 names, found 3"):
        parameter_summary(points, ["a", "b", "c"])
