"""Print what a stress test shows: a table of surviving shares for each way of coordinating care, and sentences."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.statement import preventable_share, what_was_run
from sim.report.stress_page import answer_title, how_sure
from sim.report.stress_results import StressRead
from sim.report.stress_sentences import answer, group_name, how_normal, share_written, strike_title
from sim.report.terminal import say
from sim.report.words import Words, words_for


def print_stress(stress: StressRead, *, lang: str, console: Console) -> None:
    """Print what was run, what survives of each gain, and what each disturbance does."""
    words = words_for(stress.results, lang)
    say(console, [*what_was_run(words), preventable_share(words)])
    for choice in stress.choices:
        for group in stress.groups:
            console.print()
            console.print(shares_table(choice, group, stress, words))
        for disturbance in stress.disturbances:
            title = answer_title(choice, disturbance, stress, words)
            console.print(title, style="bold", highlight=False, markup=False)
            say(console, [f"  {sentence}" for sentence in answer(choice, disturbance, stress, words)])
    console.print()
    say(console, [how_sure(stress, words), how_normal(words)])


def shares_table(choice: str, group: tuple[str, str], stress: StressRead, words: Words) -> Table:
    """Return a row per outcome and a column per disturbance: what survives of the gain in the weeks that are struck."""
    scenario = stress.title(choice, words.lang)
    title = words.text("stress.shares", scenario=scenario, group=group_name(group, words))
    table = Table(title=title, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    table.add_column("", overflow="fold", max_width=24)
    for disturbance in stress.disturbances:
        table.add_column(strike_title(disturbance, words), justify="right", overflow="fold")
    for outcome in stress.about["outcomes"]:
        cells = []
        for disturbance in stress.disturbances:
            row = stress.row(choice, str(disturbance["id"]), outcome, group)
            cells.append(Text("–" if row is None else share_written(row, words)))
        table.add_row(words.short(outcome), *cells)
    return table
