"""Draw who gains and who loses: the same people with and without, by whether a scenario's means reached them."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.words import Words

_PANELS = ("ed_visits", "bed_days", "unmet_days", "cost_sek")
_REACHED = ("yes", "no")
_COLUMNS = 2


def draw(words: Words) -> Drawn | None:
    """Draw the shares with less and with more than in the baseline; None when no twins were set side by side."""
    twins = words.results.twins
    if twins is None or twins.empty:
        return None
    found = twins[twins["group_by"] == "reached"]
    outcomes = [outcome for outcome in _PANELS if (found["outcome"] == outcome).any()]
    rows = _rows(words)
    if not outcomes or not rows:
        return None
    by_cell: dict[Any, Any] = found.set_index(["scenario", "group", "outcome"]).to_dict("index")
    with style.house_style():
        lines = -(-len(outcomes) // _COLUMNS)
        height = sum(style.row_inches([name]) for name in _names(rows, words)) + 1.1
        figure = style.new_figure(1.1 + height * lines)
        axes = figure.subplots(lines, _COLUMNS, squeeze=False, sharey=True)
        for empty in axes.flat[len(outcomes) :]:
            empty.set_visible(False)
        for panel, outcome in zip(axes.flat, outcomes, strict=False):
            _panel(panel, outcome, rows, by_cell, words)
        title = words.text("figure.twins.title")
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words), title=words.text("figure.twins.legend"), columns=3)
        return Drawn(figure=figure, title=title, alt=_alt(words, outcomes, rows, by_cell))


def _rows(words: Words) -> list[tuple[str, str]]:
    """Return (reached, scenario) from top to bottom, those reached first."""
    twins = words.results.twins
    assert twins is not None, "the caller has looked"
    cells = set(zip(twins["group_by"], twins["group"], twins["scenario"], strict=True))
    return [
        (reached, scenario)
        for reached in _REACHED
        for scenario in words.results.compared
        if ("reached", reached, scenario) in cells
    ]


def _panel(axes: Axes, outcome: str, rows: list[tuple[str, str]], by_cell: dict[Any, Any], words: Words) -> None:
    places = [place + (0.7 if reached == "no" else 0.0) for place, (reached, _) in enumerate(rows)]
    for place, (reached, scenario) in zip(places, rows, strict=True):
        cell = by_cell.get((scenario, reached, outcome))
        if cell is None:
            continue
        axes.barh(place, -100.0 * cell["share_higher"], color=style.WORSE, height=0.66)
        axes.barh(place, 100.0 * cell["share_lower"], color=style.BETTER, height=0.66, hatch="///", edgecolor="white")
        axes.plot([100.0 * cell["surplus"]], [place], "D", color="black", markersize=3.5, zorder=4)
    style.zero_line(axes)
    axes.set_ylim(max(places) + 0.6, -0.6)
    axes.set_yticks(places, style.row_labels(_names(rows, words)))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    # The sign says more or less; the size is a share either way.
    style.number_ticks(axes.xaxis, lambda value, decimals: words.number.plain(abs(value), decimals), most=3)
    axes.set_title(style.wrap(words.text(f"twins.{outcome}"), 30), fontweight="bold")
    axes.set_xlabel(words.text("figure.twins.axis"))


def _names(rows: list[tuple[str, str]], words: Words) -> list[str]:
    return [f"{words.scenario(scenario)}, {words.text(f'reached.{reached}')}" for reached, scenario in rows]


def _legend(words: Words) -> list[Artist]:
    return [
        Patch(facecolor=style.WORSE, label=words.text("figure.twins.more")),
        Patch(facecolor=style.BETTER, hatch="///", edgecolor="white", label=words.text("figure.twins.less")),
        Line2D([], [], color="black", marker="D", linewidth=0, markersize=4, label=words.text("figure.twins.surplus")),
    ]


def _alt(words: Words, outcomes: list[str], rows: list[tuple[str, str]], by_cell: dict[Any, Any]) -> str:
    """Name the shares of the first outcome in every row."""
    percent, said = words.number.percent, []
    for reached, scenario in rows:
        cell = by_cell.get((scenario, reached, outcomes[0]))
        if cell is None:
            continue
        said.append(
            words.text(
                "figure.twins.alt",
                scenario=words.scenario(scenario),
                reached=words.text(f"reached.{reached}"),
                outcome=words.text(f"twins.{outcomes[0]}"),
                less=percent(cell["share_lower"]),
                more=percent(cell["share_higher"]),
            )
        )
    return " ".join(said)
