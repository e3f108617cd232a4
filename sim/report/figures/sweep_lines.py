"""Draw outcomes along one axis: levels as lines with bands, or the difference as a line with a band and zero marked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.panels import MARKS, panel_grid, verdict_marks
from sim.report.figures.style import Drawn
from sim.report.interplay import verdict_of, written
from sim.report.sweep_results import AxisRead, Panel, SweepRead
from sim.report.sweep_sentences import axis_decimals, axis_title, axis_value, group_name, panel_name
from sim.report.tables import Row
from sim.report.verdict import Verdict
from sim.report.words import Words

COLUMNS = 2
_PANEL_INCHES, _HEAD_INCHES = 2.35, 1.25
_TITLE_LETTERS, _LABEL_LETTERS, _UNIT_LETTERS = 34, 44, 26
_MOST_TICKS = 7
_WIDE = 20.0
"""Values this many times apart are drawn on a logarithmic axis when they rise by factors."""


def draw_difference(sweep: SweepRead, words: Words) -> Drawn:
    """Draw the difference from what the scenario is compared with, marked by what may be said of it."""
    title = words.text(
        "figure.sweep.difference", scenario=sweep.title("scenario", words.lang), axis=_axis_name(sweep, words)
    )
    present: set[Verdict] = set()

    def panel(axes: Axes, one: Panel) -> None:
        rows = sweep.followed(one)
        _band(axes, rows, style.GREY, "-")
        for row in rows:
            kind = verdict_of(row)
            paint, shape, filled = MARKS[kind]
            present.add(kind)
            axes.plot(
                [row["x"]], [row["mean"]], marker=shape, color=paint, markerfacecolor=paint if filled else "white",
                markersize=5.5, zorder=4,
            )  # fmt: skip
        style.zero_line(axes, vertical=False)
        style.number_ticks(axes.yaxis, words.number.signed, most=4)

    figure = _figure(sweep, words, title, panel, lambda: [*verdict_marks(words, present), _band_mark(words)])
    return Drawn(figure=figure, title=title, alt=_alt(sweep, words))


def draw_levels(sweep: SweepRead, words: Words) -> Drawn:
    """Draw the level in the scenario and in what it is compared with."""
    title = words.text("figure.sweep.levels", axis=_axis_name(sweep, words))
    shown = [which for which in ("against", "scenario") if sweep.about[which] is not None]
    ids = [str(sweep.about[which]["id"]) for which in shown]
    names = [sweep.title(which, words.lang) for which in shown]
    first = 0 if len(ids) > 1 else 1

    def panel(axes: Axes, one: Panel) -> None:
        for place, name in enumerate(ids, start=first):
            rows = sweep.rows(one, name)
            _band(axes, rows, style.colour(place), style.line(place))
            axes.plot(
                [row["x"] for row in rows], [row["mean"] for row in rows], linestyle="none",
                color=style.colour(place), marker=style.marker(place), markersize=5, zorder=4,
            )  # fmt: skip
        style.number_ticks(axes.yaxis, words.number.plain, most=4)

    marks = style.scenario_marks(names, first=first)
    figure = _figure(sweep, words, title, panel, lambda: [*marks, _band_mark(words)])
    return Drawn(figure=figure, title=title, alt=_alt(sweep, words, levels=True))


def _figure(
    sweep: SweepRead,
    words: Words,
    title: str,
    panel: Callable[[Axes, Panel], None],
    legend: Callable[[], Sequence[Artist]],
) -> Figure:
    """Draw every panel, then the legend, which depends on what the panels show."""
    panels = sweep.panels
    bands = math.ceil(len(panels) / COLUMNS)
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + _PANEL_INCHES * bands)
        for axes, one in zip(panel_grid(figure, len(panels), min(COLUMNS, len(panels))), panels, strict=True):
            panel(axes, one)
            _frame(axes, one, sweep, words)
        style.set_title(figure, title)
        style.legend_below(figure, legend())
        return figure


def _band(axes: Axes, rows: Sequence[Row], paint: str, line: style.LineStyle) -> None:
    at = [float(row["x"]) for row in rows]
    axes.plot(at, [float(row["mean"]) for row in rows], color=paint, linestyle=line, linewidth=1.5, zorder=3)
    if all(math.isfinite(float(row["low"])) for row in rows):
        lows, highs = ([float(row[end]) for row in rows] for end in ("low", "high"))
        axes.fill_between(at, lows, highs, color=paint, alpha=0.18, linewidth=0, zorder=1)


def _band_mark(words: Words) -> Artist:
    return Patch(facecolor=style.GREY, alpha=0.25, label=words.text("figure.sweep.band"))


def _frame(axes: Axes, panel: Panel, sweep: SweepRead, words: Words) -> None:
    (axis,) = sweep.axes
    if _rises_by_factors(axis):
        axes.set_xscale("log")
        axes.minorticks_off()
    ticks = thinned(axis)
    axes.set_xticks(ticks, [axis_value(axis, value, words) for value in ticks])
    axes.set_xlabel(style.wrap(axis_title(axis, words), _LABEL_LETTERS))
    axes.set_ylabel(style.wrap(words.text.unit(panel.unit), _UNIT_LETTERS))
    axes.set_title(
        style.wrap(f"{words.short(panel.outcome)}, {group_name(panel, words)}", _TITLE_LETTERS), fontweight="bold"
    )
    axes.grid(axis="y")


def thinned(axis: AxisRead) -> list[float]:
    """Return values to be written along an axis: all, or every other one and so on, while they find room."""
    letters = max(len(f"{value:.{axis_decimals(value)}f}") for value in axis.values)
    if axis.labels:
        letters = max(len(text) for label in axis.labels for text in label.values())
    most = max(2, min(_MOST_TICKS, int(34 / (letters + 1))))
    step = math.ceil(len(axis.values) / most)
    return list(axis.values[::step])


def _rises_by_factors(axis: AxisRead) -> bool:
    low, high = axis.values[0], axis.values[-1]
    return low > 0 and high / low >= _WIDE


def _axis_name(sweep: SweepRead, words: Words) -> str:
    return sweep.axes[0].title[words.lang]


def _alt(sweep: SweepRead, words: Words, *, levels: bool = False) -> str:
    """Give for each panel the values at both ends."""
    (axis,) = sweep.axes
    said = []
    for panel in sweep.panels:
        rows = sweep.rows(panel, sweep.scenario) if levels else sweep.followed(panel)
        ends = [
            f"{axis_value(axis, float(row['x']), words)}: {written(row, words) if not levels else _level(row, words)}"
            for row in (rows[0], rows[-1])
        ]
        said.append(f"{panel_name(panel, words)}: {'; '.join(ends)}.")
    return " ".join(said)


def _level(row: Row, words: Words) -> str:
    return words.number.plain(float(row["mean"]))
