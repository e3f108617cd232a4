import math
from dataclasses import replace

from conftest import by_hand

from sim.report.answer import answer
from sim.report.facts import read_facts
from sim.report.results import Results
from sim.report.words import words_for


def _words(full: Results, rows, n=8):
    manifest = {"scenarios": {"team": {"title": {"en": "Team", "sv": "Team"}}}}
    return words_for(replace(full, differences=by_hand(rows, n), facts=read_facts(manifest)), "en")


def test_names_the_largest_clear_gain_the_largest_clear_loss_and_what_is_unclear(full):
    rows = [
        ("team", "unmet_need_days", "lower", -3.0, -4.0, -2.0, 30.0),
        ("team", "avoidable_admissions_per_1000", "lower", -5.0, -6.0, -4.0, 20.0),
        ("team", "days_at_home", "higher", -7.0, -10.5, -3.5, 350.0),
        ("team", "qalys", "higher", 0.1, -0.1, 0.3, 0.8),
    ]
    better, worse, unclear = answer(_words(full, rows))
    assert better.startswith("Clearly better than the baseline in 2 of 4")
    assert "avoidable admissions −25% (95 % interval [−30%; −20%]) with “Team”" in better
    assert "unmet need" not in better
    assert worse.startswith("Clearly worse in 1 of 4") and "days at home −2.0%" in worse
    assert "1 of 4 comparisons differ" in unclear and "quality-adjusted life years" in unclear


def test_says_when_nothing_is_clear(full):
    better, worse, unclear = answer(_words(full, [("team", "qalys", "higher", 0.1, -0.1, 0.3, 0.8)]))
    assert better.startswith("Nothing among the main outcomes is clearly better")
    assert worse.startswith("Nothing among the main outcomes is clearly worse")
    assert "1 of 1" in unclear


def test_one_replication_claims_nothing(full):
    sentences = answer(_words(full, [("team", "qalys", "higher", 0.1, math.nan, math.nan, 0.8)], n=1))
    assert sentences[0] == "With one replication nothing can be called clearly better or clearly worse."
    assert "+12%" in sentences[1]


def test_a_level_of_zero_is_written_in_its_own_unit(full):
    better, _, _ = answer(_words(full, [("team", "qalys", "higher", 0.5, 0.25, 0.75, 0.0)]))
    assert "+0.500 days (95 % interval [+0.250; +0.750])" in better
