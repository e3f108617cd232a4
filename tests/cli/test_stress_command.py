"""Stress tests around the model: worlds, tables, receipt, page, words, wrong input; runs are fakes, files are real."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cli_fakes import COLUMNS
from laid_fit import lay_fit

from sim.batch.jobs import Wanted, span_table
from sim.cli import stress, stress_runs
from sim.cli.batch_request import Request
from sim.config.errors import InputError
from sim.config.scenario import Scenario
from sim.outcomes.series import SERIES
from sim.report import stress_page
from sim.report.stress_results import read_stress
from sim.report.stress_sentences import furthest_written
from sim.report.words import words_for

OUTCOMES = ("unmet_need_days", "cost_sek")
UNITS = {"unmet_need_days": "days per person-year", "cost_sek": "SEK per person-year"}
MADE: list[str] = []
"""Ids of the worlds that were run."""


def known_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run that can be worked out: an outage halves the gain in days while it lasts.

    A closed ward costs as much in both worlds. In cost there is no gain at all.
    """
    MADE.append(scenario.id)
    luck, means = (seed % 89) / 10.0, bool(scenario.means)
    odd = 0.1 * (seed % 7)
    (kind,) = [one.kind for one in scenario.disturbances] or [""]
    gain = means * (20.0 + odd)

    def rows(kept: float, blow: float) -> pd.DataFrame:
        values = {"unmet_need_days": 50.0 + luck + blow - kept * gain, "cost_sek": 1000.0 + luck + 5.0 * means}
        of_all = [("all", "all", name, UNITS[name], value) for name, value in values.items()]
        of_some = [("complex_needs", "yes", name, UNITS[name], 3 * value) for name, value in values.items()]
        return pd.DataFrame([*of_all, *of_some], columns=COLUMNS)

    weeks = 54
    number = np.arange(weeks)
    struck = (number >= 29) & (number < 33) if kind else np.zeros(weeks, bool)
    series = [
        pd.DataFrame(
            {"series": name, "week": number, "value": 100.0 + luck + odd * (number % 3) + (30.0 + odd) * struck}
        )
        for name in SERIES
    ]
    kept, blow = {"": (1.0, 0.0), "it_outage": (0.5, 3.0)}.get(kind, (1.0, 8.0))
    bins = pd.DataFrame([("lead_time_days", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"])
    return {
        "outcomes": rows(1.0 - (1.0 - kept) / 10.0, blow / 10.0),
        "distributions": bins,
        "series": pd.concat(series, ignore_index=True),
        **{span_table(span): rows(kept, blow) for span in wanted.spans},
    }


def run(folder: Path, *choices: str, show: bool = True, **more: Any) -> dict[str, Any]:
    MADE.clear()
    disturbances = more.pop("disturbances", ["it_outage", "ward_closed"])
    request = Request(
        command="stress", scenarios=stress.with_against("baseline", list(choices or ("team",))), replications=4, seed=1,
        jobs=1, out=folder, quiet=True, arguments=("stress", *choices), years=1.0, warmup_years=0.1, **more,
    )  # fmt: skip
    request, question = stress.ask(request, disturbances, list(OUTCOMES))
    finished = stress_runs.stress_runs(request, question, known_work)
    assert finished.exit_code == 0
    if show:
        stress_runs.show(finished, "en")
    return dict(json.loads((folder / "manifest.json").read_text()))


def test_tables_figures_and_sentences_say_what_was_put_in(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder)
    shown = " ".join(capsys.readouterr().out.split())
    assert len(MADE) == 6 * 4 and len(set(MADE)) == 6 and "team__it_outage" in MADE
    table = pd.read_csv(folder / "stress.csv", keep_default_na=False, na_values=[""])
    key = ["disturbance", "span", "group_by", "outcome"]
    rows = table.set_index(key)
    half, whole = (rows.loc[(name, "weeks", "all", "unmet_need_days")] for name in ("it_outage", "ward_closed"))
    assert half["survives"] == pytest.approx(0.5) and half["told"] == "told"
    assert half["harm_against"] == pytest.approx(3.0) and half["harm_with"] == pytest.approx(13.1, abs=0.3)
    assert whole["survives"] == pytest.approx(1.0) and whole["harm_with"] == pytest.approx(8.0)
    year = rows.loc[("it_outage", "year", "complex_needs", "unmet_need_days")]
    assert year["survives"] == pytest.approx(0.95)
    assert set(table.loc[table["outcome"] == "cost_sek", "told"]) == {"loss"}
    assert "Days with unmet need 50% [50%; 50%] (clearly less than all)" in shown
    assert "Days with unmet need 100% [100%; 100%]" in shown and "a loss" in shown
    recovery = pd.read_csv(folder / "recovery.csv")
    back = recovery.set_index(["scenario", "disturbance", "series"]).loc[("team", "it_outage", "open_needs")]
    # Day 182 of the measured time is day 218 of the run: its weeks are 31 and 32, and week 33 is as always.
    assert back["ever_off"] and back["days_until_normal"] == 0.0 and back["n"] == 4
    weekly = pd.read_csv(folder / "weekly.csv", keep_default_na=False)
    assert set(weekly["disturbance"]) == {"", "it_outage", "ward_closed"} and weekly["week"].min() == 0
    for name in ("gain-team-all", "gain-team-complex_needs-yes", "course-team"):
        assert (folder / "figures" / f"{name}.svg").stat().st_size > 1000
        assert (folder / "figures" / f"{name}.png").stat().st_size > 1000
    page = (folder / "report.html").read_text()
    assert page.count("<img") == 3 and "50% [50%; 50%]" in page and "own_record_unreadable_share" in page
    about = manifest["stress"]
    assert about["disturbances"][0]["weeks"] == [181.0, 195.0] and about["choices"][0]["id"] == "team"
    assert about["disturbances"][0]["strengths"]["lead_factor"]["source"] == "assumption"


def test_same_bytes_again_and_the_page_is_built_again_from_tables(library: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        run(folder, show=False)
    for name in ("stress.csv", "recovery.csv", "weekly.csv", "outcomes.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    code, out, err = library.mellanrum("report", str(one), "--lang", "sv")
    assert (code, err) == (0, "") and "Rapport" in out
    page = (one / "report.html").read_text()
    assert 'lang="sv"' in page and "tydligt mindre än hela" in page and "IT-avbrott" in page
    ET.parse(one / "figures" / "gain-team-all.svg")
    drawn = (one / "figures" / "course-team.svg").read_bytes()
    stress_page.build_stress_report(one, lang="sv")
    assert (one / "figures" / "course-team.svg").read_bytes() == drawn and (one / "report.html").read_text() == page


def test_runs_that_are_stored_without_the_weeks_asked_for_are_made_again(library: Any, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(tmp_path / "one", store=store, show=False, disturbances=["it_outage"])
    run(tmp_path / "two", store=store, show=False, disturbances=["it_outage"])
    assert MADE == []
    # The closed ward lasts longer: its weeks were never measured in the calm worlds.
    run(tmp_path / "three", store=store, show=False, disturbances=["it_outage", "ward_closed"])
    assert set(MADE) == {"baseline", "team", "baseline__it_outage", "team__it_outage", "baseline__ward_closed",
                         "team__ward_closed"}  # fmt: skip


def test_the_wait_for_a_bed_is_among_what_is_looked_at_unless_others_are_named() -> None:
    request = Request(command="stress", scenarios=("baseline", "team"), replications=1, seed=1, years=1.0)
    asked = [one.id for one in stress.ask(request, ["ward_closed"])[1].outcomes]
    assert "boarding_hours" in asked and len(asked) == 7
    assert [one.id for one in stress.ask(request, ["ward_closed"], ["cost_sek"])[1].outcomes] == ["cost_sek"]


@pytest.mark.parametrize(
    ("share", "said"), [(0.3, "+30%"), (-0.02, "−2.0%"), (53.2, "54 times the usual"), (np.nan, "–")]
)
def test_far_off_the_usual_is_told_as_times_as_much(library: Any, tmp_path: Path, share: float, said: str) -> None:
    folder = tmp_path / "out"
    run(folder, show=False)
    words = words_for(read_stress(folder).results, "en")
    assert furthest_written({"furthest_share": share}, words) == said


def test_without_a_world_in_which_anything_ran_no_table_tells_whose_folder_it_is(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_fit(tmp_path, monkeypatch, 0.8, 1.2)

    def without_baseline(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
        if scenario.id.startswith("baseline"):
            raise RuntimeError("no beds at all")
        return known_work(scenario, seed, wanted)

    folder = tmp_path / "out"
    request = Request(
        command="stress", scenarios=("baseline", "team"), replications=2, seed=1, jobs=1, out=folder, quiet=True,
        arguments=("stress", "team"), years=1.0, warmup_years=0.1, fitted=True,
    )  # fmt: skip
    request, question = stress.ask(request, ["it_outage"], list(OUTCOMES))
    finished = stress_runs.stress_runs(request, question, without_baseline)
    assert finished.exit_code != 0 and (folder / "outcomes.csv").is_file()
    code, _, err = library.mellanrum("report", str(folder))
    assert code == 2 and "differences.csv" in err and "sensitivity" not in err


def test_the_ready_made_disturbances_are_listed(library: Any) -> None:
    for lang, said in (("en", "One ward closed"), ("sv", "En avdelning stängd")):
        code, out, err = library.mellanrum("stress", "--list", "--lang", lang)
        assert (code, err) == (0, "") and said in " ".join(out.split()) and "ward_closed" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("baseline",), "nothing to set beside baseline"),
        (("team", "--disturbance", "flood"), "flood: unknown disturbance"),
        (("team", "--disturbance", "heat_wave", "--disturbance", "heat_wave"), "heat_wave: given twice"),
        (("team", "--disturbance", "heat_wave", "--years", "0.4"), "ends on day 192, after the last day measured, 146"),
        (("team", "--series", "visits"), "--series visits: unknown series"),
        (("team", "--outcome", "unmet"), "--outcome unmet: unknown outcome"),
        (("team", "--group", "age:99"), "there is no such age"),
        (("nobody",), "nobody: unknown scenario"),
    ],
)
def test_wrong_input_is_said_in_one_line_and_nothing_is_written(
    library: Any, words: tuple[str, ...], said: str
) -> None:
    code, out, err = library.mellanrum("stress", *words)
    assert code == 2 and out == "" and said in err and len(err.strip().splitlines()) == 1
    assert not Path("outputs").exists()


def test_a_wrong_file_is_named_with_its_line(library: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    head = "title: {en: a, sv: a}\nsummary: {en: a, sv: a}\nsource: a\nkind: ward_closed\nfrom_day: 3\ndays: 9\n"
    path.write_text(head + "strengths: {beds_closed_share: 0.9}\n")
    code, _, err = library.mellanrum("stress", "team", "--disturbance", str(path))
    assert code == 2 and "mine.yaml:7: strengths.beds_closed_share: must be within 0 to 0.5, found 0.9" in err
    code, _, err = library.mellanrum("check", str(path))
    assert code == 2 and "mine.yaml:7" in err
    path.write_text(head)
    code, out, _ = library.mellanrum("check", str(path))
    assert code == 0 and "OK (disturbance)" in out


def test_a_scenario_that_is_struck_already_is_refused(library: Any, tmp_path: Path) -> None:
    path = tmp_path / "struck.yaml"
    path.write_text(
        "extends: team\ntitle: {en: a, sv: a}\nsummary: {en: a, sv: a}\nsource: a\ndisturbances: [heat_wave]\n"
    )
    with pytest.raises(InputError, match="disturbances of its own"):
        run(tmp_path / "out", str(path))
