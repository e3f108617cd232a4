"""Draw the weekly course of four worlds around a disturbance: today and with the means, calm and disturbed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.config.stress import CALM
from sim.outcomes.series import WEEK_DAYS
from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.style import Drawn
from sim.report.stress_results import StressRead
from sim.report.stress_sentences import back_written, strike_title
from sim.report.words import Words

_COLUMNS = 2
_PANEL_INCHES, _HEAD_INCHES = 2.3, 1.5
_WEEKS_BEFORE, _WEEKS_AFTER = 6, 16
_LINES: tuple[tuple[str, style.LineStyle], ...] = (("calm_world", "-"), ("struck_world", "--"))


def draw(choice: str, stress: StressRead, words: Words) -> Drawn | None:
    """Draw a panel per disturbance, its weeks shaded; None where there are no weekly series."""
    series = str(stress.about["series"])
    if stress.course(choice, CALM, series).empty:
        return None
    name = words.text(f"series.{series}")
    scenario = stress.title(choice, words.lang)
    title = words.text("stress.figure.course", series=name, scenario=scenario)
    count = len(stress.disturbances)
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + _PANEL_INCHES * math.ceil(count / _COLUMNS))
        panels = panel_grid(figure, count, min(_COLUMNS, count))
        for axes, disturbance in zip(panels, stress.disturbances, strict=True):
            _panel(axes, choice, disturbance, series, stress, words)
        style.set_title(figure, title)
        style.legend_below(figure, _legend(choice, stress, words), columns=2)
        return Drawn(figure=figure, title=title, alt=_alt(choice, series, stress, words))


def _panel(
    axes: Axes, choice: str, disturbance: Mapping[str, Any], series: str, stress: StressRead, words: Words
) -> None:
    first, last = (float(day) for day in disturbance["weeks"])
    axes.axvspan(0.5, (last - first) / WEEK_DAYS + 0.5, color=style.LIGHT, alpha=0.6, linewidth=0, zorder=0)
    unit = ""
    for place, scenario in enumerate((stress.against, choice)):
        for strike, line in ((CALM, "-"), (str(disturbance["id"]), "--")):
            course = stress.course(scenario, strike, series)
            week = (course["day"].to_numpy() - first) / WEEK_DAYS + 1
            shown = (week >= 1 - _WEEKS_BEFORE) & (week <= (last - first) / WEEK_DAYS + _WEEKS_AFTER)
            columns = ("mean", "change", "change_low", "change_high")
            mean, change, low, high = (course[column].to_numpy(np.float64)[shown] for column in columns)
            axes.plot(week[shown], mean, color=style.colour(place), linestyle=line, linewidth=1.5, zorder=3)
            if strike != CALM and np.isfinite(low).all():
                # Of the change: levels differ far more between parameter sets than a disturbance moves them.
                ends = (mean - change + low, mean - change + high)
                axes.fill_between(week[shown], *ends, color=style.colour(place), alpha=0.2, linewidth=0, zorder=1)
            unit = str(course["unit"].iloc[0])
    axes.set_title(strike_title(disturbance, words), fontweight="bold")
    axes.set_xlabel(words.text("stress.figure.week"))
    axes.set_ylabel(style.wrap(words.text.unit(unit), 22))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    style.number_ticks(axes.yaxis, words.number.plain, most=4)
    axes.grid(axis="y")


def _legend(choice: str, stress: StressRead, words: Words) -> list[Any]:
    marks: list[Any] = []
    for place, scenario in enumerate((stress.against, choice)):
        for key, line in _LINES:
            label = words.text(f"stress.figure.{key}", scenario=stress.title(scenario, words.lang))
            marks.append(Line2D([], [], color=style.colour(place), linestyle=line, linewidth=1.5, label=label))
    marks.append(Patch(facecolor=style.LIGHT, alpha=0.6, label=words.text("stress.figure.struck_weeks")))
    marks.append(Patch(facecolor=style.GREY, alpha=0.2, label=words.text("stress.figure.band")))
    return marks


def _alt(choice: str, series: str, stress: StressRead, words: Words) -> str:
    """Give for each disturbance how far each world goes off and when it is normal again."""
    said = []
    for disturbance in stress.disturbances:
        parts = []
        for scenario in (stress.against, choice):
            row = stress.back(scenario, str(disturbance["id"]), series)
            if row is not None:
                far = words.number.percent(float(row["furthest_share"]), signed=True)
                parts.append(
                    words.text(
                        "stress.figure.alt", scenario=stress.title(scenario, words.lang), far=far,
                        week=words.number.plain(float(row["furthest_week"]), 0), back=back_written(row, words),
                    )
                )  # fmt: skip
        said.append(f"{strike_title(disturbance, words)}: {'; '.join(parts)}.")
    return " ".join(said)
