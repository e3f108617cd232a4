"""Draw a screening: how far each parameter moves an outcome, against how much that depends on everything else."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.sensitivity_results import Panel, SensitivityRead
from sim.report.sensitivity_sentences import about_panel, panel_name
from sim.report.words import Words

_NAMED = 8
_STRONG = "#0072B2"
_HEIGHT_INCHES, _ACROSS_LETTERS, _UP_LETTERS = 5.4, 78, 52
_LEAST_HEIGHT = 0.1
"""Least height of the figure as a share of its width, in units of the axes."""


def draw(panel: Panel, found: SensitivityRead, words: Words) -> Drawn:
    """Draw mu* with its interval against sigma; the strongest are numbered and named below."""
    ranked = found.ranked(panel)
    effect, spread = (found.by_parameter(panel, name) for name in ("mu_star", "sigma"))
    title = words.text("figure.sensitivity.morris", panel=panel_name(panel, words))
    unit = words.text.unit(panel.unit)
    named = ranked[:_NAMED]
    with style.house_style():
        figure = style.new_figure(_HEIGHT_INCHES + 0.17 * len(named))
        axes = figure.subplots()
        for name in reversed(ranked):
            row, strong = effect[name], name in named
            paint = _STRONG if strong else style.GREY
            at = float(spread[name]["value"])
            axes.plot(
                [float(row["low"]), float(row["high"])], [at, at], color=paint, linewidth=1.2, alpha=0.7, zorder=2
            )
            axes.plot(
                [float(row["value"])], [at], marker="o", color=paint, markerfacecolor=paint if strong else "white",
                markersize=5, zorder=3, clip_on=False,
            )  # fmt: skip
        _numbers(axes, [(float(effect[name]["value"]), float(spread[name]["value"])) for name in named])
        most = _even_line(axes)
        axes.set_xlim(0.0, most)
        axes.set_xlabel(style.wrap(words.text("figure.sensitivity.mu_star", unit=unit), _ACROSS_LETTERS))
        axes.set_ylabel(style.wrap(words.text("figure.sensitivity.sigma", unit=unit), _UP_LETTERS))
        for axis in (axes.xaxis, axes.yaxis):
            style.number_ticks(axis, words.number.plain)
        axes.grid()
        style.set_title(figure, title)
        style.legend_below(figure, _marks(named, words), columns=1)
    return Drawn(figure=figure, title=title, alt=about_panel(panel, found, words))


def _numbers(axes: Axes, places: list[tuple[float, float]]) -> None:
    """Number the strongest, each number a little above its dot, and higher where another one stands there already."""
    width = axes.get_xlim()[1] or 1.0
    height = max(axes.get_ylim()[1], _LEAST_HEIGHT * width)
    taken: list[tuple[float, float]] = []
    for number, (x, y) in enumerate(places, start=1):
        lift = 0.02
        while any(abs(x - a) < 0.025 * width and abs(y + lift * height - b) < 0.035 * height for a, b in taken):
            lift += 0.035
        taken.append((x, y + lift * height))
        axes.text(x, y + lift * height, str(number), ha="center", va="bottom", fontweight="bold", zorder=5)


def _even_line(axes: Axes) -> float:
    """Draw where the spread is as large as the mean effect; return the end of the x-axis."""
    right, high = axes.get_xlim()[1], axes.get_ylim()[1]
    # Where nothing depends on anything else the spread is rounding: it is not blown up to fill the height.
    high = max(high, _LEAST_HEIGHT * right)
    most = max(right, high)
    axes.plot([0.0, most], [0.0, most], color=style.GREY, linewidth=0.9, linestyle="--", zorder=1)
    axes.set_ylim(0.0, high * 1.06)
    return right


def _marks(named: list[str], words: Words) -> list[Line2D]:
    marks = [Line2D([], [], linestyle="none", label=f"{number}  {name}") for number, name in enumerate(named, start=1)]
    even = Line2D([], [], color=style.GREY, linewidth=0.9, linestyle="--", label=words.text("figure.sensitivity.even"))
    interval = Line2D(
        [], [], color=_STRONG, marker="o", markersize=5, linewidth=1.2, label=words.text("figure.sensitivity.interval")
    )
    return [interval, even, *marks]
