"""Print what a sweep shows: what was moved, a table of points, and a sentence per outcome."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.interplay import verdict_of, written
from sim.report.statement import preventable_share, what_was_run
from sim.report.sweep_page import how_sure, level_written, what_is_moved
from sim.report.sweep_results import Panel, SweepRead
from sim.report.sweep_sentences import about_panel, axis_title, axis_value, group_name
from sim.report.terminal import say, style_of
from sim.report.words import Words, words_for

_COLUMNS = 3


def print_sweep(sweep: SweepRead, *, lang: str, console: Console) -> None:
    """Print what was run, what followed at each point, and what may be said of it."""
    words = words_for(sweep.results, lang)
    say(console, [*what_is_moved(sweep, words), *what_was_run(words), preventable_share(words)])
    console.print()
    # A map is read in the report: as a list of points it says little.
    for start in range(0, len(sweep.panels) if len(sweep.axes) == 1 else 0, _COLUMNS):
        console.print(points_table(sweep, sweep.panels[start : start + _COLUMNS], words))
    if sweep.against is not None and len(sweep.axes) == 1:
        say(console, [words.text("league.key")])
    say(console, [*(about_panel(panel, sweep, words) for panel in sweep.panels), how_sure(sweep, words)])


def points_table(sweep: SweepRead, panels: Sequence[Panel], words: Words) -> Table:
    """Return a row per value of the one axis and a column per outcome and group."""
    table = Table(pad_edge=False, box=box.SIMPLE_HEAD)
    (axis,) = sweep.axes
    table.add_column(axis_title(axis, words), overflow="fold", max_width=22)
    for panel in panels:
        head = f"{words.short(panel.outcome)}, {group_name(panel, words)}\n{words.text.unit(panel.unit)}"
        table.add_column(head, justify="right", overflow="fold")
    columns = [{int(row["point"]): row for row in sweep.followed(panel)} for panel in panels]
    for point in sorted({point for column in columns for point in column}):
        some = next(column[point] for column in columns if point in column)
        cells = []
        for column in columns:
            row = column.get(point)
            if row is None:
                cells.append(Text("–"))
            elif sweep.against is None:
                cells.append(Text(level_written(row, words)))
            else:
                kind = verdict_of(row)
                cells.append(Text(f"{kind.symbol} {written(row, words)}", style=style_of(kind)))
        table.add_row(axis_value(axis, float(some["x"]), words), *cells)
    return table
