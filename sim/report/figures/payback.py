"""Draw the difference in cost as it adds up quarter by quarter: when is what was spent back?"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.analysis.value_settings import CASH, FULL
from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.style import Drawn
from sim.report.value_results import ValueResults
from sim.report.value_words import MILLION, held, kinds, pays_back, whose
from sim.report.words import Words

_COLUMNS = 3
MARKED: tuple[tuple[str, str, str, style.LineStyle], ...] = (
    (FULL, style.OKABE_ITO[1], "o", "-"),
    (CASH, style.OKABE_ITO[7], "s", (0.0, (3, 2))),
)
"""Kind of cost, colour, marker and line."""


def draw(words: Words) -> Drawn | None:
    """Draw a panel per scenario with a band for full cost and for cash; None for runs shorter than two quarters."""
    value = held(words)
    if value is None:
        return None
    shown = [name for name in words.results.compared if len(value.rows("payback", FULL, name))]
    if not shown:
        return None
    columns = min(_COLUMNS, len(shown))
    with style.house_style():
        figure = style.new_figure(1.2 + 2.0 * -(-len(shown) // columns))
        for axes, scenario in zip(panel_grid(figure, len(shown), columns), shown, strict=True):
            _panel(axes, value, scenario, words)
        title = words.text("figure.payback.title", whose=whose(value, words))
        style.set_title(figure, title)
        style.legend_below(figure, kind_marks(words), columns=2, title=words.text("figure.payback.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(value, shown, words))


def kind_marks(words: Words) -> list[Line2D]:
    """Return legend entries for full cost and cash."""
    names = kinds(words)
    return [
        Line2D([], [], color=paint, marker=shape, linestyle=pattern, markersize=5, label=names[kind])
        for kind, paint, shape, pattern in MARKED
    ]


def _panel(axes: Axes, value: ValueResults, scenario: str, words: Words) -> None:
    for kind, paint, shape, pattern in MARKED:
        found = value.rows("payback", kind, scenario).sort_values("quarter")
        quarter = [0, *found["quarter"]]
        mean, low, high = ([0.0, *(found[name] / MILLION)] for name in ("cumulated", "low", "high"))
        axes.plot(quarter, mean, color=paint, marker=shape, linestyle=pattern, markersize=4, zorder=3)
        axes.fill_between(quarter, low, high, color=paint, alpha=0.18, linewidth=0)
    style.zero_line(axes, vertical=False)
    axes.grid(axis="y")
    axes.set_title(style.wrap(words.scenario(scenario), 24), fontweight="bold")
    axes.set_xlabel(words.text("figure.over_time.quarter"))
    axes.set_ylabel(words.text("figure.payback.axis"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    style.number_ticks(axes.yaxis, words.number.signed, most=4)


def _alt(value: ValueResults, shown: list[str], words: Words) -> str:
    said = []
    for scenario in shown:
        found = value.rows("payback", FULL, scenario).sort_values("quarter")
        when = pays_back(found.iloc[-1], len(found), words)
        said.append(words.text("figure.payback.alt", scenario=words.scenario(scenario), when=when))
    return " ".join(said)
