"""Draw all headline differences at once: a dot and interval per outcome and scenario, better to the right."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.headline import AIMS, on_overview
from sim.report.results import Difference
from sim.report.verdict import Verdict
from sim.report.words import Words

_ROW_INCHES = 0.235
_MARKS = {
    Verdict.BETTER: (style.BETTER, "^", True),
    Verdict.WORSE: (style.WORSE, "v", True),
    Verdict.UNCLEAR: (style.GREY, "o", False),
    Verdict.NEGLIGIBLE: (style.GREY, "|", True),
    Verdict.UNCHANGED: (style.GREY, "_", True),
    Verdict.UNTESTED: (style.GREY, "s", False),
}
_PANELS_PER_BAND = 5
_TICKS = (1, 5, 10, 25, 50, 100, 250, 500)
_LABEL_APART = 0.4
"""Labels of up to two digits do not touch when their ticks lie this share of half an axis apart."""


def draw(words: Words) -> Drawn | None:
    """Draw the Triple-Aim overview; None when nothing is compared."""
    results = words.results
    rows = [
        (aim, outcome)
        for aim in AIMS
        for outcome in on_overview(aim, words)
        if any(results.difference(scenario, outcome) for scenario in results.compared)
    ]
    if not rows:
        return None
    bands = math.ceil(len(results.compared) / _PANELS_PER_BAND)
    columns = min(len(results.compared), _PANELS_PER_BAND)
    with style.house_style():
        figure = style.new_figure(1.1 + bands * (0.75 + _ROW_INCHES * (len(rows) + len(AIMS))))
        axes = figure.subplots(bands, columns, squeeze=False, sharey=True, sharex=True)
        reach = _reach(words, [outcome for _, outcome in rows])
        for position, panel in enumerate(axes.flat):
            if position < len(results.compared):
                _panel(
                    panel,
                    rows,
                    results.compared[position],
                    words,
                    reach,
                    first=position % columns == 0,
                    narrow=columns > 2,
                )
                panel.tick_params(labelbottom=True)
            else:
                panel.set_visible(False)
        title = words.text("figure.overview.title")
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words), title=words.text("figure.overview.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(words, [outcome for _, outcome in rows]))


def squeeze(percent: float) -> float:
    """Return where a percentage lies on the axis: square roots, so that 1 % and 50 % can both be read."""
    return math.copysign(math.sqrt(abs(percent)), percent)


def _gain(difference: Difference, value: float) -> float:
    """Return a change in per cent of the baseline, positive when it is for the better."""
    sign = -1.0 if difference.better == "lower" else 1.0
    return 100.0 * sign * difference.relative(value)


def _reach(words: Words, outcomes: Sequence[str]) -> float:
    """Return the largest percentage that the axes must show."""
    found = [
        abs(_gain(difference, value))
        for scenario in words.results.compared
        for outcome in outcomes
        if (difference := words.results.difference(scenario, outcome))
        for value in (difference.mean, difference.low, difference.high)
    ]
    return max([value for value in found if math.isfinite(value)], default=1.0) * 1.1 or 1.0


def _panel(
    axes: Axes,
    rows: Sequence[tuple[str, str]],
    scenario: str,
    words: Words,
    reach: float,
    *,
    first: bool,
    narrow: bool,
) -> None:
    limit = squeeze(max(reach, 2.0))
    ticks, labels, place, aim_before = [], [], 0.0, ""
    for aim, outcome in rows:
        if aim != aim_before:
            ticks.append(place)
            labels.append(words.text(f"aim.{aim}").upper())
            axes.axhline(place, color=style.LIGHT, linewidth=0.8, zorder=0)
            place, aim_before = place + 1.0, aim
        ticks.append(place)
        labels.append(words.short(outcome))
        difference = words.results.difference(scenario, outcome)
        if difference is not None:
            _dot(axes, difference, place)
        place += 1.0
    axes.axvspan(0.0, limit, color=style.BETTER, alpha=0.07, linewidth=0)
    style.zero_line(axes)
    axes.set_xlim(-limit, limit)
    axes.set_ylim(place - 0.4, -0.6)
    axes.set_yticks(ticks, labels)
    axes.tick_params(axis="y", length=0, labelleft=first)
    aims = {words.text(f"aim.{aim}").upper() for aim in AIMS}
    for label in axes.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() in aims else "normal")
    shown = _shown_ticks(reach)
    axes.set_xticks([squeeze(tick) for tick in shown], [words.number.plain(abs(tick), 0) for tick in shown])
    axes.grid(axis="x")
    axes.set_xlabel(words.text("figure.overview.axis"))
    axes.set_title(style.wrap(words.scenario(scenario), 12 if narrow else 30))


def _shown_ticks(reach: float) -> list[float]:
    """Return at most two ticks a side besides zero, so that labels never touch."""
    limit = squeeze(max(reach, 2.0))
    # Three digits are wide: they must stay clear of the next panel, and leave no room for a second tick.
    inside = [tick for tick in _TICKS if tick <= reach and (tick < 100 or squeeze(tick) < 0.85 * limit)] or [1]
    outer = inside[-1]
    gap = _LABEL_APART * limit
    inner = [tick for tick in inside if outer < 100 and gap <= squeeze(tick) <= squeeze(outer) - gap]
    chosen = {float(outer), *map(float, inner[-1:])}
    return sorted({0.0, *chosen, *(-tick for tick in chosen)})


def _dot(axes: Axes, difference: Difference, place: float) -> None:
    paint, marker, filled = _MARKS[difference.verdict]
    if not math.isfinite(difference.relative(difference.mean)):
        return
    if difference.has_interval:
        ends = sorted(squeeze(_gain(difference, value)) for value in (difference.low, difference.high))
        axes.plot(ends, [place, place], color=paint, linewidth=1.8, solid_capstyle="butt", zorder=2)
    axes.plot(
        [squeeze(_gain(difference, difference.mean))],
        [place],
        marker=marker,
        color=paint,
        markerfacecolor=paint if filled else "white",
        markersize=5,
        zorder=3,
    )


def _legend(words: Words) -> list[Line2D]:
    present = {
        difference.verdict
        for scenario in words.results.compared
        for aim in AIMS
        for outcome in on_overview(aim, words)
        if (difference := words.results.difference(scenario, outcome))
    }
    return [
        Line2D(
            [], [], color=paint, marker=marker, markerfacecolor=paint if filled else "white", linewidth=1.8,
            label=words.text(f"verdict_long.{verdict.value}"),
        )
        for verdict, (paint, marker, filled) in _MARKS.items()
        if verdict in present
    ]  # fmt: skip


def _alt(words: Words, outcomes: Sequence[str]) -> str:
    parts = []
    for scenario in words.results.compared:
        found = [row for outcome in outcomes if (row := words.results.difference(scenario, outcome))]
        clear = [row for row in found if row.verdict in (Verdict.BETTER, Verdict.WORSE)]
        most = sorted(clear, key=lambda row: -abs(np.nan_to_num(row.relative(row.mean))))[:3]
        named = "; ".join(
            f"{words.outcome(row.outcome)} {words.number.percent(row.relative(row.mean), signed=True)}" for row in most
        )
        parts.append(
            words.text(
                "figure.overview.alt",
                scenario=words.scenario(scenario),
                better=sum(row.verdict is Verdict.BETTER for row in found),
                worse=sum(row.verdict is Verdict.WORSE for row in found),
                total=len(found),
                named=named or words.text("nothing"),
            )
        )
    return " ".join(parts)
