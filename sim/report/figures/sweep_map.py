"""Draw an outcome over two axes: a map with the line of no difference, and marks where nothing is clear."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.style import Drawn
from sim.report.interplay import verdict_of
from sim.report.numbers import decimals_for
from sim.report.sweep_results import AxisRead, Panel, SweepRead
from sim.report.sweep_sentences import about_panel, axis_title, axis_value, group_name
from sim.report.verdict import Verdict
from sim.report.words import Words

_COLUMNS = 2
_PANEL_INCHES, _HEAD_INCHES = 3.0, 1.5
_TITLE_LETTERS, _LABEL_LETTERS, _UNIT_LETTERS = 36, 38, 34
_MOST_LETTERS = 22
"""As many find room in a row of cells; where there are more, numbers stand in the table only."""
_MOST_TICKS = 6
_GAIN = LinearSegmentedColormap.from_list("gain", [style.WORSE, "#FFFFFF", style.BETTER])
_LEVEL = LinearSegmentedColormap.from_list("level", ["#FFFFFF", "#0072B2"])
F64 = npt.NDArray[np.float64]


def draw(sweep: SweepRead, words: Words) -> Drawn:
    """Draw one map per panel: green is better, orange is worse, white is no difference."""
    panels = sweep.panels
    title = words.text("figure.sweep.map" if sweep.against is not None else "figure.sweep.map_level",
                       scenario=sweep.title("scenario", words.lang))  # fmt: skip
    bands, turns = math.ceil(len(panels) / _COLUMNS), False
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + _PANEL_INCHES * bands)
        for axes, panel in zip(panel_grid(figure, len(panels), min(_COLUMNS, len(panels))), panels, strict=True):
            turns |= _map(figure, axes, panel, sweep, words)
        style.set_title(figure, title)
        if sweep.against is not None:
            style.legend_below(figure, _legend(words, turns), columns=2)
        return Drawn(figure=figure, title=title, alt=" ".join(about_panel(panel, sweep, words) for panel in panels))


def _map(figure: Figure, axes: Axes, panel: Panel, sweep: SweepRead, words: Words) -> bool:
    """Draw one map; tell whether the sign turns inside it."""
    values = sweep.grid(panel, "mean")
    compared = sweep.against is not None
    sign = -1.0 if compared and panel.better == "lower" else 1.0
    reach = float(np.nanmax(np.abs(values))) or 1.0
    low, high = (-reach, reach) if compared else (float(np.nanmin(values)), float(np.nanmax(values)))
    colours = (_GAIN if sign > 0 else _GAIN.reversed()) if compared else _LEVEL
    cells = axes.pcolormesh(
        np.arange(values.shape[1] + 1) - 0.5, np.arange(values.shape[0] + 1) - 0.5, values, cmap=colours,
        norm=Normalize(low, high), edgecolors="white", linewidth=0.4,
    )  # fmt: skip
    turns = compared and bool(np.isfinite(values).all() and values.min() < 0.0 < values.max())
    if compared:
        _unclear(axes, panel, sweep)
        if turns:
            axes.contour(values, levels=[0.0], colors=[style.BLACK], linewidths=1.6, linestyles="-")
    _numbers(axes, values, compared, words)
    bar = figure.colorbar(cells, ax=axes, shrink=0.9, pad=0.02)
    style.number_ticks(bar.ax.yaxis, words.number.signed if compared else words.number.plain, most=4)
    bar.outline.set_visible(False)
    bar.set_label(style.wrap(words.text.unit(panel.unit), _UNIT_LETTERS))
    _frame(axes, panel, sweep, words)
    return turns


def _unclear(axes: Axes, panel: Panel, sweep: SweepRead) -> None:
    """Hatch the cells whose interval includes zero."""
    _, down = sweep.axes
    for row in sweep.followed(panel):
        if verdict_of(row) not in (Verdict.BETTER, Verdict.WORSE):
            place, height = divmod(int(row["point"]), len(down.values))
            axes.add_patch(
                Rectangle((place - 0.5, height - 0.5), 1.0, 1.0, fill=False, hatch="////", edgecolor=style.GREY,
                          linewidth=0.0, zorder=2)
            )  # fmt: skip


def _numbers(axes: Axes, values: F64, signed: bool, words: Words) -> None:
    for (height, place), text in cell_texts(values, signed, words).items():
        axes.text(
            place, height, text, ha="center", va="center", fontsize=style.FONT_POINTS,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.8}, zorder=5,
        )  # fmt: skip


def cell_texts(values: F64, signed: bool, words: Words) -> dict[tuple[int, ...], str]:
    """Return the values by cell, with two figures of the largest; nothing where they find no room: the table has all.

    Where a small value would be written as zero, all get one figure more if there is room.
    """
    write = words.number.signed if signed else words.number.plain
    places = max(decimals_for(float(np.nanmax(np.abs(values)))) - 1, 0)
    sizes = np.abs(values[np.isfinite(values) & (values != 0.0)])
    vanishes = bool(sizes.size) and float(sizes.min()) < 0.5 * 10.0**-places
    for decimals in (places + 1, places) if vanishes else (places,):
        texts = {at: write(float(value), decimals) for at, value in np.ndenumerate(values) if math.isfinite(value)}
        if max(map(len, texts.values())) * values.shape[1] <= _MOST_LETTERS:
            return texts
    return {}


def _frame(axes: Axes, panel: Panel, sweep: SweepRead, words: Words) -> None:
    across, down = sweep.axes
    axes.set_xticks(*_ticks(across, words))
    axes.set_yticks(*_ticks(down, words))
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlabel(style.wrap(axis_title(across, words), _LABEL_LETTERS))
    axes.set_ylabel(style.wrap(axis_title(down, words), _LABEL_LETTERS))
    axes.set_title(
        style.wrap(f"{words.short(panel.outcome)}, {group_name(panel, words)}", _TITLE_LETTERS), fontweight="bold"
    )


def _ticks(axis: AxisRead, words: Words) -> tuple[list[int], list[str]]:
    step = math.ceil(len(axis.values) / _MOST_TICKS)
    places = list(range(0, len(axis.values), step))
    return places, [axis_value(axis, axis.values[place], words) for place in places]


def _legend(words: Words, turns: bool) -> list[Line2D | Patch]:
    line = Line2D([], [], color=style.BLACK, linewidth=1.6, label=words.text("figure.sweep.contour"))
    return [
        Patch(facecolor=style.BETTER, label=words.text("verdict.better")),
        Patch(facecolor=style.WORSE, label=words.text("verdict.worse")),
        Patch(facecolor="white", edgecolor=style.GREY, hatch="////", label=words.text("figure.sweep.unclear")),
        *([line] if turns else []),
    ]
