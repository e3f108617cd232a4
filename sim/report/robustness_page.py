"""Build the page of `mellanrum robustness`: in which futures a choice does not pay, which one is regretted least."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.report.figures import region, regret
from sim.report.figures.style import Drawn
from sim.report.grids import Cell, Grid, Row
from sim.report.robustness_results import (
    Looked,
    RobustnessRead,
    discovery_source,
    enough_source,
    read_robustness,
    regret_source,
)
from sim.report.robustness_sentences import (
    BEST,
    FAILING,
    MEAN,
    REACHED,
    Ends,
    about_enough,
    about_look,
    about_regret,
    all_limits,
    ends_of,
    look_name,
    mean_regret,
    requirement_in_words,
    share,
)
from sim.report.sections import Section, limits, write_page
from sim.report.sensitivity_page import figure_name, parameter_grid, worth_of
from sim.report.sensitivity_results import Decision
from sim.report.sensitivity_sentences import about_refused, criterion_name, group_name
from sim.report.sources import Source, in_receipt, sourced
from sim.report.statement import what_was_run
from sim.report.tables import Row as TableRow
from sim.report.words import Words, words_for

MOST_FIGURES = 8
_LIMITS = (3, 4, 5)


def build_robustness_report(folder: Path, *, lang: str) -> None:
    """Write the figures and `report.html` from the tables in `folder`."""
    found = read_robustness(folder)
    words = words_for(found.results, lang)
    place = words.results.facts.place.get(lang, "") or words.text("sensitivity.here")
    figures = draw_all(found, words)
    write_page(
        folder, words.text("robustness.title", place=place), _sections(found, words, list(figures)), figures, words
    )


def draw_all(found: RobustnessRead, words: Words) -> dict[str, Drawn]:
    """Return the figures by name, the first ones when there are many."""
    figures: dict[str, Drawn] = {}
    for looked in [one for one in found.looked if region.can_be_drawn(one)][:MOST_FIGURES]:
        one = looked.decision
        figures[figure_name("region", looked.scenario, one.criterion, one.group_by, one.group)] = region.draw(
            looked, found, words
        )
    for decision in found.decisions[:MOST_FIGURES]:
        name = figure_name("regret", decision.criterion, decision.group_by, decision.group)
        figures[name] = regret.draw(decision, found, words)
    return figures


def _sections(found: RobustnessRead, words: Words, figures: list[str]) -> list[Section]:
    text = words.text
    compared = [*what_was_run(words, counted=False), *design_in_words(found, words)]
    sections = [
        Section(title=text("section.question"), paragraphs=[text("robustness.question")]),
        Section(title=text("section.compared"), points=compared),
        Section(
            title=text("robustness.where"),
            paragraphs=[text("robustness.how_region")],
            points=[about_look(one, found, words) for one in found.looked],
            pictures=[name for name in figures if name.startswith("region")],
            grids=[discovery_grid(found, words)] if found.looked else [],
        ),
        Section(
            title=text("robustness.least"),
            paragraphs=[text("robustness.how_regret")],
            points=[about_regret(one, found, words) for one in found.decisions],
            pictures=[name for name in figures if name.startswith("regret")],
        ),
    ]
    if len(found.satisficing):
        said = [text("robustness.how_enough"), *about_enough(found, words)]
        sections.append(
            Section(title=text("robustness.good_enough"), paragraphs=said, grids=enough_grids(found, words))
        )
    if found.about["refused"]:
        said = [about_refused(one, words) for one in found.about["refused"]]
        sections.append(Section(title=text("sensitivity.refused"), points=said))
    moved = parameter_grid(found.about["parameters"], "robustness", words)
    tables = [*(regret_grid(one, found, words) for one in found.decisions), moved]
    bounds = limits(words, _LIMITS)
    own = Section(title=bounds.title, paragraphs=bounds.paragraphs, points=[text("robustness.limit"), *bounds.points])
    return [*sections, Section(title=text("sensitivity.tables"), grids=tables), own]


def design_in_words(found: RobustnessRead, words: Words) -> list[str]:
    """Return what futures there were, whose luck they met, and when a choice pays."""
    about, text = found.about, words.text
    sets = sourced(words.number.count(about["sets"]), in_receipt("robustness.sets"))
    counts = {"sets": sets, "parameters": len(about["parameters"])}
    said = [
        text("robustness.futures", **counts),
        text("sensitivity.own_luck"),
        text(f"sensitivity.source_{about['source']}"),
    ]
    if about["held"]:
        said.append(text("sensitivity.held", count=len(about["held"])))
    if about["worth_sek"]:
        said.append(worth_of(about["worth_sek"], "robustness", words))
    pays_by = text("sensitivity.worth") if about["pays_by"] == "worth" else words.outcome(about["pays_by"])
    key = "pays_if" if float(about["at_least"]) == 0.0 else "pays_if_by"
    said.append(
        text(
            f"robustness.{key}", against=words.scenario(str(about["against"])), criterion=pays_by,
            at_least=sourced(words.number.short(float(about["at_least"])), in_receipt("robustness.at_least")),
        )
    )  # fmt: skip
    return said


def discovery_grid(found: RobustnessRead, words: Words) -> Grid:
    """Return for each choice how often it does not pay, and the region with its quality."""
    keys = ("fails_head", "region_head", "density_head", "coverage_head", "unseen_head")
    rows = [Row(heading=look_name(one, words), cells=_discovery_cells(one, words)) for one in found.looked]
    head = (words.text("robustness.choice"), *(words.text(f"robustness.{key}") for key in keys))
    return Grid(caption=words.text("robustness.discovery_grid"), head=head, rows=tuple(rows))


def _discovery_cells(looked: Looked, words: Words) -> tuple[Cell, ...]:
    facts = looked.facts
    fails = _share_cell(facts, FAILING, discovery_source, words)
    if not looked.limits:
        return (fails, Cell(text=words.text(f"robustness.{looked.verdict}_short")), *[Cell(text="–")] * 3)
    unseen = ("unseen_density", "unseen_coverage")
    return (
        fails,
        Cell(text=all_limits(looked, words)),
        *(_share_cell(facts, ends_of(name), discovery_source, words) for name in ("density", "coverage")),
        Cell(
            text=" / ".join(words.number.percent(float(facts[name])) for name in unseen),
            source=discovery_source(facts, *unseen),
        ),
    )


def _share_cell(row: TableRow, columns: Ends, source: Callable[..., Source], words: Words) -> Cell:
    return Cell(text=share(row, columns, words), source=source(row, *columns))


def regret_grid(decision: Decision, found: RobustnessRead, words: Words) -> Grid:
    """Return the regret of each choice by one criterion."""
    rows = []
    for name, row in found.regrets(decision).items():
        mark = {key: " ★" if str(row[f"least_{key}"]) == "True" else "" for key in ("mean", "max")}
        numbers = (
            Cell(text=words.number.plain(float(row[key])) + mark.get(key, ""), source=regret_source(row, key))
            for key in ("median", "p90", "max")
        )
        mean = Cell(text=mean_regret(row, words) + mark["mean"], source=regret_source(row, *MEAN))
        cells = (mean, *numbers, _share_cell(row, BEST, regret_source, words))
        rows.append(Row(heading=words.scenario(name), cells=cells))
    keys = ("mean", "median", "p90", "max", "best")
    head = (words.text("robustness.choice"), *(words.text(f"robustness.regret_{key}") for key in keys))
    caption = words.text(
        "robustness.regret_grid", criterion=criterion_name(decision, words), unit=words.text.unit(decision.unit)
    )
    return Grid(caption=caption, head=head, rows=tuple(rows))


def enough_grids(found: RobustnessRead, words: Words) -> list[Grid]:
    """Return for each group in what share of the futures each choice reaches what is required."""
    grids = []
    for group_by, group, by_requirement in found.enough():
        head = [words.text("robustness.all_of_them") if not one else requirement_in_words(one, words)
                for one in by_requirement]  # fmt: skip
        rows = tuple(
            Row(
                heading=words.scenario(choice),
                cells=tuple(
                    _share_cell(by_requirement[one][choice], REACHED, enough_source, words) for one in by_requirement
                ),
            )
            for choice in found.choices
        )
        caption = words.text("robustness.enough_grid", group=group_name(group_by, group, words))
        grids.append(Grid(caption=caption, head=(words.text("robustness.choice"), *head), rows=rows))
    return grids
