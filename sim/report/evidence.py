"""Say which effects of a comparison rest on strong, weak or no published evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.report.grids import Cell, Grid, Row
from sim.report.headline import AIMS, headline
from sim.report.numbers import decimals_for
from sim.report.sources import Source, sourced
from sim.report.tables import Row as TableRow
from sim.report.tables import records
from sim.report.words import Words

_FROM_STRONG = ("strong", "moderate", "weak", "assumption")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The section of the page: a sentence per scenario, and the studies by outcome."""

    points: list[str]
    grid: Grid | None


def evidence(words: Words) -> Evidence | None:
    """Return how strong the evidence is for what was compared; None when the table is not there."""
    table = words.results.evidence
    if table is None or not words.results.compared:
        return None
    rows = records(table)
    found = {one: [row for row in rows if row["scenario"] == one] for one in words.results.compared}
    points = [_summary(scenario, of, words) for scenario, of in found.items() if of]
    nothing = [words.scenario(scenario) for scenario, of in found.items() if not of]
    if nothing:
        points.append(words.text("evidence.nothing", scenarios=", ".join(nothing)))
    return Evidence(points=points, grid=_grid(found, words) if rows else None)


def _summary(scenario: str, rows: list[TableRow], words: Words) -> str:
    """Count the headline outcomes by the strongest evidence on each."""
    outcomes = [outcome for aim in AIMS for outcome in headline(aim, words)]
    best = {outcome: _strongest([row for row in rows if row["outcome"] == outcome]) for outcome in outcomes}
    counts = [
        words.text(
            "evidence.count",
            n=list(best.values()).count(one),
            all=len(outcomes),
            strength=words.text(f"strength.{one}"),
        )
        for one in _FROM_STRONG
        if one in best.values()
    ]
    counts.append(words.text("evidence.no_evidence", n=list(best.values()).count("none")))
    return words.text("evidence.summary", scenario=words.scenario(scenario), counts=", ".join(counts))


def _strongest(rows: list[TableRow]) -> str:
    there = {str(row["strength"]) for row in rows}
    return next((one for one in _FROM_STRONG if one in there), "none")


def _grid(found: Mapping[str, list[TableRow]], words: Words) -> Grid:
    """Return the published effects, a section per scenario, the strongest first."""
    rows: list[Row] = []
    for scenario, of in found.items():
        if of:
            rows.append(Row(heading=words.scenario(scenario), section=True))
            rows += [_row(row, words) for row in sorted(of, key=lambda row: _FROM_STRONG.index(str(row["strength"])))]
    head = tuple(words.text(f"evidence.{key}") for key in ("scenario", "strength", "found", "study"))
    return Grid(caption=words.text("evidence.grid"), head=head, rows=tuple(rows))


def _row(row: TableRow, words: Words) -> Row:
    means = ", ".join(words.text.name("means_short", one) for one in str(row["means"]).split("; "))
    whole = row["covers"] == "all"
    covers = words.text("evidence.covers_all") if whole else words.text("evidence.covers_part", means=means)
    seen = str(row["verified"]).lower() == "true"
    return Row(
        heading=words.outcome(str(row["outcome"])),
        cells=(
            Cell(text=words.text(f"strength.{row['strength']}"), small=covers),
            Cell(text=_published(row, words), small="" if seen else words.text("evidence.unseen")),
            Cell(text=str(row["cites"]), small=words.text.name("study_type", str(row["type"]))),
        ),
    )


def _published(row: TableRow, words: Words) -> str:
    """Write a published effect: as a change in per cent, a share, or a difference in days."""
    number, unit = words.number, str(row["unit"])
    value, low, high = (float(row[key]) for key in ("published", "published_low", "published_high"))
    less = 1.0 if unit in ("rate_ratio", "odds_ratio") else 0.0
    if unit == "difference":
        places = decimals_for(low, high)
        ends, middle = (number.signed(low, places), number.signed(high, places)), number.signed(value, places)
    else:
        signed = unit != "share"
        ends = number.percent(low - less, signed=signed), number.percent(high - less, signed=signed)
        middle = number.percent(value - less, signed=signed)
    span = words.text("study.span", low=ends[0], high=ends[1])
    names = ["published"] if math.isfinite(value) else []
    numbers = [f"{name}-1" if less else name for name in (*names, "published_low", "published_high")]
    said = sourced(f"{middle} ({span})" if names else span, _source(row, *numbers))
    return words.text("evidence.level", level=said) if unit == "share" else said


def _source(row: TableRow, *numbers: str) -> Source:
    key = {name: str(row[name]) for name in ("scenario", "outcome", "effect") if name in row}
    return Source(table="evidence.csv", row=key, numbers=numbers)
