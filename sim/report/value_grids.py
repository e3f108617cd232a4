"""Lay out the tables on money and value for the page; every number is one of the tables'."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from sim.analysis.value_over_time import HELD, MEASURED
from sim.analysis.value_payers import AFTER, CARE, OWN, RELATIVES, TOTAL, TRANSFER
from sim.analysis.value_settings import CASH, FULL
from sim.core.vocabulary import Profession, label
from sim.report.grids import Cell, Grid, Row
from sim.report.sources import Source, sourced
from sim.report.value_results import Estimate, ValueResults, estimate
from sim.report.value_words import held, millions, option_source, pays_back_with_sources, status, unit, written
from sim.report.words import Words

_NOTHING = Cell(text="–")


def value_grids(words: Words) -> dict[str, Grid]:
    """Return the tables of the section by name; none when nothing was valued."""
    value = held(words)
    if value is None:
        return {}
    made = {
        "value": _options(value, words),
        "payers": _payers(value, words),
        "freed": _freed(value, words),
        "budget": _budget(value, words),
        "payback": _payback(value, words),
    }
    return {name: grid for name, grid in made.items() if grid.rows}


def _cell(found: Estimate | None, source: Source, words: Words, *, in_millions: bool = True) -> Cell:
    """Write a mean with its interval; `source` names its row and the columns of mean, low and high."""
    if found is None:
        return _NOTHING
    mean, interval = (millions if in_millions else written)(found, words)
    shown = source.numbers if found.has_interval else source.numbers[:1]
    numbers = tuple(f"{number}/1e6" for number in shown) if in_millions else shown
    return Cell(text=mean, small=interval if found.has_interval else "", source=replace(source, numbers=numbers))


def _ends(name: str) -> tuple[str, str, str]:
    return name, f"{name}_low", f"{name}_high"


def _of(table: str, row: Mapping[str, str], *numbers: str) -> Source:
    return Source(table=table, row=row, numbers=numbers or ("mean", "low", "high"))


def _options(value: ValueResults, words: Words) -> Grid:
    """Return cost, gain, place among all options, and net benefit of every option, cheapest first."""
    rows = []
    table = value.rows("value", FULL).sort_values(["cost", "gain"], kind="stable")
    for _, row in table.iterrows():
        name = str(row["scenario"])
        cash = value.option(name, CASH)
        place, against = status(row, words)
        share = float(row["share_worth_it"])
        worth_it = option_source(row, "share_worth_it") if math.isfinite(share) else None  # the baseline has none
        cells = (
            *(_estimated(one, "cost", words) for one in (row, cash) if one is not None),
            _estimated(row, "gain", words, in_millions=False),
            Cell(text=place, small=against),
            _estimated(row, "net_benefit", words),
            Cell(text=sourced(words.number.percent(share), worth_it)),
        )
        rows.append(Row(heading=words.scenario(name), cells=cells))
    first = table.iloc[0]
    price = f"{words.number.count(float(first['price']))} {words.text.unit(str(first['unit']))}"
    heads = [words.text(f"value.head.{key}") for key in ("scenario", "full", "cash")]
    heads += [words.text("value.head.gain", unit=unit(str(first["effect"]), words)), words.text("value.head.place")]
    heads += [words.text(f"value.head.{key}", price=price) for key in ("net_benefit", "share")]
    return Grid(
        caption=words.text("grid.value", perspective=words.text(f"perspective.{value.seen_from}")),
        head=tuple(heads),
        rows=tuple(rows),
    )


def _estimated(row: pd.Series, name: str, words: Words, *, in_millions: bool = True) -> Cell:
    """Write one measure of an option with its interval."""
    ends = _ends(name)
    return _cell(estimate(row, *ends), option_source(row, *ends), words, in_millions=in_millions)


def _grid_by_scenario(caption: str, first: str, rows: list[Row], words: Words) -> Grid:
    names = [words.scenario(scenario) for scenario in words.results.compared]
    return Grid(caption=words.text(caption), head=(words.text(first), *names), rows=tuple(rows))


def part_name(part: str, principal: str, words: Words) -> str:
    """Return what a part of who pays is called."""
    return words.group("principal", principal) if principal else words.text(f"payers.{part}")


def _payers(value: ValueResults, words: Words) -> Grid:
    rows: list[Row] = []
    for kind in (FULL, CASH):
        parts = [(CARE, name) for name in value.principals] + [(OWN, ""), (TOTAL, ""), (RELATIVES, "")]
        blocks = [(f"payers.head_{kind}", parts)]
        if kind == FULL:
            blocks.append(("payers.head_transfers", [(TRANSFER, name) for name in value.principals]))
        blocks.append((f"payers.head_after_{kind}", [(AFTER, name) for name in value.principals]))
        for heading, members in blocks:
            found = [_payer_row(value, kind, part, name, words) for part, name in members]
            kept = [row for row in found if row is not None]
            if kept:
                rows += [Row(heading=words.text(heading), section=True), *kept]
    return _grid_by_scenario("grid.payers", "group_by.principal", rows, words)


def _payer_row(value: ValueResults, kind: str, part: str, principal: str, words: Words) -> Row | None:
    found = {scenario: value.payer(scenario, kind, part, principal) for scenario in words.results.compared}
    if all(one is None for one in found.values()):
        return None
    key = {"cost_kind": kind, "part": part, "principal": principal}
    cells = (_cell(one, _of("who_pays.csv", {"scenario": scenario, **key}), words) for scenario, one in found.items())
    return Row(heading=part_name(part, principal, words), cells=tuple(cells))


def _freed(value: ValueResults, words: Words) -> Grid:
    rows = []
    for name in ("all", *map(label, Profession)):
        found = {scenario: value.freed(scenario, name) for scenario in words.results.compared}
        if any(one is not None for one in found.values()):
            numbers = ("freed_hours", "low", "high")
            cells = [
                _cell(
                    one,
                    _of("time_freed.csv", {"scenario": scenario, "profession": name}, *numbers),
                    words,
                    in_millions=False,
                )
                for scenario, one in found.items()
            ]
            rows.append(Row(heading=words.text.name("profession", name), cells=tuple(cells)))
    return _grid_by_scenario("grid.freed", "group_by.profession", rows, words)


def _budget(value: ValueResults, words: Words) -> Grid:
    rows: list[Row] = []
    heads: dict[int, str] = {}
    for kind in (FULL, CASH):
        own = []
        for scenario in words.results.compared:
            found = value.rows("budget_impact", kind, scenario).sort_values("year")
            if found.empty:
                continue
            heads |= {int(year): _year(int(year), str(on), words) for year, on in found[["year", "basis"]].to_numpy()}
            cells = tuple(
                _cell(estimate(row), _of("budget_impact.csv", _key(row, "year")), words) for _, row in found.iterrows()
            )
            own.append(Row(heading=words.scenario(scenario), cells=cells))
        if own:
            rows += [Row(heading=words.text(f"cost_kind.{kind}"), section=True), *own]
    head = (words.text("value.head.scenario"), *heads.values())
    return Grid(caption=words.text("grid.budget"), head=head, rows=tuple(rows))


def _key(row: pd.Series, last: str) -> dict[str, str]:
    return {name: str(row[name]) for name in ("scenario", "perspective", "cost_kind", last)}


def _year(year: int, basis: str, words: Words) -> str:
    """Return what a year of the budget is called, and on what it rests when not on a whole measured year."""
    named = words.text("value.year", year=year)
    return named if basis == MEASURED else f"{named}, {words.text('basis.held' if basis == HELD else 'basis.in_part')}"


def _payback(value: ValueResults, words: Words) -> Grid:
    rows = []
    for scenario in words.results.compared:
        cells = []
        for kind in (FULL, CASH):
            found = value.rows("payback", kind, scenario).sort_values("quarter")
            if len(found):
                cells.append(Cell(text=pays_back_with_sources(found.iloc[-1], len(found), words)))
        if cells:
            rows.append(Row(heading=words.scenario(scenario), cells=tuple(cells)))
    heads = [words.text("value.head.scenario"), *(words.text(f"cost_kind.{kind}") for kind in (FULL, CASH))]
    return Grid(caption=words.text("grid.payback"), head=tuple(heads), rows=tuple(rows))
