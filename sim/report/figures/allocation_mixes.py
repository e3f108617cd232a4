"""Draw what each confirmed mix holds, the best beside the others: how far up its range each choice is."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.analysis.allocation_front import CHOICE
from sim.report.allocation_results import AllocationRead
from sim.report.allocation_sentences import chosen_text
from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.tables import Row
from sim.report.words import Words

_ROW_INCHES, _HEAD_INCHES = 0.42, 1.3
_NAME_LETTERS, _KEY_LETTERS = 26, 70
_BAR_HEIGHT, _BAR_WIDTH = 0.5, 0.84


def draw_mixes(read: AllocationRead, words: Words) -> Drawn:
    """Draw a column per mix and a row per choice; a full bar is the highest level, an empty one the lowest."""
    title = words.text("allocation.figure.title_mixes")
    choices, rows = read.choices, read.rows
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + _ROW_INCHES * len(choices))
        axes = figure.subplots()
        for height, choice in enumerate(choices):
            for place, row in enumerate(rows):
                _cell(axes, place, height, choice, row, words)
        names = [style.wrap(str(choice["title"][words.lang]), _NAME_LETTERS) for choice in choices]
        axes.set_yticks(range(len(choices)), names)
        axes.set_ylim(len(choices) - 0.4, -0.6)
        axes.set_xticks(range(len(rows)), [_head(row, words) for row in rows])
        axes.set_xlim(-0.55, len(rows) - 0.45)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        for tick, row in zip(axes.get_xticklabels(), rows, strict=True):
            tick.set_fontweight("bold" if row["best"] else "normal")
        axes.set_xlabel(style.wrap(words.text("allocation.figure.mixes_key"), _KEY_LETTERS))
        style.set_title(figure, title)
    return Drawn(figure=figure, title=title, alt=_alt(read, words))


def _head(row: Row, words: Words) -> str:
    """Name a mix with its weighed gain, which is by what the columns are ordered."""
    mark = f"\n{words.text('allocation.figure.over')}" if not row["within_budget"] else ""
    score = words.text("allocation.percent", value=words.number.signed(float(row["score"]), 1))
    return f"{row['label']}\n{score}{mark}"


def _cell(axes: Axes, place: int, height: int, choice: Row, row: Row, words: Words) -> None:
    value, says = float(row[f"{CHOICE}{choice['id']}"]), chosen_text(row, choice, words)
    left, bottom = place - _BAR_WIDTH / 2, height - _BAR_HEIGHT / 2
    if not math.isfinite(value):
        axes.text(place, height, says, ha="center", va="center", color=style.GREY)
        return
    share = _share(choice, value)
    paint = style.BETTER if row["best"] else style.OKABE_ITO[6]
    axes.add_patch(Rectangle((left, bottom), _BAR_WIDTH, _BAR_HEIGHT, facecolor="white", edgecolor=style.LIGHT))
    if share:
        bar = Rectangle((left, bottom), _BAR_WIDTH * share, _BAR_HEIGHT, facecolor=paint, alpha=0.6, linewidth=0)
        axes.add_patch(bar)
    axes.text(place, height, says, ha="center", va="center")


def _share(choice: Row, value: float) -> float:
    """Return how far up its range a value is."""
    if choice["means"]:
        return value
    low, high = float(choice["values"][0]), float(choice["values"][-1])
    # A setting of means that are on is never nothing, a capacity may be.
    return (value - low) / (high - low) if choice["capacity"] else value / high


def _alt(read: AllocationRead, words: Words) -> str:
    return " ".join(f"{row['label']}: {read.title(row, words.lang)}." for row in read.rows)
