"""The space of a fit: every parameter known and in range, values there and back, files that are wrong."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.space import SPACE_FILE, ParameterSpace, parameter_of, read_space
from sim.config.ensemble import with_values
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.parts import range_of
from sim.config.receipt import content_hash

BASELINE = load_scenario("baseline")
SPACE = read_space([BASELINE])


def test_every_parameter_is_known_and_its_range_within_that_of_the_register():
    assert len(SPACE) >= 40
    for one in SPACE.dimensions:
        least, most = range_of(parameter_of(one.column, BASELINE), one.column.part)
        assert least <= one.low <= one.start <= one.high <= most, one.title
        assert one.reason


def test_of_pairs_that_cannot_be_told_apart_one_is_fixed():
    moved = {one.column.name for one in SPACE.dimensions}
    fixed = {pair.fixed for pair in SPACE.pairs}
    assert {"worsening.hazard_scale", "needs.unstable_mean_days", "booking.lag_days", "gap.found_base_per_day"} <= fixed
    assert not moved & fixed


def test_the_start_values_change_nothing():
    row = SPACE.values(SPACE.start_point()[None, :])[0]
    same = with_values(BASELINE, SPACE.columns, row, "the start")
    for name, parameter in BASELINE.parameters.items():
        changed = same.parameters[name].value
        flat = [*changed.values()] if isinstance(changed, dict) else np.ravel(changed)
        before = [*parameter.value.values()] if isinstance(parameter.value, dict) else np.ravel(parameter.value)
        assert flat == pytest.approx(before, rel=1e-6), name


@given(st.integers(0, 10_000))
def test_points_and_values_go_there_and_back_and_stay_in_range(seed: int):
    points = np.random.default_rng(seed).random((3, len(SPACE)))
    values = SPACE.values(points)
    np.testing.assert_allclose(SPACE.points(values), points, atol=1e-6)
    with_values(BASELINE, SPACE.columns, values[0], "a set")


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_both_ends_can_be_run(end: float):
    row = SPACE.values(np.full((1, len(SPACE)), end))[0]
    assert content_hash(with_values(BASELINE, SPACE.columns, row, "an end")) != content_hash(BASELINE)


def test_a_part_of_the_space_keeps_its_pairs():
    part = SPACE.only(["gap.lead_time_mean_days*"])
    assert isinstance(part, ParameterSpace) and part.titles == ("gap.lead_time_mean_days*",)
    assert [pair.fixed for pair in part.pairs] == ["booking.lag_days"]
    with pytest.raises(KeyError, match="no_such"):
        SPACE.only(["no_such"])


def test_a_log_scale_puts_the_geometric_mean_in_the_middle():
    scale = SPACE.only(["gap.lead_time_mean_days*"])
    one = replace(scale.dimensions[0], low=0.5, high=2.0)
    assert replace(scale, dimensions=(one,)).values(np.array([[0.5]]))[0, 0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("parameters:\n  worsening.share: {reason: because}\n", "column worsening.share: unknown parameter"),
        (
            "parameters:\n  worsening.preventable_share: {low: 0.1, reason: because}\n",
            "my.yaml:2: parameters.worsening.preventable_share: must be a range within 0.3 to 0.7, found 0.1 to 0.7",
        ),
        (
            "parameters:\n  worsening.preventable_share: {low: 0.6, reason: because}\n",
            "the range 0.6 to 0.7 must hold the start value 0.5",
        ),
        (
            "parameters:\n  emergency.admission_logit: {scale: log, reason: because}\n",
            "scale: log needs a range above 0",
        ),
        (
            "parameters:\n  worsening.preventable_share: {low: 0.4, times: [0.5, 2], reason: because}\n",
            "give low and high, or times, not both",
        ),
        (
            "parameters:\n  worsening.preventable_share: {}\n",
            "my.yaml:2: parameters.worsening.preventable_share.reason",
        ),
        (
            "parameters:\n  worsening.preventable_share: {reason: because}\npairs:\n"
            "  - {moved: worsening.preventable_share, fixed: worsening.hazard, reason: because}\n",
            "worsening.hazard is no parameter of the register",
        ),
        (
            "parameters:\n  worsening.preventable_share: {reason: because}\n"
            "  worsening.hazard_scale: {reason: because}\n"
            "pairs:\n  - {moved: worsening.preventable_share, fixed: worsening.hazard_scale, reason: because}\n",
            "worsening.hazard_scale is moved too; fix one of the two",
        ),
    ],
)
def test_a_wrong_file_is_one_message(tmp_path: Path, text: str, says: str):
    path = tmp_path / "my.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as problem:
        read_space([BASELINE], path)
    assert says in str(problem.value)


def test_the_file_says_why_for_every_parameter():
    assert SPACE_FILE.read_text(encoding="utf-8").count("reason:") == len(SPACE) + len(SPACE.pairs)
