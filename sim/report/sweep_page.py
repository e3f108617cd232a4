"""Build the page of `mellanrum sweep`: what was moved, what followed, and what may be said of it."""

from __future__ import annotations

from pathlib import Path

from sim.report.checks import fitted
from sim.report.figures import sweep_lines, sweep_map
from sim.report.figures.style import Drawn
from sim.report.grids import Cell, Grid, Row
from sim.report.interplay import ends_of, verdict_of, written
from sim.report.numbers import decimals_for
from sim.report.sections import Section, limits, write_page
from sim.report.statement import what_was_run
from sim.report.sweep_results import Panel, SweepRead, read_sweep_results
from sim.report.sweep_sentences import about_panel, axis_at, axis_title, axis_value, group_name
from sim.report.tables import Row as TableRow
from sim.report.verdict import Verdict
from sim.report.words import Words, words_for

_LIMITS = (1, 2, 3, 4, 5)


def build_sweep_report(folder: Path, *, lang: str) -> None:
    """Write the figures and `report.html` from the tables in `folder`."""
    sweep = read_sweep_results(folder)
    words = words_for(sweep.results, lang)
    write_page(folder, page_title(sweep, words), _sections(sweep, words), draw_all(sweep, words), words)


def draw_all(sweep: SweepRead, words: Words) -> dict[str, Drawn]:
    """Return the figures of a sweep by name; none where no outcome has a value."""
    if not sweep.panels:
        return {}
    if len(sweep.axes) > 1:
        return {"map": sweep_map.draw(sweep, words)}
    if sweep.against is None:
        return {"levels": sweep_lines.draw_levels(sweep, words)}
    return {"difference": sweep_lines.draw_difference(sweep, words), "levels": sweep_lines.draw_levels(sweep, words)}


def page_title(sweep: SweepRead, words: Words) -> str:
    """Return the headline of the page."""
    title = str(sweep.about["title"][words.lang])
    place = words.results.facts.place.get(words.lang, "")
    return words.text("sweep.title", title=title, place=place) if place else title


def what_is_moved(sweep: SweepRead, words: Words) -> list[str]:
    """Return a sentence per axis, and on what is compared."""
    said = []
    for axis in sweep.axes:
        values = "; ".join(axis_at(axis, value, words) for value in axis.values)
        names = ", ".join(str(move["name"]) for move in sweep.about["moves"] if axis.id in move["along"])
        said.append(words.text("sweep.axis", axis=axis_title(axis, words), values=values, names=names))
    if sweep.about["keep"]:
        kept = ", ".join(f"{name} {words.number.short(float(value))}" for name, value in sweep.about["keep"].items())
        said.append(words.text("sweep.keep", kept=kept))
    scenario = sweep.title("scenario", words.lang)
    if sweep.against is None:
        return [*said, words.text("sweep.alone", scenario=scenario)]
    return [*said, words.text("sweep.beside", scenario=scenario, against=sweep.title("against", words.lang))]


def how_sure(sweep: SweepRead, words: Words) -> str:
    """Return what the intervals hold, and how many of them chance alone would call clear."""
    rows = [row for panel in sweep.panels for row in sweep.followed(panel)]
    replications = max((int(row["n"]) for row in rows), default=0)
    if replications < 2:
        return words.text("sure.none")
    alarms = words.number.count(max(1.0, 0.05 * len(rows)))
    key = "sweep.sure_fitted" if words.results.facts.fit else "sweep.sure"
    said = words.text(key, n=replications, values=len(rows), alarms=alarms)
    return said if sweep.enough is None else f"{said} {words.text('sweep.sure_enough')}"


def _sections(sweep: SweepRead, words: Words) -> list[Section]:
    about = sweep.about
    sentences = [about_panel(panel, sweep, words) for panel in sweep.panels] or [words.text("cli.nothing_swept")]
    rests = [*fitted(words), words.text("sweep.source", source=about["source"])]
    if about["assumptions"]:
        rests.append(str(about["assumptions"][words.lang]))
    pictures = ["map"] if len(sweep.axes) > 1 else ["difference", "levels"]
    return [
        Section(title=words.text("section.question"), paragraphs=[str(about["summary"][words.lang])]),
        Section(title=words.text("section.compared"), points=[*what_is_moved(sweep, words), *what_was_run(words)]),
        Section(title=words.text("sweep.answer"), points=sentences, paragraphs=[how_sure(sweep, words)]),
        Section(title=words.text("sweep.figures"), pictures=pictures),
        Section(title=words.text("sweep.tables"), grids=_grids(sweep, words)),
        Section(title=words.text("section.rests_on"), points=rests),
        limits(words, _LIMITS),
    ]


def _grids(sweep: SweepRead, words: Words) -> list[Grid]:
    if len(sweep.axes) > 1:
        return [map_grid(panel, sweep, words) for panel in sweep.panels]
    return [line_grid(sweep, words)] if sweep.panels else []


def line_grid(sweep: SweepRead, words: Words) -> Grid:
    """Return a row per value of the axis and a column per outcome and group."""
    (axis,) = sweep.axes
    columns = [{int(row["point"]): row for row in sweep.followed(panel)} for panel in sweep.panels]
    rows = []
    for point, value in enumerate(axis.values):
        cells = tuple(_cell(column.get(point), sweep, words) for column in columns)
        rows.append(Row(heading=axis_value(axis, value, words), cells=cells))
    head = [_head(panel, words) for panel in sweep.panels]
    return Grid(caption=_caption(sweep, words), head=(axis_title(axis, words), *head), rows=tuple(rows))


def map_grid(panel: Panel, sweep: SweepRead, words: Words) -> Grid:
    """Return one outcome with a row per value of the second axis and a column per value of the first."""
    across, down = sweep.axes
    found = {(float(row["x"]), float(row["y"])): row for row in sweep.followed(panel)}
    rows = [
        Row(
            heading=axis_value(down, height, words),
            cells=tuple(_cell(found.get((value, height)), sweep, words) for value in across.values),
        )
        for height in down.values
    ]
    corner = f"{axis_title(down, words)} ↓ / {axis_title(across, words)} →"
    head = (corner, *(axis_value(across, value, words) for value in across.values))
    return Grid(caption=f"{_head(panel, words)}. {_caption(sweep, words)}", head=head, rows=tuple(rows))


def _cell(row: TableRow | None, sweep: SweepRead, words: Words) -> Cell:
    if row is None:
        return Cell(text="–")
    if sweep.against is None:
        return Cell(text=level_written(row, words), source=sweep.source(row, "mean", "low", "high"))
    kind = verdict_of(row)
    verdict = kind.value if kind in (Verdict.BETTER, Verdict.WORSE) else ""
    return Cell(
        text=f"{kind.symbol} {written(row, words)}",
        small=_levels(row, words),
        verdict=verdict,
        source=sweep.source(row, *ends_of(row), "level"),
    )


def level_written(row: TableRow, words: Words) -> str:
    """Write a level with its interval."""
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    return f"{words.number.plain(mean)} {words.number.interval(low, high, decimals=decimals_for(mean), signed=False)}"


def _levels(row: TableRow, words: Words) -> str:
    return words.text("sweep.level", level=words.number.plain(float(row["level"])))


def _head(panel: Panel, words: Words) -> str:
    return f"{words.outcome(panel.outcome)}, {group_name(panel, words)}, {words.text.unit(panel.unit)}"


def _caption(sweep: SweepRead, words: Words) -> str:
    if sweep.against is None:
        return words.text("sweep.grid_level")
    return words.text("sweep.grid", against=sweep.title("against", words.lang))
