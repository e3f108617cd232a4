"""Draw several outcomes side by side over the same rows: a dot and interval each, shaped by its verdict."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.verdict import Verdict
from sim.report.words import Words

MARKS = {
    Verdict.BETTER: (style.BETTER, "^", True),
    Verdict.WORSE: (style.WORSE, "v", True),
    Verdict.UNCLEAR: (style.GREY, "o", False),
    Verdict.UNCHANGED: (style.GREY, "_", True),
    Verdict.UNTESTED: (style.GREY, "s", False),
}
_TITLE_LETTERS = 20


def marked(axes: Axes, mean: float, low: float, high: float, at: float, verdict: Verdict) -> None:
    """Draw one value with its interval at height `at`, colour and shape by its verdict."""
    paint, shape, filled = MARKS[verdict]
    if math.isfinite(low) and math.isfinite(high):
        axes.plot([low, high], [at, at], color=paint, linewidth=1.6, solid_capstyle="butt", zorder=2)
    face = paint if filled else "white"
    axes.plot([mean], [at], marker=shape, color=paint, markerfacecolor=face, markersize=5, zorder=3)


def panel_grid(figure: FigureBase, count: int, columns: int) -> list[Axes]:
    """Return `count` panels in rows of `columns`, rows of the same height."""
    bands = math.ceil(count / columns)
    grid = figure.subplots(bands, columns, squeeze=False)
    panels: list[Axes] = list(grid.flat)
    for panel in panels[count:]:
        panel.set_visible(False)
    return panels[:count]


def frame(axes: Axes, words: Words, outcome: str, unit: str, ticks: Mapping[float, str], *, first: bool) -> None:
    """Set the rows' names, the zero line, the unit and the panel's title."""
    style.zero_line(axes)
    places = list(ticks)
    axes.set_yticks(places, list(ticks.values()))
    axes.set_ylim(max(places) + 0.6, min(places) - 0.6)
    axes.tick_params(axis="y", length=0, labelleft=first)
    axes.grid(axis="x")
    low, high = axes.get_xlim()
    reach = max(abs(low), abs(high)) or 1.0
    axes.set_xlim(min(low, -0.08 * reach), max(high, 0.08 * reach))
    style.number_ticks(axes.xaxis, words.number.signed, most=3)
    axes.set_xlabel(style.wrap(words.text.unit(unit), 24))
    axes.set_title(style.wrap(words.short(outcome), _TITLE_LETTERS))


def one_line(name: str, letters: int) -> str:
    """Shorten a name at a word, so that its row keeps one line."""
    if len(name) <= letters:
        return name
    return name[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,:(") + "…"


def two_lines(name: str, letters: int) -> str:
    """Break a name into one or two lines, after a colon if it can be, else at a word; shorten what does not fit."""
    head, _, tail = name.rpartition(": ")
    if head and len(name) > letters and max(len(head) + 1, len(tail)) <= letters:
        return f"{head}:\n{tail}"
    first, *rest = textwrap.wrap(name, letters) or [""]
    return "\n".join([first, one_line(" ".join(rest), letters)]) if rest else first


def verdict_marks(words: Words, present: Collection[Verdict]) -> list[Line2D]:
    """Return legend entries for the verdicts that are drawn."""
    return [
        Line2D(
            [], [], color=paint, marker=shape, markerfacecolor=paint if filled else "white", linewidth=1.6,
            label=words.text(f"verdict_long.{verdict.value}"),
        )
        for verdict, (paint, shape, filled) in MARKS.items()
        if verdict in present
    ]  # fmt: skip


def strength(mean: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return how far each value lies from zero in half widths of its interval; its size without interval."""
    half = (np.asarray(high) - np.asarray(low)) / 2.0
    size = np.abs(np.asarray(mean, dtype=np.float64))
    spread = np.isfinite(half) & (half > 0.0)
    return np.where(spread, size / np.where(spread, half, 1.0), np.where(size > 0.0, np.inf, 0.0))
