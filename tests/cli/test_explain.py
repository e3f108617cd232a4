"""What a means changes, for whom and at what cost, and what a scenario stands for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sim.cli.explain import TODAY, all_points, cost_settings, decision_points, explain
from sim.cli.show import scenario_record
from sim.config.loader import load_means_settings, load_scenario
from sim.config.parameter_file import load_register
from sim.means import all_means
from sim.report.texts import LANGUAGES, read_texts

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"
STANDS = """stands_for:
  report: "002"
  kind: model
  entry: buurtzorg
  lines: [20, 30]
  target_group: {en: Old people, sv: Gamla}
  not_expressed: {en: The coach., sv: Coachen.}
  cells:
    mdt: {value: "yes", line: 22}
    ehealth: {value: unclear, lean: "no", inferred: true, line: 25}
"""


def test_every_decision_point_has_words_and_something_to_say_of_today() -> None:
    register = load_register()
    for point in all_points():
        assert TODAY.get(point) or f"today.{point}" in read_texts("en").entries, f"{point}: nothing on today"
        for lang in LANGUAGES:
            assert f"point.{point}" in read_texts(lang).entries, f"{point}: no words in texts_{lang}.yaml"
    assert {name for names in TODAY.values() for name in names} <= set(register)
    assert set(TODAY) <= set(all_points())


@pytest.mark.parametrize("means_id", all_means())
def test_every_means_is_explained_by_where_it_acts(means_id: str) -> None:
    choice = next(one for one in load_scenario(means_id).means if one.id == means_id)
    found = explain(choice, load_register(), read_texts("en"))
    assert [change["point"] for change in found["changes"]] == decision_points(means_id) != []
    assert found["whom"] and found["costs"]


def test_from_what_to_what_is_read_from_register_and_settings() -> None:
    record = scenario_record(load_scenario("joint_financing"), "en")
    change = {one["point"]: one for one in record["means"][0]["changes"]}["dispute_factor"]
    assert [one["name"] for one in change["today"]] == ["gap.dispute_probability"]
    assert [(one["name"], one["value"]) for one in change["with_it"]] == [("dispute_share_left", 0.2)]
    assert change["how"] == "Leave only a share of the disputes between principals."
    assert record["means"][0]["whom_settings"] == []
    assert {one["name"] for one in record["means"][0]["costs"]} == {
        "administration_minutes_per_10000_inhabitants_week",
        "fixed_cost_sek_per_10000_inhabitants_year",
    }


def test_settings_are_found_through_helpers_and_for_whom_by_enrolment(library: Any) -> None:
    record = json.loads(library.mellanrum("show", "mdt", "--json")[1])["means"][0]
    assert record["whom"].startswith("Enrol those")
    assert "team_size_patients" in {one["name"] for one in record["whom_settings"]}
    assert {one["point"] for one in record["changes"]} >= {"handover_distance", "joint_visit_probability"}


def test_show_in_words_in_both_languages(library: Any) -> None:
    english = library.mellanrum("show", "joint_financing")[1]
    assert "For whom: everybody it concerns" in english
    line = next(one for one in english.splitlines() if one.startswith("how often principals argue"))
    assert "dispute_share_left 0.2 share" in line
    swedish = library.mellanrum("show", "mdt", "--lang", "sv")[1]
    assert "För vem: de som skrivs in" in swedish
    assert "1 till 5, efter högsta gränsen" in swedish and "förekommer inte" in swedish


def test_show_says_what_a_scenario_stands_for(library: Any) -> None:
    library.write("scenarios/initiatives/mine.yaml", HEAD + "extends: mdt\n" + STANDS)
    code, out, err = library.mellanrum("show", "mine")
    assert (code, err) == (0, "")
    assert "Stands for: model of Report 002, near care in western Värmland (2024), lines 20–30 (entry buurtzorg)" in out
    assert "For: Old people." in out and "Could not be expressed: The coach." in out
    assert next(one for one in out.splitlines() if one.startswith("E-health")).split()[1:3] == ["unclear", "25"]
    swedish = library.mellanrum("show", "mine", "--lang", "sv")[1]
    assert "Kunde inte uttryckas: Coachen." in swedish and "oklart" in swedish and "lutar åt nej" in swedish
    record = json.loads(library.mellanrum("show", "mine", "--json")[1])
    assert record["stands_for"]["cells"]["mdt"] == {"value": "yes", "line": 22, "inferred": False}


def test_the_library_is_listed_by_report_and_kind_after_the_means(library: Any) -> None:
    library.write("scenarios/initiatives/mine.yaml", HEAD + "extends: mdt\n" + STANDS)
    first = STANDS.partition("  cells:")[0].replace("002", "001").replace("kind: model", "kind: mechanism")
    library.write("scenarios/initiatives/another.yaml", HEAD + "extends: mdt\n" + first)
    out = library.mellanrum("scenarios")[1]
    places = [
        out.index(words)
        for words in (
            *("Scenarios\n", "One means each", "\nmdt ", "One arrangement each", "\nmobile_response "),
            *("Report 001, prestudy in Stockholm (2019): mechanism", "\nanother "),
            *("Report 002, near care in western Värmland (2024): model", "\nmine "),
        )
    ]
    assert places == sorted(places)
    records = json.loads(library.mellanrum("scenarios", "--json")[1])
    mine = next(one for one in records if one["name"] == "mine")
    assert (mine["group"], mine["stands_for"]["report"]) == ("initiatives", "002")


def test_means_are_listed_with_where_they_act_and_what_they_cost(library: Any) -> None:
    out = library.mellanrum("means", "--lang", "sv")[1]
    line = next(one for one in out.splitlines() if one.startswith("joint_financing"))
    assert "Gemensam budget" in line and "hur ofta huvudmän tvistar" in line
    records = {one["id"]: one for one in json.loads(library.mellanrum("means", "--json")[1])}
    assert set(all_means()) <= set(records)
    assert records["mobile_response"]["decision_points"] == ["acute_offers"]
    assert records["joint_financing"]["cost"] == cost_settings(load_means_settings("joint_financing"))
