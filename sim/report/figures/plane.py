"""Draw the cost-effectiveness plane: what each scenario costs more against what it gains, run by run."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.analysis.value_acceptability import ellipse
from sim.analysis.value_settings import FULL
from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.sources import plain
from sim.report.value_results import ValueResults, estimate
from sim.report.value_words import MILLION, gained, held, millions, unit, whose
from sim.report.words import Words


def draw(words: Words) -> Drawn | None:
    """Draw one small point per run, the mean and its 95 % region for each scenario; None when nothing was valued."""
    value = held(words)
    if value is None:
        return None
    shown = [name for name in words.results.compared if value.option(name, FULL) is not None]
    row = value.rows("value", FULL).iloc[0]
    with style.house_style():
        figure = style.new_figure(5.0)
        axes = figure.subplots()
        for place, scenario in enumerate(words.results.compared, start=1):
            if scenario in shown:
                _scenario(axes, value, scenario, place, of_next_run=bool(words.results.facts.fit))
        _frame(axes, str(row["effect"]), words)
        threshold = _threshold(axes, float(row["price"]) / MILLION, words, str(row["unit"]), float(row["price"]))
        title = words.text("figure.plane.title", whose=whose(value, words))
        style.set_title(figure, title)
        marks = style.scenario_marks([words.scenario(name) for name in words.results.compared])
        style.legend_below(figure, [*marks, threshold], columns=2, title=words.text("figure.plane.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(value, shown, words))


def _scenario(axes: Axes, value: ValueResults, scenario: str, place: int, *, of_next_run: bool) -> None:
    points = value.rows("value_points", FULL, scenario)
    cost, gain = points["cost_sek"].to_numpy(np.float64) / MILLION, points["gain"].to_numpy(np.float64)
    paint = style.colour(place)
    outline = ellipse(cost, gain, of_next_run=of_next_run)
    if outline is not None:
        axes.plot(outline[:, 0], outline[:, 1], color=paint, linewidth=1.3, zorder=3)
    axes.plot(gain, cost, linestyle="", marker=style.marker(place), color=paint, markersize=3, alpha=0.45, zorder=2)
    mean = value.option(scenario, FULL)
    assert mean is not None, "only scenarios with a row are drawn"
    middle = ([float(mean["gain"])], [float(mean["cost"]) / MILLION])
    axes.plot(*middle, marker=style.marker(place), color=paint, markeredgecolor="white", markersize=8, zorder=4)


def _frame(axes: Axes, effect: str, words: Words) -> None:
    axes.grid()
    style.zero_line(axes)
    style.zero_line(axes, vertical=False)
    axes.plot([0.0], [0.0], marker=style.marker(0), color=style.colour(0), markersize=7, zorder=4)
    for get, put in ((axes.get_xlim, axes.set_xlim), (axes.get_ylim, axes.set_ylim)):
        low, high = get()
        reach = max(abs(low), abs(high)) or 1.0
        put(min(low - 0.1 * reach, -0.4 * reach), max(high + 0.1 * reach, 0.4 * reach))
    style.number_ticks(axes.xaxis, words.number.signed)
    style.number_ticks(axes.yaxis, words.number.signed)
    axes.set_xlabel(style.wrap(words.text("figure.plane.gain", unit=unit(effect, words)), 80))
    axes.set_ylabel(style.wrap(words.text("figure.plane.cost"), 30))
    corners = (("better", 0.985, 0.02), ("saves", 0.015, 0.02), ("worse", 0.015, 0.98), ("gains", 0.985, 0.98))
    for key, x, y in corners:
        axes.text(
            x,
            y,
            style.wrap(words.text(f"figure.plane.{key}"), 22),
            transform=axes.transAxes,
            ha="left" if x < 0.5 else "right",
            va="bottom" if y < 0.5 else "top",
            color=style.GREY,
            style="italic",
        )


def _threshold(axes: Axes, slope: float, words: Words, named: str, price: float) -> Line2D:
    """Draw the line below which a scenario is worth its cost at the price of the table, and return its legend entry."""
    (low, high), limits = axes.get_xlim(), axes.get_ylim()
    axes.plot(
        [low, high], [slope * low, slope * high], color=style.GREY, linestyle=(0, (4, 3)), linewidth=1.0, zorder=1
    )
    axes.set_xlim(low, high)
    axes.set_ylim(*limits)
    label = words.text("figure.plane.line", price=words.number.count(price), unit=words.text.unit(named))
    return Line2D([], [], color=style.GREY, linestyle=(0, (4, 3)), linewidth=1.0, label=label)


def _alt(value: ValueResults, shown: list[str], words: Words) -> str:
    said = []
    for scenario in shown:
        row = value.option(scenario, FULL)
        if row is not None:
            cost, _ = millions(estimate(row, "cost", "cost_low", "cost_high"), words)
            title = words.scenario(scenario)
            said.append(words.text("figure.plane.alt", scenario=title, cost=cost, gain=plain(gained(row, words))))
    return " ".join(said)
