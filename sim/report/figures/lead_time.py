"""Draw how long hand-overs take, by how far apart the two are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.spread import Spread, read_spread
from sim.report.words import Words

_NAME = "lead_time_days"
_BIN_DAYS = 1.0
_OUTER, _INNER = (0.1, 0.9), (0.25, 0.75)


def draw(words: Words) -> Drawn | None:
    """Draw the middle half, the middle 80 % and the median per scenario; None without lead times."""
    rows = words.results.distribution(_NAME)
    distances = [group for group in sorted(set(rows["group"])) if group != "0"]
    if not distances:
        return None
    scenarios = words.results.scenarios
    with style.house_style():
        figure = style.new_figure(1.9 + 0.27 * len(scenarios))
        axes = figure.subplots(1, len(distances), squeeze=False, sharey=True, sharex=True)[0]
        for panel, distance in zip(axes, distances, strict=True):
            _panel(panel, rows, distance, words)
        title = words.text("figure.lead_time.title")
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words), title=words.text("figure.lead_time.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(rows, distances, words))


def _panel(axes: Axes, rows: pd.DataFrame, distance: str, words: Words) -> None:
    scenarios = words.results.scenarios
    for place, scenario in enumerate(scenarios):
        spread = read_spread(rows, scenario, distance)
        if spread is not None:
            _row(axes, spread, place)
    axes.set_ylim(len(scenarios) - 0.4, -0.6)
    axes.set_yticks(range(len(scenarios)), [style.wrap(words.scenario(name), 20) for name in scenarios])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlim(left=0.0)
    style.number_ticks(axes.xaxis, words.number.plain, most=3)
    axes.set_title(style.wrap(words.text.name("distance", distance), 14), fontweight="bold")
    axes.set_xlabel(words.text.unit("days"))


def _row(axes: Axes, spread: Spread, place: int) -> None:
    """Draw one scenario: quantiles are means over replications, small ticks the single replications."""
    paint = style.colour(place)
    for (low, high), width in ((_OUTER, 1.6), (_INNER, 7.0)):
        ends = [float(spread.quantile(level, _BIN_DAYS).mean()) for level in (low, high)]
        axes.plot(ends, [place, place], color=paint, linewidth=width, solid_capstyle="butt", zorder=2)
    medians = spread.quantile(0.5, _BIN_DAYS)
    axes.plot(
        [float(medians.mean())],
        [place],
        marker=style.marker(place),
        color="black",
        markerfacecolor="white",
        markersize=5.5,
        zorder=4,
    )
    axes.plot(medians, np.full(len(medians), place + 0.34), "|", color="black", markersize=4, zorder=3)


def _legend(words: Words) -> list[Line2D | Patch]:
    return [
        Line2D([], [], color="black", marker="o", markerfacecolor="white", linewidth=0, markersize=5.5,
               label=words.text("figure.lead_time.median")),
        Line2D([], [], color=style.GREY, linewidth=7.0, label=words.text("figure.lead_time.half")),
        Line2D([], [], color=style.GREY, linewidth=1.6, label=words.text("figure.lead_time.most")),
        Line2D([], [], color="black", marker="|", linewidth=0, markersize=5,
               label=words.text("figure.lead_time.replication")),
    ]  # fmt: skip


def _alt(rows: pd.DataFrame, distances: list[str], words: Words) -> str:
    """Name the median of the baseline and of the last scenario at each distance."""
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    said = []
    for distance in distances:
        spreads = [read_spread(rows, scenario, distance) for scenario in (first, last)]
        medians = [
            words.number.plain(float(spread.quantile(0.5, _BIN_DAYS).mean()), 1)
            for spread in spreads
            if spread is not None
        ]
        if len(medians) == 2:
            said.append(
                words.text(
                    "figure.lead_time.alt",
                    distance=words.text.name("distance", distance).lower(),
                    first=words.scenario(first),
                    first_median=medians[0],
                    last=words.scenario(last),
                    last_median=medians[1],
                )
            )
    return " ".join(said)
