"""Draw what paid staff time goes to, by kind of work, for some professions and every scenario."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.core.vocabulary import WorkKind, label
from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.words import Words

KINDS = (*(label(kind) for kind in WorkKind), "base_load")
SHOWN = (
    "all",
    "general_practitioner",
    "specialist_physician",
    "home_nurse",
    "care_manager",
    "home_help_worker",
)
_PAINTS = {
    "direct": ("#0072B2", ""),
    "reading_in": ("#56B4E9", "...."),
    "documentation": ("#F0E442", ""),
    "travel": ("#CC79A7", "////"),
    "coordination": ("#009E73", "xxxx"),
    "hassle": ("#D55E00", "\\\\\\\\"),
    "base_load": ("#D9D9D9", ""),
}
_COLUMNS = 3


def draw(words: Words) -> Drawn | None:
    """Draw stacked shares of paid time; None when time was not measured by profession."""
    shown = [name for name in SHOWN if _has(words, name)]
    if not shown:
        return None
    rows = math.ceil(len(shown) / _COLUMNS)
    scenarios = words.results.scenarios
    names = [words.scenario(scenario) for scenario in scenarios]
    with style.house_style():
        figure = style.new_figure(1.4 + rows * (0.75 + style.row_inches(names) * len(scenarios)))
        axes = figure.subplots(rows, min(_COLUMNS, len(shown)), squeeze=False, sharey=True, sharex=True)
        for panel in axes.flat[len(shown) :]:
            panel.set_visible(False)
        for panel, profession in zip(axes.flat, shown, strict=False):
            _panel(panel, profession, words)
        title = words.text("figure.staff_time.title")
        style.set_title(figure, title)
        handles = [
            Patch(
                facecolor=_PAINTS[kind][0],
                hatch=_PAINTS[kind][1],
                edgecolor="black",
                linewidth=0.5,
                label=words.text(f"work_kind.{kind}"),
            )
            for kind in KINDS
        ]
        style.legend_below(figure, handles, title=words.text("figure.staff_time.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(words, shown))


def _grouping(profession: str) -> str:
    """Return how the tables group a profession; all staff together are `all`."""
    return "all" if profession == "all" else "profession"


def _share(words: Words, scenario: str, kind: str, profession: str) -> float:
    return words.results.level(scenario, f"time_{kind}_share", _grouping(profession), profession)


def _has(words: Words, profession: str) -> bool:
    return math.isfinite(_share(words, words.results.facts.baseline, "direct", profession))


def _panel(axes: Axes, profession: str, words: Words) -> None:
    scenarios = words.results.scenarios
    for place, scenario in enumerate(scenarios):
        left = 0.0
        for kind in KINDS:
            share = 100.0 * _share(words, scenario, kind, profession)
            if not math.isfinite(share):
                continue
            paint, hatch = _PAINTS[kind]
            axes.barh(
                place,
                share,
                left=left,
                height=0.76,
                color=paint,
                hatch=hatch,
                edgecolor="black",
                linewidth=0.5,
            )
            left += share
        _whisker(axes, scenario, profession, left, place, words)
    axes.axvline(100.0, color="black", linewidth=1.2, linestyle="--", zorder=4)
    axes.set_ylim(len(scenarios) - 0.4, -0.6)
    axes.set_yticks(range(len(scenarios)), style.row_labels([words.scenario(name) for name in scenarios]))
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelbottom=True)
    axes.set_xticks([0, 50, 100])
    axes.set_title(style.wrap(words.text.name("profession", profession), 20), fontweight="bold")
    axes.set_xlabel(words.text("figure.staff_time.axis"))


def _whisker(axes: Axes, scenario: str, profession: str, end: float, place: float, words: Words) -> None:
    """Mark the interval of the change in all time used at the end of a scenario's bar."""
    used = words.results.difference(scenario, "utilisation", _grouping(profession), profession)
    if used is not None and used.has_interval:
        ends = [end + 100.0 * (bound - used.mean) for bound in (used.low, used.high)]
        axes.plot(ends, [place, place], color="black", linewidth=2.0, solid_capstyle="butt", zorder=5)


def _alt(words: Words, shown: list[str]) -> str:
    """Name direct time and hassle of each shown profession in the baseline and in the last scenario."""
    first, last = words.results.scenarios[0], words.results.scenarios[-1]
    percent = words.number.percent
    return " ".join(
        words.text(
            "figure.staff_time.alt",
            profession=words.text.name("profession", profession),
            first=words.scenario(first),
            last=words.scenario(last),
            direct_first=percent(_share(words, first, "direct", profession)),
            direct_last=percent(_share(words, last, "direct", profession)),
            hassle_first=percent(_share(words, first, "hassle", profession)),
            hassle_last=percent(_share(words, last, "hassle", profession)),
        )
        for profession in shown
    )
