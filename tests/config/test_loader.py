"""Inheritance, overrides and means of scenarios."""

from __future__ import annotations

from typing import Any

import pytest

from sim.config.errors import InputError
from sim.config.loader import load_means_settings, load_scenario
from sim.config.lookup import means_files, scenario_files
from sim.config.scenario import MeansChoice, Scenario

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"


def means_of(scenario: Scenario) -> dict[str, MeansChoice]:
    return {choice.id: choice for choice in scenario.means}


def test_a_scenario_takes_what_it_does_not_set_from_what_it_extends(library: Any) -> None:
    path = library.write("mine.yaml", HEAD + "extends: mdt\nyears: 3\n")
    scenario = load_scenario(path)
    assert (scenario.id, scenario.years, scenario.warmup_years) == ("mine", 3.0, 1.0)
    assert scenario.place.id == "small"
    assert scenario.title.en == "Mine"
    assert [choice.id for choice in scenario.means] == ["mdt"]


@pytest.mark.parametrize("name", ["mdt", "means/mdt", "scenarios/means/mdt.yaml"])
def test_a_scenario_is_found_by_name_or_path(library: Any, name: str) -> None:
    assert load_scenario(name).id == "mdt"


def test_all_four_has_the_means_of_all_parents_in_order_of_id(library: Any) -> None:
    assert [choice.id for choice in load_scenario("all_four").means] == [
        "integrated_records",
        "joint_financing",
        "mdt",
        "mobile_response",
        "patient_coordinator",
    ]


def test_the_order_of_parents_does_not_matter(library: Any) -> None:
    one = library.write("one/mine.yaml", HEAD + "extends: [mdt, joint_financing]\n")
    two = library.write("two/mine.yaml", HEAD + "extends: [joint_financing, mdt]\n")
    assert load_scenario(one) == load_scenario(two)


def test_a_child_switches_off_an_inherited_means(library: Any) -> None:
    path = library.write("mine.yaml", HEAD + "extends: all_four\nmeans: {joint_financing: off, mdt: off}\n")
    assert set(means_of(load_scenario(path))) == {
        "integrated_records",
        "mobile_response",
        "patient_coordinator",
    }


def test_a_means_switched_on_takes_its_numbers_and_settings_from_its_home(library: Any) -> None:
    path = library.write("mine.yaml", HEAD + "extends: baseline\nmeans: {mdt: on}\n")
    assert means_of(load_scenario(path)) == means_of(load_scenario("mdt"))


def test_a_bare_number_overrides_the_value_and_keeps_the_range(library: Any) -> None:
    text = "extends: baseline\nmeans:\n  mdt:\n    coverage: 0.5\n    settings: {intake_minutes: 45}\n"
    changed = means_of(load_scenario(library.write("mine.yaml", HEAD + text)))["mdt"]
    home = means_of(load_scenario("mdt"))["mdt"]
    assert (changed.coverage, home.coverage) == (0.5, 1.0)
    mine, shipped = changed.settings["intake_minutes"], home.settings["intake_minutes"]
    assert (mine.value, shipped.value) == (45.0, 60.0)
    assert (mine.low, mine.high, mine.unit, mine.source) == (30.0, 120.0, shipped.unit, shipped.source)
    same = {name for name in home.settings if changed.settings[name] == home.settings[name]}
    assert same == set(home.settings) - {"intake_minutes"}


def test_a_setting_written_in_full_brings_its_own_range(library: Any) -> None:
    full = "{value: 200, low: 100, high: 300, unit: minutes, source: our own, meaning: longer}"
    text = f"extends: mdt\nmeans:\n  mdt:\n    settings:\n      intake_minutes: {full}\n"
    setting = means_of(load_scenario(library.write("mine.yaml", HEAD + text)))["mdt"].settings["intake_minutes"]
    assert (setting.value, setting.high, setting.source) == (200.0, 300.0, "our own")
    assert setting.name == "means.mdt.intake_minutes"


