"""Draw the futures over the two parameters that tell most: where a choice pays, where not, and the region found."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from sim.analysis.discovery_words import FAILS, PAYS
from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.robustness_results import Looked, RobustnessRead
from sim.report.robustness_sentences import about_look, ends_of, limit_in_words, look_name, parameter_name, share
from sim.report.sources import plain
from sim.report.tables import Row
from sim.report.words import Words

_KINDS = (("pays", PAYS, "#0072B2", "o"), ("fails", FAILS, "#D55E00", "v"))
"""Key of the text, word of the table, colour and mark."""
_HEIGHT_INCHES, _LINE_INCHES, _ACROSS_LETTERS, _UP_LETTERS = 4.7, 0.19, 78, 38
_MARGIN = 0.04
"""Free room beside the outermost futures, as a share of the axis."""


def can_be_drawn(looked: Looked) -> bool:
    """Tell whether there are two parameters, and futures of both kinds."""
    return len(looked.parameters) > 1 and 0 < int(looked.facts["failing"]) < int(looked.facts["n"])


def draw(looked: Looked, found: RobustnessRead, words: Words) -> Drawn:
    """Draw one mark a future; hollow where luck may have decided whether the choice pays."""
    rows = looked.parameters[:2]
    table = found.of_group(looked.decision)
    table = table[table["scenario"] == looked.scenario]
    title = words.text(f"robustness.figure.{'region' if looked.limits else 'none'}", look=look_name(looked, words))
    with style.house_style():
        marks = _legend(looked, table, words)
        figure = style.new_figure(_HEIGHT_INCHES + _LINE_INCHES * len(marks))
        axes = figure.subplots()
        across, up = (_axis(axes, place, row, table, found, words) for place, row in enumerate(rows))
        if looked.limits:
            _region(axes, rows, across, up)
        _marks(axes, rows, table)
        style.set_title(figure, title)
        style.legend_below(figure, marks, columns=2)
    return Drawn(figure=figure, title=title, alt=about_look(looked, found, words))


def _axis(
    axes: Axes, place: int, row: Row, table: pd.DataFrame, found: RobustnessRead, words: Words
) -> tuple[float, float]:
    """Label one axis and return its ends; by factors where the range is gone through by factors."""
    name = str(row["parameter"])
    about, values = found.parameter(name), table[name].to_numpy(np.float64)
    axis = (axes.xaxis, axes.yaxis)[place]
    is_log = about["scale"] == "log"
    low, high = float(values.min()), float(values.max())
    if is_log:
        room = (high / low) ** _MARGIN
        ends = (low / room, high * room)
        (axes.set_xscale, axes.set_yscale)[place]("log")
        axis.set_major_locator(LogLocator(subs=(1.0, 1.5, 2.0, 3.0, 5.0, 7.0)))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(style.NumberTicks(words.number.plain))
    else:
        room = _MARGIN * (high - low)
        ends = (low - room, high + room)
        style.number_ticks(axis, words.number.plain)
    (axes.set_xlim, axes.set_ylim)[place](*ends)
    axis.set_label_text(style.wrap(_label(name, str(about["unit"]), words), (_ACROSS_LETTERS, _UP_LETTERS)[place]))
    return ends


def _label(name: str, unit: str, words: Words) -> str:
    """Name a parameter with its unit; a share says so by itself."""
    if unit == "share":
        return parameter_name(name, words)
    known = {"factor": "robustness.times_start" if name.endswith("*") else "sensitivity.factor"}
    named = words.text(known[unit]) if unit in known else words.text.unit(unit)
    return f"{parameter_name(name, words)}, {named}"


def _region(axes: Axes, rows: tuple[Row, ...], across: tuple[float, float], up: tuple[float, float]) -> None:
    """Draw the region as far as these two parameters limit it."""
    (left, right), (bottom, top) = (_ends(row, ends) for row, ends in zip(rows, (across, up), strict=True))
    axes.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, facecolor=style.LIGHT, edgecolor=style.BLACK,
                  linewidth=1.4, linestyle="--", alpha=0.55, zorder=1)
    )  # fmt: skip


def _ends(row: Row, whole: tuple[float, float]) -> tuple[float, float]:
    low, high = float(row["low"]), float(row["high"])
    return (whole[0] if math.isnan(low) else low, whole[1] if math.isnan(high) else high)


def _marks(axes: Axes, rows: tuple[Row, ...], table: pd.DataFrame) -> None:
    for _, pays, paint, shape in _KINDS:
        for unclear in (False, True):
            own = table[(table["pays"] == pays) & ((table["unclear"] == "yes") == unclear)]
            axes.plot(
                own[str(rows[0]["parameter"])], own[str(rows[1]["parameter"])], linestyle="none", marker=shape,
                color=paint, markerfacecolor="white" if unclear else paint, markersize=5.5, zorder=3,
            )  # fmt: skip


def _legend(looked: Looked, table: pd.DataFrame, words: Words) -> list[Line2D | Patch]:
    marks: list[Line2D | Patch] = []
    for kind, pays, paint, shape in _KINDS:
        for hollow in (False, True):
            if hollow and not ((table["pays"] == pays) & (table["unclear"] == "yes")).any():
                continue
            label = words.text(f"robustness.figure.{kind}{'_unclear' if hollow else ''}")
            face = "white" if hollow else paint
            marks.append(
                Line2D([], [], linestyle="none", marker=shape, color=paint, markerfacecolor=face, markersize=5.5,
                       label=label)
            )  # fmt: skip
    if looked.limits:
        label = words.text("robustness.figure.inside", density=share(looked.facts, ends_of("density"), words))
        marks.append(Patch(facecolor=style.LIGHT, edgecolor=style.BLACK, linestyle="--", linewidth=1.4, label=label))
    for row in looked.limits[2:]:
        marks.append(
            Line2D([], [], linestyle="none",
                   label=words.text("robustness.figure.also", limit=plain(limit_in_words(row, words))))
        )  # fmt: skip
    return marks
