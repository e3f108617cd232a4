"""Build the page of `mellanrum sensitivity`: what moves results, whether it changes the choice, what to measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.report.figures import screening, sensitivity_rows
from sim.report.figures.style import Drawn
from sim.report.grids import Cell, Grid, Row
from sim.report.numbers import decimals_given
from sim.report.sections import Section, limits, write_page
from sim.report.sensitivity_choices import about_information, about_ranking
from sim.report.sensitivity_results import (
    INFORMATION,
    MORRIS,
    SOBOL,
    TORNADO,
    Decision,
    Panel,
    SensitivityRead,
    information_source,
    read_sensitivity,
    sensitivity_source,
)
from sim.report.sensitivity_sentences import SIZE, about_panel, about_refused, criterion_name, panel_name, size
from sim.report.sources import in_receipt, sourced
from sim.report.statement import what_was_run
from sim.report.tables import Row as TableRow
from sim.report.words import Words, words_for

MOST_FIGURES = 8
_LIMITS = (3, 4, 5)
_MOST_PAIRS = 5
_DIGITS = 6
"""Significant digits of a parameter's value."""
_MEASURES = {TORNADO: ("at_low", "at_high", "swing"), MORRIS: ("mu_star", "sigma", "mu"), SOBOL: ("first", "total")}


def build_sensitivity_report(folder: Path, *, lang: str) -> None:
    """Write the figures and `report.html` from the tables in `folder`."""
    found = read_sensitivity(folder)
    words = words_for(found.results, lang)
    place = words.results.facts.place.get(lang, "")
    title = words.text(f"sensitivity.title_{found.method}", place=place or words.text("sensitivity.here"))
    figures = draw_all(found, words)
    write_page(folder, title, _sections(found, words, list(figures)), figures, words)


def draw_all(found: SensitivityRead, words: Words) -> dict[str, Drawn]:
    """Return the figures by name, of the first outcomes when there are many."""
    figures: dict[str, Drawn] = {}
    for panel in found.panels[:MOST_FIGURES]:
        name = figure_name(found.method, panel.scenario, panel.outcome, panel.group_by, panel.group)
        if found.method == TORNADO:
            figures[name] = sensitivity_rows.draw_tornado(panel, found, words)
        elif found.method == MORRIS:
            figures[name] = screening.draw(panel, found, words)
        else:
            figures[name] = sensitivity_rows.draw_indices(panel, found, words)
    for decision in _valued(found)[:MOST_FIGURES]:
        name = figure_name(INFORMATION, decision.criterion, decision.group_by, decision.group)
        figures[name] = sensitivity_rows.draw_information(decision, found, words)
    return figures


def figure_name(*parts: str) -> str:
    """Return a name for a file; groups that are everybody are not named."""
    return re.sub(r"[^a-z0-9]+", "_", "_".join(part for part in parts if part != "all").lower()).strip("_")


def _valued(found: SensitivityRead) -> list[Decision]:
    """Return the criteria by which information is worth anything at all."""
    return [one for one in found.decisions if (worth := found.worth(one)) and float(worth[""]["high"]) > 0.0]


def _sections(found: SensitivityRead, words: Words, figures: list[str]) -> list[Section]:
    text = words.text
    moving = [name for name in figures if not name.startswith(INFORMATION)]
    valued = [name for name in figures if name.startswith(INFORMATION)]
    sections = [
        Section(title=text("section.question"), paragraphs=[text(f"sensitivity.question_{found.method}")]),
        Section(
            title=text("section.compared"), points=[*what_was_run(words, counted=False), *design_in_words(found, words)]
        ),
    ]
    if found.panels:
        said = [about_panel(panel, found, words) for panel in found.panels]
        sections.append(
            Section(title=text("sensitivity.what_moves"), paragraphs=[text(f"sensitivity.how_{found.method}"), *said],
                    pictures=moving)
        )  # fmt: skip
    if len(found.ranking):
        said = [about_ranking(one, found, words) for one in found.decisions]
        sections.append(Section(title=text("sensitivity.which_best"), paragraphs=[_how_ranked(found, words), *said]))
    if len(found.information):
        said = [about_information(one, found, words) for one in found.decisions]
        said = [text("sensitivity.how_information"), *said]
        sections.append(Section(title=text("sensitivity.measure"), paragraphs=said, pictures=valued))
    if found.about["refused"]:
        said = [about_refused(one, words) for one in found.about["refused"]]
        sections.append(Section(title=text("sensitivity.refused"), points=said))
    grids = [*(panel_grid(panel, found, words) for panel in found.panels), *_information_grids(found, words)]
    tables = [parameter_grid(found.about["parameters"], "sensitivity", words), *grids]
    return [*sections, Section(title=text("sensitivity.tables"), grids=tables), limits(words, _LIMITS)]


def _how_ranked(found: SensitivityRead, words: Words) -> str:
    key = "tornado" if found.method == TORNADO else str(found.about["source"])
    return words.text(f"sensitivity.ranked_{key}")


