"""Print what moves results, whether it changes the choice, and what to find out first."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from sim.report.sensitivity_choices import about_information, about_ranking
from sim.report.sensitivity_page import design_in_words, panel_grid
from sim.report.sensitivity_results import Panel, SensitivityRead
from sim.report.sensitivity_sentences import about_panel, about_refused
from sim.report.statement import what_was_run
from sim.report.terminal import say
from sim.report.words import Words, words_for

_MOST_ROWS, _NAME_LETTERS = 10, 34
_COLUMN_LETTERS, _GAP_LETTERS = 16, 3
"""An interval in a line of its own, and the space beside it."""


def print_sensitivity(found: SensitivityRead, *, lang: str, console: Console) -> None:
    """Print what was run, the strongest parameters of every outcome, and the answers in words."""
    words = words_for(found.results, lang)
    say(console, [*what_was_run(words, counted=False), *design_in_words(found, words)])
    for panel in found.panels:
        console.print()
        console.print(strongest(panel, found, words, console.width))
        say(console, [about_panel(panel, found, words)])
    if len(found.ranking):
        console.print()
        say(
            console,
            [words.text("sensitivity.which_best"), *(about_ranking(one, found, words) for one in found.decisions)],
        )
    if len(found.information):
        console.print()
        said = [about_information(one, found, words) for one in found.decisions]
        say(console, [words.text("sensitivity.measure"), words.text("sensitivity.how_information"), *said])
    if found.about["refused"]:
        console.print()
        say(
            console, [words.text("sensitivity.refused"), *(about_refused(one, words) for one in found.about["refused"])]
        )


def strongest(panel: Panel, found: SensitivityRead, words: Words, width: int) -> Table:
    """Return the first rows of the table of one outcome or difference; in a narrow terminal names are folded."""
    grid = panel_grid(panel, found, words)
    table = Table(title=grid.caption, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    longest = max((len(row.heading) for row in grid.rows[:_MOST_ROWS]), default=0)
    narrow = width < _NAME_LETTERS + (len(grid.head) - 1) * (_COLUMN_LETTERS + _GAP_LETTERS) + _GAP_LETTERS
    room = width - (len(grid.head) - 1) * (_COLUMN_LETTERS + _GAP_LETTERS) - _GAP_LETTERS
    name_letters = min(longest, _NAME_LETTERS, max(room, len(grid.head[0])))
    table.add_column(grid.head[0], overflow="fold", min_width=name_letters, max_width=name_letters if narrow else None)
    for name in grid.head[1:]:
        table.add_column(name, justify="right", overflow="fold", max_width=_COLUMN_LETTERS if narrow else None)
    for row in grid.rows[:_MOST_ROWS]:
        table.add_row(row.heading, *(cell.text.replace(" [", "\n[") for cell in row.cells))
    return table
