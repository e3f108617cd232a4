"""Many systems side by side: what the sources say of each, and what the runs show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sim.analysis.league import league_table, library_order, matrix_table
from sim.config.loader import load_scenario
from sim.config.stands_for import SEVENTEEN
from sim.outcomes.outcome import Outcome

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"
DAYS = Outcome(id="days", aim="health", better="lower", unit="days", label_en="Days", label_sv="Dagar", meaning="days")


def stands(report: str, kind: str, cells: str = "{}") -> str:
    return f'stands_for: {{report: "{report}", kind: {kind}, lines: [1, 2], cells: {cells}}}\n'


@pytest.fixture
def systems(library: Any) -> list[Any]:
    cells = '{mdt: {value: "yes", line: 1}, ehealth: {value: unclear, lean: "no", inferred: true, line: 2}}'
    files = {
        "own": HEAD + "extends: joint_financing\n",
        "late": HEAD + "extends: baseline\n" + stands("002", "model"),
        "early": HEAD
        + "extends: mdt\nmeans: {mdt: {coverage: 0.5}, mobile_response: on}\n"
        + stands("001", "mechanism", cells),
    }
    return [load_scenario(library.write(f"{name}.yaml", text)) for name, text in files.items()]


def outcomes(values: dict[str, list[float]]) -> pd.DataFrame:
    rows = [
        (scenario, replication, "all", "all", "days", "days", value)
        for scenario, found in values.items()
        for replication, value in enumerate(found)
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "group_by", "group", "outcome", "unit", "value"])


def test_order_is_by_report_and_what_stands_for_nothing_comes_last(systems: list[Any]) -> None:
    assert [one.id for one in library_order(systems)] == ["early", "late", "own"]


def test_matrix_says_what_the_source_says_and_what_the_model_has_on(systems: list[Any]) -> None:
    table = matrix_table(systems)
    assert list(dict.fromkeys(table["means"])) == [*SEVENTEEN, "mobile_response"]
    assert len(table) == 3 * 18
    cell = table.set_index(["scenario", "means"])
    assert cell.loc[("early", "mdt"), ["value", "coverage", "inferred", "line"]].tolist() == ["yes", 0.5, False, 1]
    assert cell.loc[("early", "ehealth"), ["value", "lean"]].tolist() == ["unclear", "no"]
    assert cell.loc[("early", "mobile_response"), ["value", "among_seventeen", "coverage"]].tolist() == ["", False, 1.0]
    assert cell.loc[("own", "joint_financing"), ["value", "coverage", "report"]].tolist() == ["", 1.0, ""]
    assert cell["coverage"].notna().sum() == 3


def test_league_holds_differences_from_the_baseline_and_open_ranks(systems: list[Any]) -> None:
    table = league_table(
        outcomes({"baseline": [10, 20, 30], "early": [8, 18, 28], "late": [10, 20, 30], "own": [9, 22, 30]}),
        systems,
        "baseline",
        [DAYS],
    ).set_index("scenario")
    assert list(table.index) == ["baseline", "early", "late", "own"]
    assert table["mean"].tolist() == pytest.approx([0, -2, 0, 1 / 3])
    assert table.loc["early", ["low", "high", "n", "baseline_mean", "systems"]].tolist() == [-2, -2, 3, 20, 4]
    assert table.loc["early", ["position", "rank_low", "rank_high"]].tolist() == [1, 1, 2]
    assert table.loc["early", "certainly_better_than"] == "baseline; late"
    assert table.loc["late", "certainly_worse_than"] == "early"
    assert table.loc["own", ["rank_low", "rank_high", "certainly_worse_than"]].tolist() == [1, 4, ""]


def test_with_parameter_sets_intervals_and_ranks_are_of_one_more_set(systems: list[Any]) -> None:
    runs = outcomes({"baseline": [10, 20, 30], "early": [8, 18.4, 27.8], "late": [10, 20, 30]})
    usual, wide = (
        league_table(runs, systems, "baseline", [DAYS], of_next_run=one).set_index("scenario") for one in (False, True)
    )
    widths = [table.loc["early", "high"] - table.loc["early", "low"] for table in (usual, wide)]
    assert widths[1] == pytest.approx(2.0 * widths[0])  # the root of three runs and one more
    assert usual.loc["early", "mean"] == wide.loc["early", "mean"]
    assert usual.loc["early", "rank_high"] == 1 and wide.loc["early", ["rank_low", "rank_high"]].tolist() == [1, 3]


def test_league_leaves_out_what_was_not_run(systems: list[Any]) -> None:
    other = replace(DAYS, id="other")
    table = league_table(outcomes({"baseline": [1, 2], "late": [2, 3]}), systems, "baseline", [DAYS, other])
    assert list(table["scenario"]) == ["baseline", "late"] and set(table["outcome"]) == {"days"}
