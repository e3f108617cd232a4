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
from sim.report.words import words_for


def print_allocation(read: AllocationRead, *, lang: str, console: Console) -> None:
    """Print what was asked and run, the confirmed mixes, and what may be said of them."""
    words = words_for(read.results, lang)
    asked = [*question(read, words), *what_was_run(words, counted=False), how_searched(read, words)]
    say(console, [*asked, preventable_share(words)])
    console.print()
    grid = front_grid(read, words)
    table = Table(pad_edge=False, box=box.SIMPLE_HEAD)
    for place, name in enumerate(grid.head):
        table.add_column(name, justify="right" if place else "left", overflow="fold")
    for row in grid.rows:
        cells = (Text(cell.text, style=_style(cell.verdict)) for cell in row.cells)
        table.add_row(row.heading, *cells)
    console.print(table)
    say(console, [*answer(read, words), how_sure(read, words), *luck(read, words)])


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
