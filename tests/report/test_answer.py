import math
from dataclasses import replace

import pandas as pd
from conftest import by_hand

from sim.report.answer import all_comparisons, answer
from sim.report.facts import read_facts
from sim.report.main_outcomes import leading_scenario, main_outcomes
from sim.report.results import Results
from sim.report.sources import plain
from sim.report.words import Words, words_for

MANIFEST = {
    "scenarios": {
        "team": {"title": {"en": "Team", "sv": "Team"}, "means": ["mdt", "mobile_response"]},
        "joint_financing": {"title": {"en": "Joint budget", "sv": "Gemensam budget"}, "means": ["joint_financing"]},
    }
}


def _words(full: Results, rows, n=8, complex_rows=()) -> Words:
    tables = [by_hand(rows, n)]
    if complex_rows:
        tables.append(by_hand(list(complex_rows), n).assign(group_by="complex_needs", group="yes"))
    differences = pd.concat(tables, ignore_index=True)
    return words_for(replace(full, differences=differences, value=None, facts=read_facts(MANIFEST)), "en")


def _said(words: Words) -> list[str]:
    return [plain(sentence) for sentence in answer(words)]


def test_speaks_of_the_same_outcomes_of_complex_needs_and_everybody_whatever_changed_most(full):
    rows = [
        ("team", "unmet_need_days", "lower", -3.0, -4.0, -2.0, 30.0),
        ("team", "lead_time_days", "lower", 1.0, 0.5, 1.5, 10.0),
        ("team", "avoidable_admissions_per_1000", "lower", -5.0, -6.0, -4.0, 20.0),
        ("joint_financing", "unmet_need_days", "lower", -9.0, -10.0, -8.0, 30.0),
    ]
    of_complex_needs = [("team", "unmet_need_days", "lower", -1.0, -3.0, 1.0, 50.0)]
    first, second = _said(_words(full, rows, complex_rows=of_complex_needs))
    assert first == (
        "For people with complex needs, nothing is clear with “Team” beside “Baseline” in the 1 main outcomes: days "
        "with unmet need −2.0% (95 % interval [−6.0%; +2.0%], no clear difference)."
    )
    assert second == (
        "For everybody in the place, “Team” is clearly better than “Baseline” in 1 and clearly worse in 1 of 2 main "
        "outcomes: days with unmet need −10% (95 % interval [−13%; −6.7%], clearly better); lead time of hand-overs "
        "+10% (95 % interval [+5.0%; +15%], clearly worse)."
    )


def test_three_sentences_the_third_on_cost_and_payers(full):
    words = words_for(full, "en")
    first, second, third = _said(words)
    assert first.startswith("For people with complex needs") and second.startswith("For everybody in the place")
    assert "million SEK a year in full" in third and "the region by" in third and "the municipalities by" in third
    one_of_each = set(main_outcomes()) == {"health", "experience", "cost", "staff"}
    assert one_of_each and all(text.count("95 % interval") == 4 for text in (first, second))


def test_the_scenario_is_the_broadest_whatever_came_out(full):
    rows = [
        ("team", "unmet_need_days", "lower", -1.0, -3.0, 1.0, 30.0),
        ("joint_financing", "unmet_need_days", "lower", -9.0, -10.0, -8.0, 30.0),
    ]
    assert leading_scenario(_words(full, rows)) == "team"
    # Of several with as many means, or when none is known, the last.
    assert leading_scenario(words_for(full, "en")) == "all_four"


def test_where_only_the_test_for_many_comparisons_fails_that_is_said(full):
    rows = [("team", "unmet_need_days", "lower", -3.0, -4.0, -2.0, 30.0)]
    words = _words(full, rows)
    differences = words.results.differences.assign(p_adjusted=0.2, smallest=0.1)
    (sentence,) = _said(replace(words, results=replace(words.results, differences=differences)))
    assert "nothing is clear" in sentence and "it fails the test for many comparisons" in sentence


def test_says_what_cannot_be_told_of_all_comparisons(full):
    rows = [("team", "qalys", "higher", 0.1, -0.1, 0.3, 0.8), ("team", "days_at_home", "higher", 7.0, 6.0, 8.0, 350.0)]
    said = all_comparisons(_words(full, rows))
    assert "whether 1 of 2 comparisons differ" in said and "quality-adjusted life years" in said
    assert "Of the 1 called clear" in said


def test_one_replication_claims_nothing(full):
    found = _words(full, [("team", "unmet_need_days", "lower", 0.1, math.nan, math.nan, 0.8)], n=1)
    first, second = _said(found)
    assert first == "With one replication nothing can be called clearly better or clearly worse."
    assert "may be chance" in second and "+12%" in second and "clearly" not in second
    assert all_comparisons(found) == ""


def test_a_level_of_zero_is_written_in_its_own_unit(full):
    (sentence,) = _said(_words(full, [("team", "unmet_need_days", "lower", -0.5, -0.75, -0.25, 0.0)]))
    assert "−0.500 days (95 % interval [−0.750; −0.250], clearly better)" in sentence
