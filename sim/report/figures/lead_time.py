"""Draw how long hand-overs take, by how far apart the two are."""

from __future__ import annotations

from sim.report.figures import style
from sim.report.figures.rows import draw_rows, row_legend
from sim.report.figures.style import Drawn
from sim.report.spread import Spread, read_spreads
from sim.report.words import Words

_NAME = "lead_time_days"
_BIN_DAYS = 1.0


def draw(words: Words) -> Drawn | None:
    """Draw lead times per distance and scenario; None without lead times."""
    rows = words.results.distribution(_NAME)
    distances = [group for group in sorted(set(rows["group"])) if group != "0"]
    if not distances:
        return None
    scenarios = words.results.scenarios
    spreads = {distance: read_spreads(rows, scenarios, distance) for distance in distances}
    names = [words.scenario(scenario) for scenario in words.results.scenarios]
    with style.house_style():
        figure = style.new_figure(1.7 + style.row_inches(names) * len(scenarios))
        axes = figure.subplots(1, len(distances), squeeze=False, sharey=True, sharex=True)[0]
        largest = 0.0
        for panel, distance in zip(axes, distances, strict=True):
            largest = max(largest, draw_rows(panel, spreads[distance], _BIN_DAYS, words))
            panel.set_title(style.wrap(words.text.name("distance", distance), 14))
            panel.set_xlabel(words.text.unit("days"))
        axes[0].set_xlim(0.0, largest * 1.05)
        style.number_ticks(axes[0].xaxis, words.number.plain, most=3)
        title = words.text("figure.lead_time.title")
        style.set_title(figure, title)
        style.legend_below(figure, row_legend(words), columns=4, title=words.text("figure.lead_time.legend"))
        alt = " ".join(_alt(spreads[distance], distance, words) for distance in distances)
        return Drawn(figure=figure, title=title, alt=alt)


def _alt(spreads: dict[str, Spread], distance: str, words: Words) -> str:
    """Name the median of the baseline and of the last scenario at one distance."""
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    if first not in spreads or last not in spreads:
        return ""
    medians = [float(spreads[name].quantile(0.5, _BIN_DAYS).mean()) for name in (first, last)]
    return words.text(
        "figure.lead_time.alt",
        distance=words.text.name("distance", distance).lower(),
        first=words.scenario(first),
        first_median=words.number.plain(medians[0], 1),
        last=words.scenario(last),
        last_median=words.number.plain(medians[1], 1),
    )
