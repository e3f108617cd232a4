"""Draw a fit: published ranges beside what the model gives before and after, and what is left of each parameter."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.numbers import Numbers
from sim.report.tables import Row, records
from sim.report.texts import Texts

_ROW_INCHES = 0.27
_EDGES = (-1.0, 2.0)
"""Where rows are cut off, in widths of the published range; an arrow says so."""
_BEFORE, _AFTER = 0.2, -0.14
_MOST_PARAMETERS = 36
_LABEL_LETTERS = 40


def draw_targets(targets: pd.DataFrame, text: Texts) -> Drawn:
    """Draw one row per target: its published range as a band, simulated intervals before and after the fit beside it.

    `targets` has the columns of targets.csv. All bands are equally wide, on the scale of the target (logarithm of
    ratios, log odds of shares), so that rows of different units can be read together; the numbers stand to the right.
    """
    rows = records(targets)
    inside = sum(bool(row["inside"]) for row in rows)
    with style.house_style():
        figure = style.new_figure(1.5 + _ROW_INCHES * len(rows))
        axes = figure.subplots()
        axes.axvspan(0.0, 1.0, color=style.LIGHT, zorder=0)
        for place, row in enumerate(rows):
            _interval(axes, row, ("prior_low", "start", "prior_high"), place + _BEFORE, filled=False)
            _interval(axes, row, ("after_low", "after", "after_high"), place + _AFTER, filled=True)
        _row_names(axes, [_name(row, text) for row in rows])
        numbers = axes.secondary_yaxis("right")
        numbers.set_yticks(range(len(rows)), [_in_numbers(row, text) for row in rows])
        numbers.tick_params(length=0)
        axes.set_xlim(_EDGES[0] - 0.08, _EDGES[1] + 0.08)
        axes.set_xticks([0.0, 1.0], [text("figure.fit_targets.low"), text("figure.fit_targets.high")])
        axes.set_xlabel(text("figure.fit_targets.axis"))
        style.legend_below(figure, _legend(text))
        title = text("figure.fit_targets.title", inside=inside, all=len(rows))
        style.set_title(figure, title)
        alt = "; ".join(f"{_name(row, text)}: {_in_numbers(row, text)}" for row in rows)
        return Drawn(figure=figure, title=title, alt=alt)


def draw_parameters(parameters: pd.DataFrame, text: Texts) -> Drawn:
    """Draw what is left of the parameters that the fit narrowed most: 90 % of the ensemble within the whole range.

    `parameters` has the columns of parameters.csv.
    """
    searched = parameters[parameters["searched"]].sort_values("sd_ratio", kind="stable").head(_MOST_PARAMETERS)
    rows = records(searched)
    identified = int(parameters["identified"].sum())
    with style.house_style():
        figure = style.new_figure(1.5 + _ROW_INCHES * max(len(rows), 1))
        axes = figure.subplots()
        for place, row in enumerate(rows):
            axes.plot([0.0, 1.0], [place, place], color=style.LIGHT, linewidth=7.0, solid_capstyle="butt", zorder=1)
            ends = [_within(row, key) for key in ("after_low", "after_high")]
            axes.plot(ends, [place, place], color=style.colour(1), linewidth=4.0, solid_capstyle="butt", zorder=2)
            axes.plot([_within(row, "after_median")], [place], "o", color="black", markersize=4, zorder=4)
            axes.plot([_within(row, "start")], [place], "|", color="black", markersize=9, zorder=3)
        _row_names(axes, [str(row["parameter"]) for row in rows])
        axes.set_xlim(-0.02, 1.02)
        style.number_ticks(axes.xaxis, Numbers(lang=text.lang).plain)
        axes.set_xlabel(text("figure.fit_parameters.axis"))
        style.legend_below(figure, _parameter_legend(text))
        title = text("figure.fit_parameters.title", identified=identified, all=len(parameters))
        style.set_title(figure, title)
        alt = "; ".join(
            f"{row['parameter']}: {_within(row, 'after_low'):.2f}-{_within(row, 'after_high'):.2f}" for row in rows
        )
        return Drawn(figure=figure, title=title, alt=alt)


def _interval(axes: Axes, row: Row, keys: Sequence[str], at: float, *, filled: bool) -> None:
    """Draw one interval with its mean, cut off at the edges with an arrow."""
    low, mean, high = (_position(row, key) for key in keys)
    paint = style.colour(1) if filled else style.GREY
    if math.isfinite(low) and math.isfinite(high):
        ends = [float(np.clip(end, *_EDGES)) for end in (low, high)]
        axes.plot(ends, [at, at], color=paint, linewidth=2.2 if filled else 1.1, solid_capstyle="butt", zorder=2)
        for beyond, edge, arrow in ((low < _EDGES[0], _EDGES[0], "<"), (high > _EDGES[1], _EDGES[1], ">")):
            if beyond:
                axes.plot([edge], [at], arrow, color=paint, markersize=3.5, zorder=3)
    if _EDGES[0] <= mean <= _EDGES[1]:
        face = paint if filled else "white"
        axes.plot([mean], [at], "o", color=paint, markerfacecolor=face, markersize=4.5, zorder=4)


def _position(row: Row, key: str) -> float:
    """Return where a number lies: 0 = lower end of the published range, 1 = upper end, on the target's scale."""
    low, value, high = (_scaled(float(row[name]), row) for name in ("low", key, "high"))
    return (value - low) / (high - low) if high > low else math.nan


