"""Draw published studies: the published range, what the study gives here, the true effect, and what lies between."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.study_results import PARTS, Figure, Studies
from sim.report.study_sentences import outcome_name, part_size, sentence
from sim.report.words import Words

_BAND, _MODEL, _TRUTH = style.LIGHT, style.OKABE_ITO[1], style.OKABE_ITO[3]
_PAINTS = dict(
    zip(PARTS, (style.OKABE_ITO[2], style.OKABE_ITO[4], style.OKABE_ITO[6], style.OKABE_ITO[7]), strict=True)
)
_HATCHES = dict(zip(PARTS, ("", "//", "..", "xx"), strict=True))
_TICKS = (-0.95, -0.9, -0.8, -0.65, -0.5, -0.35, -0.2, -0.1, 0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_MOST_TICKS = 6
_ROW_INCHES = 0.3


def draw(study: str, studies: Studies, words: Words) -> Drawn | None:
    """Draw one study, a panel for each of its figures; None when none could be told."""
    figures = [figure for figure in studies.of(study) if figure.told]
    if not figures:
        return None
    rows = [3 + len(figure.worth_naming()) for figure in figures]
    with style.house_style():
        page = style.new_figure(1.2 + sum(0.75 + _ROW_INCHES * count for count in rows))
        panels = page.subplots(len(figures), 1, squeeze=False, height_ratios=[count + 2 for count in rows])[:, 0]
        for axes, figure in zip(panels, figures, strict=True):
            _panel(axes, figure, words)
        title = studies.title(study, words.lang)
        style.set_title(page, title)
        return Drawn(figure=page, title=title, alt=" ".join(sentence(figure, words) for figure in figures))


def overview(studies: Studies, words: Words) -> Drawn | None:
    """Draw all figures of all studies: changes, shares and days in a panel each; None when none could be told."""
    told = [figure for figure in studies.figures if figure.told]
    kinds = [[one for one in told if one.is_ratio]]
    kinds += [[one for one in told if one.estimator == how] for how in ("share", "difference")]
    kinds = [kind for kind in kinds if kind]
    if not kinds:
        return None
    with style.house_style():
        page = style.new_figure(1.6 + sum(0.9 + 0.36 * len(kind) for kind in kinds))
        panels = page.subplots(len(kinds), 1, squeeze=False, height_ratios=[len(kind) + 2 for kind in kinds])[:, 0]
        for axes, kind in zip(panels, kinds, strict=True):
            for at, figure in enumerate(kind):
                _beside(axes, figure, at)
            names = [f"{studies.title(one.study, words.lang)}: {outcome_name(one, words)}" for one in kind]
            axes.set_yticks(range(len(kind)), [style.wrap(name, 44) for name in names])
            _frame(axes, kind, len(kind), words)
        title = words.text("figure.studies.title")
        style.set_title(page, title)
        style.legend_below(page, _legend(words), columns=3)
        alt = " ".join(f"{studies.title(one.study, words.lang)}. {sentence(one, words)}" for one in told)
        return Drawn(figure=page, title=title, alt=alt)


def _panel(axes: Axes, figure: Figure, words: Words) -> None:
    """Draw the published range, the model's figure and the true effect, then the parts from the one to the other."""
    labels = [words.text("study.published"), words.text("study.in_model"), words.text("study.true")]
    _published(axes, figure, 0)
    _point(axes, [figure.on_scale(one) for one in figure.simulated], 1, _MODEL, "o")
    _point(axes, _truth(figure), 2, _TRUTH, "D")
    reached = figure.effect
    for at, (name, part) in enumerate(figure.worth_naming().items(), start=3):
        axes.barh(
            at, part, left=reached, height=0.55, color=_PAINTS[name], hatch=_HATCHES[name], edgecolor=style.BLACK,
            linewidth=0.5,
        )  # fmt: skip
        reached += part
        axes.plot([reached, reached], [at, at + 0.5], color=style.GREY, linewidth=0.7)
        labels.append(f"{words.text(f'part.{name}.short')} ({part_size(figure, part, words)})")
    axes.set_yticks(range(len(labels)), [style.wrap(label, 34) for label in labels])
    _frame(axes, [figure], len(labels), words)
    axes.axvline(figure.on_scale(figure.simulated[0]), color=_MODEL, linewidth=0.7, linestyle=":", zorder=1)
    axes.set_title(outcome_name(figure, words), loc="left")


