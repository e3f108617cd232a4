"""What the page of one person's year says, against a year worked out by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from one_person_year import today, with_team

from sim.analysis.journey import journey_tables
from sim.batch.one_person import journey_tables as stored
from sim.batch.one_person import read_person
from sim.batch.store import Store
from sim.report.figures import journey as figure
from sim.report.figures.journey_lanes import all_lanes, bar_rows
from sim.report.figures.style import to_png, to_svg
from sim.report.journey_needs import stories
from sim.report.journey_page import build_journey_report, in_words, measure_name, summary_grid
from sim.report.journey_results import Journey, read_journey
from sim.report.journey_story import about, alike_until, first_difference, year
from sim.report.words import Words, words_for

RULE = {"who": "selma", "number": None, "need_group": None, "change": "unmet_days"}
TRAITS = {
    "age_years": 67.9, "female": True, "municipality": "northtown", "need_group": 1, "home_help": True,
    "home_nursing": False, "special_housing": False,
}  # fmt: skip
SAID = {
    "rule": RULE, "person": 1, "candidates": 12345, "value": 204.0, "scenarios": ["baseline", "team"],
    "traits": TRAITS, "year_days": 365.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = Path(tmp_path_factory.mktemp("journey"))
    store = Store(found)
    for key, world in (("baseline", today()), ("team", with_team())):
        store.write(key, stored(world))
    worlds = [read_person(store, key, 1) for key in ("baseline", "team")]
    for name, table in journey_tables(worlds[0], worlds[1], ("baseline", "team")).items():
        table.to_csv(found / f"{name}.csv", index=False)
    outcomes = "scenario,replication,group_by,group,outcome,unit,value\nbaseline,0,all,all,cost_sek,SEK,1.0\n"
    (found / "outcomes.csv").write_text(outcomes, encoding="utf-8")
    titles = {"baseline": {"title": {"en": "Today", "sv": "I dag"}}, "team": {"title": {"en": "Team", "sv": "Team"}}}
    manifest = {"scenarios": titles, "replications": 1, "seed": 1, "journey": SAID, "command": "mellanrum journey"}
    (found / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def told(folder: Path) -> Journey:
    return read_journey(folder)


@pytest.fixture(scope="module")
def words(told: Journey) -> Words:
    return words_for(told.results, "en")


def test_it_says_who_the_person_is_how_chosen_and_what_one_person_is_worth(told: Journey, words: Words) -> None:
    said = " ".join(about(told, words))
    assert "Person 1: a woman, 67 years old, Northtown." in said
    assert "home help." in said and "home nursing" not in said
    assert "of 12,345 people who live through the year in both worlds, the one with most contacts today (204;" in said
    assert "an illustration, no evidence" in said and "no personal data were used" in said


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("who", ["typical", "gained", "lost", "number"])
def test_every_rule_is_said_in_words(told: Journey, lang: str, who: str) -> None:
    rule = {**RULE, "who": who, "need_group": 4 if who == "gained" else None}
    other = replace(told, said={**SAID, "rule": rule, "value": -30.0 if who == "gained" else 30.0})
    words = words_for(told.results, lang)
    said = " ".join(about(other, words))
    if who in ("gained", "lost"):
        assert "30" in said and "−30" not in said, "the direction is in the words"
    assert (words.text("journey.chosen_among", group=4) in said) == (who == "gained")
    assert (words.text("journey.chosen_complex") in said) == (who == "typical")


def test_the_year_is_told_with_the_numbers_of_the_tables(told: Journey, words: Words) -> None:
    now, then = (" ".join(year(told, world, words)) for world in ("baseline", "team"))
    assert "Contacts: 4. Different staff: 4, physicians among them: 3; units: 3, principals: 2." in now
    assert "Hand-overs: 2, lost: 1, disputed: 1." in now and "Hand-overs: 2, lost: 0, disputed: 1." in then
    assert "Emergency visits: 1. Hospital admissions: 1; days in a hospital bed: 8" in now
    assert "28 visits, different people: 2; in a week with visits 7 visits by 2 people" in now
    assert "Enrolled in Team (MDT) from 2 March." in then and "Enrolled" not in now
    assert "Cost of the person's care: SEK 102,350, Region 89,750, South 12,600." in now


def test_the_two_years_part_where_the_hand_over_is_lost_or_not(told: Journey, words: Words) -> None:
    assert first_difference(told) == 70
    assert alike_until(told, words) == "Until 11 March the two years are alike."
    same = replace(told, events=told.events.assign(scenario="baseline"))
    twice = replace(same, said={**SAID, "scenarios": ["baseline", "baseline"]})
    assert first_difference(twice) is None
    assert "alike from the first day to the last" in alike_until(twice, words)


def test_a_need_is_told_step_by_step_in_both_worlds(told: Journey, words: Words) -> None:
    assert stories(told, words) == [
        "Social need, from 1 February. Today: general practitioner on 10 February, handed over to home nurse, "
        "8 days of dispute and 12 days on the way, home nurse on 12 March, handed over to psychiatrist and lost, "
        "found on 11 April, after 30 days, psychiatrist on 21 April, not solved, psychiatrist on 21 April. "
        "Met after 79 days. With “Team”: general practitioner on 10 February, handed over to home nurse, "
        "8 days of dispute and 12 days on the way, home nurse on 12 March, handed over to psychiatrist, "
        "4 days on the way, psychiatrist on 22 March, not solved, psychiatrist on 22 March. Met after 49 days."
    ]


def test_joint_visits_and_help_from_before_the_year_are_told_as_such(told: Journey, words: Words) -> None:
    events = told.events.assign(note=told.events["note"].str.replace("home_visit met", "home_visit met joint"))
    assert (
        "home nurse at the same visit, handed over to psychiatrist" in stories(replace(told, events=events), words)[0]
    )
    earlier = replace(told, spans=told.spans.assign(began_before=True))
    assert "Enrolled in Team (MDT) since before the year told." in year(earlier, "team", words)
    nobody = replace(told, spans=told.spans[told.spans["kind"] != "enrolled"])
    assert words.text("journey.not_taken_in") in year(nobody, "team", words)


def test_the_table_of_the_page_holds_the_numbers_of_the_summary(told: Journey, words: Words) -> None:
    grid = summary_grid(told, words)
    rows = {row.heading: [cell.text for cell in row.cells] for row in grid.rows}
    assert rows["Hand-overs lost"] == ["1", "0", "−1"]
    assert rows["Days of needs: hand-over lost"] == ["30", "0", "−30"]
    assert rows["Cost, SEK: Region"] == ["89,750", "750", "−89,000"]
    for row in told.summary.to_dict("records"):
        if row["group"] == "all" or row["with"] or row["without"]:
            assert measure_name(row["measure"], row["group"], words) in rows


def test_needs_that_overlap_stand_in_rows_of_their_own(told: Journey) -> None:
    needs = (
        told.lasted("baseline", "need")
        .iloc[[0, 0, 0, 0]]
        .assign(episode=[1, 2, 3, 4], start_day=[0.0, 5.0, 10.0, 12.0], end_day=[10.0, 20.0, 15.0, 30.0])
    )
    assert bar_rows(needs) == {1: 0, 2: 1, 3: 0, 4: 2}


def test_both_calendars_have_the_same_lanes_each_principal_under_its_name(told: Journey, words: Words) -> None:
    lanes = all_lanes(told, words)
    assert list(lanes.names.values()) == [
        "Emergency visit", "Hospital stay", "General practitioner", "Psychiatrist", "Home nurse",
        "Home-help visits", "Enrolled: Team (MDT)",
    ]  # fmt: skip
    assert lanes.headings == {0: "", 2: "Region", 4: "North", 5: "South", 6: ""}
    assert lanes.above(0, 1.0) == 0 and lanes.above(2, 1.0) == 3 and lanes.height(1.0) == 10


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_the_calendar_is_drawn_alike_twice_and_told_in_words(told: Journey, lang: str) -> None:
    words = words_for(told.results, lang)
    drawings = [figure.draw(told, words, in_words(told, words)) for _ in range(2)]
    assert to_svg(drawings[0].figure) == to_svg(drawings[1].figure)
    assert len(to_png(drawings[0].figure)) > 10_000
    panels = drawings[0].figure.axes
    assert len(panels) == 2 and panels[0].get_ylim() == panels[1].get_ylim()
    assert panels[1].get_xlabel()
    for world in told.worlds:
        for sentence in year(told, world, words):
            assert sentence in drawings[0].alt


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_the_page_is_whole_in_both_languages(folder: Path, lang: str) -> None:
    build_journey_report(folder, lang=lang)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f'lang="{lang}"' in page
    assert re.findall(r"<h([1-6])", page)[:2] == ["1", "2"]
    assert not re.findall(r"\{[a-z_]+\}", re.sub(r"<style>.*?</style>", "", page, flags=re.S)), "no blank left open"
    assert "102,350" in page or "102\u202f350" in page
