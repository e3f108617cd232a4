"""The section on money and value: its numbers are those of its tables, from every perspective."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from report_factory import SCENARIOS, write_folder
from test_page import Page, _numbers, _same

from sim.report.build import FIGURES, build_report
from sim.report.html import render
from sim.report.results import read_results
from sim.report.value_grids import value_grids
from sim.report.value_results import TABLES, Estimate
from sim.report.value_words import findings, frame, frontier, pays_back
from sim.report.words import words_for

MONEY = ("plane", "acceptability", "payers", "time_freed", "payback", "budget")


@pytest.fixture(scope="module")
def folder(pages):
    return Path(pages["folder"])


def _check(cell, row, names, scale, lang):
    """A cell says the row's mean, and the interval below it."""
    text, small = cell
    mean, low, high = (float(row[name]) * scale for name in names)
    assert _same(_numbers(text, lang)[0], mean)
    ends = _numbers(small, lang)
    assert len(ends) == 2 and _same(ends[0], low) and _same(ends[1], high)


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_number_of_the_money_tables_is_that_of_the_csv(pages, folder, lang):
    words = words_for(read_results(folder), lang)
    title = {words.scenario(name): name for name in SCENARIOS[:3]}
    value, text = words.results.value, words.text
    tables = {table[0][0][0]: [] for table in Page(pages[lang]).tables}
    for table in Page(pages[lang]).tables:
        tables[table[0][0][0]].append(table)
    _main_outcomes, options, payback, budget = tables[text("value.head.scenario")]
    assert {row[0][0].strip() for row in options[1:]} == set(title)
    for row in options[1:]:
        full, cash = (value.option(title[row[0][0].strip()], kind) for kind in ("full", "cash"))
        _check(row[1], full, ("cost", "cost_low", "cost_high"), 1e-6, lang)
        _check(row[2], cash, ("cost", "cost_low", "cost_high"), 1e-6, lang)
        _check(row[3], full, ("gain", "gain_low", "gain_high"), 1.0, lang)
        _check(row[5], full, ("net_benefit", "net_benefit_low", "net_benefit_high"), 1e-6, lang)
        if full["status"] == "on the frontier":
            assert _same(_numbers(row[4][0], lang)[0], full["icer"])
        if row[0][0].strip() != words.scenario("baseline"):
            assert _same(_numbers(row[6][0], lang)[0], 100.0 * full["share_worth_it"])
    kind = None
    for row in budget[1:]:
        if len(row) == 1:
            kind = {text(f"cost_kind.{one}"): one for one in ("full", "cash")}[row[0][0]]
            continue
        found = value.rows("budget_impact", kind, title[row[0][0].strip()]).sort_values("year")
        assert len(row) == 1 + len(found) == 6
        for cell, (_, year) in zip(row[1:], found.iterrows(), strict=True):
            _check(cell, year, ("mean", "low", "high"), 1e-6, lang)
    for row in payback[1:]:
        for cell, one in zip(row[1:], ("full", "cash"), strict=True):
            found = value.rows("payback", one, title[row[0][0].strip()]).iloc[-1]
            if pd.notna(found["payback_quarter"]):
                assert _numbers(cell[0], lang)[0] == (found["payback_quarter"], 0)


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_who_pays_and_time_freed_equal_their_tables(pages, folder, lang):
    words = words_for(read_results(folder), lang)
    value, text = words.results.value, words.text
    tables = Page(pages[lang]).tables
    payers = next(table for table in tables if table[0][0][0] == text("group_by.principal"))
    parts = {text("payers.means"): "means", text("payers.total"): "total", text("payers.relatives"): "relatives"}
    sections = {
        text("payers.head_full"): ("full", "care"),
        text("payers.head_cash"): ("cash", "care"),
        text("payers.head_transfers"): ("full", "transfers"),
        text("payers.head_after_full"): ("full", "after transfers"),
        text("payers.head_after_cash"): ("cash", "after transfers"),
    }
    names = {words.group("principal", name): name for name in value.principals}
    seen = 0
    for row in payers[1:]:
        if len(row) == 1:
            kind, part = sections[row[0][0]]
            continue
        heading = row[0][0].strip()
        for cell, scenario in zip(row[1:], words.results.compared, strict=True):
            found = value.payer(scenario, kind, parts.get(heading, part), names.get(heading, ""))
            _check(
                cell, {"mean": found.mean, "low": found.low, "high": found.high}, ("mean", "low", "high"), 1e-6, lang
            )
            seen += 1
    assert seen == 2 * (5 + 2 + 5) * 2 + 2 + 5 * 2
    (freed,) = [table for table in tables if table[0][0][0] == text("group_by.profession")]
    assert len(freed) == 1 + 14


