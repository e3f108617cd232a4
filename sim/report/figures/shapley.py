"""Draw fair parts of the joint effect, and how far the best set of every size comes."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.factorial_results import Factorial
from sim.report.figures import style
from sim.report.figures.effects import row_names, strongest_means
from sim.report.figures.panels import MARKS, frame, panel_grid, verdict_marks
from sim.report.figures.style import Drawn
from sim.report.interplay import verdict_of
from sim.report.tables import Row
from sim.report.verdict import Verdict
from sim.report.words import Words

_COLUMNS = 3


def draw(found: Factorial, words: Words) -> Drawn:
    """Draw bars of fair parts per outcome, and below them the share of the joint effect by number of means."""
    shown = strongest_means(found)
    sets = [outcome for outcome in found.outcomes if _is_gain(found, outcome)]
    rows = dict(enumerate(row_names([found.title(means, words.lang) for means in shown])))
    with style.house_style():
        bands = -(-len(found.outcomes) // _COLUMNS)
        height = len(shown) * max(0.11 + 0.16 * (name.count("\n") + 1) for name in rows.values()) + 1.15
        below = 2.3 if sets else 0.0
        figure = style.new_figure(min(1.4 + bands * height + below, 10.2))
        halves = figure.subfigures(
            2 if sets else 1, 1, height_ratios=[bands * height, below][: 2 if sets else 1], squeeze=False
        )
        if sets:
            _by_size(halves[1, 0].subplots(), found, sets, words)
        panels = panel_grid(halves[0, 0], len(found.outcomes), min(_COLUMNS, len(found.outcomes)))
        present: set[Verdict] = set()
        for place, (axes, outcome) in enumerate(zip(panels, found.outcomes, strict=True)):
            parts = found.by_means("shapley", outcome)
            for at, means in enumerate(shown):
                present.add(_bar(axes, parts[means], at))
            ticks = {float(at): name for at, name in rows.items()}
            frame(axes, words, outcome, str(parts[shown[0]]["unit"]), ticks, first=place % _COLUMNS == 0)
        title = words.text("figure.shapley.title")
        style.set_title(figure, title)
        handles = [*verdict_marks(words, present), *_lines(sets, words)]
        style.legend_below(figure, handles, title=style.wrap(words.text("figure.shapley.legend"), 88))
        return Drawn(figure=figure, title=title, alt=_alt(found, words))


def _is_gain(found: Factorial, outcome: str) -> bool:
    held = bool(found.rows("smallest_sets", outcome))
    return held and verdict_of(found.rows("joint", outcome)[0]) is Verdict.BETTER


def _bar(axes: Axes, row: Row, at: int) -> Verdict:
    kind = verdict_of(row)
    paint, shape, filled = MARKS[kind]
    mean, low, high = (float(row[end]) for end in ("mean", "low", "high"))
    face = paint if filled else "white"
    axes.barh([at], [mean], height=0.6, color=face, edgecolor=paint, alpha=0.45 if filled else 1.0, zorder=1)
    if math.isfinite(low):
        axes.plot([low, high], [at, at], color=paint, linewidth=1.6, zorder=2)
    axes.plot([mean], [at], marker=shape, color=paint, markerfacecolor=face, markersize=5, zorder=3)
    return kind


def _by_size(axes: Axes, found: Factorial, sets: list[str], words: Words) -> None:
    """Draw the share of the joint effect that the best set of each size reaches, and the wanted share."""
    count = len(found.titles)
    for place, outcome in enumerate(sets, start=1):
        rows = found.rows("smallest_sets", outcome)
        axes.plot(
            [row["size"] for row in rows],
            [100.0 * row["share_of_joint"] for row in rows],
            color=style.colour(place),
            marker=style.marker(place),
            linestyle=style.line(place),
            markersize=5,
            linewidth=1.3,
        )
    axes.axhline(100.0 * found.reach, color=style.GREY, linewidth=1.0, linestyle=(0.0, (1, 1)))
    axes.axhline(100.0, color=style.LIGHT, linewidth=0.9, zorder=0)
    axes.set_xticks(range(1, count + 1))
    axes.set_xlim(0.8, count + 0.2)
    axes.set_ylim(bottom=0.0)
    axes.set_xlabel(words.text("figure.shapley.axis_size"))
    axes.set_ylabel(style.wrap(words.text("figure.shapley.axis_share"), 22))


def _lines(sets: list[str], words: Words) -> list[Line2D]:
    return [
        Line2D(
            [],
            [],
            color=style.colour(place),
            marker=style.marker(place),
            linestyle=style.line(place),
            markersize=5,
            linewidth=1.3,
            label=words.short(outcome),
        )
        for place, outcome in enumerate(sets, start=1)
    ]


def _alt(found: Factorial, words: Words) -> str:
    said = []
    for outcome in found.outcomes:
        rows = found.rows("shapley", outcome)
        most = max(rows, key=lambda row: abs(float(row["mean"])))
        said.append(
            words.text(
                "figure.shapley.alt",
                outcome=words.outcome(outcome),
                means=found.title(str(most["means"]), words.lang),
                part=words.number.signed(float(most["mean"])),
                unit=words.text.unit(str(most["unit"])),
            )
        )
    return " ".join(said)
