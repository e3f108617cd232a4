"""Print in which futures a choice does not pay, and which choice is regretted least."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from sim.report.grids import Grid
from sim.report.robustness_page import design_in_words, regret_grid
from sim.report.robustness_results import RobustnessRead
from sim.report.robustness_sentences import about_enough, about_look, about_regret
from sim.report.sensitivity_sentences import about_refused
from sim.report.statement import what_was_run
from sim.report.terminal import say
from sim.report.words import words_for


def print_robustness(found: RobustnessRead, *, lang: str, console: Console) -> None:
    """Print what was run, where choices do not pay, the regret of each, and what was refused."""
    words = words_for(found.results, lang)
    say(console, [*what_was_run(words, counted=False), *design_in_words(found, words)])
    if found.looked:
        console.print()
        say(console, [words.text("robustness.where"), *(about_look(one, found, words) for one in found.looked)])
    for decision in found.decisions:
        console.print()
        console.print(as_table(regret_grid(decision, found, words)))
        say(console, [about_regret(decision, found, words)])
    if len(found.satisficing):
        console.print()
        say(console, [words.text("robustness.good_enough"), *about_enough(found, words)])
    if found.about["refused"]:
        console.print()
        say(console, [words.text("sensitivity.refused"),
                       *(about_refused(one, words) for one in found.about["refused"])])  # fmt: skip


def as_table(grid: Grid) -> Table:
    """Return a grid as the terminal shows it, intervals on a line of their own."""
    table = Table(title=grid.caption, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    table.add_column(grid.head[0], overflow="fold")
    for name in grid.head[1:]:
        table.add_column(name, justify="right", overflow="fold")
    for row in grid.rows:
        table.add_row(row.heading, *(cell.text.replace(" [", "\n[").replace(" (", "\n(") for cell in row.cells))
    return table
