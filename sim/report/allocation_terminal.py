"""Print what an allocation found: the question, the mixes in a table, the answer and how sure it is."""

from __future__ import annotations

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.allocation_page import front_grid
from sim.report.allocation_results import AllocationRead
from sim.report.allocation_sentences import answer, how_searched, how_sure, luck, question
from sim.report.numbers import Numbers
from sim.report.statement import preventable_share, what_was_run
from sim.report.terminal import say, style_of
from sim.report.texts import read_texts
from sim.report.verdict import Verdict
from sim.report.words import Words, words_for

_WHOLE_TABLE = 130
"""Letters that the table takes with all its columns."""


def print_allocation(read: AllocationRead, *, lang: str, console: Console) -> None:
    """Print what was asked and run, the confirmed mixes, and what may be said of them."""
    words = words_for(read.results, lang)
    asked = [*question(read, words), *what_was_run(words, counted=False), how_searched(read, words)]
    say(console, [*asked, preventable_share(words)])
    console.print()
    is_narrow = console.width < _WHOLE_TABLE
    console.print(mixes_table(read, words, is_narrow=is_narrow))
    if is_narrow:
        say(console, [words.text("allocation.rest_in_report")])
    say(console, [*answer(read, words), how_sure(read, words), *luck(read, words)])


def mixes_table(read: AllocationRead, words: Words, *, is_narrow: bool) -> Table:
    """Return the confirmed mixes; in a narrow terminal only what they weigh together, the lead and what they take."""
    grid = front_grid(read, words)
    aims = len(read.aims)
    shown = range(aims, aims + 3) if is_narrow else range(len(grid.head) - 1)
    table = Table(pad_edge=False, box=box.SIMPLE_HEAD)
    table.add_column(grid.head[0], overflow="fold")
    for place in shown:
        table.add_column(grid.head[place + 1], justify="right", overflow="fold")
    for row in grid.rows:
        cells = [row.cells[place] for place in shown]
        table.add_row(row.heading, *(Text(_folded(cell.text), style=_style(cell.verdict)) for cell in cells))
    return table


def _folded(text: str) -> str:
    """Return a number with its interval in a line of its own."""
    return text.replace(" [", "\n[", 1)


def nothing_within(tried: pd.DataFrame, lang: str) -> str:
    """Say that no mix is within the budget, and what the cheapest ones take."""
    number = Numbers(lang=lang)
    return read_texts(lang)(
        "allocation.none_within",
        tried=number.count(len(tried)),
        sek=number.count(float(tried["sek"].min())),
        hours=number.count(float(tried["hours"].min())),
    )


def _style(verdict: str) -> str:
    return style_of(Verdict(verdict)) if verdict else ""
