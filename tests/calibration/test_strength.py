"""Evidence is matched by means: of all, of a part, or of none."""

from dataclasses import replace

from calibration.effects import read_effects
from calibration.strength import COLUMNS, evidence_table
from sim.config.loader import load_scenario


def test_a_trial_speaks_of_the_means_it_tried() -> None:
    table = evidence_table([load_scenario("phone_care_coach")])
    assert tuple(table.columns) == COLUMNS
    assert set(table["outcome"]) == {"ed_visits_per_1000", "contacts_care", "admissions_per_1000"}
    assert set(table["strength"]) == {"strong"}
    assert set(table["covers"]) == {"all"}


def test_a_study_of_many_means_says_nothing_of_one_of_them() -> None:
    assert evidence_table([load_scenario("mdt"), load_scenario("baseline")]).empty


def test_a_study_of_a_part_is_said_to_be_one() -> None:
    table = evidence_table([load_scenario("team")])
    assert {choice.id for choice in load_scenario("team").means} >= {"mdt", "mobile_response"}
    assert set(table["means"]) <= {effect_means for effect_means in table["means"] if "mobile_response" in effect_means}
    assert set(table["covers"]) == {"part"}


def test_means_that_are_off_count_for_nothing() -> None:
    scenario = load_scenario("phone_care_coach")
    off = replace(scenario, means=tuple(replace(one, coverage=0.0) for one in scenario.means))
    assert evidence_table([off]).empty
    assert any(effect.means for effect in read_effects().values())