def _beside(axes: Axes, figure: Figure, at: int) -> None:
    _published(axes, figure, at)
    _point(axes, [figure.on_scale(one) for one in figure.simulated], at - 0.12, _MODEL, "o")
    if figure.estimator != "share" or figure.design == "survey":
        _point(axes, _truth(figure), at + 0.2, _TRUTH, "D")


def _truth(figure: Figure) -> list[float]:
    """Return the true effect with its interval on the scale; of a level the difference is on it already."""
    if figure.estimator in ("share", "difference"):
        return list(figure.truth)
    return [figure.on_scale(one) for one in figure.truth]


def _published(axes: Axes, figure: Figure, at: float) -> None:
    value, low, high = (figure.on_scale(one) for one in figure.published)
    axes.barh(at, high - low, left=low, height=0.62, color=_BAND, edgecolor=style.GREY, linewidth=0.6, zorder=1)
    if math.isfinite(value):
        axes.plot([value, value], [at - 0.31, at + 0.31], color=style.BLACK, linewidth=1.4, zorder=2)


def _point(axes: Axes, three: Sequence[float], at: float, paint: str, shape: str) -> None:
    value, low, high = three
    if not math.isfinite(value):
        return
    if math.isfinite(low) and math.isfinite(high):
        axes.plot([low, high], [at, at], color=paint, linewidth=1.6, solid_capstyle="butt", zorder=3)
    axes.plot([value], [at], marker=shape, color=paint, markersize=5, zorder=4)


def _frame(axes: Axes, figures: Sequence[Figure], rows: int, words: Words) -> None:
    """Set limits, the line of no effect, and ticks in what a reader knows."""
    axes.set_ylim(rows - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    style.zero_line(axes)
    first = figures[0]
    if first.is_ratio:
        low, high = axes.get_xlim()
        # A figure beyond these ends would press all others together; its interval runs out of the picture.
        axes.set_xlim(max(low, math.log1p(_TICKS[0])), min(high, math.log1p(_TICKS[-1])))
        low, high = axes.get_xlim()
        ticks = [one for one in _TICKS if low <= math.log1p(one) <= high]
        ticks = _apart(ticks, 0.13 * (high - low))
        axes.set_xticks([math.log1p(one) for one in ticks], [_percent(one, words) for one in ticks])
        axes.set_xlabel(words.text("study.axis_change"))
    elif first.estimator == "share":
        style.number_ticks(axes.xaxis, lambda value, _: _percent(value, words, signed=False), most=_MOST_TICKS)
        axes.set_xlabel(words.text("study.axis_share"))
    else:
        style.number_ticks(axes.xaxis, words.number.signed, most=_MOST_TICKS)
        axes.set_xlabel(words.text("study.axis_days"))


def _percent(value: float, words: Words, *, signed: bool = True) -> str:
    """Return a tick in per cent, a bare 0 where nothing changes."""
    return words.number.percent(value, signed=signed) if abs(value) > 1e-9 else words.number.plain(0.0)


def _apart(ticks: Sequence[float], least: float) -> list[float]:
    """Return ticks that do not touch, that of no change first of all."""
    kept: list[float] = []
    for one in sorted(ticks, key=abs):
        if all(abs(math.log1p(one) - math.log1p(other)) >= least for other in kept):
            kept.append(one)
    return sorted(kept)


def _legend(words: Words) -> list[Artist]:
    band = Patch(facecolor=_BAND, edgecolor=style.GREY, linewidth=0.6, label=words.text("study.published"))
    model = Line2D([], [], color=_MODEL, marker="o", markersize=5, label=words.text("study.in_model"))
    truth = Line2D([], [], color=_TRUTH, marker="D", markersize=5, label=words.text("study.true"))
    return [band, model, truth]
