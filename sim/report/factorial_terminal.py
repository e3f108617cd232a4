"""Print which means do it, alone and together: a table of effects, and the answer in words."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.factorial_results import Factorial
from sim.report.interplay import about_outcome, design_in_words, how_sure_of_effects, verdict_of, written
from sim.report.statement import preventable_share, what_was_run
from sim.report.terminal import say, style_of
from sim.report.words import Words, words_for

_COLUMNS = 3


def print_factorial(found: Factorial, *, lang: str, console: Console) -> None:
    """Print what was run, main effects with fair parts, and per outcome what means do together."""
    words = words_for(found.results, lang)
    say(console, [*what_was_run(words), *design_in_words(found, words), preventable_share(words)])
    console.print()
    for start in range(0, len(found.outcomes), _COLUMNS):
        console.print(effects_table(found, found.outcomes[start : start + _COLUMNS], words))
    say(console, [words.text("factorial.key"), how_sure_of_effects(found, words)])
    for outcome in found.outcomes:
        console.print()
        say(console, about_outcome(outcome, found, words))


def effects_table(found: Factorial, outcomes: tuple[str, ...], words: Words) -> Table:
    """Return main effects, with the fair part of the joint effect below each."""
    table = Table(title=words.text("factorial.effects_grid"), title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    table.add_column("", overflow="fold", max_width=26)
    for outcome in outcomes:
        unit = words.text.unit(str(found.effects.loc[found.effects["outcome"] == outcome, "unit"].iloc[0]))
        table.add_column(f"{words.short(outcome)}\n{unit}", justify="right", overflow="fold")
    for factor in found.titles:
        cells = []
        for outcome in outcomes:
            effect, part = (found.by_means(name, outcome)[factor] for name in ("effects", "shapley"))
            kind = verdict_of(effect)
            cell = Text(f"{kind.symbol} {written(effect, words)}", style=style_of(kind))
            cells.append(cell.append("\n" + words.text("factorial.part", part=written(part, words)), style="not bold"))
        table.add_row(found.title(factor, words.lang), *cells)
    return table
