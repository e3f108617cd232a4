"""Draw figures under headings, one a row: the published range as a bar, the model's number and interval in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.panels import two_lines
from sim.report.numbers import Numbers
from sim.report.words import Words

INSIDE, OUTSIDE = "#0072B2", style.WORSE
SHAPES = {"fit": "o", "held_out": "D", "apart": "s", "none": "o"}
"""Shape of the model's mark by what a figure is for."""
_LABEL_LETTERS, _ROW_INCHES, _HEAD_INCHES, _MOST_INCHES = 46, 0.235, 0.27, 10.2
_BAR = 0.5
_SECOND_LINE = 0.55
"""What a second line of a name adds to a row, in rows."""
_LEAST_SHARE = 0.001
"""Shares that would be written as nothing are written as less than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row; numbers on the scale of the axis, NaN where there is none."""

    label: str
    low: float
    high: float
    published: float
    simulated: float
    sim_low: float
    sim_high: float
    inside: bool | None
    """None where nothing is published: neither."""
    use: str
    """Key of `SHAPES`."""
    text: str
    """The numbers in words, to the right."""


def draw_ranges(
    groups: Sequence[tuple[str, Sequence[Line]]], limits: tuple[float, float], words: Words
) -> tuple[Figure, Axes]:
    """Return a figure with all rows and its axes, to be given axis and legend; what lies outside gets an arrow."""
    named = [(heading, [(line, two_lines(line.label, _LABEL_LETTERS)) for line in lines]) for heading, lines in groups]
    rows, heads = sum(_height(label) for _, lines in named for _, label in lines), len(named)
    figure = style.new_figure(min(1.5 + _ROW_INCHES * rows + _HEAD_INCHES * heads, _MOST_INCHES))
    axes = figure.subplots()
    places, labels, at = list[float](), list[str](), 0.0
    for heading, lines in named:
        _head(axes, heading, at)
        at += 0.5
        for line, label in lines:
            at += _height(label) / 2
            places.append(at)
            labels.append(label)
            _row(axes, line, at, limits)
            at += _height(label) / 2
        at += 0.5
        at += 0.25
    axes.set_xlim(*limits)
    axes.set_ylim(at - 0.4, -0.7)
    axes.set_yticks(places, labels, fontsize=style.FONT_POINTS - 1.0)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return figure, axes


def _height(label: str) -> float:
    return 1.0 + _SECOND_LINE * label.count("\n")


def _head(axes: Axes, heading: str, at: float) -> None:
    """Write a heading across the rows: it takes no part in the layout, which the rows' own names decide."""
    text = axes.text(0.0, at, f" {heading}", transform=axes.get_yaxis_transform(), va="center", fontweight="bold")
    text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.0})
    text.set_in_layout(False)


def _row(axes: Axes, line: Line, at: float, limits: tuple[float, float]) -> None:
    if math.isfinite(line.low):
        left, right = (min(max(end, limits[0]), limits[1]) for end in (line.low, line.high))
        axes.barh([at], [right - left], left=left, height=_BAR, color=style.LIGHT, zorder=1)
        if math.isfinite(line.published):
            axes.plot([line.published] * 2, [at - _BAR / 2, at + _BAR / 2], color=style.GREY, linewidth=1.4, zorder=2)
    paint = OUTSIDE if line.inside is False else INSIDE
    if math.isfinite(line.sim_low) and math.isfinite(line.sim_high):
        ends = [min(max(end, limits[0]), limits[1]) for end in (line.sim_low, line.sim_high)]
        axes.plot(ends, [at, at], color=paint, linewidth=1.5, solid_capstyle="butt", zorder=3)
    if math.isfinite(line.simulated):
        shown = min(max(line.simulated, limits[0]), limits[1])
        beyond = {line.simulated < limits[0]: "<", line.simulated > limits[1]: ">"}.get(True)
        face = "white" if line.inside is False else paint
        axes.plot(
            [shown], [at], marker=beyond or SHAPES[line.use], color=paint, markerfacecolor=face, markersize=5,
            markeredgewidth=1.3, clip_on=False, zorder=4,
        )  # fmt: skip
    axes.text(
        1.02, at, line.text, transform=axes.get_yaxis_transform(), va="center", fontsize=style.FONT_POINTS - 1.0,
        color=OUTSIDE if line.inside is False else "black",
    )  # fmt: skip


def key(words: Words, uses: Sequence[str], *, published: bool, outside: bool) -> list[Line2D | Patch]:
    """Return legend entries: the published range, each shape that occurs, inside and outside."""
    found: list[Line2D | Patch] = []
    if published:
        found.append(Patch(color=style.LIGHT, label=words.text("ranges.published")))
        figure = {"color": style.GREY, "marker": "|", "markersize": 9, "markeredgewidth": 1.4, "linewidth": 0.0}
        found.append(Line2D([], [], **figure, label=words.text("ranges.figure")))  # type: ignore[arg-type]  # mixed kinds
    for use in uses:
        found.append(_mark(words.text(f"ranges.{use}"), SHAPES[use], INSIDE, filled=True))
    if outside:
        found.append(_mark(words.text("ranges.outside"), "o", OUTSIDE, filled=False))
    return found


def _mark(label: str, shape: str, paint: str, *, filled: bool) -> Line2D:
    face = paint if filled else "white"
    return Line2D([], [], color=paint, marker=shape, markerfacecolor=face, markersize=5, linewidth=1.5, label=label)


def written(value: float, unit: str, number: Numbers, decimals: int | None = None) -> str:
    """Return a number as a planner reads it: shares and relative changes in per cent."""
    if unit == "relative_change":
        return number.percent(value, signed=True)
    if unit.startswith("share") or unit == "ratio":
        return f"<{number.percent(_LEAST_SHARE)}" if 0.0 < value < _LEAST_SHARE / 2 else number.percent(value)
    if unit == "difference":
        return number.signed(value, 2 if decimals is None else decimals)
    return number.plain(value, 2 if unit in ("rate_ratio", "odds_ratio") else decimals)
