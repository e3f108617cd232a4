"""Draw the budget impact of the coming years: measured as long as was simulated, then held."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.analysis.value_over_time import HELD
from sim.analysis.value_settings import FULL
from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.payback import MARKED
from sim.report.figures.style import Drawn
from sim.report.value_results import ValueResults, estimate
from sim.report.value_words import MILLION, held, kinds, millions, whose
from sim.report.words import Words

_COLUMNS = 3
_WIDTH = 0.38
_HATCH = "////"


def draw(words: Words) -> Drawn | None:
    """Draw a panel per scenario with a bar a year for full cost and for cash; None when nothing was valued."""
    value = held(words)
    if value is None:
        return None
    shown = [name for name in words.results.compared if len(value.rows("budget_impact", FULL, name))]
    columns = min(_COLUMNS, len(shown))
    with style.house_style():
        figure = style.new_figure(1.2 + 2.0 * -(-len(shown) // columns))
        for axes, scenario in zip(panel_grid(figure, len(shown), columns), shown, strict=True):
            _panel(axes, value, scenario, words)
        title = words.text("figure.budget.title", whose=whose(value, words))
        style.set_title(figure, title)
        names = kinds(words)
        marks = [Patch(facecolor=paint, label=names[kind]) for kind, paint, _, _ in MARKED]
        marks.append(
            Patch(facecolor="white", edgecolor=style.GREY, hatch=_HATCH, label=words.text("figure.budget.held"))
        )
        style.legend_below(figure, marks, columns=3, title=words.text("figure.budget.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(value, shown, words))


def _panel(axes: Axes, value: ValueResults, scenario: str, words: Words) -> None:
    for number, (kind, paint, _, _) in enumerate(MARKED):
        found = value.rows("budget_impact", kind, scenario)
        for beyond in (False, True):
            part = found[(found["basis"] == HELD) == beyond]
            axes.bar(
                part["year"] + (number - 0.5) * _WIDTH, part["mean"] / MILLION, width=_WIDTH, zorder=2, edgecolor=paint,
                linewidth=0.8, color="white" if beyond else paint, hatch=_HATCH if beyond else None,
            )  # fmt: skip
        at, low, high = found["year"] + (number - 0.5) * _WIDTH, found["low"] / MILLION, found["high"] / MILLION
        axes.vlines(at, low, high, color=style.BLACK, linewidth=1.4, zorder=3)
    style.zero_line(axes, vertical=False)
    axes.grid(axis="y")
    axes.set_title(style.wrap(words.scenario(scenario), 24), fontweight="bold")
    axes.set_xlabel(words.text("figure.budget.year"))
    axes.set_ylabel(words.text("figure.budget.axis"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    style.number_ticks(axes.yaxis, words.number.signed, most=4)


def _alt(value: ValueResults, shown: list[str], words: Words) -> str:
    said = []
    for scenario in shown:
        found = value.rows("budget_impact", FULL, scenario).sort_values("year")
        first, last = (millions(estimate(found.iloc[at]), words)[0] for at in (0, -1))
        year = int(found["year"].iloc[-1])
        said.append(
            words.text("figure.budget.alt", scenario=words.scenario(scenario), first=first, last=last, year=year)
        )
    return " ".join(said)
