"""The table that sets the model beside published figures, and the file of targets."""

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from calibration.validation import COLUMNS, Target, Targets, compare_with_published, load_targets
from sim.core.vocabulary import Profession, label
from sim.outcomes.outcome import all_outcomes

GOOD = {
    "id": "ed",
    "outcome": "ed_visits_per_1000",
    "group_by": "all",
    "group": "all",
    "published": 173.0,
    "low": 150.0,
    "high": 200.0,
    "unit": "per 1,000 person-years",
    "population": "Sweden 2023",
    "source": "somewhere",
    "strength": "strong",
    "range": "assumption",
    "used_for": "plausibility",
}


def outcomes(values, outcome="ed_visits_per_1000", scenario="baseline"):
    return pd.DataFrame(
        [(scenario, i, "all", "all", outcome, "per 1,000 person-years", v) for i, v in enumerate(values)],
        columns=["scenario", "replication", "group_by", "group", "outcome", "unit", "value"],
    )


def test_every_target_names_an_outcome_in_its_own_unit():
    registry = all_outcomes()
    groups = {"all": {"all"}, "profession": {label(profession) for profession in Profession}}
    for target in load_targets():
        assert target.outcome in registry, target.id
        assert target.unit == registry[target.outcome].unit, target.id
        assert target.group in groups[target.group_by], target.id


def test_assumptions_say_so_in_their_source():
    for target in load_targets():
        assert (target.strength == "assumption") == target.source.startswith("assumption"), target.id


def test_published_ed_visits_follow_from_their_source():
    target = next(target for target in load_targets() if target.id == "ed_visits")
    assert target.published == pytest.approx(1_822_244 / 10_551_707 * 1000, abs=0.05)


def test_a_mean_inside_and_one_outside():
    targets = (Target(**GOOD),)
    runs = outcomes([170.0, 180.0])
    inside = compare_with_published(runs, targets=targets)
    assert tuple(inside.columns) == COLUMNS
    row = inside.iloc[0]
    assert (row.simulated, row.n, row.inside) == (175.0, 2, True)
    assert row.sim_high - 175.0 == pytest.approx(12.706205 * np.sqrt(50) / np.sqrt(2), rel=1e-6)
    outside = compare_with_published(outcomes([140.0, 130.0]), targets=targets)
    assert not outside.inside.iloc[0]


def test_other_scenarios_do_not_count():
    runs = pd.concat([outcomes([170.0, 180.0]), outcomes([1.0, 2.0], scenario="mdt")])
    assert compare_with_published(runs, targets=(Target(**GOOD),)).simulated.iloc[0] == 175.0


def test_an_outcome_without_rows_is_neither_inside_nor_outside():
    row = compare_with_published(outcomes([1.0], outcome="cost_sek"), targets=(Target(**GOOD),)).iloc[0]
    assert np.isnan(row.simulated) and row.inside is None and row.n == 0


def test_a_range_without_a_single_figure_is_enough():
    target = Target(**{**GOOD, "published": None})
    row = compare_with_published(outcomes([170.0]), targets=(target,)).iloc[0]
    assert np.isnan(row.published) and np.isnan(row.sim_low) and row.inside


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": 180.0}, "low <= published <= high"),
        ({"high": 160.0}, "low <= published <= high"),
        ({"published": None, "low": 300.0}, "low <= published <= high"),
        ({"published": float("nan")}, "finite number"),
        ({"low": "150"}, "valid number"),
        ({"strength": "certain"}, "strong"),
        ({"colour": "red"}, "Extra inputs"),
        ({"source": None}, "valid string"),
    ],
)
def test_a_bad_target_is_refused(change, message):
    with pytest.raises(ValidationError, match=message):
        Target.model_validate({**GOOD, **change})


def test_a_target_twice_is_refused():
    with pytest.raises(ValidationError, match="targets given twice: ed"):
        Targets.model_validate({"targets": [GOOD, GOOD]})


def test_a_duplicate_key_in_the_file_is_refused(tmp_path):
    path = tmp_path / "targets.yaml"
    path.write_text("targets: []\ntargets: []\n")
    with pytest.raises(Exception, match="duplicate key"):
        load_targets(path)
