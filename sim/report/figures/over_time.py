"""Draw differences quarter by quarter: when does a new way of working start to tell, and does it last?"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.over_time import COMPLEX, quarters
from sim.report.words import Words

_PANELS = (
    *("ed_visits_per_1000", "bed_days_per_1000", "unmet_need_days"),
    *("lead_time_days", "distinct_physicians", "cost_sek"),
)
_COLUMNS = 3


def draw(words: Words) -> Drawn | None:
    """Draw one panel per outcome, one line with a band per scenario; None for runs shorter than two quarters."""
    panels = [
        outcome for outcome in _PANELS
        if any(len(quarters(words, scenario, outcome, COMPLEX)) > 1 for scenario in words.results.compared)
    ]  # fmt: skip
    if not panels:
        return None
    rows = -(-len(panels) // _COLUMNS)
    with style.house_style():
        figure = style.new_figure(1.2 + 2.1 * rows)
        grid = figure.subplots(rows, _COLUMNS, squeeze=False).ravel()
        for axes, outcome in zip(grid, panels, strict=False):
            _panel(axes, outcome, words)
        for axes in grid[len(panels) :]:
            axes.set_visible(False)
        title = words.text("figure.over_time.title")
        style.set_title(figure, title)
        names = [words.scenario(scenario) for scenario in words.results.compared]
        style.legend_below(figure, style.scenario_marks(names), title=words.text("figure.over_time.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(words, panels))


def _panel(axes: Axes, outcome: str, words: Words) -> None:
    for place, scenario in enumerate(words.results.compared, start=1):
        found = [one for one in quarters(words, scenario, outcome, COMPLEX) if one.baseline_mean]
        number = [int(one.group) for one in found]
        axes.plot(
            number,
            [100.0 * one.relative(one.mean) for one in found],
            color=style.colour(place),
            linestyle=style.line(place),
            marker=style.marker(place),
            markersize=4,
            zorder=3,
        )
        ends = [sorted((100.0 * one.relative(one.low), 100.0 * one.relative(one.high))) for one in found]
        if ends and all(one.has_interval for one in found):
            lows, highs = zip(*ends, strict=True)
            axes.fill_between(number, lows, highs, color=style.colour(place), alpha=0.15, linewidth=0)
    style.zero_line(axes, vertical=False)
    axes.grid(axis="y")
    axes.set_title(style.wrap(words.short(outcome), 20), fontweight="bold")
    axes.set_xlabel(words.text("figure.over_time.quarter"))
    axes.set_ylabel(words.text("figure.over_time.axis"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    style.number_ticks(axes.yaxis, words.number.signed, most=4)


def _alt(words: Words, panels: list[str]) -> str:
    """Give for the last scenario each outcome's change in the first and the last quarter."""
    scenario, said = words.results.compared[-1], []
    for outcome in panels:
        found = [one for one in quarters(words, scenario, outcome, COMPLEX) if one.baseline_mean]
        if len(found) > 1:
            first, last = (words.number.percent(one.relative(one.mean), signed=True) for one in (found[0], found[-1]))
            said.append(
                words.text(
                    "figure.over_time.alt", outcome=words.outcome(outcome), scenario=words.scenario(scenario),
                    first=first, last=last, quarter=found[-1].group,
                )
            )  # fmt: skip
    return " ".join(said)
