"""Draw how much of the cost a few people carry."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.spread import read_curve
from sim.report.words import Words

_NAME = "cost_concentration"
_MARKED_SHARE = 0.04
"""Reports 000-002 speak of the 4 % who use about half of the budget."""
_TICKS = (0.001, 0.01, 0.04, 0.1, 0.5, 1.0)


def draw(words: Words) -> Drawn | None:
    """Draw the share of cost carried by the costliest people; None without that distribution."""
    rows = words.results.distribution(_NAME)
    groups = list(dict.fromkeys(map(str, rows["group"])))
    if not groups:
        return None
    with style.house_style():
        figure = style.new_figure(3.8)
        axes = figure.subplots(1, len(groups), squeeze=False, sharey=True)[0]
        for panel, group in zip(axes, groups, strict=True):
            _panel(panel, rows, group, words)
        axes[0].set_ylabel(words.text("figure.concentration.axis_y"))
        title = words.text("figure.concentration.title")
        style.set_title(figure, title)
        handles = [
            Line2D([], [], color=style.colour(place), linestyle=style.line(place), linewidth=1.8, label=words.scenario(name))
            for place, name in enumerate(words.results.scenarios)
        ]  # fmt: skip
        style.legend_below(figure, handles, title=words.text("figure.concentration.legend"))
        return Drawn(
            figure=figure, title=title, alt=" ".join(_alt(rows, group, words) for group in groups)
        )


def _panel(axes: Axes, rows: pd.DataFrame, group: str, words: Words) -> None:
    for place, scenario in enumerate(words.results.scenarios):
        curve = read_curve(rows, scenario, group)
        if curve is None:
            continue
        x, shares = curve
        percent = 100.0 * shares
        axes.plot(x, percent.mean(axis=0), color=style.colour(place), linestyle=style.line(place), linewidth=1.8)
        axes.fill_between(
            x, percent.min(axis=0), percent.max(axis=0), color=style.colour(place), alpha=0.2, linewidth=0
        )
    _mark(axes, rows, group, words)
    axes.set_xscale("log")
    axes.set_xticks(_TICKS, [words.number.plain(100.0 * tick, 1 if tick < 0.01 else 0) for tick in _TICKS])
    axes.minorticks_off()
    axes.set_ylim(0.0, 102.0)
    axes.grid()
    style.number_ticks(axes.yaxis, words.number.plain)
    axes.set_title(words.text.name("concentration", group), fontweight="bold")
    axes.set_xlabel(words.text("figure.concentration.axis_x"))


def _carried(rows: pd.DataFrame, scenario: str, group: str) -> float:
    """Return the share of cost that the costliest 4 % carry, read off the curve."""
    curve = read_curve(rows, scenario, group)
    return float("nan") if curve is None else float(np.interp(_MARKED_SHARE, curve[0], curve[1].mean(axis=0)))


def _mark(axes: Axes, rows: pd.DataFrame, group: str, words: Words) -> None:
    """Point out what the costliest 4 % carry in the baseline."""
    carried = _carried(rows, words.results.facts.baseline, group)
    axes.plot([_MARKED_SHARE], [100.0 * carried], marker="o", color="black", markersize=6, zorder=5)
    axes.annotate(
        words.text(
            "figure.concentration.mark",
            people=words.number.percent(_MARKED_SHARE),
            cost=words.number.percent(carried),
        ),
        (_MARKED_SHARE, 100.0 * carried),
        xytext=(10, -8),
        textcoords="offset points",
        va="top",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )


def _alt(rows: pd.DataFrame, group: str, words: Words) -> str:
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    return words.text(
        "figure.concentration.alt",
        whole=words.text.name("concentration", group),
        people=words.number.percent(_MARKED_SHARE),
        first=words.scenario(first),
        first_cost=words.number.percent(_carried(rows, first, group)),
        last=words.scenario(last),
        last_cost=words.number.percent(_carried(rows, last, group)),
    )
