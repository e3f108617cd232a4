"""`mellanrum journey` around runs made by hand, and once with the real model, as small as it gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cli_fakes import fake_distributions, fake_outcomes
from engine_runs import run, scenario
from one_person_year import today, with_team
from paired_runs import IN_FORCE

from sim.analysis.journey import journey_tables
from sim.batch.jobs import Wanted
from sim.batch.one_person import journey_tables as stored
from sim.batch.one_person import people_table, read_person
from sim.batch.store import Store
from sim.cli.batch_request import Request
from sim.cli.journey import journey, read_rule, show
from sim.config.errors import InputError
from sim.config.scenario import Scenario

TABLES = ("journey.csv", "journey_spans.csv", "journey_weeks.csv", "journey_summary.csv")
made: list[str] = []


def by_hand(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run in which four people live the year worked out by hand."""
    made.append(scenario.id)
    assert wanted.journey
    year = with_team() if scenario.means else today()
    return {
        "outcomes": fake_outcomes(scenario, seed),
        "distributions": fake_distributions(scenario, seed),
        **stored(year),
    }


def request(out: Path, **more: Any) -> Request:
    return Request(
        command="journey-selma", scenarios=("baseline", "team"), replications=1, seed=1, jobs=1, out=out, quiet=True,
        journey=True, years=1.0, arguments=("journey", "team", "--out", str(out)), **more,
    )  # fmt: skip


def test_the_person_with_most_contacts_is_told_and_the_receipt_says_how_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], library: Any
) -> None:
    out = tmp_path / "out"
    finished = journey(request(out), read_rule("selma", None, "unmet_days"), by_hand)
    show(finished, "en")
    printed = " ".join(capsys.readouterr().out.split())
    assert "the one with most contacts today (4;" in printed
    assert "found on 11 April, after 30 days" in printed and "an illustration, no evidence" in printed
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["journey"]
    assert (said["person"], said["candidates"], said["value"]) == (1, 3, 4.0)
    assert said["rule"] == {"who": "selma", "number": None, "need_group": None, "change": "unmet_days"}
    assert said["traits"]["municipality"] == "northtown" and said["traits"]["need_group"] == 1
    events = pd.read_csv(out / "journey.csv")
    assert set(events["scenario"]) == {"baseline", "team"}
    whole = {path.name: path.read_bytes() for path in (out / name for name in (*TABLES, "report.html"))}
    assert (out / "figures" / "journey.svg").stat().st_size > 1000

    code, _, _ = library.mellanrum("report", str(out))
    assert code == 0, "the page is built again from the tables"
    made.clear()
    (out / "journey.csv").unlink()
    again = journey(request(out, resume=True), read_rule("selma", None, "unmet_days"), by_hand)
    show(again, "en")
    assert made == [], "finished runs are used again"
    assert {name: (out / name).read_bytes() for name in whole} == whole


def test_another_person_of_the_same_runs_needs_no_new_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    journey(request(out), read_rule("selma", None, "unmet_days"), by_hand)
    made.clear()
    journey(request(out, resume=True), read_rule("2", None, "unmet_days"), by_hand)
    assert made == []
    summary = pd.read_csv(out / "journey_summary.csv").set_index(["measure", "group"])
    assert summary.loc[("contacts", "all"), "without"] == 2.0


def test_who_gained_most_is_chosen_over_both_worlds(tmp_path: Path) -> None:
    out = tmp_path / "out"
    journey(request(out), read_rule("gained", None, "cost_sek"), by_hand)
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["journey"]
    assert said["person"] == 1 and said["value"] == pytest.approx(-89_000.0)
    with pytest.raises(InputError, match="--who lost: nobody has lost in cost_sek"):
        journey(request(tmp_path / "other"), read_rule("lost", None, "cost_sek"), by_hand)


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


def test_when_a_run_fails_there_is_no_journey_and_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
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
        world = run(scenario(name, 0.1, 0.5, 0.1))
        store.write(name, stored(world))
        people[name] = people_table(world)
    return store, people["baseline"]["contacts"].nlargest(10).index.tolist()


def test_the_same_person_has_the_same_year_until_the_means_are_in_force(real: tuple[Store, list[int]]) -> None:
    store, busy = real
    seen = 0
    for person in busy:
        today_, beside = (read_person(store, name, person) for name in ("baseline", "all_four"))
        for name, columns in today_.tables.items():
            before = columns["time_days"] < IN_FORCE
            then = beside.tables[name]["time_days"] < IN_FORCE
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


def test_end_to_end_with_the_real_model(tmp_path: Path, library: Any) -> None:
    out = tmp_path / "out"
    code, printed, error = library.mellanrum(
        "journey", "team", "--who", "typical", "--sample", "0.02", "--years", "0.1", "--warmup-years", "0.05",
        "--jobs", "1", "--quiet", "--lang", "sv", "--out", str(out), "--store", str(tmp_path / "shared"),
        "--parameters", "start",
    )  # fmt: skip
    assert (code, error) == (0, "")
    assert "Vald som typisk" in printed and "ingen som liknar den behöver finnas" in " ".join(printed.split())
    for name in (*TABLES, "report.html", "manifest.json"):
        assert (out / name).stat().st_size > 20
