"""Draw one distribution per scenario as a row: middle 80 %, middle half and median."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.spread import Spread
from sim.report.words import Words

_OUTER, _INNER = (0.1, 0.9), (0.25, 0.75)


def draw_rows(axes: Axes, spreads: Mapping[str, Spread], width: float, words: Words) -> float:
    """Draw a row per scenario from bins of `width`; return the largest value drawn.

    Quantiles are means over replications.
    """
    scenarios = words.results.scenarios
    largest = 0.0
    for place, scenario in enumerate(scenarios):
        if scenario in spreads:
            largest = max(largest, _row(axes, spreads[scenario], place, width))
    scenario_axis(axes, words)
    axes.grid(axis="x")
    return largest


def scenario_axis(axes: Axes, words: Words) -> None:
    """Name the scenarios down the y-axis, the baseline on top."""
    scenarios = words.results.scenarios
    axes.set_ylim(len(scenarios) - 0.4, -0.6)
    axes.set_yticks(range(len(scenarios)), style.row_labels([words.scenario(name) for name in scenarios]))
    axes.tick_params(axis="y", length=0)


def _row(axes: Axes, spread: Spread, place: int, width: float) -> float:
    largest = 0.0
    for (low, high), thickness in ((_OUTER, 1.6), (_INNER, 7.0)):
        ends = [float(spread.quantile(level, width).mean()) for level in (low, high)]
        axes.plot(
            ends,
            [place, place],
            color=style.colour(place),
            linewidth=thickness,
            solid_capstyle="butt",
            zorder=2,
        )
        largest = max(largest, *ends)
    medians = spread.quantile(0.5, width)
    dot_and_replications(axes, medians, place)
    return largest


def dot_and_replications(axes: Axes, values: np.ndarray, place: int) -> None:
    """Draw the mean of `values` as the scenario's marker and every replication's value as a tick below it."""
    axes.plot(
        [float(values.mean())],
        [place],
        marker=style.marker(place),
        color="black",
        markerfacecolor="white",
        markersize=5.5,
        zorder=4,
    )
    axes.plot(values, np.full(len(values), place + 0.34), "|", color="black", markersize=4, zorder=3)


def row_legend(words: Words) -> list[Artist]:
    """Return legend entries for the parts of a row."""
    median = Line2D([], [], color="black", linewidth=0.0, marker="o", markerfacecolor="white", markersize=5.5)
    half = Line2D([], [], color=style.GREY, linewidth=7.0, solid_capstyle="butt")
    most = Line2D([], [], color=style.GREY, linewidth=1.6)
    replication = Line2D([], [], color="black", linewidth=0.0, marker="|", markersize=5)
    parts = {"median": median, "half": half, "most": most, "replication": replication}
    for key, part in parts.items():
        part.set_label(words.text(f"rows.{key}"))
    return list(parts.values())
