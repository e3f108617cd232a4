"""Sweeps as typed and as written in files: values, names, ranges, and the scenarios of every point, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.cli.main import run
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.lookup import scenario_files
from sim.config.place import Text
from sim.config.receipt import content_hash
from sim.config.sweep import Sweep
from sim.config.sweep_apply import at_point, known_names
from sim.config.sweep_file import read_sweep, sweep_files
from sim.config.sweep_plan import plan_sweep
from sim.config.sweep_words import read_values, read_words

TODAY, CONTACT, FOUR = (load_scenario(name) for name in ("baseline", "patient_coordinator", "all_four"))
KNOWN = known_names(TODAY)


def typed(*words: str) -> Sweep:
    return read_words(words, KNOWN, scenario="all_four", against="baseline", outcomes=("cost_sek",), groups=("all",))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.1:0.5:5", (0.1, 0.2, 0.3, 0.4, 0.5)),
        ("1:100:3:log", (1.0, 10.0, 100.0)),
        ("4,1,2", (1.0, 2.0, 4.0)),
        ("-1:1:3", (-1.0, 0.0, 1.0)),
    ],
)
def test_values_are_spread_or_listed(text: str, values: tuple[float, ...]) -> None:
    assert read_values(text, "x") == values


def test_every_kind_of_name_moves_what_it_says_and_nothing_else() -> None:
    sweep = typed("means.patient_coordinator.coverage=0.5,1", "gap.loss_probability[6]=0.05,0.08")
    moved = at_point(FOUR, sweep, (0.5, 0.05))
    assert {choice.id: choice.coverage for choice in moved.means} == {
        choice.id: 0.5 if choice.id == "patient_coordinator" else 1.0 for choice in FOUR.means
    }
    before = FOUR.parameters["gap.loss_probability"].value
    assert isinstance(before, tuple)
    assert moved.parameters["gap.loss_probability"].value == (*before[:5], 0.05)
    sweep = typed("means.patient_coordinator.caseload=10,20", "place.staff[home_nurse]=0.8,1")
    moved = at_point(FOUR, sweep, (10.0, 0.8))
    settings = {choice.id: choice.settings for choice in moved.means}
    assert settings["patient_coordinator"]["caseload"].value == 10.0
    assert moved.place.id == "vastra_varmland_changed" and moved.parameters == FOUR.parameters
    halved = at_point(TODAY, typed("gap.lead_time_mean_days*=0.5,1"), (0.5,))
    assert halved.parameters["gap.lead_time_mean_days"].value == (0.0, 0.25, 1.0, 2.0, 3.0, 4.0)


def test_each_different_scenario_is_run_once_and_the_start_value_is_the_scenario_itself() -> None:
    caseload = typed("means.patient_coordinator.caseload=10,25,40")
    plan = plan_sweep(caseload, CONTACT, TODAY)
    assert [one.id for one in plan.scenarios] == [
        *("baseline", "patient_coordinator_001", "patient_coordinator", "patient_coordinator_003")
    ]
    assert [point.against for point in plan.points] == ["baseline"] * 3
    assert content_hash(plan.scenarios[2]) == content_hash(CONTACT)
    both = plan_sweep(typed("worsening.preventable_share=0.4,0.5", "place.beds=0.9,1,1.1"), FOUR, TODAY)
    assert len(both.points) == 6 and len(both.scenarios) == 12
    assert [point.values for point in both.points][:4] == [(0.4, 0.9), (0.4, 1.0), (0.4, 1.1), (0.5, 0.9)]
    assert (both.points[4].scenario, both.points[4].against) == ("all_four", "baseline")
    assert len({content_hash(one) for one in both.scenarios}) == 12


WRONG_WORDS = [
    (["gap.loss_probability[6]"], "expected PARAM=LOW:HIGH:N"),
    (["x=1:2"], "x: expected LOW:HIGH:N, LOW:HIGH:N:log or 1,2,4; found 1:2"),
    (["x=1:2:3:lin"], "x: expected LOW:HIGH:N"),
    (["x=2:1:3"], "x: LOW must be below HIGH, found 2 and 1"),
    (["x=0:1:3:log"], "x: LOW must be above 0 for log, found 0"),
    (["x=1:2:1"], "x: N must be a whole number, 2 or more, found 1"),
    (["x=1:2:2.5"], "x: N must be a whole number, 2 or more, found 2.5"),
    (["x=a:2:3"], "x: expected a number, found a"),
    (["x=1,1"], "x: the same value is given twice"),
    (["x=1"], "x: expected two or more values, found 1"),
    (["x=1,nan"], "x: expected a finite number, found nan"),
    (["x=1,2", "x=3,4"], "x is swept on both axes"),
    (["x=1,2", "y=1,2", "z=1,2"], "found 3"),
    (["x=0:1:30", "y=0:1:30"], "has 900 points, at most 400"),
    (["x=0:1:1000000000"], "has 1000000000 values, at most 400"),
]


@pytest.mark.parametrize(("words", "says"), WRONG_WORDS, ids=lambda one: one if isinstance(one, str) else " ".join(one))
def test_wrong_words_are_one_message(words: list[str], says: str) -> None:
    with pytest.raises(InputError) as problem:
        typed(*words)
    assert says in str(problem.value)


WRONG_NAMES = [
    ("worsening.preventable_shar=0.4,0.5", "worsening.preventable_shar: unknown parameter; did you mean worsening"),
    ("gap.loss_probability=0.1,0.2", "has several numbers; name one, e.g. gap.loss_probability[1]"),
    ("gap.loss_probability[9]=0.1,0.2", "there is no 9 in gap.loss_probability"),
    ("place.staff[nurse]=0.9,1", "there is no nurse in place.staff"),
    ("place.beds[1]=0.9,1", "it is one number; write place.beds"),
    ("worsening.preventable_share=0.5,0.9", "worsening.preventable_share: must be within 0.3 to 0.7, found 0.9"),
    ("place.beds=1,9", "place.beds: must be within 0.5 to 2, found 9"),
    ("means.patient_coordinator.coverage=0.5,1.5", "must be within 0 to 1, found 1.5"),
    ("gap.lead_time_mean_days*=0.1,1", "gap.lead_time_mean_days: must be within 0.2 to 1, found 0.05 (2)"),
    ("means.care_coach.coverage=0.5,1", "means.care_coach.coverage: unknown parameter"),
    ("means.phone_care_coach.coverage=0.5,1", "phone_care_coach is not on in all_four and baseline"),
]


@pytest.mark.parametrize(("word", "says"), WRONG_NAMES)
def test_wrong_names_and_values_out_of_range_are_one_message(word: str, says: str) -> None:
    with pytest.raises(InputError) as problem:
        plan_sweep(typed(word), FOUR, TODAY)
    assert says in str(problem.value)


@pytest.mark.parametrize("name", list(sweep_files()))
def test_every_ready_made_sweep_can_be_laid_out_in_the_default_place(name: str) -> None:
    sweep = read_sweep(sweep_files()[name])
    swept = load_scenario(sweep.scenario)
    plan = plan_sweep(sweep, swept, load_scenario(sweep.against) if sweep.against else None)
    assert len(plan.points) >= 3 and len(plan.scenarios) > len(plan.points) / 2
    assert len({point.scenario for point in plan.points}) == len(plan.points), "a point that changes nothing"
    for text in (sweep.title, sweep.summary, sweep.assumptions, *(axis.title for axis in sweep.axes)):
        assert isinstance(text, Text) and text.en != text.sv and min(len(text.en), len(text.sv)) > 5


def test_check_lays_a_sweep_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(["check", str(sweep_files()["staffing"])])
    assert end.value.code == 0 and "staffing.yaml: OK (sweep)" in capsys.readouterr().out


def test_the_sweeps_a_planner_asks_for_are_there_and_are_no_scenarios() -> None:
    wanted = {
        *("contact_persons", "people_enrolled", "staffing", "vacancies", "consent", "record_reach", "budget_shares"),
        *("ageing", "champion_leaves", "lead_times_halved"),
    }
    assert wanted <= set(sweep_files())
    assert not any(name.startswith("sweeps") for name in scenario_files())


def test_what_ready_made_sweeps_say_is_what_they_do() -> None:
    ageing = read_sweep(sweep_files()["ageing"])
    old = [
        sum(b.women + b.men for m in at_point(TODAY, ageing, (year,)).place.municipalities for b in m.age_groups[-2:])
        for year in (2020.0, 2035.0, 2050.0)
    ]
    assert old[2] == 2 * old[0] and 1.40 < old[1] / old[0] < 1.42
    halved = read_sweep(sweep_files()["lead_times_halved"])
    lead = [at_point(TODAY, halved, (year,)).parameters["gap.lead_time_mean_days"].value for year in (0.0, 3.0)]
    assert isinstance(lead[0], tuple) and lead[1] == tuple(one / 8 for one in lead[0])
    persons = read_sweep(sweep_files()["contact_persons"])
    settings = at_point(CONTACT, persons, (3.0, 20.0)).means[0].settings
    assert settings["patients_per_10000_inhabitants"].value == 60.0 and settings["caseload"].value == 20.0


GOOD = """title: {en: Mine, sv: Min}
summary: {en: Mine, sv: Min}
source: me
assumptions: {en: none, sv: inga}
axes:
  share: {title: {en: share, sv: andel}, unit: {en: "", sv: ""}, values: [0.5, 1]}
