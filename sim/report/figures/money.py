"""Draw who pays and who gains: differences in cost by principal, in full and in cash."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.results import Difference
from sim.report.words import Words, write_difference

_PANELS = ("cost_after_transfers_sek", "cash_cost_sek")
_ROW_INCHES = 0.13


def draw(words: Words) -> Drawn | None:
    """Draw differences in cost by principal; None when no cost was measured by principal."""
    panels = [outcome for outcome in _PANELS if words.results.every_difference(outcome, "principal")]
    if not panels:
        return None
    payers = [("all", "all"), *(("principal", name) for name in words.results.groups(panels[0], "principal"))]
    compared = words.results.compared
    with style.house_style():
        figure = style.new_figure(1.5 + len(payers) * (len(compared) + 1) * _ROW_INCHES)
        axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
        for panel, outcome in zip(axes, panels, strict=True):
            _panel(panel, outcome, payers, words)
        title = words.text("figure.money.title")
        style.set_title(figure, title)
        names = [words.scenario(scenario) for scenario in compared]
        style.legend_below(figure, style.scenario_marks(names), title=words.text("figure.money.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(words, panels[0], payers))


def _find(words: Words, scenario: str, outcome: str, payer: tuple[str, str]) -> Difference | None:
    # Transfers cancel over all principals: what all pay after transfers is what all pay.
    together = payer[0] == "all" and outcome == "cost_after_transfers_sek"
    return words.results.difference(scenario, "cost_sek" if together else outcome, *payer)


def _panel(axes: Axes, outcome: str, payers: list[tuple[str, str]], words: Words) -> None:
    compared = words.results.compared
    height = len(compared) + 1
    unit = ""
    for block, payer in enumerate(payers):
        if block % 2:
            axes.axhspan(block * height - 1, (block + 1) * height - 1, color=style.LIGHT, alpha=0.35, linewidth=0)
        for place, scenario in enumerate(compared, start=1):
            difference = _find(words, scenario, outcome, payer)
            if difference is not None:
                unit = difference.unit
                style.dot_with_interval(axes, difference, 1.0, block * height + place - 1, place)
    style.zero_line(axes)
    axes.set_ylim(len(payers) * height - 1, -1)
    middle = (len(compared) - 1) / 2
    names = [words.text("everybody") if payer[0] == "all" else words.group(*payer) for payer in payers]
    axes.set_yticks([block * height + middle for block in range(len(payers))], names)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    style.number_ticks(axes.xaxis, words.number.signed)
    axes.set_title(style.wrap(words.outcome(outcome), 36), fontweight="bold")
    axes.set_xlabel(f"{words.text('figure.money.axis')}\n{words.text.unit(unit)}")


def _alt(words: Words, outcome: str, payers: list[tuple[str, str]]) -> str:
    """Name, for each scenario, the total and the principals that lose and gain most."""
    said = []
    for scenario in words.results.compared:
        total = _find(words, scenario, outcome, payers[0])
        parts = [row for payer in payers[1:] if (row := _find(words, scenario, outcome, payer))]
        if total is None or not parts or not math.isfinite(total.mean):
            continue
        most, least = max(parts, key=lambda row: row.mean), min(parts, key=lambda row: row.mean)
        said.append(
            words.text(
                "figure.money.alt",
                scenario=words.scenario(scenario),
                total=write_difference(total, words).mean,
                unit=words.text.unit(total.unit),
                most=words.group("principal", most.group),
                most_mean=write_difference(most, words).mean,
                least=words.group("principal", least.group),
                least_mean=write_difference(least, words).mean,
            )
        )
    return " ".join(said)