def _scaled(number: float, row: Row) -> float:
    if row["scale"] == "plain" or not math.isfinite(number):
        return number
    if row["scale"] == "logit":
        share = min(max(number, 1e-4), 1.0 - 1e-4)
        return math.log(share / (1.0 - share))
    ratio = 1.0 + number if row["unit"] == "relative_change" else number
    return math.log(ratio) if ratio > 0 else math.nan


def _within(row: Row, key: str) -> float:
    """Return where a value lies in the range of its parameter, 0 to 1, on the parameter's scale."""
    low, value, high = (float(row[name]) for name in ("low", key, "high"))
    if row["scale"] == "log":
        low, value, high = math.log(low), math.log(value), math.log(high)
    return (value - low) / (high - low)


def _name(row: Row, text: Texts) -> str:
    """Return the name of a target; one of a study's several outcomes has the outcome behind a full stop."""
    return text.name("target", str(row["target"])).replace(".", ": ")


def _in_numbers(row: Row, text: Texts) -> str:
    """Return the published range and the mean after the fit."""
    write = Numbers(lang=text.lang)
    low, high, after = (float(row[key]) for key in ("low", "high", "after"))
    found = write.short(after) if math.isfinite(after) else "-"
    return text("figure.fit_targets.numbers", low=write.short(low), high=write.short(high), after=found)


def _row_names(axes: Axes, names: Sequence[str]) -> None:
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), [name if len(name) <= _LABEL_LETTERS else f"{name[:39]}…" for name in names])
    axes.tick_params(axis="y", length=0)


def _legend(text: Texts) -> list[Patch | Line2D]:
    return [
        Patch(color=style.LIGHT, label=text("figure.fit_targets.published")),
        Line2D(
            [], [], color=style.GREY, linewidth=1.1, marker="o", markerfacecolor="white", markersize=4.5,
            label=text("figure.fit_targets.before"),
        ),
        Line2D(
            [], [], color=style.colour(1), linewidth=2.2, marker="o", markersize=4.5,
            label=text("figure.fit_targets.after"),
        ),
    ]  # fmt: skip


def _parameter_legend(text: Texts) -> list[Line2D]:
    return [
        Line2D([], [], color=style.LIGHT, linewidth=7.0, label=text("figure.fit_parameters.range")),
        Line2D([], [], color=style.colour(1), linewidth=4.0, label=text("figure.fit_parameters.left")),
        Line2D(
            [], [], color="black", linewidth=0.0, marker="o", markersize=4, label=text("figure.fit_parameters.median")
        ),
        Line2D(
            [], [], color="black", linewidth=0.0, marker="|", markersize=9, label=text("figure.fit_parameters.start")
        ),
    ]