moves:
  - {name: means.mdt.coverage, along: share}
scenario: mdt
outcomes: [cost_sek]
"""

WRONG_FILES = [
    ("along: share", "along: shar", "mine.yaml:8: moves[1].along: shar is no axis; did you mean share?"),
    ("along: share", "along: share, at: [1]", "must have 2 numbers, one for each value of one axis"),
    ("[0.5, 1]", "[1, 0.5]", "values: must be in rising order"),
    ("[0.5, 1]", '"0.5:1"', "mine.yaml:6: axes.share.values: expected LOW:HIGH:N"),
    ("[0.5, 1]", "[0.5, 1], labels: [{en: a, sv: a}]", "labels: must be 2, one a value; found 1"),
    ("source: me", "sources: me", "sources: unknown key; did you mean source?"),
    ("scenario: mdt", "scenarios: mdt", "scenarios: unknown key; did you mean scenario?"),
    ("moves:", "keeps: {}\nmoves:", "keeps: unknown key; did you mean keep?"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG_FILES)
def test_wrong_files_are_one_message_with_a_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)
    assert read_sweep(path).axes[0].values == (0.5, 1.0)
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(InputError) as problem:
        read_sweep(path)
    assert says in str(problem.value), str(problem.value)


def test_a_wrong_parameter_in_a_file_is_named_with_its_line(tmp_path: Path, library: Any) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace("means.mdt.coverage", "means.mdt.coverag"))
    with pytest.raises(InputError) as problem:
        plan_sweep(read_sweep(path), load_scenario("mdt"), None)
    assert "mine.yaml:8: moves[1].name: means.mdt.coverag" in str(problem.value)
    assert "unknown parameter; did you mean means.mdt.coverage?" in str(problem.value)
