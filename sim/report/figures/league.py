"""Draw what each system has beside what it would do here: one row a system, means to the left, outcomes to the right.

Wider than the other figures, for a page turned on its side: a row must be followed across both halves.
"""

from __future__ import annotations

import math
from itertools import groupby
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.figures import style
from sim.report.figures.panels import marked, one_line, verdict_marks
from sim.report.figures.style import Drawn
from sim.report.interplay import verdict_of, written
from sim.report.league_results import League
from sim.report.tables import Row
from sim.report.verdict import Verdict
from sim.report.words import Words

_COLUMN_INCHES, _PANEL_INCHES, _LABEL_INCHES, _ROW_INCHES = 0.185, 1.25, 2.35, 0.27
_LABEL_LETTERS = 34
_SIGNS = {
    "yes": ("●", style.BLACK),
    "partial": ("◐", style.BLACK),
    "unclear": ("?", style.GREY),
    "no": ("–", style.GREY),
}
"""Told apart by shape alone; the empty cell says that the source does not speak of it."""
_OPEN_RANK_POINTS = 9.0
_APART = 0.3
"""Share of a panel between two tick labels that do not touch."""


def draw(league: League, words: Words) -> Drawn:
    """Draw the matrix and one panel per outcome over the same rows, the baseline on top."""
    systems, columns, outcomes = league.systems, league.columns, league.outcomes
    matrix = max(len(columns), 1) * _COLUMN_INCHES
    with style.house_style():
        width = _LABEL_INCHES + matrix + len(outcomes) * _PANEL_INCHES
        figure = Figure(figsize=(width, 3.3 + _ROW_INCHES * len(systems)), layout="constrained")
        FigureCanvasAgg(figure)
        panels = figure.subplots(
            1, 1 + len(outcomes), sharey=True, squeeze=False, width_ratios=[matrix, *[_PANEL_INCHES] * len(outcomes)]
        )[0]
        _matrix(panels[0], league, words)
        present: set[Verdict] = set()
        for axes, outcome in zip(panels[1:], outcomes, strict=True):
            present |= _panel(axes, league, outcome, words)
        _bands(panels, league)
        title = words.text("figure.league.title")
        figure.suptitle(title, x=0.01, ha="left", fontsize=style.TITLE_POINTS, fontweight="bold")
        _legend(figure, words, present, width)
        return Drawn(figure=figure, title=title, alt=_alt(league, words))


def _matrix(axes: Axes, league: League, words: Words) -> None:
    columns = league.columns
    for at, system in enumerate(league.systems):
        cells = league.cells(system)
        for place, means in enumerate(columns):
            sign = _SIGNS.get(cells.get(means, ""))
            if sign:
                axes.text(place, at, sign[0], color=sign[1], ha="center", va="center", fontsize=style.FONT_POINTS)
    axes.set_xlim(-0.5, max(len(columns), 1) - 0.5)
    axes.set_ylim(len(league.systems) - 0.5, -0.5)
    names = [words.text.name("means_short", means) for means in columns]
    axes.set_xticks(range(len(columns)), names, rotation=90)
    axes.xaxis.tick_top()
    titles = [one_line(words.scenario(system), _LABEL_LETTERS) for system in league.systems]
    axes.set_yticks(range(len(titles)), titles)
    axes.tick_params(axis="both", length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    for place in range(0, len(columns), 2):
        axes.axvspan(place - 0.5, place + 0.5, color=style.LIGHT, alpha=0.35, linewidth=0, zorder=0)
    seventeen = int(league.matrix.loc[league.matrix["among_seventeen"], "means"].nunique())
    if 0 < seventeen < len(columns):
        axes.axvline(seventeen - 0.5, color=style.GREY, linewidth=0.9)


def _panel(axes: Axes, league: League, outcome: str, words: Words) -> set[Verdict]:
    """Draw one outcome; ranks left open stand at the right edge. Returns the verdicts drawn."""
    present, right = set(), []
    for at, system in enumerate(league.systems):
        row = league.row(system, outcome)
        kind = verdict_of(row)
        present.add(kind)
        marked(axes, float(row["mean"]), float(row["low"]), float(row["high"]), at, kind)
        right.append(_ranks(row))
    low, high = axes.get_xlim()
    reach = max(abs(low), abs(high)) or 1.0
    low, high = min(low, -0.08 * reach), max(high, 0.08 * reach)
    # Room for the ranks, so that no interval runs into them.
    axes.set_xlim(low, high + 0.8 * (high - low))
    for at, ranks in enumerate(right):
        axes.annotate(
            ranks, (1.0, at), xycoords=("axes fraction", "data"), ha="right", va="center", fontsize=_OPEN_RANK_POINTS,
            color=style.GREY,
        )  # fmt: skip
    style.zero_line(axes)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.spines["left"].set_visible(False)
    _ticks(axes, low, high, words)
    axes.set_xlabel(fill(words.text.unit(str(row["unit"])), 17))
    axes.set_title(fill(words.short(outcome), 16))
    return present


def _ticks(axes: Axes, low: float, high: float, words: Words) -> None:
    """Mark zero and one round number on the longer side: a narrow panel has room for no more."""
    longer = high if high > -low else low
    power = 10.0 ** math.floor(math.log10(abs(longer)))
    size = max(step * power for step in (0.8, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0) if step * power <= abs(longer))
    tick = math.copysign(size, longer)
    left, right = axes.get_xlim()
    near = size < _APART * (right - left)
    axes.set_xticks([0.0, tick], ["" if near else "0", words.number.signed(tick, _decimals(size))])


def _decimals(value: float) -> int:
    return next((places for places in range(6) if math.isclose(value, round(value, places))), 6)


def _ranks(row: Row) -> str:
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return f"({low})" if low == high else f"({low}–{high})"


def _bands(panels: list[Axes], league: League) -> None:
    """Draw a line between the baseline, the systems of each report, and those that stand for nothing written."""
    reports = dict(zip(league.table["scenario"], league.table["report"], strict=True))
    at = 0
    for _, members in groupby(league.systems, key=lambda system: (system == league.systems[0], reports[system])):
        at += len(list(members))
        if at < len(league.systems):
            for axes in panels:
                axes.axhline(at - 0.5, color=style.GREY, linewidth=0.6, zorder=0)


def _legend(figure: Figure, words: Words, present: set[Verdict], width: float) -> None:
    signs = "   ".join(f"{sign} {words.text(f'league.{value}')}" for value, (sign, _) in _SIGNS.items())
    left = f"{words.text('figure.league.has')}: {signs}. {words.text('league.empty')}"
    note = "\n".join(fill(line, int(width * 12)) for line in (left, words.text("figure.league.does")))
    handles: list[Line2D] = verdict_marks(words, present)
    legend = figure.legend(
        handles=handles, loc="outside lower left", ncols=4, title=note, alignment="left", borderaxespad=0.2
    )
    legend.get_title().set_fontsize(style.FONT_POINTS)


def _alt(league: League, words: Words) -> str:
    said = []
    first = league.outcomes[0]
    for system in league.systems[1:]:
        values = list(league.cells(system).values())
        row = league.row(system, first)
        said.append(
            words.text(
                "figure.league.alt",
                system=words.scenario(system),
                yes=values.count("yes"),
                partial=values.count("partial"),
                unclear=values.count("unclear"),
                outcome=words.outcome(first),
                effect=written(row, words),
                low=int(row["rank_low"]),
                high=int(row["rank_high"]),
                systems=int(row["systems"]),
            )
        )
    return " ".join(said)
