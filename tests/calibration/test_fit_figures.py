"""Published figures as aims of a fit: value, scale and variances worked out by hand."""

from math import exp, log, nan, sqrt

import numpy as np
import pandas as pd
import pytest

from calibration.effects import read_effects
from calibration.expected_estimate import expected_estimate, on_figure_scale
from calibration.fit_figures import as_published, effect_figure, effect_figures, level_figure, level_figures, on_scale
from calibration.fit_targets import read_fit_targets
from calibration.held_out import effect_uses, level_uses
from calibration.study_counts import SUBJECT_COLUMNS
from calibration.study_file import Result, Study, Subjects, find_study, read_study, study_files
from calibration.validation import Target, load_targets

WIDTH = 2 * 1.959963984540054


def level(**changes: object) -> Target:
    plain = {
        "id": "deaths", "outcome": "deaths_per_1000", "group_by": "all", "group": "all", "published": 11.0, "low": 10.0,
        "high": 13.0, "unit": "per 1,000 person-years", "population": "here", "source": "a register",
        "strength": "strong", "range": "assumption", "used_for": "fit",
    }  # fmt: skip
    return Target(**(plain | changes))  # type: ignore[arg-type]  # keys are those of the model


def test_our_own_tolerance_is_discrepancy_and_the_aim_is_its_middle():
    figure = level_figure(level())
    assert figure.scale == "log"
    assert figure.value == pytest.approx((log(10) + log(13)) / 2)
    assert figure.observation_variance == 0.0
    assert figure.discrepancy_variance == pytest.approx((log(1.3) / WIDTH) ** 2 + 0.03**2)


def test_an_interval_is_observation_around_the_estimate():
    figure = level_figure(level(range="interval"))
    assert figure.value == pytest.approx(log(11))
    assert figure.observation_variance == pytest.approx((log(1.3) / WIDTH) ** 2)
    assert figure.discrepancy_variance == pytest.approx(0.03**2)


def test_a_published_span_is_any_value_inside_as_likely():
    figure = level_figure(level(range="published", unit="share of persons", low=0.2, high=0.5, published=None))
    low, high = log(0.25), log(1.0)
    assert figure.scale == "logit"
    assert figure.value == pytest.approx((low + high) / 2)
    assert figure.observation_variance == pytest.approx((high - low) ** 2 / 12)


def test_effects_stand_on_the_scale_they_are_reported_on():
    effects = read_effects()
    study = read_study(find_study("coach_stockholm"))
    figure = effect_figure(study, 0, effects["coach_ed_visits"])
    assert (figure.id, figure.scale, figure.study) == ("coach_ed_visits", "log", "coach_stockholm")
    assert figure.value == pytest.approx(log(0.77))
    assert figure.observation_variance == pytest.approx((log(0.86 / 0.69) / WIDTH) ** 2)
    assert figure.discrepancy_variance == pytest.approx(read_fit_targets().discrepancies["coach_ed_visits"].sd ** 2)
    edgren = effect_figure(read_study(find_study("coach_three_counties")), 0, effects["coach_hospitalisation"])
    assert edgren.value == pytest.approx(log(0.88))
    stay = effect_figure(read_study(find_study("discharge_planning_stay")), 0, effects["discharge_planning_stay"])
    assert (stay.scale, stay.value) == ("plain", -0.73)


def test_a_figure_of_two_outcomes_has_two_names():
    near_care = read_study(find_study("near_care_in_place"))
    names = [figure.id for figure in effect_figures([near_care])]
    assert names == ["near_care_hospital.bed_days", "near_care_hospital.admissions"]


def test_a_design_that_was_not_published_is_not_fitted():
    other = read_study(find_study("geriatric_assessment_by_municipality"))
    assert not effect_figures([other])
    assert effect_figures([other.model_copy(update={"as_published": True})])


def test_numbers_come_back_as_published():
    figures = {figure.id: figure for figure in level_figures()}
    for number in (0.05, 0.4, 0.9):
        assert as_published(on_scale(number, "logit"), figures["ed_admitted"]) == pytest.approx(number)
    assert as_published(on_scale(172.7, "log"), figures["ed_visits"]) == pytest.approx(172.7)
    assert figures["ed_visits"].inside(log(172.7)) and not figures["ed_visits"].inside(log(210.0))
    edgren = effect_figure(read_study(find_study("coach_three_counties")), 0, read_effects()["coach_hospitalisation"])
    assert as_published(on_scale(-0.12, "log", "relative_change"), edgren) == pytest.approx(-0.12)
    assert np.isnan(on_scale(nan, "log")) and np.isnan(on_scale(-1.0, "log", "relative_change"))
    assert np.isfinite(on_scale(0.0, "logit"))


