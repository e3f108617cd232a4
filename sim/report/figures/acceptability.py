"""Draw how surely each scenario is worth its cost, over what may be paid, and which is best of all."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.analysis.value_settings import CASH, FULL
from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.style import Drawn
from sim.report.value_results import ValueResults
from sim.report.value_words import held, kinds, whose
from sim.report.words import Words

_COLUMNS = 3
_DASH: style.LineStyle = (0.0, (3, 2))


def draw(words: Words) -> Drawn | None:
    """Draw a panel per scenario against the baseline, and one with the best of all; None when nothing was valued."""
    value = held(words)
    if value is None:
        return None
    shown = [name for name in words.results.compared if len(value.rows("acceptability", FULL, name))]
    count = len(shown) + 1
    columns = min(_COLUMNS, count)
    with style.house_style():
        figure = style.new_figure(1.5 + 2.0 * -(-count // columns))
        *panels, last = panel_grid(figure, count, columns)
        places = {name: place for place, name in enumerate(words.results.compared, start=1)}
        for axes, name in zip(panels, shown, strict=True):
            _pair(axes, value, name, places[name], words)
        _best(last, value, {words.results.facts.baseline: 0, **places}, words)
        title = words.text("figure.acceptability.title", whose=whose(value, words))
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words), columns=2, title=words.text("figure.acceptability.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(value, shown, words))


def _legend(words: Words) -> list[Line2D | Patch]:
    names = kinds(words)
    return [
        Line2D([], [], color=style.BLACK, label=names[FULL]),
        Line2D([], [], color=style.BLACK, linestyle=_DASH, label=names[CASH]),
        Patch(facecolor=style.LIGHT, label=words.text("figure.acceptability.band")),
        Line2D([], [], color=style.GREY, marker="o", markersize=4, label=words.text("figure.acceptability.marks")),
    ]


def _pair(axes: Axes, value: ValueResults, scenario: str, place: int, words: Words) -> None:
    for kind, pattern in ((FULL, "-"), (CASH, _DASH)):
        curve = value.rows("acceptability", kind, scenario).sort_values("price")
        if curve.empty:
            continue
        price = curve["price"]
        axes.plot(price, 100.0 * curve["share_worth_it"], color=style.colour(place), linestyle=pattern, zorder=3)
        if kind == FULL:
            low, high = 100.0 * curve["share_low"], 100.0 * curve["share_high"]
            axes.fill_between(price, low, high, color=style.LIGHT, linewidth=0)
            _frame(axes, str(curve["unit"].iloc[0]), words)
    axes.set_title(style.wrap(words.scenario(scenario), 24), fontweight="bold")


def _best(axes: Axes, value: ValueResults, places: dict[str, int], words: Words) -> None:
    """Draw the frontier: the option with the highest mean net benefit, and the share in which it is the best."""
    curve = value.rows("acceptability", FULL)
    best = curve[curve["on_frontier"] == "True"].sort_values("price")
    axes.plot(best["price"], 100.0 * best["share_best"], color=style.GREY, linewidth=1.0, zorder=2)
    for name, part in best.groupby("scenario", sort=False):
        every = max(1, len(best) // 10)
        axes.plot(
            part["price"], 100.0 * part["share_best"], linestyle="", markersize=5, zorder=3, markevery=every,
            color=style.colour(places[str(name)]), marker=style.marker(places[str(name)]), clip_on=False,
        )  # fmt: skip
    _frame(axes, str(curve["unit"].iloc[0]), words)
    names = " → ".join(words.scenario(str(name)) for name in best["scenario"].drop_duplicates())
    axes.set_title(style.wrap(words.text("figure.acceptability.best", names=names), 24), fontweight="bold")


def _frame(axes: Axes, unit: str, words: Words) -> None:
    axes.set_ylim(-3.0, 103.0)
    axes.grid()
    style.number_ticks(axes.xaxis, words.number.plain, most=2)
    style.number_ticks(axes.yaxis, words.number.plain, most=4)
    axes.set_xlabel(words.text.unit(unit))
    axes.set_ylabel(words.text("figure.acceptability.axis"))


def _alt(value: ValueResults, shown: list[str], words: Words) -> str:
    said = []
    for scenario in shown:
        curve: pd.DataFrame = value.rows("acceptability", FULL, scenario).sort_values("price")
        first, last = curve.iloc[0], curve.iloc[-1]
        said.append(
            words.text(
                "figure.acceptability.alt",
                scenario=words.scenario(scenario),
                low=words.number.count(float(first["price"])),
                high=words.number.count(float(last["price"])),
                unit=words.text.unit(str(first["unit"])),
                first=words.number.percent(float(first["share_worth_it"])),
                last=words.number.percent(float(last["share_worth_it"])),
            )
        )
    return " ".join(said)