def test_sentences_name_perspective_rate_price_year_and_dominance(folder):
    words = words_for(read_results(folder), "en")
    said = " ".join(frame(words))
    assert "all principals" in said and "3.0% a year" in said and "prices of 2024" in said and "QALY" in said
    assert "chance of the simulation" in said
    assert all("dominates" in one or "gains" in one or "dominated" in one for one in findings(words))
    assert "highest mean net benefit" in frontier(words)[0]
    fitted = replace(words.results, facts=replace(words.results.facts, fit={"sets": 4, "used": 4}))
    assert "parameter sets that agree" in " ".join(frame(words_for(fitted, "en")))
    given = replace(words.results, facts=replace(words.results.facts, ensemble={"sets": 4}))
    assert "the sets given" in " ".join(frame(words_for(given, "en")))


def test_perspective_changes_the_numbers_and_a_missing_one_is_named(folder):
    results = read_results(folder)
    cells = {}
    for perspective in ("region", "municipality", "both", "society"):
        words = words_for(replace(results, value=replace(results.value, perspective=perspective)), "en")
        cells[perspective] = value_grids(words)["value"].rows[0].cells[0].text
        assert words.text(f"perspective.{perspective}") in frame(words)[0]
    assert len(set(cells.values())) == 4
    kept = {name: table[table["perspective"] != "municipality"] if "perspective" in table else table
            for name, table in results.value.tables.items()}  # fmt: skip
    left = replace(results, value=replace(results.value, tables=kept, perspective="municipality"))
    said = frame(words_for(left, "sv"))
    assert "alla huvudmän" in said[0] and any("Kommunernas perspektiv är utelämnat" in one for one in said)


def test_report_without_money_tables_has_no_such_section(tmp_path):
    folder = write_folder(tmp_path, scenarios=SCENARIOS[:2], replications=2, distributions=False)
    for name in TABLES:
        (folder / f"{name}.csv").unlink()
    words = words_for(read_results(folder), "en")
    assert words.results.value is None and "Is it worth its cost?" not in render(words, {})
    assert all(FIGURES[name](words) is None for name in MONEY)


def test_a_missing_or_damaged_money_table_is_named(tmp_path):
    folder = write_folder(tmp_path, scenarios=SCENARIOS[:2], replications=2, distributions=False)
    table = pd.read_csv(folder / "budget_impact.csv")
    table.drop(columns="basis").to_csv(folder / "budget_impact.csv", index=False)
    with pytest.raises(ValueError, match=r"budget_impact\.csv: column basis is missing"):
        read_results(folder)
    (folder / "payback.csv").unlink()
    with pytest.raises(ValueError, match=r"payback\.csv: is missing"):
        read_results(folder)


def test_build_takes_a_perspective_and_the_manifest_is_its_default(tmp_path, folder, monkeypatch):
    monkeypatch.setattr("sim.report.build.FIGURES", {"plane": FIGURES["plane"]})
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    build_report(copy, lang="en", perspective="region")
    region = (copy / "report.html").read_text(encoding="utf-8")
    receipt = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(receipt | {"value": {"perspective": "region"}}))
    build_report(copy, lang="en")
    assert (copy / "report.html").read_text(encoding="utf-8") == region
    assert re.search(r"Perspective: the region", region)


def test_payback_in_words(folder):
    words = words_for(read_results(folder), "en")
    row = {"payback_quarter": 3, "earliest": 2, "latest": 5, "low": 1.0}
    assert pays_back(pd.Series(row), 8, words) == "by the end of quarter 3 (2 to 5)"
    row |= {"latest": None}
    assert pays_back(pd.Series(row), 8, words) == "by the end of quarter 3 (2, or not within 8 quarters)"
    row |= {"payback_quarter": None}
    never = "not within the 8 quarters measured"
    assert pays_back(pd.Series(row), 8, words) == f"{never} (at the earliest quarter 2)"
    assert pays_back(pd.Series(row | {"earliest": None}), 8, words) == never
    assert pays_back(pd.Series({"payback_quarter": 1, "earliest": 1, "latest": 1, "low": 1.0}), 8, words) == (
        "by the end of quarter 1"
    )


def test_an_estimate_turned_round_keeps_its_ends_in_order():
    turned = Estimate(mean=2.0, low=1.0, high=4.0).times(-0.5)
    assert (turned.low, turned.mean, turned.high) == (-2.0, -1.0, -0.5)
    assert not Estimate(mean=1.0, low=float("nan"), high=float("nan")).times(2.0).has_interval