def test_parameters_override_the_register_inside_its_range(library: Any) -> None:
    text = (
        "extends: baseline\nparameters:\n  gap.loss_scale: 2\n  gap.lead_time_mean_days: [0, 1, 1, 2, 3, 4]\n"
        "  gap.reach_by_profession: {care_manager: 0.7}\n"
    )
    parameters = load_scenario(library.write("mine.yaml", HEAD + text)).parameters
    assert parameters["gap.loss_scale"].value == 2.0
    assert parameters["gap.lead_time_mean_days"].value == (0.0, 1.0, 1.0, 2.0, 3.0, 4.0)
    assert parameters["gap.reach_by_profession"].value == {"general_practitioner": 0.35, "care_manager": 0.7}
    assert load_scenario("baseline").parameters["gap.loss_scale"].value == 1.0


def test_a_parent_that_changed_an_inherited_value_wins_over_one_that_took_it_over(library: Any) -> None:
    library.write("longer.yaml", HEAD + "extends: baseline\nyears: 5\n")
    for order in ("[longer.yaml, mdt]", "[mdt, longer.yaml]"):
        path = library.write("mine.yaml", HEAD + f"extends: {order}\n")
        assert load_scenario(path).years == 5.0


def test_the_child_settles_a_conflict_of_its_parents(library: Any) -> None:
    library.write("a.yaml", HEAD + "extends: baseline\nparameters: {gap.loss_scale: 0.5}\n")
    library.write("b.yaml", HEAD + "extends: baseline\nparameters: {gap.loss_scale: 2}\n")
    both = HEAD + "extends: [a.yaml, b.yaml]\n"
    with pytest.raises(InputError, match=r"parameters\.gap\.loss_scale is set differently by two parents"):
        load_scenario(library.write("mine.yaml", both))
    path = library.write("mine.yaml", both + "parameters: {gap.loss_scale: 1.5}\n")
    assert load_scenario(path).parameters["gap.loss_scale"].value == 1.5


def test_parents_that_agree_are_no_conflict(library: Any) -> None:
    library.write("a.yaml", HEAD + "extends: baseline\nyears: 4\n")
    library.write("b.yaml", HEAD + "extends: baseline\nyears: 4\n")
    assert load_scenario(library.write("mine.yaml", HEAD + "extends: [a.yaml, b.yaml]\n")).years == 4.0


def test_a_longer_circle_is_found(library: Any) -> None:
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        library.write(f"{name}.yaml", HEAD + f"extends: {parent}.yaml\n")
    with pytest.raises(InputError, match=r"a.yaml -> b.yaml -> c.yaml -> a.yaml"):
        load_scenario("a.yaml")


def test_arguments_override_place_and_years(library: Any) -> None:
    scenario = load_scenario(
        "baseline", place="scenarios/places/small.yaml", years=0.5, warmup_years=0, sample_share=0.1
    )
    assert (scenario.years, scenario.warmup_years, scenario.sample_share) == (0.5, 0.0, 0.1)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("years", 0.0, "--years: must be above 0"),
        ("years", float("nan"), "--years: must be above 0"),
        ("years", 1000.0, "at most 100"),
        ("warmup_years", -1.0, "--warmup-years: must be 0 or more"),
        ("sample_share", 0.0, "--sample: must be above 0"),
        ("sample_share", 1.1, "--sample: must be above 0 and at most 1"),
        ("sample_share", float("nan"), "--sample"),
    ],
)
def test_arguments_out_of_range_are_refused(library: Any, argument: str, value: float, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_scenario("baseline", **{argument: value})


def test_every_shipped_scenario_loads() -> None:
    names = list(scenario_files())
    assert {"baseline", "team", "all_four", "means/mdt"} <= set(names)
    for name in names:
        assert load_scenario(name).source


def test_every_means_has_a_home_that_switches_it_on_and_declares_its_settings(library: Any) -> None:
    for means_id in means_files():
        settings = load_means_settings(means_id)
        assert means_of(load_scenario(means_id))[means_id].settings == settings
        assert settings
