"""Disturbances in files of their own and in scenario files: what holds, and what is refused where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.config.disturbance import KINDS
from sim.config.disturbance_file import disturbance_files, read_disturbance
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.receipt import content_hash, resolved_yaml
from sim.config.stress import plan_stress, weeks_of, world_id

HEAD = "extends: baseline\ntitle: {en: a, sv: a}\nsummary: {en: a, sv: a}\nsource: assumption\n"
OWN = "title: {en: a, sv: a}\nsummary: {en: a, sv: a}\nsource: assumption\n"


def scenario_with(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_every_kind_is_ready_made_with_ranges_sources_and_words() -> None:
    assert set(KINDS) <= set(disturbance_files())
    for name, path in disturbance_files().items():
        one = read_disturbance(path)
        assert one.id == name and set(one.strengths) == set(KINDS[one.kind])
        assert "report 002" in one.source and all("assumption" in p.source for p in one.strengths.values())
        assert one.title.en != one.title.sv and one.from_day + one.days <= 365


def test_a_scenario_names_disturbances_or_says_what_is_another_way(tmp_path: Path) -> None:
    path = scenario_with(
        tmp_path,
        "disturbances:\n  - ward_closed\n  - kind: staff_shortage\n    from_day: 10\n    days: 7\n"
        "    every_year: true\n"
        "    professions: [home_nurse]\n    principals: [municipalities, arvika]\n"
        "    strengths: {staff_away_share: 0.4}\n",
    )
    ward, short = load_scenario(path).disturbances
    assert ward == read_disturbance(disturbance_files()["ward_closed"])
    assert (short.from_day, short.days, short.every_year) == (10.0, 7.0, True)
    assert short.strength("staff_away_share") == 0.4 and short.professions == ("home_nurse",)
    assert short.principals == ("municipalities", "arvika") and short.title.en == "Staff shortage"


def test_children_inherit_the_list_and_may_empty_it(tmp_path: Path) -> None:
    scenario_with(tmp_path, "disturbances: [heat_wave]\n")
    child = HEAD.replace("baseline", "mine.yaml")
    (tmp_path / "child.yaml").write_text(child, encoding="utf-8")
    (tmp_path / "calm.yaml").write_text(child + "disturbances: []\n", encoding="utf-8")
    assert [one.id for one in load_scenario(tmp_path / "child.yaml").disturbances] == ["heat_wave"]
    assert load_scenario(tmp_path / "calm.yaml").disturbances == ()


def test_a_file_of_ones_own_takes_the_rest_from_the_home_of_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "long_outage.yaml"
    path.write_text(OWN + "kind: it_outage\nfrom_day: 30\ndays: 21\nstrengths: {lead_factor: 3}\n", encoding="utf-8")
    mine, home = read_disturbance(path), read_disturbance(disturbance_files()["it_outage"])
    assert (mine.id, mine.days, mine.strength("lead_factor")) == ("long_outage", 21.0, 3.0)
    assert mine.strength("loss_factor") == home.strength("loss_factor")
    listed = scenario_with(tmp_path, "disturbances: [long_outage.yaml]\n")
    assert load_scenario(listed).disturbances == (mine,)


def test_only_what_influences_a_run_changes_its_name_and_the_receipt_says_it_all(tmp_path: Path) -> None:
    calm = load_scenario("baseline")
    struck = load_scenario(scenario_with(tmp_path, "disturbances: [heat_wave]\n"))
    (one,) = struck.disturbances
    assert content_hash(struck) != content_hash(calm)
    assert content_hash(replace(struck, disturbances=(replace(one, source="other"),))) == content_hash(struck)
    assert content_hash(replace(struck, disturbances=(replace(one, days=11.0),))) != content_hash(struck)
    assert "disturbances" not in resolved_yaml(calm) and "staff_away_share" in resolved_yaml(struck)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("disturbances: heat_wave\n", 5, "expected a list of disturbances"),
        ("disturbances: [heat_wav]\n", 5, "did you mean heat_wave?"),
        ("disturbances: [heat_wave, heat_wave]\n", 5, "heat_wave is there twice"),
        ("disturbances:\n  - kind: flood\n", 6, "flood is no kind of disturbance"),
        ("disturbances:\n  - from_day: 3\n", 6, "kind: is missing"),
        ("disturbances:\n  - kind: it_outage\n    lasts: 3\n", 7, "unknown key"),
        ("disturbances:\n  - kind: it_outage\n    days: 0\n", 7, "must be within 1 to 365"),
        ("disturbances:\n  - kind: it_outage\n    from_day: 800\n", 6, "after the last day measured, 730"),
        ("disturbances:\n  - kind: it_outage\n    every_year: often\n", 7, "expected true or false"),
        ("disturbances:\n  - kind: it_outage\n    strengths: {lead_factor: 9}\n", 7, "must be within 1 to 4, found 9"),
        ("disturbances:\n  - kind: it_outage\n    strengths: {beds: 1}\n", 7, "unknown key"),
        ("disturbances:\n  - kind: it_outage\n    professions: [home_nurse]\n", 7, "means nothing for it_outage"),
        ("disturbances:\n  - kind: heat_wave\n    professions: [nurse]\n", 7, "nurse is no profession"),
        ("disturbances:\n  - kind: heat_wave\n    principals: [lund]\n", 6, "lund is no principal of vastra_varmland"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = scenario_with(tmp_path, text)
    with pytest.raises(InputError) as problem:
        load_scenario(path)
    assert f"mine.yaml:{line}: " in str(problem.value) and said in str(problem.value)


def test_a_file_without_days_or_with_a_wrong_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN + "kind: it_outage\nfrom_day: 3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine.yaml:\d+: days: is missing"):
        read_disturbance(path)


def test_the_worlds_of_a_stress_test() -> None:
    against, choice = load_scenario("baseline", years=1.0), load_scenario("team", years=1.0)
    strikes = [read_disturbance(disturbance_files()[name]) for name in ("heat_wave", "ward_closed")]
    plan = plan_stress(against, [choice], strikes)
    assert [one.id for one in plan.scenarios] == [
        "baseline", "team", "baseline__heat_wave", "baseline__ward_closed", "team__heat_wave", "team__ward_closed",
    ]  # fmt: skip
    assert plan.scenarios[2].disturbances == (strikes[0],) and world_id("team", "") == "team"
    # Warm-up of 365 days, so the measured time begins on a Tuesday: day 182 is a Monday 7 * 78 + 1 days on.
    assert weeks_of(strikes[0], against) == (181.0, 195.0) and plan.spans == ((181.0, 195.0), (181.0, 230.0))
    assert weeks_of(replace(strikes[0], from_day=0.0, days=3.0), against) == (0.0, 6.0)


def test_worlds_that_make_no_sense_are_refused() -> None:
    against, heat = load_scenario("baseline", years=1.0), read_disturbance(disturbance_files()["heat_wave"])
    struck = replace(against, id="struck", disturbances=(heat,))
    with pytest.raises(InputError, match="disturbances of its own"):
        plan_stress(against, [struck], [heat])
    with pytest.raises(InputError, match=r"heat_wave ends on day 370, after the last day measured, 365"):
        plan_stress(against, [replace(against, id="other")], [replace(heat, from_day=360.0)])
