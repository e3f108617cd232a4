"""Print on a terminal how the model compares with what is published: tables, counts, likely reasons of misses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.figures.beside import both
from sim.report.figures.patterns import both as pattern_numbers
from sim.report.terminal import say
from sim.report.validation_page import AREAS
from sim.report.validation_results import Beside, Validation, read_validation
from sim.report.validation_words import counts, how_intervals_are_made, misses, where
from sim.report.words import Words, words_for


def print_validation(folder: Path, *, lang: str, console: Console) -> None:
    """Print what `mellanrum validate` has left in a folder."""
    found = read_validation(folder)
    words = words_for(found.results, lang)
    for kind, title in (("level", "levels"), ("effect", "published_effects")):
        if rows := found.of_kind(kind):
            console.print(figures_table(rows, words.text(f"figure.{title}.title"), words))
    if found.patterns:
        console.print(patterns_table(found.patterns, words))
    say(console, _sentences(found, words))
    console.print()
    for key, path in (("cli.report", folder / "report.html"), ("cli.tables", folder)):
        print(words.text(key, path=path))


def _sentences(found: Validation, words: Words) -> list[str]:
    told = [row for row in found.rows if row.inside is not None]
    missed = misses(found, words)
    return [
        *([words.text("validation.missed") + ":", *(f"- {one}" for one in missed), ""] if missed else []),
        words.text("cli.inside", met=sum(bool(row.inside) for row in told), held=len(told)),
        *counts(found, words),
        how_intervals_are_made(found, words),
    ]


def figures_table(rows: Sequence[Beside], title: str, words: Words) -> Table:
    """Return a table of published figures under their headings."""
    table = _empty(title, words, ("what", "both", "inside", "source"))
    for area in (*AREAS, "effects"):
        own = [row for row in rows if row.area == area]
        if not own:
            continue
        table.add_section()
        if area != "effects":
            table.add_row(Text(words.text(f"area.{area}").upper(), style="bold"))
        for row in own:
            what = Text(row.called(words)).append(f"\n{words.text.unit(row.unit)}", style="dim")
            verdict = Text(where(row, words), style="bold red" if row.inside is False else "")
            verdict.append(f"\n{words.text.name('counted', row.counted_as)}", style="dim not bold")
            interval = _interval(row, words)
            table.add_row(what, Text(both(row, words)).append(interval, style="dim"), verdict, Text(row.source))
    return table


def _interval(row: Beside, words: Words) -> str:
    from sim.report.figures.ranges import written
    from sim.report.numbers import decimals_for

    if row.sim_low != row.sim_low:
        return ""
    places = decimals_for(row.low, row.high, row.published)
    ends = (written(one, row.unit, words.number, places) for one in (row.sim_low, row.sim_high))
    return "\n[{}; {}]".format(*ends)


def patterns_table(rows: Sequence[Beside], words: Words) -> Table:
    """Return a table of the patterns that nothing is fitted to."""
    table = _empty(words.text("figure.patterns.title"), words, ("what", "both", "inside"))
    name = ""
    for row in rows:
        if row.name != name:
            name = row.name
            table.add_section()
            table.add_row(Text(words.text(f"pattern.{name}"), style="bold"))
        verdict = words.text("validation.nothing_published") if row.inside is None else where(row, words)
        style = "bold red" if row.inside is False else "dim" if row.inside is None else ""
        table.add_row("  " + row.called(words), pattern_numbers(row, words), Text(verdict, style=style))
    return table


def _empty(title: str, words: Words, keys: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    for key in keys:
        table.add_column(words.text(f"published.{key}"), overflow="fold", max_width=40 if key == "source" else None)
    return table
