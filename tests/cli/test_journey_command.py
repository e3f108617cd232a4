"""`mellanrum journey` around runs made by hand, and once with the real model, as small as it gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cli_fakes import COLUMNS
from engine_runs import observed
from one_person_year import today, with_team
from paired_runs import IN_FORCE

from sim.analysis.journey import journey_tables
from sim.batch.jobs import Wanted
from sim.batch.one_person import journey_tables as stored
from sim.batch.one_person import people_table, read_person
from sim.batch.store import Store
from sim.cli.batch_request import Request
from sim.cli.journey import journey, read_rule, show
from sim.cli.main import run
from sim.config.errors import InputError
from sim.config.scenario import Scenario

TABLES = ("journey.csv", "journey_spans.csv", "journey_weeks.csv", "journey_summary.csv")
FIRST_MONDAY = IN_FORCE - 1
"""Of the study period: means start on this day."""
made: list[str] = []


def by_hand(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run in which four people live the year worked out by hand."""
    made.append(scenario.id)
    assert wanted.journey
    year = with_team() if scenario.means else today()
    return {
        "outcomes": pd.DataFrame([("all", "all", "cost_sek", "SEK per person-year", 1.0)], columns=COLUMNS),
        "distributions": pd.DataFrame([("x", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"]),
        **stored(year),
    }


def request(out: Path, **more: Any) -> Request:
    return Request(
        command="journey-selma", scenarios=("baseline", "team"), replications=1, seed=1, jobs=1, out=out, quiet=True,
        journey=True, years=1.0, arguments=("journey", "team", "--out", str(out)), **more,
    )  # fmt: skip


def mellanrum(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        run(list(arguments))
    return int(end.value.code or 0)


def said_of(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["journey"])


def test_the_person_is_told_again_and_others_need_no_new_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    finished = journey(request(out), read_rule("selma", None, "unmet_days"), by_hand)
    show(finished, "en")
    printed = " ".join(capsys.readouterr().out.split())
    assert "the one with most contacts today (4;" in printed
    assert "found on 11 April, after 30 days" in printed and "an illustration, no evidence" in printed
    said = said_of(out)
    assert (said["person"], said["candidates"], said["value"]) == (1, 3, 4.0)
    assert said["rule"] == {"who": "selma", "number": None, "need_group": None, "change": "unmet_days"}
    assert said["traits"]["municipality"] == "northtown" and said["traits"]["need_group"] == 1
    whole = {path.name: path.read_bytes() for path in (out / name for name in (*TABLES, "report.html"))}
    assert (out / "figures" / "journey.svg").stat().st_size > 1000

    (out / "report.html").unlink()
    assert mellanrum("report", str(out)) == 0
    assert (out / "report.html").read_bytes() == whole["report.html"], "the page is built again from the tables"
    finished.lock.release()

    made.clear()
    other = journey(request(out, resume=True), read_rule("2", None, "unmet_days"), by_hand)
    summary = pd.read_csv(out / "journey_summary.csv").set_index(["measure", "group"])
    assert summary.loc[("contacts", "all"), "without"] == 2.0
    other.lock.release()
    gained = journey(request(out, resume=True), read_rule("gained", None, "cost_sek"), by_hand)
    assert said_of(out)["person"] == 1 and said_of(out)["value"] == pytest.approx(-89_000.0)
    gained.lock.release()
    assert {name: (out / name).read_bytes() for name in TABLES} == {name: whole[name] for name in TABLES}
    with pytest.raises(InputError, match="--who lost: nobody has lost in cost_sek"):
        journey(request(out, resume=True), read_rule("lost", None, "cost_sek"), by_hand)
    assert made == [], "finished runs are used again"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--who", "selmer"), "--who selmer: must be selma, typical, gained, lost or a person's number; "),
        (("--who", "99999999"), "--who 99999999: people are numbered from 0 to "),
        (("--who", "3", "--need-group", "2"), "--need-group: a person given by number is in a need group already"),
        (("--need-group", "6"), "--need-group: must be from 1 to 5, found 6"),
        (("--in", "happiness"), "--in happiness: must be one of unmet_days"),
        (("baseline",), "nothing to compare with the baseline"),
        (("no_such_scenario",), "no_such_scenario"),
    ],
)
def test_wrong_input_is_one_message_and_nothing_is_written(
    library: Any, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "out"
    code, _, error = library.mellanrum("journey", *arguments, "--out", str(out))
    assert code == 2 and said in error and len(error.strip().splitlines()) == 1
    assert not out.exists()


def test_when_a_run_fails_there_is_no_journey(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
        if scenario.means:
            raise RuntimeError("no beds at all")
        return by_hand(scenario, seed, wanted)

    finished = journey(request(tmp_path / "out"), read_rule("selma", None, "unmet_days"), fails)
    show(finished, "en")
    assert finished.exit_code == 3
    assert "there is nothing to compare" in capsys.readouterr().out
    assert not (tmp_path / "out" / "journey.csv").exists()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, list[int]]:
    """Store a tiny run of the real model in two worlds; return the ten people with most contacts today."""
    store = Store(Path(tmp_path_factory.mktemp("real")))
    people = {}
    for name in ("baseline", "all_four"):
        world = observed(name, sample_share=0.1, years=0.5)
        store.write(name, stored(world))
        people[name] = people_table(world)
    return store, people["baseline"]["contacts"].nlargest(10).index.tolist()


def test_the_same_person_has_the_same_year_until_the_means_are_in_force(real: tuple[Store, list[int]]) -> None:
    store, busy = real
    seen = 0
    for person in busy:
        today_, beside = (read_person(store, name, person) for name in ("baseline", "all_four"))
        for name, columns in today_.tables.items():
            before = columns["time_days"] < FIRST_MONDAY
            then = beside.tables[name]["time_days"] < FIRST_MONDAY
            if name != "enrolments":
                seen += int(before.sum())
                for column, values in columns.items():
                    assert values[before].tolist() == beside.tables[name][column][then].tolist(), (name, column)
    assert seen > 100


def test_a_real_person_is_told_without_gaps(real: tuple[Store, list[int]]) -> None:
    store, busy = real
    for person in busy[:3]:
        today_, beside = (read_person(store, name, person) for name in ("baseline", "all_four"))
        tables = journey_tables(today_, beside, ("baseline", "all_four"))
        spans = tables["journey_spans"]
        for world in ("baseline", "all_four"):
            own = spans[(spans["scenario"] == world) & (spans["episode"] >= 0)]
            whole = own[own["kind"] == "need"].set_index("episode")["days"]
            parts = own[own["kind"] != "need"].groupby("episode")["days"].sum()
            assert len(whole) > 3 and parts.reindex(whole.index).tolist() == pytest.approx(whole.tolist())
        summary = tables["journey_summary"].set_index(["measure", "group"])
        events = tables["journey"]
        contacts = ((events["event"] == "contact") & (events["scenario"] == "all_four")).sum()
        assert summary.loc[("contacts", "all"), "with"] == contacts
        by_principal = summary.loc["cost_sek"].drop("all")
        assert by_principal["with"].sum() == pytest.approx(summary.loc[("cost_sek", "all"), "with"])


def test_end_to_end_with_the_real_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    code = mellanrum(
        "journey", "team", "--who", "typical", "--sample", "0.02", "--years", "0.1", "--warmup-years", "0.05",
        "--jobs", "1", "--quiet", "--lang", "sv", "--out", str(out), "--store", str(tmp_path / "shared"),
        "--parameters", "start",
    )  # fmt: skip
    printed = " ".join(capsys.readouterr().out.split())
    assert code == 0 and "Vald som typisk" in printed and "ingen som liknar den behöver finnas" in printed
    for name in (*TABLES, "report.html", "manifest.json"):
        assert (out / name).stat().st_size > 20
