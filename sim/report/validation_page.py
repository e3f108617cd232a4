"""Build the page of `mellanrum validate`: every published figure beside the model's, and what it is not fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.figures import beside, patterns
from sim.report.figures.beside import both
from sim.report.figures.patterns import both as pattern_numbers
from sim.report.figures.ranges import written
from sim.report.figures.style import Drawn
from sim.report.grids import Cell, Grid, Row
from sim.report.numbers import decimals_for
from sim.report.sections import Section, limits, write_page
from sim.report.sources import sourced
from sim.report.statement import what_was_run
from sim.report.validation_results import Beside, Validation, read_validation
from sim.report.validation_words import counts, how_intervals_are_made, where, why_missed
from sim.report.words import Words, words_for

AREAS = ("hospital", "primary_care", "municipal", "staff", "experience", "health", "cost")
_LIMITS = (4, 6)


def build_validation_report(folder: Path, *, lang: str) -> None:
    """Write figures and `report.html` from the tables in `folder`; same tables, same language, same bytes."""
    found = read_validation(folder)
    words = words_for(found.results, lang)
    drawn = {
        "levels": beside.draw("levels", found.of_kind("level"), AREAS, words),
        "published_effects": beside.draw("published_effects", found.of_kind("effect"), ("effects",), words),
        "patterns": patterns.draw(found.patterns, words),
    }
    figures = {name: one for name, one in drawn.items() if one is not None}
    place = found.results.facts.place.get(lang, "")
    title = words.text("validation.title", place=place) if place else words.text("validation.title_without_place")
    write_page(folder, title, _sections(found, figures, words), figures, words)


def _sections(found: Validation, figures: dict[str, Drawn], words: Words) -> list[Section]:
    text = words.text
    pictures = [
        Section(title=text(f"figure.{name}.title"), paragraphs=[text(f"validation.about_{name}")], pictures=[name])
        for name in ("levels", "published_effects")
        if name in figures
    ]
    missed = Section(
        title=text("validation.missed"),
        paragraphs=[text("validation.about_misses" if found.missed else "validation.no_misses")],
        grids=[missed_grid(found.missed, words)] if found.missed else [],
    )
    unfitted = Section(
        title=text("figure.patterns.title"),
        paragraphs=[text("validation.about_patterns")],
        pictures=["patterns"],
        grids=[pattern_grid(found.patterns, words)],
    )
    return [
        Section(title=text("section.question"), paragraphs=[text("validation.question")]),
        Section(title=text("validation.answer"), points=counts(found, words), paragraphs=[text("validation.held_out")]),
        Section(
            title=text("validation.runs"),
            paragraphs=[how_intervals_are_made(found, words)],
            points=what_was_run(words, compared=False),
        ),
        *pictures,
        missed,
        *([unfitted] if "patterns" in figures else []),
        Section(title=text("validation.all"), grids=[whole_grid(found.rows, words)]),
        limits(words, _LIMITS),
    ]


def missed_grid(rows: Sequence[Beside], words: Words) -> Grid:
    """Return the figures that are missed with the likely reason of each."""
    return Grid(
        caption=words.text("validation.missed"),
        head=_head(words, "what", "both", "inside", "reason"),
        rows=tuple(
            Row(
                heading=row.called(words),
                small=_unit(row, words),
                cells=(
                    Cell(text=both(row, words), source=row.stands("simulated", "low", "high")),
                    Cell(text=where(row, words), small=words.text.name("counted", row.counted_as), verdict="worse"),
                    Cell(text=why_missed(row, words)),
                ),
            )
            for row in rows
        ),
    )


def whole_grid(rows: Sequence[Beside], words: Words) -> Grid:
    """Return every figure under its heading: published, model, inside or not, what it is for, source."""
    found = list[Row]()
    for area in (*AREAS, "effects"):
        own = [row for row in rows if row.area == area]
        if own:
            found += [Row(heading=words.text(f"area.{area}"), section=True), *(_row(row, words) for row in own)]
    return Grid(
        caption=words.text("published.title"),
        head=_head(words, "what", "published", "model", "inside", "source"),
        rows=tuple(found),
    )


def _row(row: Beside, words: Words) -> Row:
    places = decimals_for(row.low, row.high, row.published)

    def number(value: float) -> str:
        return written(value, row.unit, words.number, places)

    span = words.text("validation.span", low=number(row.low), high=number(row.high))
    has_figure, has_interval = row.published == row.published, row.sim_low == row.sim_low
    return Row(
        heading=row.called(words),
        small=_unit(row, words),
        cells=(
            Cell(
                text=sourced(
                    f"{number(row.published)} ({span})" if has_figure else span, row.stands("published", "low", "high")
                ),
                small=words.text.name("range", row.range_from),
            ),
            Cell(
                text=number(row.simulated),
                small=words.text("validation.span", low=number(row.sim_low), high=number(row.sim_high))
                if has_interval
                else "",
                source=row.stands("simulated", "sim_low", "sim_high"),
            ),
            Cell(
                text=where(row, words),
                small=words.text.name("counted", row.counted_as),
                verdict="worse" if row.inside is False else "",
            ),
            Cell(text=row.source),
        ),
    )


def pattern_grid(rows: Sequence[Beside], words: Words) -> Grid:
    """Return the patterns: the model's number, the published range where there is one, and its source."""
    return Grid(
        caption=words.text("figure.patterns.title"),
        head=_head(words, "what", "both", "inside", "source"),
        rows=tuple(
            Row(
                heading=words.text(f"pattern.{row.name}"),
                small=row.called(words),
                cells=(
                    Cell(text=pattern_numbers(row, words), source=row.stands("simulated", "low", "high")),
                    Cell(text=words.text("validation.nothing_published") if row.inside is None else where(row, words)),
                    Cell(text=row.source, small=words.text.name("range", row.range_from) if row.range_from else ""),
                ),
            )
            for row in rows
        ),
    )


def _unit(row: Beside, words: Words) -> str:
    return words.text.unit(row.unit)


def _head(words: Words, *keys: str) -> tuple[str, ...]:
    return tuple(words.text(f"published.{key}") for key in keys)
