"""Build the page of `mellanrum means --factorial`: which means do it, alone and together."""

from __future__ import annotations

from pathlib import Path

from sim.report.checks import fitted
from sim.report.factorial_results import Factorial, read_factorial
from sim.report.figures import effects, shapley
from sim.report.grids import Cell, Grid, Row
from sim.report.interplay import about_outcome, design_in_words, how_sure_of_effects, verdict_of, written
from sim.report.sections import Section, limits, write_page
from sim.report.statement import what_was_run
from sim.report.words import Words, words_for

_LIMITS = (1, 2, 4, 5)


def build_factorial_report(folder: Path, *, lang: str) -> None:
    """Write figures and `report.html` from the tables in `folder`."""
    found = read_factorial(folder)
    words = words_for(found.results, lang)
    figures = {"effects": effects.draw(found, words), "shapley": shapley.draw(found, words)}
    write_page(folder, page_title(words), _sections(found, words), figures, words)


def page_title(words: Words) -> str:
    """Return the headline of the page."""
    place = words.results.facts.place.get(words.lang, "")
    return words.text("factorial.title", place=place) if place else words.text("factorial.title_without_place")


def _sections(found: Factorial, words: Words) -> list[Section]:
    numbered = [f"{number} {found.title(one, words.lang)}" for number, one in enumerate(found.titles, start=1)]
    answers = [
        Section(title=words.outcome(outcome), paragraphs=about_outcome(outcome, found, words))
        for outcome in found.outcomes
    ]
    return [
        Section(title=words.text("section.question"), paragraphs=[words.text("factorial.question")]),
        Section(
            title=words.text("section.compared"),
            paragraphs=design_in_words(found, words),
            points=[*what_was_run(words), *fitted(words), *numbered],
        ),
        Section(
            title=words.text("figure.effects.title"), paragraphs=[words.text("factorial.effects")], pictures=["effects"]
        ),
        Section(
            title=words.text("figure.shapley.title"), paragraphs=[words.text("factorial.parts")], pictures=["shapley"]
        ),
        *answers,
        Section(
            title=words.text("factorial.tables"),
            paragraphs=[how_sure_of_effects(found, words)],
            grids=[effects_grid(found, words), pairs_grid(found, words)],
        ),
        limits(words, _LIMITS),
    ]


def effects_grid(found: Factorial, words: Words) -> Grid:
    """Return main effects and fair parts, a column per outcome."""
    rows = []
    for factor in found.titles:
        cells = []
        for outcome in found.outcomes:
            effect, part = (found.by_means(table, outcome)[factor] for table in ("effects", "shapley"))
            kind = verdict_of(effect)
            cells.append(
                Cell(
                    text=f"{kind.symbol} {written(effect, words)}",
                    small=words.text("factorial.part", part=written(part, words)),
                    verdict=kind.value,
                )
            )
        rows.append(Row(heading=found.title(factor, words.lang), cells=tuple(cells)))
    return Grid(caption=words.text("factorial.effects_grid"), head=_head(found, words), rows=tuple(rows))


def pairs_grid(found: Factorial, words: Words) -> Grid:
    """Return the interaction of every pair, a column per outcome."""
    rows = []
    by_outcome = {outcome: found.by_pair(outcome) for outcome in found.outcomes}
    for first, second in by_outcome[found.outcomes[0]]:
        cells = []
        for outcome in found.outcomes:
            row = by_outcome[outcome][first, second]
            kind = verdict_of(row)
            cells.append(Cell(text=f"{kind.symbol} {written(row, words)}", verdict=kind.value))
        heading = f"{found.title(first, words.lang)} × {found.title(second, words.lang)}"
        rows.append(Row(heading=heading, cells=tuple(cells)))
    return Grid(caption=words.text("factorial.pairs_grid"), head=_head(found, words), rows=tuple(rows))


def _head(found: Factorial, words: Words) -> tuple[str, ...]:
    return ("", *(words.short(outcome) for outcome in found.outcomes))