def test_only_what_is_not_held_out_is_fitted():
    levels, effects = level_uses(), effect_uses()
    assert {figure.id for figure in level_figures()} == {name for name, use in levels.items() if use == "fit"}
    studies = [read_study(path) for path in study_files().values()]
    assert {figure.id.partition(".")[0] for figure in effect_figures(studies)} == {
        name for name, use in effects.items() if use == "fit"
    }
    assert {one.id for one in load_targets()} == set(levels)


def test_own_figures_follow_the_same_rule():
    own = tuple(
        level(id=f"own_{name}", source=f"Own figures on {name} (my.csv, row 2)")
        for name in ("ed visits", "admissions", "bed days", "staff", "costs", "contacts")
    )
    uses = level_uses(own)
    assert 2 <= list(uses.values()).count("held_out") <= 3
    assert {figure.id for figure in level_figures(own)} == {name for name, use in uses.items() if use == "fit"}


def study(design: str, how: str = "rate_ratio") -> Study:
    return Study(
        id="by_hand", title="By hand", source="made", scenario="phone_care_coach", design=design,
        share_offered=0.5 if design == "randomised" else 1.0, subjects=Subjects(found="everybody"),
        before_days=0.0 if design == "randomised" else 90.0, follow_up_days=90.0,
        results=(Result(target="coach_ed_visits", outcome="ed_visits", estimator=how),), note="none",
    )  # fmt: skip


def subjects() -> pd.DataFrame:
    """Two who were offered it and two who were not, a year each; luck alone gave the first more visits."""
    rows = [
        ("ed_visits", nan, True, 1.0, 8.0, 1.0, 6.0, 1.0, 9.0, 1.0, 2),
        ("ed_visits", nan, False, 1.0, 8.0, 1.0, 5.0, 1.0, 6.0, 1.0, 2),
    ]
    return pd.DataFrame(rows, columns=list(SUBJECT_COLUMNS))


def test_where_luck_decides_what_luck_did_to_the_groups_is_taken_out():
    randomised = study("randomised")
    found = expected_estimate(randomised, randomised.results[0], subjects())
    # Reported 6 to 5; without the means it would have been 9 to 6.
    assert exp(found) == pytest.approx((6 / 5) / (9 / 6))


def test_in_other_designs_what_is_there_without_effect_stays():
    before_after = study("before_after", "relative_change")
    found = expected_estimate(before_after, before_after.results[0], subjects())
    assert exp(found) == pytest.approx((6 + 5) / (8 + 8))


def test_without_events_there_is_no_estimate():
    randomised = study("randomised")
    empty = subjects().assign(after=0.0)
    assert np.isnan(expected_estimate(randomised, randomised.results[0], empty))


def test_shares_are_fitted_as_log_odds_and_others_as_they_are():
    assert on_figure_scale(0.8, "share") == pytest.approx(log(4))
    assert on_figure_scale(-0.3, "rate_ratio") == -0.3


def test_taking_luck_out_leaves_the_expectation_and_lowers_the_spread():
    """A hundred trials of a means that takes a fifth of the visits of those who are offered it."""
    rng = np.random.default_rng(3)
    randomised = study("randomised")
    plain, low_noise = [], []
    for _ in range(100):
        rates = rng.gamma(1.0, 3.0, 200)
        treated = rng.random(200) < 0.5
        without = rng.poisson(rates).astype(float)
        after = np.where(treated, rng.binomial(without.astype(int), 0.8), without)
        table = pd.DataFrame(
            {
                "outcome": "ed_visits", "treated": treated, "weight": 1.0, "before": 1.0, "before_exposure": 1.0,
                "after": after, "after_exposure": 1.0, "without": without, "without_exposure": 1.0, "people": 1,
            }
        )  # fmt: skip
        low_noise.append(expected_estimate(randomised, randomised.results[0], table))
        plain.append(log(after[treated].mean() / after[~treated].mean()))
    assert np.mean(low_noise) == pytest.approx(log(0.8), abs=3 * np.std(low_noise) / sqrt(100))
    assert np.std(plain) > 3 * np.std(low_noise)
