"""Lay out tables of differences for the page: rows and cells of finished text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.report.headline import AIMS, headline
from sim.report.published import beside_published
from sim.report.results import Difference
from sim.report.sources import Source, sourced
from sim.report.words import Words, difference_source, write_difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: text, a second line in smaller print, and the verdict as its class."""

    text: str
    small: str = ""
    verdict: str = ""
    source: Source | None = None
    """Where its numbers stand, those of `text` first, then those of `small`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its heading and its cells; `section` rows are headings over several rows."""

    heading: str
    small: str = ""
    cells: tuple[Cell, ...] = ()
    section: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of the page."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def difference_cell(difference: Difference | None, words: Words) -> Cell:
    """Return a difference as a cell: verdict, change and per cent, then the interval."""
    if difference is None:
        return Cell(text="–")
    written = write_difference(difference, words)
    numbers = ["mean", *(["mean/abs(baseline_mean)"] if difference.baseline_mean else [])]
    numbers += ["low", "high"] if difference.has_interval else []
    return Cell(
        text=f"{difference.verdict.symbol} {written.mean} ({written.relative})",
        small=f"{written.interval} · {words.verdict(difference)}"
        if difference.has_interval
        else words.verdict(difference),
        verdict=difference.verdict.value,
        source=difference_source(difference, *numbers),
    )


def _row(heading: str, differences: Sequence[Difference | None], words: Words) -> Row | None:
    """Return baseline level and one cell per scenario; None when no scenario has the outcome."""
    held = next((difference for difference in differences if difference is not None), None)
    if held is None:
        return None
    written = write_difference(held, words)
    level = Cell(text=written.baseline, source=difference_source(held, "baseline_mean"))
    cells = (level, *(difference_cell(difference, words) for difference in differences))
    return Row(heading=heading, small=written.unit, cells=cells)


def _grid(caption: str, first: str, rows: Iterable[Row | None], words: Words) -> Grid:
    scenarios = [words.scenario(scenario) for scenario in words.results.scenarios]
    return Grid(caption=caption, head=(first, *scenarios), rows=tuple(row for row in rows if row is not None))


def triple_aim_grid(words: Words) -> Grid:
    """Return headline differences by aim, for everybody in the place."""
    rows: list[Row | None] = []
    for aim in AIMS:
        rows_of_aim = [
            _row(
                words.outcome(outcome),
                [words.results.difference(scenario, outcome) for scenario in words.results.compared],
                words,
            )
            for outcome in headline(aim, words)
        ]
        if rows_of_aim:
            rows += [Row(heading=words.text(f"aim.{aim}"), section=True), *rows_of_aim]
    return _grid(words.text("grid.triple_aim"), words.text("table.outcome"), rows, words)


def group_grid(outcomes: Sequence[str], group_by: str, words: Words) -> Grid | None:
    """Return differences of some outcomes by one grouping; None when there are none."""
    rows: list[Row | None] = []
    for outcome in outcomes:
        compared = {row.group for row in words.results.every_difference(outcome, group_by)}
        # In the order of the place, the region first, not of the alphabet.
        groups = [group for group in words.results.groups(outcome, group_by) if group in compared]
        if not groups:
            continue
        rows.append(Row(heading=words.outcome(outcome), section=True))
        for group in groups:
            found = [
                words.results.difference(scenario, outcome, group_by, group) for scenario in words.results.compared
            ]
            rows.append(_row(words.group(group_by, group), found, words))
    if not rows:
        return None
    return _grid(words.text(f"grid.{group_by}"), words.text(f"group_by.{group_by}"), rows, words)


def published_grid(words: Words) -> Grid | None:
    """Return the model beside published levels; None when nothing was validated."""
    rows = beside_published(words)
    if not rows:
        return None
    return Grid(
        caption=words.text("published.title"),
        head=tuple(words.text(f"published.{key}") for key in ("what", "published", "model", "inside", "source")),
        rows=tuple(
            Row(
                heading=row.what,
                small=row.unit,
                cells=(
                    Cell(text=sourced(row.published, row.published_at), small=row.range_from),
                    Cell(text=row.model, source=row.model_at),
                    Cell(text=row.verdict, small=row.used, verdict="worse" if row.inside is False else ""),
                    Cell(text=row.source),
                ),
            )
            for row in rows
        ),
    )
