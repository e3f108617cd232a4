"""Build the page of `mellanrum league`: what each system has, beside what it would do here."""

from __future__ import annotations

from pathlib import Path

from sim.report.checks import fitted
from sim.report.figures import league as figure
from sim.report.grids import Cell, Grid, Row
from sim.report.interplay import verdict_of, written
from sim.report.league_results import League, read_league
from sim.report.sections import Section, limits, write_page
from sim.report.standing import about_ranks, open_ranks, what_it_rests_on, what_ranks_mean
from sim.report.statement import how_sure, what_was_run
from sim.report.words import Words, words_for

_LIMITS = (1, 2, 3, 4, 5)
SIGNS = {"yes": "●", "partial": "◐", "unclear": "?", "no": "–", "": ""}


def build_league_report(folder: Path, *, lang: str) -> None:
    """Write the figure and `report.html` from the tables in `folder`."""
    league = read_league(folder)
    words = words_for(league.results, lang)
    place = words.results.facts.place.get(lang, "")
    title = words.text("league.title", place=place) if place else words.text("league.title_without_place")
    write_page(folder, title, _sections(league, words), {"league": figure.draw(league, words)}, words)


def _sections(league: League, words: Words) -> list[Section]:
    return [
        Section(title=words.text("section.question"), paragraphs=[words.text("league.question")]),
        Section(title=words.text("section.compared"), points=[*what_was_run(words), *fitted(words)]),
        Section(
            title=words.text("league.answer"),
            paragraphs=[*about_ranks(league, words), what_ranks_mean(words), how_sure(words)],
        ),
        Section(
            title=words.text("figure.league.title"),
            paragraphs=[words.text("league.caution")],
            pictures=["league"],
            wide=True,
            grids=[league_grid(league, words), matrix_grid(league, words)],
        ),
        Section(title=words.text("league.sources"), points=what_it_rests_on(league, words)),
        limits(words, _LIMITS),
    ]


def league_grid(league: League, words: Words) -> Grid:
    """Return differences with open ranks, a row per system and a column per outcome."""
    rows = []
    for system in league.systems:
        cells = []
        for outcome in league.outcomes:
            row = league.row(system, outcome)
            kind = verdict_of(row)
            ranks = open_ranks(row, words)
            cells.append(Cell(text=f"{kind.symbol} {written(row, words)}", small=ranks, verdict=kind.value))
        rows.append(Row(heading=words.scenario(system), cells=tuple(cells)))
    head = [
        f"{words.short(one)}, {words.text.unit(str(league.row(league.systems[0], one)['unit']))}"
        for one in league.outcomes
    ]
    return Grid(caption=words.text("league.grid"), head=("", *head), rows=tuple(rows))


def matrix_grid(league: League, words: Words) -> Grid:
    """Return the signs of all systems, a row per means and a column per system."""
    signs = {system: league.cells(system) for system in league.systems[1:]}
    rows = [
        Row(
            heading=words.text.name("means_short", means),
            cells=tuple(Cell(text=SIGNS[signs[system].get(means, "")]) for system in signs),
        )
        for means in league.columns
    ]
    caption = f"{words.text('league.matrix')}: " + "   ".join(
        f"{SIGNS[value]} {words.text(f'league.{value}')}" for value in ("yes", "partial", "unclear", "no")
    )
    return Grid(caption=caption, head=("", *(words.scenario(system) for system in signs)), rows=tuple(rows))
