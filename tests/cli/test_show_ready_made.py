"""What `mellanrum show` says of disturbances, sweeps and allocations: everything that stands in their files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sim.cli.show_ready_made import ReadyMade, ready_made
from sim.config.allocation_file import allocation_files, read_allocation
from sim.config.disturbance_file import disturbance_files, read_disturbance
from sim.config.loader import load_scenario
from sim.config.sweep_file import read_sweep, sweep_files
from sim.report.texts import LANGUAGES

SHIPPED = [
    *(("disturbance", path) for path in disturbance_files().values()),
    *(("sweep", path) for path in sweep_files().values()),
    *(("allocation", path) for path in allocation_files().values()),
]
STRUCK = """
title: {en: Struck, sv: Drabbad}
summary: {en: Struck, sv: Drabbad}
source: me
extends: baseline
disturbances: [ward_closed, {kind: staff_shortage, days: 10, every_year: true, professions: [home_nurse]}]
"""


def shown(library: Any, *words: str) -> str:
    code, out, err = library.mellanrum("show", *words)
    assert (code, err) == (0, ""), err
    return " ".join(str(out).split())


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=[f"{kind}-{path.stem}" for kind, path in SHIPPED])
def test_every_ready_made_file_is_shown_in_both_languages(library: Any, kind: str, path: Any) -> None:
    for lang in LANGUAGES:
        out = shown(library, f"scenarios/{path.parent.name}/{path.name}", "--lang", lang)
        read: Any = {"disturbance": read_disturbance, "sweep": read_sweep, "allocation": read_allocation}[kind](path)
        assert " ".join(getattr(read.title, lang).split()) in out
        assert " ".join(getattr(read.summary, lang).split()) in out
        assert " ".join(read.source.split()) in out


def test_a_disturbance_shows_when_it_strikes_and_how_hard(library: Any) -> None:
    out = shown(library, "ward_closed")
    assert "strikes from day 183 of the time measured, for 42 days" in out
    assert "beds_closed_share 0.16 0 to 0.5 share" in out
    assert out.endswith("`mellanrum stress --disturbance ward_closed`")


def test_a_sweep_shows_axes_moves_and_what_is_looked_at(library: Any) -> None:
    out = shown(library, "ageing_and_staff")
    assert "all_four beside baseline, at 12 points" in out
    assert "care staff, beds and places 100, 110, 120, 130 % of today's" in out
    assert "place.beds care multiplied by 1, 1.1, 1.2, 1.3" in out
    assert "Days with unmet need (unmet_need_days)" in out


def test_an_allocation_shows_levels_prices_and_aims(library: Any) -> None:
    out = shown(library, "four_means")
    assert "on or off" in out and "(only with team_meeting)" in out
    assert "times today's the place's own prices" in out
    assert "Staff 0 staff_hours_hassle" in out


def test_as_json_it_holds_what_the_file_does(library: Any) -> None:
    record = json.loads(library.mellanrum("show", "four_means", "--json")[1])
    read = read_allocation(allocation_files()["four_means"])
    assert record["shown"] == "allocation"
    assert {one["id"]: one["values"] for one in record["choices"]} == {
        choice.id: list(choice.values) for choice in read.choices
    }
    strengths = json.loads(library.mellanrum("show", "it_outage", "--json")[1])["strengths"]
    assert {one["name"] for one in strengths} == set(read_disturbance(disturbance_files()["it_outage"]).strengths)
    sweep = json.loads(library.mellanrum("show", "staffing", "--json")[1])
    assert sweep["points"] == len(read_sweep(sweep_files()["staffing"]).axes[0].values)


def test_a_scenario_shows_what_it_is_struck_by(library: Any) -> None:
    library.write("struck.yaml", STRUCK)
    out = shown(library, "struck.yaml")
    assert "Struck by: One ward closed (ward_closed)" in out and "beds_closed_share" in out
    assert "strikes every year" in out and "Whose staff are away: Home nurse" in out
    record = json.loads(library.mellanrum("show", "struck.yaml", "--json")[1])
    assert [one["name"] for one in record["disturbances"]] == ["ward_closed", "staff_shortage"]


def test_a_name_that_a_scenario_has_too_is_the_scenario_s_and_says_so(library: Any) -> None:
    out = shown(library, "champion_leaves")
    assert "Means mdt" in out
    assert (
        "a ready-made sweep named champion_leaves, too: `mellanrum show scenarios/sweeps/champion_leaves.yaml`" in out
    )
    assert "Along which axes" in shown(library, "scenarios/sweeps/champion_leaves.yaml")


def test_every_scenario_name_still_stands_for_its_scenario() -> None:
    assert ready_made("baseline") is None and ready_made("means/mdt") is None
    assert ready_made("ward_closed") == ReadyMade("disturbance", disturbance_files()["ward_closed"])
    assert load_scenario("baseline").disturbances == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ward_close",), "ward_close: unknown scenario, disturbance, sweep or allocation; did you mean ward_closed?"),
        (("ward_closed", "--place", "gotland"), "--place: ward_closed is no scenario, but a disturbance"),
        (("nowhere.yaml",), "nowhere.yaml"),
    ],
)
def test_what_cannot_be_shown_is_said(library: Any, words: tuple[str, ...], said: str) -> None:
    code, out, err = library.mellanrum("show", *words)
    assert (code, out) == (2, "") and said in err, err


def test_a_defect_in_a_file_is_told_with_its_line(library: Any) -> None:
    library.edit("scenarios/disturbances/ward_closed.yaml", "days: 42", "days: many")
    code, out, err = library.mellanrum("show", "scenarios/disturbances/ward_closed.yaml")
    assert (code, out) == (2, "") and "ward_closed.yaml:9: days" in err, err
