"""Draw contacts and hospital use by need group: today's level, and what each scenario changes."""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.words import Words

_PANELS = ("contacts_care", "ed_visits_per_1000", "bed_days_per_1000")
_BAR_INCHES, _ROW_INCHES = 0.44, 0.125


def draw(words: Words) -> Drawn | None:
    """Draw levels above and differences below; None when nothing was measured by need group."""
    panels = [outcome for outcome in _PANELS if words.results.every_difference(outcome, "need_group")]
    if not panels:
        return None
    compared = words.results.compared
    groups = sorted(words.results.groups(panels[0], "need_group"))
    blocks = len(groups) * (len(compared) + 1)
    with style.house_style():
        figure = style.new_figure(2.0 + _BAR_INCHES * len(groups) + _ROW_INCHES * blocks)
        axes = figure.subplots(
            2,
            len(panels),
            squeeze=False,
            sharey="row",
            height_ratios=[_BAR_INCHES * len(groups), _ROW_INCHES * blocks],
        )
        for column, outcome in enumerate(panels):
            _levels(axes[0, column], outcome, groups, words)
            _changes(axes[1, column], outcome, groups, words)
        title = words.text("figure.need_groups.title")
        style.set_title(figure, title)
        names = [words.scenario(scenario) for scenario in compared]
        style.legend_below(figure, style.scenario_marks(names), title=words.text("figure.need_groups.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(words, panels, groups))


def _levels(axes: Axes, outcome: str, groups: list[str], words: Words) -> None:
    baseline = words.results.facts.baseline
    levels = [words.results.level(baseline, outcome, "need_group", group) for group in groups]
    axes.barh(range(len(groups)), levels, color=style.colour(0), height=0.62)
    for place, level in enumerate(levels):
        axes.annotate(words.number.plain(level), (level, place), xytext=(3, 0), textcoords="offset points", va="center")
    axes.set_xlim(0, max(levels) * 1.38)
    axes.set_ylim(len(groups) - 0.4, -0.6)
    axes.set_yticks(range(len(groups)), [words.text.name("need_group_short", group) for group in groups])
    axes.tick_params(axis="y", length=0)
    axes.set_title(style.wrap(words.short(outcome), 22), fontweight="bold")
    style.number_ticks(axes.xaxis, words.number.plain, most=3)
    unit = words.text.unit(words.registry[outcome].unit)
    axes.set_xlabel(style.wrap(words.text("figure.need_groups.level", unit=unit), 26))


def _changes(axes: Axes, outcome: str, groups: list[str], words: Words) -> None:
    compared = words.results.compared
    height = len(compared) + 1
    for block, group in enumerate(groups):
        if block % 2:
            axes.axhspan(block * height - 1, (block + 1) * height - 1, color=style.LIGHT, alpha=0.35, linewidth=0)
        for place, scenario in enumerate(compared, start=1):
            difference = words.results.difference(scenario, outcome, "need_group", group)
            if difference is not None and difference.baseline_mean:
                scale = 100.0 * difference.relative(1.0)
                style.dot_with_interval(axes, difference, scale, block * height + place - 1, place)
    style.zero_line(axes)
    axes.set_ylim(len(groups) * height - 1, -1)
    middle = (len(compared) - 1) / 2
    axes.set_yticks(
        [block * height + middle for block in range(len(groups))],
        [words.text.name("need_group_short", group) for group in groups],
    )
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    style.number_ticks(axes.xaxis, words.number.signed, most=4)
    axes.set_xlabel(words.text("figure.need_groups.axis"))


def _alt(words: Words, panels: list[str], groups: list[str]) -> str:
    """Name each outcome's highest baseline level, and the largest change with the last scenario."""
    baseline, said = words.results.facts.baseline, []
    last = words.results.compared[-1]
    for outcome in panels:
        top = max(groups, key=lambda group: words.results.level(baseline, outcome, "need_group", group))
        difference = words.results.difference(last, outcome, "need_group", top)
        if difference is None:
            continue
        said.append(
            words.text(
                "figure.need_groups.alt",
                outcome=words.outcome(outcome),
                group=words.group("need_group", top),
                level=words.number.plain(difference.baseline_mean),
                unit=words.text.unit(difference.unit),
                scenario=words.scenario(last),
                relative=words.number.percent(difference.relative(difference.mean), signed=True),
            )
        )
    return " ".join(said)
