"""Draw how much of the cost a few people carry: the whole curve today, and the costliest 4 % per scenario."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.rows import dot_and_replications, scenario_axis
from sim.report.figures.style import Drawn
from sim.report.spread import Array, read_curve
from sim.report.words import Words

_NAME = "cost_concentration"
_MARKED_SHARE = 0.04
"""Reports 000-002 speak of the 4 % who use about half of the budget."""
_TICKS = (0.001, 0.01, 0.04, 0.1, 1.0)


def draw(words: Words) -> Drawn | None:
    """Draw the baseline's curves and each scenario's costliest 4 %; None without that distribution."""
    rows = words.results.distribution(_NAME)
    groups = list(dict.fromkeys(map(str, rows["group"])))
    if not groups:
        return None
    names = [words.scenario(scenario) for scenario in words.results.scenarios]
    with style.house_style():
        figure = style.new_figure(max(3.6, 1.6 + style.row_inches(names) * len(words.results.scenarios)))
        axes = figure.subplots(1, 1 + len(groups), width_ratios=[1.5, *(1.0 for _ in groups)])
        _curves(axes[0], rows, groups, words)
        for panel, group in zip(axes[1:], groups, strict=True):
            _carried_rows(panel, rows, group, words, first=group == groups[0])
        title = words.text("figure.concentration.title")
        style.set_title(figure, title)
        handles = [
            Line2D([], [], color=style.colour(place), linestyle=style.line(place), linewidth=1.8,
                   label=words.text.name("concentration", group))
            for place, group in enumerate(groups, start=1)
        ]  # fmt: skip
        style.legend_below(figure, handles, title=words.text("figure.concentration.legend"))
        return Drawn(figure=figure, title=title, alt=" ".join(_alt(rows, group, words) for group in groups))


def _curves(axes: Axes, rows: pd.DataFrame, groups: list[str], words: Words) -> None:
    baseline = words.results.facts.baseline
    for place, group in enumerate(groups, start=1):
        curve = read_curve(rows, baseline, group)
        if curve is None:
            continue
        x, percent = curve[0], 100.0 * curve[1]
        axes.plot(x, percent.mean(axis=0), color=style.colour(place), linestyle=style.line(place), linewidth=1.8)
        axes.fill_between(
            x, percent.min(axis=0), percent.max(axis=0), color=style.colour(place), alpha=0.25, linewidth=0
        )
    axes.axvline(_MARKED_SHARE, color="black", linewidth=1.0, linestyle=":")
    axes.set_xscale("log")
    axes.set_xticks(_TICKS, [words.number.plain(100.0 * tick, 1 if tick < 0.01 else 0) for tick in _TICKS])
    axes.minorticks_off()
    axes.set_ylim(0.0, 102.0)
    axes.grid()
    style.number_ticks(axes.yaxis, words.number.plain)
    axes.set_title(style.wrap(words.scenario(baseline), 24), fontweight="bold")
    axes.set_xlabel(style.wrap(words.text("figure.concentration.axis_x"), 30))
    axes.set_ylabel(words.text("figure.concentration.axis_y"))


def _carried(rows: pd.DataFrame, scenario: str, group: str) -> Array:
    """Return the share of cost that the costliest 4 % carry, one per replication; empty without a curve."""
    curve = read_curve(rows, scenario, group)
    if curve is None:
        return np.empty(0)
    return np.array([np.interp(_MARKED_SHARE, curve[0], shares) for shares in curve[1]])


def _carried_rows(axes: Axes, rows: pd.DataFrame, group: str, words: Words, *, first: bool) -> None:
    for place, scenario in enumerate(words.results.scenarios):
        carried = 100.0 * _carried(rows, scenario, group)
        if len(carried):
            dot_and_replications(axes, carried, place)
    scenario_axis(axes, words)
    axes.tick_params(axis="y", labelleft=first)
    axes.grid(axis="x")
    style.number_ticks(axes.xaxis, words.number.plain, most=3)
    axes.margins(x=0.12)
    axes.set_title(style.wrap(words.text.name("concentration", group), 20), fontweight="bold")
    axes.set_xlabel(style.wrap(words.text("figure.concentration.axis_rows"), 20))


def _alt(rows: pd.DataFrame, group: str, words: Words) -> str:
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    shares = [_carried(rows, scenario, group) for scenario in (first, last)]
    said = [words.number.percent(float(found.mean()) if len(found) else math.nan) for found in shares]
    return words.text(
        "figure.concentration.alt",
        whole=words.text.name("concentration", group),
        first=words.scenario(first),
        first_cost=said[0],
        last=words.scenario(last),
        last_cost=said[1],
    )
