"""Draw what each choice would be regretted by over the futures, a row per choice."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.robustness_results import RobustnessRead
from sim.report.robustness_sentences import about_regret
from sim.report.sensitivity_results import Decision
from sim.report.sensitivity_sentences import criterion_name
from sim.report.tables import Row
from sim.report.words import Words

_HEAD_INCHES, _ROW_INCHES, _UNIT_LETTERS = 1.9, 0.5, 72
_OUTER, _INNER = (0.1, 0.9), (0.25, 0.75)


def draw(decision: Decision, found: RobustnessRead, words: Words) -> Drawn:
    """Draw middle 80 %, middle half and median of the futures, every future below, and the mean with its interval."""
    rows = found.regrets(decision)
    table = found.of_group(decision)
    title = words.text("robustness.figure.regret", criterion=criterion_name(decision, words))
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + _ROW_INCHES * len(rows))
        axes = figure.subplots()
        for place, (name, row) in enumerate(rows.items()):
            values = table.loc[table["scenario"] == name, f"regret_{decision.criterion}"].to_numpy(np.float64)
            _row(axes, values, row, place)
        labels = style.row_labels([words.scenario(name) for name in rows])
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(left=-0.01 * axes.get_xlim()[1])
        axes.grid(axis="x")
        style.number_ticks(axes.xaxis, words.number.plain)
        axes.set_xlabel(
            style.wrap(words.text("robustness.figure.axis", unit=words.text.unit(decision.unit)), _UNIT_LETTERS)
        )
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words))
    return Drawn(figure=figure, title=title, alt=about_regret(decision, found, words))


def _row(axes: Axes, values: npt.NDArray[np.float64], row: Row, place: int) -> None:
    paint = style.colour(place)
    for levels, thickness in ((_OUTER, 1.6), (_INNER, 7.0)):
        low, high = np.quantile(values, levels)
        axes.plot([low, high], [place, place], color=paint, linewidth=thickness, solid_capstyle="butt", zorder=2)
    axes.plot([np.median(values)], [place], marker=style.marker(place), color="black", markerfacecolor="white",
              markersize=5.5, zorder=4)  # fmt: skip
    axes.plot(values, np.full(len(values), place + 0.3), "|", color="black", markersize=5, zorder=3)
    at = place - 0.27
    axes.plot([float(row["low"]), float(row["high"])], [at, at], color=style.BLACK, linewidth=1.4, zorder=3)
    axes.plot([float(row["mean"])], [at], marker="D", color=style.BLACK, markersize=4, zorder=4)


def _legend(words: Words) -> list[Line2D]:
    entries = {
        "median": Line2D([], [], color="black", linewidth=0.0, marker="o", markerfacecolor="white", markersize=5.5),
        "half": Line2D([], [], color=style.GREY, linewidth=7.0, solid_capstyle="butt"),
        "most": Line2D([], [], color=style.GREY, linewidth=1.6),
        "mean": Line2D([], [], color=style.BLACK, linewidth=1.4, marker="D", markersize=4),
        "future": Line2D([], [], color="black", linewidth=0.0, marker="|", markersize=5),
    }
    for key, entry in entries.items():
        entry.set_label(words.text(f"robustness.figure.{key}"))
    return list(entries.values())
