"""Print the Triple-Aim table of differences, and the model beside published figures, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.answer import all_comparisons, answer
from sim.report.checks import checks, warnings
from sim.report.headline import AIMS, headline
from sim.report.published import Beside, beside_published
from sim.report.results import Results
from sim.report.sources import plain
from sim.report.statement import how_sure, preventable_share, what_was_run
from sim.report.verdict import Verdict
from sim.report.words import Words, words_for, write_difference

_LABEL_WIDTH, _LEVEL_WIDTH, _CELL_WIDTH, _GAP = 27, 8, 18, 2
_EVERYBODY, _COMPLEX = ("all", "all"), ("complex_needs", "yes")
COMPLEX_OUTCOMES = ("unmet_need_days", "days_at_home", "ed_visits_per_1000", "bed_days_per_1000", "cost_sek")
_STYLES = {
    Verdict.BETTER: "bold green",
    Verdict.WORSE: "bold red",
    Verdict.CHANGED: "bold",
    Verdict.UNCLEAR: "dim",
    Verdict.NEGLIGIBLE: "dim",
    Verdict.UNCHANGED: "dim",
    Verdict.UNTESTED: "dim",
}


def print_comparison(results: Results, *, lang: str, console: Console) -> None:
    """Print what was run, the Triple-Aim table in as many blocks as the width asks for, and the answer in words."""
    words = words_for(results, lang)
    say(console, [*what_was_run(words), preventable_share(words)])
    console.print()
    for block in _blocks(results.compared, console.width):
        console.print(comparison_table(words, block))
    for block in _blocks(results.compared, console.width):
        if (of_complex_needs := complex_needs_table(words, block)) is not None:
            console.print(of_complex_needs)
    say(console, [words.text("table.key"), how_sure(words), *checks(words)])
    say(console, [f"! {note}" for note in (*warnings(words), *results.facts.notes, *results.facts.failures)])
    console.print()
    say(console, filter(None, [*answer(words), all_comparisons(words), *beside_in_short(words)]))


def say(console: Console, sentences: Iterable[str]) -> None:
    """Print sentences as they are, a line each, without where their numbers stand."""
    for sentence in sentences:
        console.print(plain(sentence), highlight=False, markup=False)


def _blocks(scenarios: Sequence[str], width: int) -> list[tuple[str, ...]]:
    """Split scenarios so that each block fits the width; at least one a block."""
    room = max(1, (width - _LABEL_WIDTH - _LEVEL_WIDTH - 2 * _GAP) // (_CELL_WIDTH + _GAP))
    count = -(-len(scenarios) // room)
    size = -(-len(scenarios) // max(count, 1))
    return [tuple(scenarios[start : start + size]) for start in range(0, len(scenarios), max(size, 1))]


def comparison_table(words: Words, scenarios: Sequence[str]) -> Table:
    """Return headline differences of some scenarios, two lines a row: difference and interval."""
    table = _empty_table(words.text("table.title"), words, scenarios)
    for aim in AIMS:
        rows = [outcome for outcome in headline(aim, words) if _held(words, scenarios, outcome, _EVERYBODY)]
        if not rows:
            continue
        table.add_section()
        table.add_row(Text(words.text(f"aim.{aim}").upper(), style="bold"))
        for outcome in rows:
            table.add_row(*_row(words, scenarios, outcome, _EVERYBODY))
    return table


def complex_needs_table(words: Words, scenarios: Sequence[str]) -> Table | None:
    """Return a few differences for people with complex needs, whom the means are meant for; None without any."""
    rows = [outcome for outcome in COMPLEX_OUTCOMES if _held(words, scenarios, outcome, _COMPLEX)]
    if not rows:
        return None
    table = _empty_table(words.text("table.complex_needs"), words, scenarios)
    for outcome in rows:
        table.add_row(*_row(words, scenarios, outcome, _COMPLEX))
    return table


def _empty_table(title: str, words: Words, scenarios: Sequence[str]) -> Table:
    """Return a table with its columns: the outcome, its baseline level, and one per scenario."""
    table = Table(title=title, title_justify="left", pad_edge=False, padding=(0, 1, 0, 0), box=box.SIMPLE_HEAD)
    table.add_column(words.text("table.outcome"), max_width=_LABEL_WIDTH, min_width=_LABEL_WIDTH)
    baseline = words.scenario(words.results.facts.baseline)
    table.add_column(baseline, justify="right", overflow="fold", max_width=_LEVEL_WIDTH)
    for scenario in scenarios:
        table.add_column(
            words.scenario(scenario),
            justify="right",
            overflow="fold",
            max_width=_CELL_WIDTH,
            min_width=_CELL_WIDTH - 2,
        )
    return table


def _held(words: Words, scenarios: Sequence[str], outcome: str, group: tuple[str, str]) -> bool:
    return any(words.results.difference(scenario, outcome, *group) for scenario in scenarios)


def _row(words: Words, scenarios: Sequence[str], outcome: str, group: tuple[str, str]) -> list[Text]:
    cells, level, unit = [], "", ""
    for scenario in scenarios:
        difference = words.results.difference(scenario, outcome, *group)
        if difference is None:
            cells.append(Text("–"))
            continue
        written = write_difference(difference, words)
        level, unit = written.baseline, written.unit
        verdict = difference.verdict
        interval = written.interval if difference.has_interval else words.text("verdict.untested")
        cell = Text(f"{verdict.symbol} {written.mean} ({written.relative})", style=_STYLES[verdict])
        cells.append(cell.append(f"\n{interval}", style="not bold"))
    name = Text(words.short(outcome)).append(f"\n{unit}", style="dim")
    return [name, Text(level), *cells]


def beside_in_short(words: Words) -> list[str]:
    """Return how many published figures the baseline meets and which it does not; empty without any."""
    rows = [row for row in beside_published(words) if row.inside is not None]
    if not rows:
        return []
    outside = [row for row in rows if not row.inside]
    said = [words.text("cli.beside", met=len(rows) - len(outside), held=len(rows))]
    if outside:
        named = "; ".join(f"{row.what} {row.verdict}" for row in outside)
        said.append(words.text("cli.outside", named=named))
    return [" ".join([*said, words.text("cli.sources")])]


def published_table(rows: Sequence[Beside], words: Words) -> Table:
    """Return the table of simulated beside published levels."""
    table = Table(title=words.text("published.title"), title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    for key, justify in (("what", "left"), ("published", "right"), ("model", "right"), ("inside", "left")):
        header = words.text(f"published.{key}")
        table.add_column(header, justify=justify, overflow="fold")  # type: ignore[arg-type]  # left or right
    table.add_column(words.text("published.source"), overflow="fold", max_width=40)
    for row in rows:
        verdict = Text(row.verdict, style="bold red" if row.inside is False else "")
        what = Text(row.what).append(f"\n{row.unit}", style="dim")
        published = Text(row.published).append(f"\n{row.range_from}", style="dim")
        table.add_row(
            what,
            published,
            row.model,
            verdict.append(f"\n{row.used}", style="dim not bold"),
            Text(row.source),
        )
    return table


def style_of(verdict: Verdict) -> str:
    """Return how a verdict is shown on a terminal."""
    return _STYLES.get(verdict, "")
