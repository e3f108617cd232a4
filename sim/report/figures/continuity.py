"""Draw how many different faces people meet, and how often the same general practitioner."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.spread import Spread, read_spread
from sim.report.words import Words

_PANELS = (
    ("distinct_physicians", "complex needs"),
    ("home_help_staff_14_days", "all"),
    ("usual_provider_gp", "all"),
)
_TAIL_SHARE = 0.01
"""The axis ends where fewer than this share of people are left."""


def draw(words: Words) -> Drawn | None:
    """Draw the share of people with at least so many; None when no distribution was stored."""
    panels = [
        (rows, name, group)
        for name, group in _PANELS
        if not (rows := words.results.distribution(name)).empty and group in set(rows["group"])
    ]
    if not panels:
        return None
    with style.house_style():
        figure = style.new_figure(3.7)
        axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
        for panel, (rows, name, group) in zip(axes, panels, strict=True):
            _panel(panel, rows, name, group, words)
        axes[0].set_ylabel(words.text("figure.continuity.axis"))
        title = words.text("figure.continuity.title")
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words), title=words.text("figure.continuity.legend"))
        return Drawn(figure=figure, title=title, alt=" ".join(_alt(*panel, words) for panel in panels))


def at_least(spread: Spread) -> np.ndarray:
    """Return the share of people at or above each x, one row per replication."""
    below = np.concatenate([np.zeros((len(spread.shares), 1)), spread.cumulative[:, :-1]], axis=1)
    return 1.0 - below


def _panel(axes: Axes, rows: pd.DataFrame, name: str, group: str, words: Words) -> None:
    end = 0.0
    for place, scenario in enumerate(words.results.scenarios):
        spread = read_spread(rows, scenario, group)
        if spread is None:
            continue
        left = 100.0 * at_least(spread)
        end = max(end, float(spread.x[left.mean(axis=0) >= 100.0 * _TAIL_SHARE][-1]))
        axes.plot(spread.x, left.mean(axis=0), color=style.colour(place), linestyle=style.line(place), linewidth=1.8)
        axes.fill_between(
            spread.x, left.min(axis=0), left.max(axis=0), color=style.colour(place), alpha=0.2, linewidth=0
        )
    axes.set_xlim(0.0, end * 1.02)
    axes.set_ylim(0.0, 102.0)
    axes.grid()
    style.number_ticks(axes.xaxis, words.number.plain, most=4)
    style.number_ticks(axes.yaxis, words.number.plain)
    axes.set_title(style.wrap(words.outcome(name), 24), fontweight="bold")
    unit = words.text.unit(words.registry[name].unit)
    axes.set_xlabel(style.wrap(words.text("figure.continuity.at_least", unit=unit), 28))


def _legend(words: Words) -> list[Line2D]:
    return [
        Line2D([], [], color=style.colour(place), linestyle=style.line(place), linewidth=1.8, label=words.scenario(name))
        for place, name in enumerate(words.results.scenarios)
    ]


def _alt(rows: pd.DataFrame, name: str, group: str, words: Words) -> str:
    """Name the baseline's middle half and where the last scenario's lies."""
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    quarters = []
    for scenario in (first, last):
        spread = read_spread(rows, scenario, group)
        quarters += (
            ["–", "–"]
            if spread is None
            else [words.number.plain(float(spread.at_level(level).mean()), 1) for level in (0.25, 0.75)]
        )
    return words.text(
        "figure.continuity.alt",
        outcome=words.outcome(name),
        first=words.scenario(first),
        first_low=quarters[0],
        first_high=quarters[1],
        last=words.scenario(last),
        last_low=quarters[2],
        last_high=quarters[3],
    )
