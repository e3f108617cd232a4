"""Build the page of `mellanrum allocate`: what is best for the budget, what it rests on, and how sure that is."""

from __future__ import annotations

import math
from pathlib import Path

from sim.analysis.allocation_front import CHOICE
from sim.report.allocation_results import AllocationRead, front_source, read_allocation_results
from sim.report.allocation_sentences import (
    answer,
    behind_source,
    behind_written,
    chosen_text,
    gain,
    gain_source,
    how_searched,
    how_sure,
    luck,
    open_choices,
    question,
    uses,
    uses_source,
)
from sim.report.figures import allocation_front, allocation_mixes
from sim.report.figures.style import Drawn
from sim.report.grids import Cell, Grid
from sim.report.grids import Row as GridRow
from sim.report.sections import Section, limits, write_page
from sim.report.statement import what_was_run
from sim.report.tables import Row
from sim.report.verdict import judge
from sim.report.words import Words, words_for

_LIMITS = (1, 2, 3, 4, 5)


def build_allocation_report(folder: Path, *, lang: str) -> None:
    """Write the figures and `report.html` from the tables in `folder`."""
    read = read_allocation_results(folder)
    words = words_for(read.results, lang)
    write_page(folder, page_title(read, words), _sections(read, words), draw_all(read, words), words)


def draw_all(read: AllocationRead, words: Words) -> dict[str, Drawn]:
    """Return the figures of an allocation by name."""
    found = {"front": allocation_front.draw_front(read, words)} if len(read.weighed) > 1 else {}
    return found | {
        "budget": allocation_front.draw_budget(read, words),
        "mixes": allocation_mixes.draw_mixes(read, words),
    }


def page_title(read: AllocationRead, words: Words) -> str:
    """Return the headline of the page."""
    title, place = str(read.about["title"][words.lang]), read.results.facts.place.get(words.lang, "")
    return words.text("sweep.title", title=title, place=place) if place else title


def _sections(read: AllocationRead, words: Words) -> list[Section]:
    about, text = read.about, words.text
    run = [*what_was_run(words, counted=False), how_searched(read, words)]
    rests = [text("allocation.source", source=about["source"]), str(about["assumptions"][words.lang])]
    pictures = [name for name in ("front", "budget", "mixes") if name != "front" or len(read.weighed) > 1]
    return [
        Section(
            title=text("section.question"),
            paragraphs=[str(about["summary"][words.lang])],
            points=question(read, words),
        ),
        Section(title=text("allocation.answer"), points=[*answer(read, words), how_sure(read, words)]),
        Section(title=text("allocation.figures"), pictures=pictures),
        Section(title=text("allocation.tables"), grids=[front_grid(read, words), mixes_grid(read, words)]),
        Section(title=text("allocation.luck"), points=luck(read, words)),
        Section(title=text("allocation.open"), points=open_choices(read, words)),
        Section(title=text("section.compared"), points=run),
        Section(
            title=text("section.rests_on"), points=[*rests, text("allocation.capacity"), text("allocation.per_cent")]
        ),
        Section(title=text("allocation.go_on"), paragraphs=[text("allocation.compare_them", command=_compare(read))]),
        limits(words, _LIMITS),
    ]


def front_grid(read: AllocationRead, words: Words) -> Grid:
    """Return a row per confirmed mix: what each aim gains, what they weigh together, and what it takes."""
    text = words.text
    aims = [str(aim["id"]) for aim in read.aims]
    head = [text(f"aim.{aim}") for aim in aims]
    columns = ("weighed", "against_best", "takes", "on_front", "is_best")
    return Grid(
        caption=text("allocation.front_grid"),
        head=(text("allocation.mix"), *head, *(text(f"allocation.{column}") for column in columns)),
        rows=tuple(_front_row(row, aims, read, words) for row in read.rows),
    )


def _front_row(row: Row, aims: list[str], read: AllocationRead, words: Words) -> GridRow:
    cells = [_gain_cell(row, name, words) for name in (*aims, "score")]
    behind = words.text("allocation.the_best") if row["best"] else behind_written(row, words)
    told = "" if row["best"] or not row["within_budget"] else "clearly" if row["clearly_behind"] else "not_clear"
    where = None if row["best"] else behind_source(row)
    cells.append(Cell(text=behind, small=words.text(f"allocation.{told}") if told else "", source=where))
    over = "" if row["within_budget"] else words.text("allocation.beyond")
    verdict = "" if row["within_budget"] else "worse"
    cells.append(Cell(text=uses(row, words), small=over, verdict=verdict, source=uses_source(row)))
    for name in ("share_on_front", "share_best"):
        cells.append(Cell(text=words.number.percent(float(row[name])), source=front_source(row, name)))
    return GridRow(heading=f"{row['label']} {_mark(row, words)}".strip(), small=str(row["mix"]), cells=tuple(cells))


def _mark(row: Row, words: Words) -> str:
    return words.text("allocation.today") if row["is_today"] else ""


def _gain_cell(row: Row, name: str, words: Words) -> Cell:
    mean, low, high = (float(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    verdict = judge(low, high, "higher", mean=mean, p_adjusted=math.nan, smallest=0.0)
    return Cell(text=f"{verdict.symbol} {gain(row, name, words)}", verdict=verdict.value, source=gain_source(row, name))


def mixes_grid(read: AllocationRead, words: Words) -> Grid:
    """Return a row per choice and a column per confirmed mix."""
    rows = []
    for choice in read.choices:
        cells = tuple(_chosen(row, choice, words) for row in read.rows)
        unit = str(choice["unit"][words.lang]) if choice["unit"] else ""
        rows.append(GridRow(heading=str(choice["title"][words.lang]), small=unit, cells=cells))
    head = (words.text("allocation.choice"), *(str(row["label"]) for row in read.rows))
    return Grid(caption=words.text("allocation.mixes_grid"), head=head, rows=tuple(rows))


def _chosen(row: Row, choice: Row, words: Words) -> Cell:
    where = None if choice["means"] else front_source(row, f"{CHOICE}{choice['id']}")
    return Cell(text=chosen_text(row, choice, words), source=where)


def _compare(read: AllocationRead) -> str:
    """Return the command that sets the best mixes side by side in all outcomes."""
    named = [f"DIR/mixes/{row['mix']}.yaml" for row in read.rows if row["on_front"] and not row["is_today"]]
    return " ".join(["mellanrum compare", *named])