def design_in_words(found: SensitivityRead, words: Words) -> list[str]:
    """Return what parameter sets there were and whose luck they met."""
    about = found.about
    sets = sourced(words.number.count(about["sets"]), in_receipt("sensitivity.sets"))
    counts = {"sets": sets, "parameters": len(about["parameters"])}
    kind = "direct" if about["direct"] else found.method
    said = [words.text(f"sensitivity.design_{kind}", **counts)]
    said.append(words.text("sensitivity.common_luck" if about["common_luck"] else "sensitivity.own_luck"))
    said.append(words.text(f"sensitivity.source_{about['source']}"))
    if about["held"]:
        said.append(words.text("sensitivity.held", count=len(about["held"])))
    if about["worth_sek"]:
        said.append(worth_of(about["worth_sek"], "sensitivity", words))
    return said


def worth_of(worth_sek: Mapping[str, float], analysis: str, words: Words) -> str:
    """Say what one unit of each outcome is taken to be worth, as the receipt says of an analysis."""
    amounts = {
        name: sourced(words.number.short(float(sek)), in_receipt(f"{analysis}.worth_sek.{name}"))
        for name, sek in worth_sek.items()
    }
    listed = ", ".join(f"{words.outcome(name)}: {amount} SEK" for name, amount in amounts.items())
    return words.text("sensitivity.worth_of", listed=listed)


def parameter_grid(parameters: Iterable[Mapping[str, Any]], analysis: str, words: Words) -> Grid:
    """Return what moved, and within what, from what the receipt says of an analysis."""
    rows = []
    for one in parameters:
        values = [
            Cell(
                text=words.number.plain(float(one[key]), decimals_given(float(one[key]), _DIGITS)),
                source=in_receipt(key, at=f"{analysis}.parameters", name=str(one["name"])),
            )
            for key in ("start", "low", "high")
        ]
        origin = Cell(text=words.text(f"sensitivity.range_{one['range']}"))
        meaning = str(one["meaning"]) if words.lang == "en" else ""
        unit = words.text("sensitivity.factor") if one["unit"] == "factor" else words.text.unit(str(one["unit"]))
        rows.append(Row(heading=str(one["name"]), small=meaning, cells=(*values, Cell(text=unit), origin)))
    head = [words.text(f"sensitivity.{key}") for key in ("start", "low", "high", "unit", "range")]
    return Grid(
        caption=words.text("sensitivity.moved"), head=(words.text("sensitivity.parameter"), *head), rows=tuple(rows)
    )


def panel_grid(panel: Panel, found: SensitivityRead, words: Words) -> Grid:
    """Return the numbers of one outcome or difference, a row per parameter, the strongest first."""
    measures = _MEASURES[found.method]
    tables = [found.by_parameter(panel, measure) for measure in measures]
    signed = found.method == TORNADO
    rows = [
        Row(heading=name, cells=tuple(_measured(table[name], words, signed=signed) for table in tables))
        for name in found.ranked(panel)
    ]
    rows += [
        Row(
            heading=f"{row['parameter']} × {row['second']}",
            cells=(Cell(text="–"), _measured(row, words, signed=False)),
        )
        for row in [pair for pair in found.pairs(panel) if float(pair["low"]) > 0.0][:_MOST_PAIRS]
    ]
    head = [words.text(f"sensitivity.{measure}") for measure in measures]
    unit = "" if found.method == SOBOL else f", {words.text.unit(panel.unit)}"
    caption = f"{panel_name(panel, words)}{unit}"
    return Grid(caption=caption, head=(words.text("sensitivity.parameter"), *head), rows=tuple(rows))


def _measured(row: TableRow, words: Words, *, signed: bool) -> Cell:
    return Cell(text=size(row, words, signed=signed), source=sensitivity_source(row, *SIZE))


def _information_grids(found: SensitivityRead, words: Words) -> list[Grid]:
    return [information_grid(one, found, words) for one in _valued(found)]


def information_grid(decision: Decision, found: SensitivityRead, words: Words) -> Grid:
    """Return what knowing each parameter would be worth, the most first."""
    worth = found.worth(decision)
    rows = []
    for name in sorted(worth, key=lambda one: (one != "", -float(worth[one]["value"]))):
        row = worth[name]
        clear = words.text("sensitivity.yes" if str(row["clear"]) == "True" else "sensitivity.no")
        value = Cell(text=size(row, words, signed=False), source=information_source(row, *SIZE))
        floor = Cell(text=words.number.plain(float(row["floor"])), source=information_source(row, "floor"))
        rows.append(
            Row(heading=name or words.text("figure.sensitivity.everything"), cells=(value, floor, Cell(text=clear)))
        )
    head = [words.text(f"sensitivity.{key}") for key in ("worth_column", "floor", "clear_column")]
    caption = words.text(
        "sensitivity.information_grid", criterion=criterion_name(decision, words), unit=words.text.unit(decision.unit)
    )
    return Grid(caption=caption, head=(words.text("sensitivity.parameter"), *head), rows=tuple(rows))
