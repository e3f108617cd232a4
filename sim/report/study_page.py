"""Build the page of `mellanrum study`: each published figure, what it comes to in the model, and what it is made of."""

from __future__ import annotations

from pathlib import Path

from sim.report.figures import study as picture
from sim.report.grids import Cell, Grid, Row
from sim.report.sections import Section, write_page
from sim.report.study_results import PARTS, Figure, Studies, read_studies
from sim.report.study_sentences import (
    PUBLISHED,
    counted,
    outcome_name,
    part_size,
    part_source,
    sentence,
    span,
    truth_source,
    written,
)
from sim.report.words import Words, words_for

_OVERVIEW = "studies"


def build_study_report(folder: Path, *, lang: str) -> None:
    """Write figures and `report.html` from `studies.csv` in the folder."""
    studies = read_studies(folder)
    words = words_for(studies.results, lang)
    drawn = {_OVERVIEW: picture.overview(studies, words)}
    drawn |= {f"study_{name}": picture.draw(name, studies, words) for name in studies.names}
    figures = {name: one for name, one in drawn.items() if one is not None}
    write_page(folder, words.text("study.title"), _sections(studies, words, set(figures)), figures, words)


def _sections(studies: Studies, words: Words, drawn: set[str]) -> list[Section]:
    return [
        Section(title=words.text("section.question"), paragraphs=[words.text("study.question")]),
        Section(
            title=words.text("study.answer"),
            paragraphs=[counted(studies, words), words.text("study.how_read")],
            pictures=[_OVERVIEW] if _OVERVIEW in drawn else [],
        ),
        *(
            Section(
                title=studies.title(name, words.lang),
                paragraphs=[words.text("study.source", source=studies.of(name)[0].source)],
                points=[sentence(figure, words) for figure in studies.of(name)],
                pictures=[f"study_{name}"] if f"study_{name}" in drawn else [],
            )
            for name in studies.names
        ),
        Section(title=words.text("study.table"), grids=[_grid(studies, words)], wide=True),
        Section(
            title=words.text("section.limits"), points=[words.text(f"study.limit_{number}") for number in (1, 2, 3)]
        ),
    ]


def _grid(studies: Studies, words: Words) -> Grid:
    head = [words.text(f"study.{key}") for key in ("published", "in_model", "true")]
    parts = [words.text(f"part.{name}.short") for name in PARTS]
    rows = [
        Row(
            heading=studies.title(figure.study, words.lang),
            small=outcome_name(figure, words),
            cells=_cells(figure, words),
        )
        for figure in studies.figures
    ]
    return Grid(caption=words.text("study.grid"), head=("", *head, *parts), rows=tuple(rows))


def _cells(figure: Figure, words: Words) -> tuple[Cell, ...]:
    named = figure.worth_naming()
    strength = words.text.name("strength", figure.strength)
    verdict = words.text("study.inside" if figure.inside else "study.outside") if figure.told else ""
    return (
        Cell(text=span(figure, *figure.published[1:], words), small=strength, source=figure.reported(*PUBLISHED)),
        Cell(
            text=written(figure, figure.simulated[0], words),
            small=verdict,
            verdict="worse" if figure.inside is False else "",
            source=figure.reported("simulated") if figure.told else None,
        ),
        Cell(
            text=written(figure, figure.truth[0], words, effect=True),
            source=truth_source(figure),
        ),
        *(
            Cell(text=part_size(figure, named[name], words), source=part_source(figure, name))
            if name in named
            else Cell(text="")
            for name in PARTS
        ),
    )
