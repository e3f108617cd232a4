"""Draw how many different faces people meet, and how often the same general practitioner."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.figures import style
from sim.report.figures.rows import draw_rows, row_legend
from sim.report.figures.style import Drawn
from sim.report.spread import Spread, read_spreads
from sim.report.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """One distribution to draw; whole numbers stand in the middle of their bins."""

    name: str
    group: str
    width: float
    whole: bool


_PANELS = (
    _Panel(name="distinct_physicians", group="complex needs", width=1.0, whole=True),
    _Panel(name="home_help_staff_14_days", group="all", width=1.0, whole=True),
    _Panel(name="usual_provider_gp", group="all", width=0.1, whole=False),
)


def draw(words: Words) -> Drawn | None:
    """Draw one row per scenario in each distribution; None when no distribution was stored."""
    panels = [(panel, spreads) for panel in _PANELS if (spreads := _read(panel, words))]
    if not panels:
        return None
    names = [words.scenario(scenario) for scenario in words.results.scenarios]
    with style.house_style():
        figure = style.new_figure(1.9 + style.row_inches(names) * len(words.results.scenarios))
        axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
        for place, (panel, spreads) in zip(axes, panels, strict=True):
            largest = draw_rows(place, spreads, panel.width, words)
            place.set_xlim(0.0, largest * 1.05)
            style.number_ticks(place.xaxis, words.number.plain, most=4)
            place.set_title(style.wrap(words.outcome(panel.name), 24), fontweight="bold")
            place.set_xlabel(style.wrap(words.text.unit(words.registry[panel.name].unit), 24))
        title = words.text("figure.continuity.title")
        style.set_title(figure, title)
        style.legend_below(figure, row_legend(words), columns=4, title=words.text("figure.continuity.legend"))
        alt = " ".join(_alt(panel, spreads, words) for panel, spreads in panels)
        return Drawn(figure=figure, title=title, alt=alt)


def _read(panel: _Panel, words: Words) -> dict[str, Spread]:
    rows = words.results.distribution(panel.name)
    return read_spreads(rows, words.results.scenarios, panel.group, shift=-0.5 if panel.whole else 0.0)


def _alt(panel: _Panel, spreads: dict[str, Spread], words: Words) -> str:
    """Name the middle half of people in the baseline and in the last scenario."""
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    if first not in spreads or last not in spreads:
        return ""
    places = 1 if panel.whole else 2
    quarters = {
        f"{when}_{end}": words.number.plain(float(spreads[name].quantile(level, panel.width).mean()), places)
        for when, name in (("first", first), ("last", last))
        for end, level in (("low", 0.25), ("high", 0.75))
    }
    return words.text(
        "figure.continuity.alt",
        outcome=words.outcome(panel.name),
        first=words.scenario(first),
        last=words.scenario(last),
        **quarters,
    )
