"""Draw what means change in calm and in disturbed weeks, disturbance by disturbance, with what survives of it."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.analysis.stress import TOLD
from sim.report.figures import style
from sim.report.figures.panels import frame, panel_grid
from sim.report.figures.style import Drawn
from sim.report.stress_results import StressRead
from sim.report.stress_sentences import group_name, share_written, strike_title
from sim.report.tables import Row
from sim.report.words import Words

_COLUMNS = 2
_APART = 0.17
_ROW_INCHES, _PANEL_INCHES, _HEAD_INCHES = 0.42, 0.75, 1.3
_CALM, _STRUCK = 0, 1
_SHARE_ROOM = 0.34
"""Share of a panel's width that is kept free at the right for what survives."""


def draw(choice: str, group: tuple[str, str], stress: StressRead, words: Words) -> Drawn | None:
    """Draw a panel per outcome and a row per disturbance; None where no outcome has a value."""
    rows = {
        outcome: [stress.row(choice, str(one["id"]), outcome, group) for one in stress.disturbances]
        for outcome in stress.about["outcomes"]
    }
    rows = {outcome: found for outcome, found in rows.items() if any(row is not None for row in found)}
    if not rows:
        return None
    names = [strike_title(one, words) for one in stress.disturbances]
    scenario = stress.title(choice, words.lang)
    title = words.text("stress.figure.gain", scenario=scenario, group=group_name(group, words))
    bands = math.ceil(len(rows) / _COLUMNS)
    with style.house_style():
        figure = style.new_figure(_HEAD_INCHES + bands * (_PANEL_INCHES + _ROW_INCHES * len(names)))
        panels = panel_grid(figure, len(rows), min(_COLUMNS, len(rows)))
        for place, (axes, (outcome, found)) in enumerate(zip(panels, rows.items(), strict=True)):
            _panel(axes, found)
            unit = next(str(row["unit"]) for row in found if row is not None)
            ticks = {float(row): name for row, name in enumerate(style.row_labels(names))}
            frame(axes, words, outcome, unit, ticks, first=place % _COLUMNS == 0)
            _shares(axes, found, words)
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words))
        return Drawn(figure=figure, title=title, alt=_alt(rows, names, words))


def _panel(axes: Axes, rows: list[Row | None]) -> None:
    """Draw for each disturbance the change that the means make, calm above and disturbed below."""
    for place, row in enumerate(rows):
        if row is None:
            continue
        for which, name, shift in ((_CALM, "gain_calm", -_APART), (_STRUCK, "gain_disturbed", _APART)):
            paint = style.colour(which)
            low, high = float(row[f"{name}_low"]), float(row[f"{name}_high"])
            if math.isfinite(low):
                axes.plot([low, high], [place + shift] * 2, color=paint, linewidth=1.6, solid_capstyle="butt", zorder=2)
            axes.plot(
                [float(row[name])], [place + shift], marker=style.marker(which), color=paint, markersize=5, zorder=3,
                markerfacecolor="white" if which == _CALM else paint,
            )  # fmt: skip


def _shares(axes: Axes, rows: list[Row | None], words: Words) -> None:
    """Write what survives at the right, where no interval is drawn."""
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + (high - low) * _SHARE_ROOM / (1.0 - _SHARE_ROOM))
    for place, row in enumerate(rows):
        if row is not None and row["told"] == TOLD:
            share = words.number.percent(float(row["survives"]))
            axes.text(0.995, place, share, transform=axes.get_yaxis_transform(), ha="right", va="center",
                      color=style.BLACK)  # fmt: skip


def _legend(words: Words) -> list[Line2D]:
    marks = []
    for which, key in ((_CALM, "calm"), (_STRUCK, "disturbed")):
        paint, label = style.colour(which), words.text(f"stress.figure.{key}")
        face = "white" if which == _CALM else paint
        marks.append(
            Line2D(
                [], [], color=paint, marker=style.marker(which), markersize=5, markerfacecolor=face, linewidth=1.6,
                label=label,
            )
        )  # fmt: skip
    return [*marks, Line2D([], [], linestyle="none", label=words.text("stress.figure.share"))]


def _alt(rows: dict[str, list[Row | None]], names: list[str], words: Words) -> str:
    said = []
    for outcome, found in rows.items():
        shares = [
            f"{name}: {share_written(row, words)}" for name, row in zip(names, found, strict=True) if row is not None
        ]
        said.append(f"{words.outcome(outcome)}: {'; '.join(shares)}.")
    return " ".join(said)
