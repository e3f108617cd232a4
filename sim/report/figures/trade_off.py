"""Draw emergency visits against days with unmet need: some means lower the one and raise the other."""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.results import Difference
from sim.report.words import Words, write_difference

ACROSS, UP = "unmet_need_days", "ed_visits_per_1000"


def draw(words: Words) -> Drawn | None:
    """Draw one point with two intervals per scenario; None when either outcome is missing."""
    pairs = [
        (scenario, across, up)
        for scenario in words.results.compared
        if (across := words.results.difference(scenario, ACROSS)) and (up := words.results.difference(scenario, UP))
    ]
    if not pairs:
        return None
    with style.house_style():
        figure = style.new_figure(4.6)
        axes = figure.subplots()
        for place, (_, across, up) in enumerate(pairs, start=1):
            _point(axes, across, up, place)
        _frame(axes, pairs[0][1], pairs[0][2], words)
        title = words.text("figure.trade_off.title")
        style.set_title(figure, title)
        names = [words.scenario(scenario) for scenario, _, _ in pairs]
        style.legend_below(figure, style.scenario_marks(names), title=words.text("figure.trade_off.legend"))
        alt = " ".join(
            words.text(
                "figure.trade_off.alt",
                scenario=words.scenario(scenario),
                up_outcome=words.short(UP),
                across_outcome=words.short(ACROSS),
                up=write_difference(up, words).mean,
                up_unit=words.text.unit(up.unit),
                across=write_difference(across, words).mean,
                across_unit=words.text.unit(across.unit),
            )
            for scenario, across, up in pairs
        )
        return Drawn(figure=figure, title=title, alt=alt)


def _point(axes: Axes, across: Difference, up: Difference, place: int) -> None:
    paint = style.colour(place)
    if across.has_interval:
        axes.plot([across.low, across.high], [up.mean, up.mean], color=paint, linewidth=1.5, zorder=2)
    if up.has_interval:
        axes.plot([across.mean, across.mean], [up.low, up.high], color=paint, linewidth=1.5, zorder=2)
    axes.plot([across.mean], [up.mean], color=paint, marker=style.marker(place), markersize=7, zorder=3)


def _frame(axes: Axes, across: Difference, up: Difference, words: Words) -> None:
    """Set zero lines, room on all sides, and labels with units; shade where both fall."""
    axes.grid()
    style.zero_line(axes)
    style.zero_line(axes, vertical=False)
    axes.plot([0.0], [0.0], marker=style.marker(0), color=style.colour(0), markersize=7, zorder=3)
    axes.set_xlim(*_room(*axes.get_xlim()))
    axes.set_ylim(*_room(*axes.get_ylim()))
    left, _ = axes.get_xlim()
    bottom, top = axes.get_ylim()
    axes.axvspan(left, 0.0, ymax=-bottom / (top - bottom), color=style.BETTER, alpha=0.07, linewidth=0)
    _corners(axes, words)
    style.number_ticks(axes.xaxis, words.number.signed)
    style.number_ticks(axes.yaxis, words.number.signed)
    axes.set_xlabel(words.text("figure.trade_off.axis", outcome=words.short(ACROSS), unit=words.text.unit(across.unit)))
    label = words.text("figure.trade_off.axis", outcome=words.short(UP), unit=words.text.unit(up.unit))
    axes.set_ylabel(style.wrap(label, 44))


def _room(low: float, high: float) -> tuple[float, float]:
    """Return limits that hold zero with space for the words in the corners on every side."""
    reach = max(abs(low), abs(high)) or 1.0
    return min(low - 0.18 * reach, -0.5 * reach), max(high + 0.18 * reach, 0.5 * reach)


def _corners(axes: Axes, words: Words) -> None:
    """Say in each corner what being there means."""
    corners = (
        ("both", 0.015, 0.02),
        ("unmet", 0.985, 0.02),
        ("emergency", 0.015, 0.98),
        ("none", 0.985, 0.98),
    )
    for key, x, y in corners:
        axes.text(
            x,
            y,
            style.wrap(words.text(f"figure.trade_off.{key}"), 24),
            transform=axes.transAxes,
            ha="left" if x < 0.5 else "right",
            va="bottom" if y < 0.5 else "top",
            color=style.GREY,
            style="italic",
        )
