"""Draw parameters as rows, the strongest on top: a tornado, shares of variance, or what knowing would be worth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.sensitivity_choices import about_information
from sim.report.sensitivity_results import Decision, Panel, SensitivityRead
from sim.report.sensitivity_sentences import about_panel, criterion_name, panel_name
from sim.report.tables import Row
from sim.report.words import Words

MOST_ROWS = 12
LOW_END, HIGH_END = "#0072B2", "#E69F00"
_FIRST, _TOTAL, _CLEAR = "#E69F00", "#0072B2", "#0072B2"
_HEAD_INCHES, _LINE_INCHES, _GAP_INCHES = 1.75, 0.17, 0.14
_LABEL_LETTERS, _UNIT_LETTERS = 30, 66


def row_label(name: str) -> str:
    """Return the name of a parameter, broken before its part and at its last point where it is long."""
    if len(name) <= _LABEL_LETTERS:
        return name
    whole, bracket, part = name.partition("[")
    if bracket:
        return f"{row_label(whole)}\n{style.wrap(bracket + part, _LABEL_LETTERS)}"
    head, point, tail = name.rpartition(".")
    return f"{head}{point}\n{style.wrap(tail, _LABEL_LETTERS)}"


def draw_tornado(panel: Panel, found: SensitivityRead, words: Words) -> Drawn:
    """Draw where each end of each range takes an outcome, from where it stands at the start values."""
    shown = found.ranked(panel)[:MOST_ROWS]
    low, high = (found.by_parameter(panel, end) for end in ("at_low", "at_high"))
    start = float(found.by_parameter(panel, "start")[""]["value"])
    title = words.text("figure.sensitivity.tornado", panel=panel_name(panel, words))
    with style.house_style():
        figure, axes = _rows(shown)
        for at, name in enumerate(shown):
            for rows, paint, shape in ((low, LOW_END, "v"), (high, HIGH_END, "^")):
                _end(axes, start, rows[name], at, paint, shape)
        axes.axvline(start, color=style.BLACK, linewidth=1.0, zorder=2)
        zero = _zero_if_near(axes)
        style.number_ticks(axes.xaxis, words.number.signed if panel.against else words.number.plain)
        axes.set_xlabel(style.wrap(words.text.unit(panel.unit), _UNIT_LETTERS))
        style.set_title(figure, title)
        style.legend_below(figure, _tornado_marks(words, zero=zero))
    return Drawn(figure=figure, title=title, alt=about_panel(panel, found, words))


def _end(axes: Axes, start: float, row: Row, at: int, paint: str, shape: str) -> None:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    axes.barh([at], [value], left=start, height=0.56, color=paint, alpha=0.55, zorder=1)
    if math.isfinite(low):
        axes.plot([start + low, start + high], [at, at], color=paint, linewidth=1.6, solid_capstyle="butt", zorder=3)
    axes.plot([start + value], [at], marker=shape, color=paint, markeredgecolor="black", markersize=6, zorder=4)


def _zero_if_near(axes: Axes) -> bool:
    """Mark where nothing differs, if the rows come near it, and tell whether they do."""
    low, high = axes.get_xlim()
    near = low - 0.25 * (high - low) <= 0.0 <= high + 0.25 * (high - low)
    if near:
        axes.axvline(0.0, color=style.GREY, linewidth=1.0, linestyle="--", zorder=1)
    return near


def _tornado_marks(words: Words, *, zero: bool) -> list[Line2D | Patch]:
    ends = (("low", LOW_END, "v"), ("high", HIGH_END, "^"))
    marks: list[Line2D | Patch] = [
        Line2D([], [], color=paint, marker=shape, markeredgecolor="black", markersize=6, linewidth=1.6,
               label=words.text(f"figure.sensitivity.{end}"))
        for end, paint, shape in ends
    ]  # fmt: skip
    marks.append(Line2D([], [], color=style.BLACK, linewidth=1.0, label=words.text("figure.sensitivity.start")))
    if zero:
        label = words.text("figure.sensitivity.zero")
        marks.append(Line2D([], [], color=style.GREY, linewidth=1.0, linestyle="--", label=label))
    return marks


def draw_indices(panel: Panel, found: SensitivityRead, words: Words) -> Drawn:
    """Draw what share of the variance each parameter makes alone, and with others."""
    shown = found.ranked(panel)[:MOST_ROWS]
    title = words.text("figure.sensitivity.sobol", panel=panel_name(panel, words))
    kinds = (("first", _FIRST, "s", -0.16), ("total", _TOTAL, "o", 0.16))
    with style.house_style():
        figure, axes = _rows(shown)
        for measure, paint, shape, aside in kinds:
            rows = found.by_parameter(panel, measure)
            for at, name in enumerate(shown):
                _dot(axes, rows[name], at + aside, paint, shape, filled=True, scale=100.0)
        style.zero_line(axes)
        _finish(figure, axes, title, words.text("figure.sensitivity.share"), words)
        style.legend_below(
            figure, [_mark(words.text(f"figure.sensitivity.{kind}"), paint, shape) for kind, paint, shape, _ in kinds]
        )
    return Drawn(figure=figure, title=title, alt=about_panel(panel, found, words))


def draw_information(decision: Decision, found: SensitivityRead, words: Words) -> Drawn:
    """Draw what knowing each parameter would be worth, beside what knowing everything would."""
    worth = found.worth(decision)
    ranked = sorted((name for name in worth if name), key=lambda name: -float(worth[name]["value"]))
    shown = ranked[:MOST_ROWS]
    title = words.text("figure.sensitivity.information", criterion=criterion_name(decision, words))
    with style.house_style():
        figure, axes = _rows([words.text("figure.sensitivity.everything"), *shown])
        _dot(axes, worth[""], 0, style.BLACK, "D", filled=True)
        for at, name in enumerate(shown, start=1):
            clear = str(worth[name]["clear"]) == "True"
            _dot(axes, worth[name], at, _CLEAR if clear else style.GREY, "o", filled=clear)
        floor = max(float(worth[name]["floor"]) for name in shown)
        axes.axvspan(0.0, floor, color=style.LIGHT, zorder=0)
        axes.set_xlim(left=0.0)
        _finish(figure, axes, title, words.text.unit(decision.unit), words)
        style.legend_below(figure, _information_marks(words))
    return Drawn(figure=figure, title=title, alt=about_information(decision, found, words))


def _information_marks(words: Words) -> list[Line2D | Patch]:
    return [
        _mark(words.text("figure.sensitivity.worth_clear"), _CLEAR, "o"),
        _mark(words.text("figure.sensitivity.worth_unclear"), style.GREY, "o", filled=False),
        _mark(words.text("figure.sensitivity.worth_all"), style.BLACK, "D"),
        Patch(color=style.LIGHT, label=words.text("figure.sensitivity.floor")),
    ]


def _rows(names: Sequence[str]) -> tuple[Figure, Axes]:
    """Return a figure with a named row each, the first on top."""
    labels = [row_label(name) for name in names]
    lines = max(label.count("\n") + 1 for label in labels)
    figure = style.new_figure(_HEAD_INCHES + len(names) * (_GAP_INCHES + _LINE_INCHES * lines))
    axes = figure.subplots()
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return figure, axes


def _dot(axes: Axes, row: Row, at: float, paint: str, shape: str, *, filled: bool, scale: float = 1.0) -> None:
    value, low, high = (float(row[name]) * scale for name in ("value", "low", "high"))
    if math.isfinite(low):
        axes.plot([low, high], [at, at], color=paint, linewidth=1.6, solid_capstyle="butt", zorder=2)
    axes.plot(
        [value], [at], marker=shape, color=paint, markerfacecolor=paint if filled else "white", markersize=5.5,
        zorder=3, clip_on=False,
    )  # fmt: skip


def _mark(label: str, paint: str, shape: str, *, filled: bool = True) -> Line2D:
    face = paint if filled else "white"
    return Line2D([], [], color=paint, marker=shape, markerfacecolor=face, markersize=5.5, linewidth=1.6, label=label)


def _finish(figure: Figure, axes: Axes, title: str, unit: str, words: Words) -> None:
    style.number_ticks(axes.xaxis, words.number.plain)
    axes.set_xlabel(style.wrap(unit, _UNIT_LETTERS))
    style.set_title(figure, title)
