"""Draw mixes by what they gain: one aim against another, and all aims weighed against what a mix takes to run."""

from __future__ import annotations

import math

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.allocation_results import AllocationRead
from sim.report.allocation_sentences import gain, uses
from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.style import Drawn
from sim.report.tables import Row
from sim.report.words import Words

_PANEL_INCHES, _HEAD_INCHES = 3.1, 1.35
_ACROSS_LETTERS, _UP_LETTERS = 70, 30
_MARK_POINTS, _LETTER_POINTS = 12.5, 7.5
"""Letters stand inside their marks, so that it is plain which is whose."""
_MILLION = 1e6
_TRIED = {True: ".", False: "x"}
"""Marks of mixes tried, within the budget and beyond it."""
_BEST, _FRONT, _OTHER = style.BETTER, "#0072B2", style.BLACK
_SHAPES = {
    "best": ("D", _BEST, _BEST, style.BLACK),
    "front": ("o", _FRONT, _FRONT, "white"),
    "other": ("o", _OTHER, "white", style.BLACK),
    "beyond": ("s", style.WORSE, "white", style.BLACK),
}
"""Mark, edge, face and letter of each kind of mix."""


def draw_front(read: AllocationRead, words: Words) -> Drawn:
    """Draw every aim that weighs anything against the cost, or against the first aim where cost does not weigh."""
    across = "cost" if "cost" in read.weighed else read.weighed[0]
    others = [aim for aim in read.weighed if aim != across]
    title = words.text("allocation.figure.title_front")
    with style.house_style():
        columns = min(2, len(others))
        rows = math.ceil(len(others) / columns)
        figure = style.new_figure(_HEAD_INCHES + _PANEL_INCHES * rows)
        for axes, aim in zip(panel_grid(figure, len(others), columns), others, strict=True):
            _scatter(axes, read, words, (across, 1.0), aim)
            style.zero_line(axes)
            style.number_ticks(axes.xaxis, words.number.signed, most=4)
            axes.set_xlabel(_gain_label(across, words, _ACROSS_LETTERS // columns))
            axes.set_ylabel(_gain_label(aim, words, _UP_LETTERS))
        _finish(figure, title, read, words)
    return Drawn(figure=figure, title=title, alt=_alt(read, words))


def draw_budget(read: AllocationRead, words: Words) -> Drawn:
    """Draw what all aims weigh together against what a mix takes, with the budget as a line."""
    title = words.text("allocation.figure.title_budget")
    limits = read.limits or {"sek": math.nan}
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + _PANEL_INCHES)
        for axes, (name, limit) in zip(panel_grid(figure, len(limits), len(limits)), limits.items(), strict=True):
            scale = 1.0 / _MILLION if name == "sek" else 1.0
            _scatter(axes, read, words, (name, scale), "score")
            axes.axvline(limit * scale, color=style.WORSE, linestyle="--", linewidth=1.3, zorder=2)
            style.number_ticks(axes.xaxis, words.number.plain, most=4)
            axes.set_xlabel(words.text(f"allocation.figure.axis_{name}"))
            axes.set_ylabel(style.wrap(words.text("allocation.figure.axis_score"), _UP_LETTERS))
        _finish(figure, title, read, words, budget=True)
    return Drawn(figure=figure, title=title, alt=_alt(read, words))


def _scatter(axes: Axes, read: AllocationRead, words: Words, across: tuple[str, float], up: str) -> None:
    """Draw mixes tried as the search saw them, and those confirmed with intervals both ways."""
    name, scale = across
    for within, shape in _TRIED.items():
        tried = read.tried[read.tried["within_budget"] == within]
        axes.plot(
            tried[name] * scale, tried[up], linestyle="none", marker=shape, markersize=4.0, color=style.GREY, zorder=1
        )
    for place, row in reversed(list(enumerate(read.rows))):
        shape, paint, face, ink = _SHAPES[_kind(row)]
        x, y, above = float(row[name]) * scale, float(row[up]), 3.0 + (len(read.rows) - place) / 100.0
        for low, high, upright in ((f"{name}_low", f"{name}_high", False), (f"{up}_low", f"{up}_high", True)):
            ends = [float(row[low]), float(row[high])]
            if not all(map(math.isfinite, ends)):
                continue
            line = ([x, x], ends) if upright else ([end * scale for end in ends], [y, y])
            axes.plot(*line, color=paint, linewidth=1.0, alpha=0.55, zorder=2)
        edge = paint if face == "white" else "white"  # so that marks that overlap are still told apart
        axes.plot(
            [x], [y], marker=shape, markeredgecolor=edge, markerfacecolor=face, markersize=_MARK_POINTS, zorder=above
        )
        axes.annotate(
            str(row["label"]), (x, y), ha="center", va="center", color=ink, fontsize=_LETTER_POINTS, fontweight="bold",
            zorder=above,
        )  # fmt: skip
    style.zero_line(axes, vertical=False)
    style.number_ticks(axes.yaxis, words.number.signed, most=5)
    axes.grid(axis="both")


def _kind(row: Row) -> str:
    if not row["within_budget"]:
        return "beyond"
    return "best" if row["best"] else "front" if row["on_front"] else "other"


def _gain_label(aim: str, words: Words, letters: int) -> str:
    return style.wrap(words.text("allocation.figure.axis_gain", aim=words.text(f"aim.{aim}")), letters)


def _finish(figure: Figure, title: str, read: AllocationRead, words: Words, *, budget: bool = False) -> None:
    style.set_title(figure, title)
    kinds = {_kind(row) for row in read.rows}
    marks: list[Artist] = [
        Line2D([], [], linestyle="none", marker=shape, color=paint, markerfacecolor=face, markersize=8.0,
               label=words.text(f"allocation.figure.{kind}"))
        for kind, (shape, paint, face, _) in _SHAPES.items() if kind in kinds
    ]  # fmt: skip
    for within, shape in _TRIED.items():
        if (read.tried["within_budget"] == within).any():
            label = words.text("allocation.figure.tried" if within else "allocation.figure.tried_beyond")
            marks.append(Line2D([], [], linestyle="none", marker=shape, markersize=4.0, color=style.GREY, label=label))
    if budget:
        label = words.text("allocation.figure.limit")
        marks.append(Line2D([], [], linestyle="--", color=style.WORSE, label=label))
    style.legend_below(figure, marks, columns=2)


def _alt(read: AllocationRead, words: Words) -> str:
    """Give each confirmed mix with what it gains and takes."""
    said = []
    for row in read.rows:
        gains = "; ".join(f"{words.text(f'aim.{aim}')} {gain(row, aim, words)}" for aim in read.weighed)
        kind = words.text(f"allocation.figure.{_kind(row)}")
        said.append(f"{row['label']} ({kind}): {gains}; {uses(row, words)}.")
    return " ".join(said)
