"""Print what each system has and what it would do here, and how far they can be ranked."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.interplay import verdict_of, written
from sim.report.league_page import SIGNS
from sim.report.league_results import League
from sim.report.standing import about_ranks, open_ranks, what_ranks_mean
from sim.report.statement import how_sure, preventable_share, what_was_run
from sim.report.terminal import say, style_of
from sim.report.words import Words, words_for

_COLUMNS = 3
_NAME_WIDTH, _SIGN_WIDTH = 34, 3
"""Letters that a system's name and each sign of the matrix take."""


def print_league(league: League, *, lang: str, console: Console) -> None:
    """Print what was run, the matrix, the differences with open ranks, and the answer in words."""
    words = words_for(league.results, lang)
    say(console, [*what_was_run(words), preventable_share(words)])
    console.print()
    if console.width < _NAME_WIDTH + _SIGN_WIDTH * len(league.columns):
        say(console, matrix_in_words(league, words))
        console.print()
    else:
        console.print(matrix_table(league, words))
    for start in range(0, len(league.outcomes), _COLUMNS):
        console.print(league_table(league, league.outcomes[start : start + _COLUMNS], words))
    said = [words.text("league.key"), *about_ranks(league, words), what_ranks_mean(words), how_sure(words)]
    say(console, said)


def matrix_in_words(league: League, words: Words) -> list[str]:
    """Return what each system has, a line each, for terminals too narrow for the matrix."""
    lines = [f"{words.text('league.matrix')}:"]
    for system in league.systems[1:]:
        cells = league.cells(system)
        said = []
        for value in ("yes", "partial", "unclear"):
            names = [words.text.name("means_short", one) for one in league.columns if cells.get(one) == value]
            if names:
                said.append(f"{SIGNS[value]} {words.text(f'league.{value}')}: {', '.join(names)}")
        lines.append(f"{words.scenario(system)}: {'; '.join(said) or SIGNS['no']}")
    return lines


def matrix_table(league: League, words: Words) -> Table:
    """Return the signs of all systems under numbers, with the means that the numbers stand for as caption."""
    signs = "   ".join(f"{SIGNS[one]} {words.text(f'league.{one}')}" for one in ("yes", "partial", "unclear", "no"))
    numbered = ", ".join(
        f"{number} {words.text.name('means_short', means)}" for number, means in enumerate(league.columns, start=1)
    )
    table = Table(
        title=f"{words.text('league.matrix')}: {signs}",
        title_justify="left",
        caption=numbered,
        caption_justify="left",
        pad_edge=False,
        padding=(0, 1, 0, 0),
        box=box.SIMPLE_HEAD,
    )
    table.add_column("", overflow="fold", min_width=_NAME_WIDTH, max_width=_NAME_WIDTH)
    for number in range(1, len(league.columns) + 1):
        table.add_column("\n".join(f"{number:2d}").strip(), justify="center")
    for system in league.systems[1:]:
        cells = league.cells(system)
        table.add_row(words.scenario(system), *(SIGNS[cells.get(means, "")] for means in league.columns))
    return table


def league_table(league: League, outcomes: tuple[str, ...], words: Words) -> Table:
    """Return differences of some outcomes, with the ranks left open below each."""
    table = Table(title=words.text("league.grid"), title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    table.add_column("", overflow="fold", max_width=_NAME_WIDTH)
    for outcome in outcomes:
        unit = words.text.unit(str(league.row(league.systems[0], outcome)["unit"]))
        table.add_column(f"{words.short(outcome)}\n{unit}", justify="right", overflow="fold")
    for system in league.systems:
        cells = []
        for outcome in outcomes:
            row = league.row(system, outcome)
            kind = verdict_of(row)
            cell = Text(f"{kind.symbol} {written(row, words)}", style=style_of(kind))
            cells.append(cell.append(f"\n{open_ranks(row, words)}", style="not bold"))
        table.add_row(words.scenario(system), *cells)
    return table
