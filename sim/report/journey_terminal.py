"""Print one person's year on a terminal: who it is, the year in both worlds, single needs, the numbers."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from sim.report.journey_needs import stories
from sim.report.journey_page import summary_grid
from sim.report.journey_results import Journey
from sim.report.journey_story import about, alike_until, what_was_told, year
from sim.report.terminal import say
from sim.report.words import Words, words_for


def print_journey(journey: Journey, *, lang: str, console: Console) -> None:
    """Print what was run, the story and the summary."""
    words = words_for(journey.results, lang)
    today, beside = journey.worlds
    say(console, [*what_was_told(words), "", *about(journey, words)])
    say(console, ["", f"{words.text('journey.today_title')}:", *year(journey, today, words)])
    heading = words.text("journey.with_title", scenario=words.scenario(beside))
    say(console, ["", f"{heading}:", alike_until(journey, words), *year(journey, beside, words)])
    told = stories(journey, words)
    if told:
        say(console, ["", f"{words.text('journey.needs_title')}:", *told])
    console.print()
    console.print(_table(journey, words))
    say(console, [words.text("journey.limits")])


def _table(journey: Journey, words: Words) -> Table:
    grid = summary_grid(journey, words)
    table = Table(title=grid.caption, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    for number, head in enumerate(grid.head):
        table.add_column(head, justify="right" if number else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(row.heading, *(cell.text for cell in row.cells))
    return table
