"""Build the page of `mellanrum stress`: what struck, what it did, how much of the gain was left, how long it lasted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.analysis.stress import TOLD, WEEKS, YEAR
from sim.outcomes.series import SERIES
from sim.report.checks import fitted
from sim.report.figures import stress_course, stress_gain
from sim.report.figures.style import Drawn
from sim.report.grids import Cell, Grid, Row
from sim.report.interplay import ends_of, verdict_of, written
from sim.report.sections import Section, limits, write_page
from sim.report.sources import in_receipt
from sim.report.statement import what_was_run
from sim.report.stress_results import StressRead, read_stress, recovery_source, stress_source
from sim.report.stress_sentences import (
    SHARE,
    about_disturbance,
    answer,
    back_numbers,
    back_written,
    furthest_numbers,
    furthest_written,
    group_name,
    how_normal,
    share_meant,
    share_written,
    strike_title,
)
from sim.report.tables import Row as TableRow
from sim.report.verdict import Verdict
from sim.report.words import Words, words_for

_LIMITS = (1, 2, 4, 5)
_OWN_LIMITS = 6
_CLEAR = (Verdict.BETTER, Verdict.WORSE)
_COLUMNS = ("harm_against", "harm_with", "gain_calm", "gain_disturbed")


def build_stress_report(folder: Path, *, lang: str) -> None:
    """Write the figures and `report.html` from the tables in `folder`."""
    stress = read_stress(folder)
    words = words_for(stress.results, lang)
    place = words.results.facts.place.get(lang) or words.text("sensitivity.here")
    drawn = draw_all(stress, words)
    write_page(folder, words.text("stress.title", place=place), _sections(stress, list(drawn), words), drawn, words)


def draw_all(stress: StressRead, words: Words) -> dict[str, Drawn]:
    """Return the figures by name: gains for each choice and group, and the weekly course for each choice."""
    drawn = {}
    for choice in stress.choices:
        for group in stress.groups:
            drawn[f"gain-{choice}-{'-'.join(dict.fromkeys(group))}"] = stress_gain.draw(choice, group, stress, words)
        drawn[f"course-{choice}"] = stress_course.draw(choice, stress, words)
    return {name: figure for name, figure in drawn.items() if figure is not None}


def how_sure(stress: StressRead, words: Words) -> str:
    """Return what the intervals hold."""
    n = int(stress.table["n"].max()) if len(stress.table) else 0
    if n < 2:
        return words.text("sure.none")
    return words.text("stress.sure_fitted" if words.results.facts.fit else "stress.sure", n=n)


def _sections(stress: StressRead, pictures: list[str], words: Words) -> list[Section]:
    text = words.text
    against = stress.title(stress.against, words.lang)
    answers = [
        Section(
            title=answer_title(choice, one, stress, words),
            points=answer(choice, one, stress, words),
        )
        for choice in stress.choices
        for one in stress.disturbances
    ]
    own_limits = [text(f"stress.limit.{number}") for number in range(1, _OWN_LIMITS + 1)]
    ends = limits(words, _LIMITS)
    return [
        Section(title=text("section.question"), paragraphs=[text("stress.question", against=against)]),
        Section(
            title=text("stress.what_strikes"), points=[about_disturbance(one, words) for one in stress.disturbances]
        ),
        *answers,
        Section(title=text("stress.sure_title"), paragraphs=[how_sure(stress, words), how_normal(words)]),
        Section(title=text("sweep.figures"), pictures=pictures),
        Section(title=text("sweep.tables"), grids=grids(stress, words)),
        Section(title=text("section.compared"), points=what_was_run(words)),
        Section(
            title=text("section.rests_on"),
            points=[*fitted(words), *_sources(stress, words)],
            grids=[strength_grid(stress, words)],
        ),
        Section(title=ends.title, paragraphs=ends.paragraphs, points=[*own_limits, *ends.points]),
    ]


def answer_title(choice: str, disturbance: Mapping[str, Any], stress: StressRead, words: Words) -> str:
    """Return the heading over what is said of one disturbance and one way of coordinating care."""
    scenario = stress.title(choice, words.lang)
    return words.text("stress.answer", disturbance=strike_title(disturbance, words), scenario=scenario)


def _sources(stress: StressRead, words: Words) -> list[str]:
    return [
        words.text("stress.source", title=strike_title(one, words), source=one["source"]) for one in stress.disturbances
    ]


def grids(stress: StressRead, words: Words) -> list[Grid]:
    """Return a table for each choice and disturbance, and one on recovery for each choice."""
    found = []
    for choice in stress.choices:
        found += [gain_grid(choice, one, stress, words) for one in stress.disturbances]
        found.append(recovery_grid(choice, stress, words))
    return found


def gain_grid(choice: str, disturbance: Mapping[str, Any], stress: StressRead, words: Words) -> Grid:
    """Return a row per outcome, group and span: harm in both worlds, gain calm and disturbed, what survives."""
    rows = []
    for span in (WEEKS, YEAR):
        rows.append(Row(heading=words.text(f"stress.span_{span}"), section=True))
        for group in stress.groups:
            for outcome in stress.about["outcomes"]:
                row = stress.row(choice, str(disturbance["id"]), outcome, group, span)
                if row is not None:
                    heading = f"{words.outcome(outcome)}, {group_name(group, words)}"
                    rows.append(
                        Row(heading=heading, small=words.text.unit(str(row["unit"])), cells=_cells(row, words))
                    )  # fmt: skip
    title = stress.title(choice, words.lang)
    return Grid(
        caption=words.text("stress.grid", disturbance=strike_title(disturbance, words), scenario=title),
        head=("", *(words.text(f"stress.head_{name}") for name in (*_COLUMNS, "survives"))),
        rows=tuple(rows),
    )


def _cells(row: TableRow, words: Words) -> tuple[Cell, ...]:
    cells = []
    for name in _COLUMNS:
        kind = verdict_of(row, name)
        verdict = kind.value if kind in _CLEAR else ""
        where = stress_source(row, *ends_of(row, name))
        cells.append(Cell(text=f"{kind.symbol} {written(row, words, name)}", verdict=verdict, source=where))
    if row["told"] != TOLD:
        return (*cells, Cell(text=share_written(row, words)))
    share = Cell(text=share_written(row, words), small=share_meant(row, words), source=stress_source(row, *SHARE))
    return (*cells, share)


def recovery_grid(choice: str, stress: StressRead, words: Words) -> Grid:
    """Return a row per disturbance and a column per series: days until normal, and how far off at the furthest."""
    rows = []
    for disturbance in stress.disturbances:
        for scenario in (stress.against, choice):
            cells = tuple(_recovery_cell(stress.back(scenario, str(disturbance["id"]), one), words) for one in SERIES)
            heading = f"{strike_title(disturbance, words)}: {stress.title(scenario, words.lang)}"
            rows.append(Row(heading=heading, cells=cells))
    head = ("", *(words.text(f"series.{one}") for one in SERIES))
    return Grid(
        caption=words.text("stress.recovery", scenario=stress.title(choice, words.lang)), head=head, rows=tuple(rows)
    )


def _recovery_cell(row: TableRow | None, words: Words) -> Cell:
    if row is None:
        return Cell(text="–")
    far = furthest_written(row, words)
    week = words.number.plain(float(row["furthest_week"]), 0)
    return Cell(
        text=back_written(row, words),
        small=words.text("stress.furthest", far=far, week=week),
        source=recovery_source(row, *back_numbers(row), *furthest_numbers(row), "furthest_week"),
    )


def strength_grid(stress: StressRead, words: Words) -> Grid:
    """Return every strength with its range, meaning and source: nearly all are assumptions."""
    rows = []
    for disturbance in stress.disturbances:
        rows.append(Row(heading=strike_title(disturbance, words), section=True))
        for name, strength in disturbance["strengths"].items():
            value, low, high = (words.number.short(float(strength[end])) for end in ("value", "low", "high"))
            at = [f"strengths.{name}.{end}" for end in ("value", "low", "high")]
            value_at, range_at = (
                in_receipt(*numbers, at="stress.disturbances", id=str(disturbance["id"]))
                for numbers in (at[:1], at[1:])
            )
            said = (Cell(text=str(strength[about])) for about in ("unit", "source", "meaning"))
            cells = (Cell(text=value, source=value_at), Cell(text=f"{low}–{high}", source=range_at), *said)
            rows.append(Row(heading=name, cells=cells))
    head = ("", *(words.text(f"stress.strength_{one}") for one in ("value", "range", "unit", "source", "meaning")))
    return Grid(caption=words.text("stress.strengths"), head=head, rows=tuple(rows))
