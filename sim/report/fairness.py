"""Lay out how gains are shared between groups, as a table and in a sentence."""

from __future__ import annotations

from sim.report.grids import Cell, Grid, Row
from sim.report.numbers import decimals_for
from sim.report.sources import Source, sourced
from sim.report.tables import Row as TableRow
from sim.report.tables import records
from sim.report.words import Words

GROUPINGS = ("need_group", "municipality", "age")


def equity_grid(outcomes: tuple[str, ...], words: Words) -> Grid | None:
    """Return, per grouping and outcome, by how much those worst off gain more; None when nothing was compared."""
    table = words.results.equity
    if table is None or table.empty:
        return None
    cells = {(row["scenario"], row["group_by"], row["outcome"]): row for row in records(table)}
    compared = words.results.compared
    rows: list[Row] = []
    for group_by in GROUPINGS:
        found = [outcome for outcome in outcomes if any((one, group_by, outcome) in cells for one in compared)]
        if found:
            rows.append(Row(heading=words.text(f"group_by.{group_by}"), section=True))
        for outcome in found:
            unit = words.text.unit(words.registry[outcome].unit)
            made = tuple(_cell(cells.get((scenario, group_by, outcome)), words) for scenario in compared)
            rows.append(Row(heading=words.outcome(outcome), small=unit, cells=made))
    head = (words.text("table.outcome"), *(words.scenario(scenario) for scenario in compared))
    return Grid(caption=words.text("grid.equity"), head=head, rows=tuple(rows)) if rows else None


def _cell(row: TableRow | None, words: Words) -> Cell:
    """Return the slope with its interval, and who gains most and least."""
    if row is None:
        return Cell(text="–")
    slope, low, high = (float(row[name]) for name in ("slope", "slope_low", "slope_high"))
    places = decimals_for(slope, low, high)
    most, least = (
        words.text(
            "equity.extreme",
            group=words.group(str(row["group_by"]), str(row[f"{which}_group"])),
            gain=sourced(words.number.signed(float(row[f"{which}_gain"]), places), _source(row, f"{which}_gain")),
        )
        for which in ("most", "least")
    )
    clear = low > 0.0 or high < 0.0
    numbers = ("slope", "slope_low", "slope_high") if low == low else ("slope",)
    written = f"{words.number.signed(slope, places)} {words.number.interval(low, high, decimals=places)}"
    return Cell(
        text=sourced(written, _source(row, *numbers)),
        small=words.text("equity.extremes", most=most, least=least),
        verdict=("better" if slope > 0 else "worse") if clear else "unclear",
    )


def _source(row: TableRow, *numbers: str) -> Source:
    key = {name: str(row[name]) for name in ("scenario", "group_by", "outcome")}
    return Source(table="equity.csv", row=key, numbers=numbers)
