"""Draw staff time freed, by profession, beside what is saved in full cost and in cash."""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.analysis.value_payers import TOTAL
from sim.analysis.value_settings import CASH, FULL
from sim.core.vocabulary import Profession, label
from sim.report.figures import style
from sim.report.figures.style import Drawn
from sim.report.value_results import Estimate, ValueResults
from sim.report.value_words import MILLION, held, kinds, millions, written
from sim.report.words import Words

_SHOWN = 7
_ROW_INCHES = 0.125


def draw(words: Words) -> Drawn | None:
    """Draw hours of the professions that change most, and money saved below; None when hours were not measured."""
    value = held(words)
    if value is None or value.tables["time_freed"].empty:
        return None
    professions = _largest(value, words)
    compared = words.results.compared
    height = len(compared) + 1
    with style.house_style():
        figure = style.new_figure(2.3 + (len(professions) + 2) * height * _ROW_INCHES)
        hours, money = figure.subplots(2, 1, height_ratios=[len(professions) + 0.2, 2.2])
        rows = [[value.freed(name, one) for name in compared] for one in professions]
        _panel(hours, [words.text.name("profession", one) for one in professions], rows, words)
        hours.set_xlabel(words.text("figure.time_freed.hours"))
        saved = [[_saved(value, name, kind) for name in compared] for kind in (FULL, CASH)]
        _panel(money, list(kinds(words).values()), saved, words)
        money.set_xlabel(words.text("figure.time_freed.money"))
        title = words.text("figure.time_freed.title")
        style.set_title(figure, title)
        marks = style.scenario_marks([words.scenario(name) for name in compared])
        style.legend_below(figure, marks, title=words.text("figure.time_freed.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(value, words))


def _largest(value: ValueResults, words: Words) -> list[str]:
    """Return all staff, then the professions with the largest changes, in the order of the closed list."""
    named = [label(one) for one in Profession]
    sizes = {}
    for name in named:
        found = [value.freed(scenario, name) for scenario in words.results.compared]
        sizes[name] = max((abs(one.mean) for one in found if one is not None), default=0.0)
    largest = sorted((name for name in named if sizes[name]), key=lambda name: -sizes[name])[:_SHOWN]
    return ["all", *(name for name in named if name in largest)]


def _saved(value: ValueResults, scenario: str, kind: str) -> Estimate | None:
    total = value.payer(scenario, kind, TOTAL)
    return None if total is None else total.times(-1.0 / MILLION)


def _panel(axes: Axes, names: list[str], rows: list[list[Estimate | None]], words: Words) -> None:
    height = len(words.results.compared) + 1
    for block, found in enumerate(rows):
        if block % 2:
            axes.axhspan(block * height - 1, (block + 1) * height - 1, color=style.LIGHT, alpha=0.35, linewidth=0)
        for place, one in enumerate(found, start=1):
            if one is None:
                continue
            at, paint = block * height + place - 1, style.colour(place)
            if one.has_interval:
                axes.plot([one.low, one.high], [at, at], color=paint, linewidth=1.5, zorder=2)
            axes.plot([one.mean], [at], color=paint, marker=style.marker(place), markersize=5, zorder=3)
    style.zero_line(axes)
    axes.set_ylim(len(rows) * height - 1, -1)
    axes.set_yticks([block * height + (height - 2) / 2 for block in range(len(rows))], style.row_labels(names))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    style.number_ticks(axes.xaxis, words.number.signed)


def _alt(value: ValueResults, words: Words) -> str:
    said = []
    for scenario in words.results.compared:
        hours = value.freed(scenario, "all")
        full, cash = (value.payer(scenario, kind, TOTAL) for kind in (FULL, CASH))
        if hours is not None and full is not None and cash is not None:
            said.append(
                words.text(
                    "figure.time_freed.alt",
                    scenario=words.scenario(scenario),
                    hours=written(hours, words)[0],
                    full=millions(full.times(-1.0), words)[0],
                    cash=millions(cash.times(-1.0), words)[0],
                )
            )
    return " ".join(said)
