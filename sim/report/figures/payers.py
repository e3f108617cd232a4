"""Draw who pays and who gains as a waterfall: principal by principal, the means' own payments, and the sum."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.analysis.value_payers import AFTER, CARE, OWN, TOTAL, TRANSFER
from sim.analysis.value_settings import FULL
from sim.report.figures import style
from sim.report.figures.panels import panel_grid
from sim.report.figures.style import Drawn
from sim.report.value_grids import part_name
from sim.report.value_results import Estimate, ValueResults
from sim.report.value_words import MILLION, held, millions
from sim.report.words import Words

_COLUMNS = 3
_ROW_INCHES = 0.21
_NAME_LETTERS = 24
_HATCH = "////"


def draw(words: Words) -> Drawn | None:
    """Draw a waterfall per scenario in full cost, transfers beside; None when cost by principal was not measured."""
    value = held(words)
    if value is None or not value.principals:
        return None
    parts = [*((CARE, name) for name in value.principals), (OWN, ""), (TOTAL, "")]
    moved = [(TRANSFER, name) for name in value.principals if _any(value, TRANSFER, name, words)]
    shown = [name for name in words.results.compared if value.payer(name, FULL, TOTAL) is not None]
    rows = len(parts) + (len(moved) + 1 if moved else 0)
    columns = min(_COLUMNS, len(shown))
    bands = -(-len(shown) // columns)
    with style.house_style():
        figure = style.new_figure(1.3 + bands * (0.9 + rows * _ROW_INCHES))
        for number, (axes, scenario) in enumerate(zip(panel_grid(figure, len(shown), columns), shown, strict=True)):
            _panel(axes, value, scenario, parts, moved, words, first=number % columns == 0)
        title = words.text("figure.payers.title")
        style.set_title(figure, title)
        style.legend_below(figure, _legend(words, bool(moved)), columns=2, title=words.text("figure.payers.legend"))
        return Drawn(figure=figure, title=title, alt=_alt(value, shown, words))


def _any(value: ValueResults, part: str, principal: str, words: Words) -> bool:
    return any(value.payer(name, FULL, part, principal) is not None for name in words.results.compared)


def _legend(words: Words, moved: bool) -> list[Patch]:
    entries = [
        Patch(facecolor=style.BETTER, label=words.text("figure.payers.less")),
        Patch(facecolor=style.WORSE, label=words.text("figure.payers.more")),
        Patch(facecolor=style.GREY, label=words.text("figure.payers.sum")),
    ]
    if moved:
        entries.append(Patch(facecolor="white", edgecolor=style.GREY, hatch=_HATCH, label=words.text("payers.moved")))
    return entries


def _panel(
    axes: Axes,
    value: ValueResults,
    scenario: str,
    parts: list[tuple[str, str]],
    moved: list[tuple[str, str]],
    words: Words,
    *,
    first: bool,
) -> None:
    """Draw each part from where the one before ended; transfers, which add up to nothing, from zero below."""
    reached, names = 0.0, []
    for at, (part, principal) in enumerate(parts):
        names.append(style.wrap(part_name(part, principal, words), _NAME_LETTERS))
        found = value.payer(scenario, FULL, part, principal)
        if found is None:
            continue
        own = found.times(1.0 / MILLION)
        start = 0.0 if part == TOTAL else reached
        _bar(axes, own, start, at, style.GREY if part == TOTAL else style.BETTER if own.mean < 0 else style.WORSE)
        reached = start + own.mean
        if at + 1 < len(parts):
            axes.plot([reached, reached], [at, at + 1], color=style.GREY, linewidth=0.7, zorder=1)
    places = list(range(len(parts)))
    for at, (part, principal) in enumerate(moved, start=len(parts) + 1):
        found = value.payer(scenario, FULL, part, principal)
        if found is not None:
            _bar(axes, found.times(1.0 / MILLION), 0.0, at, "white", hatch=_HATCH)
        places.append(at)
        names.append(style.wrap(part_name(part, principal, words), _NAME_LETTERS))
    style.zero_line(axes)
    axes.set_yticks(places, names)
    axes.tick_params(axis="y", length=0, labelleft=first)
    axes.set_ylim(max(places) + 0.7, -0.7)
    axes.grid(axis="x")
    axes.margins(x=0.08)
    style.number_ticks(axes.xaxis, words.number.signed, most=3)
    axes.set_title(style.wrap(words.scenario(scenario), 22), fontweight="bold")
    axes.set_xlabel(style.wrap(words.text("figure.payers.axis"), 24))


def _bar(axes: Axes, found: Estimate, start: float, at: int, paint: str, hatch: str | None = None) -> None:
    axes.barh(
        [at], [found.mean], left=[start], height=0.62, color=paint, hatch=hatch, zorder=2,
        edgecolor=style.GREY if hatch else paint, linewidth=0.8,
    )  # fmt: skip
    if found.has_interval:
        axes.plot([start + found.low, start + found.high], [at, at], color=style.BLACK, linewidth=1.4, zorder=3)


def _alt(value: ValueResults, shown: list[str], words: Words) -> str:
    """Name the total of each scenario, and who pays most and least in the end."""
    said = []
    for scenario in shown:
        total = value.payer(scenario, FULL, TOTAL)
        after = {name: value.payer(scenario, FULL, AFTER, name) for name in value.principals}
        known = {name: one for name, one in after.items() if one is not None}
        if total is None or not known:
            continue
        most, least = max(known, key=lambda name: known[name].mean), min(known, key=lambda name: known[name].mean)
        said.append(
            words.text(
                "figure.payers.alt",
                scenario=words.scenario(scenario),
                total=millions(total, words)[0],
                most=words.group("principal", most),
                most_mean=millions(known[most], words)[0],
                least=words.group("principal", least),
                least_mean=millions(known[least], words)[0],
            )
        )
    return " ".join(said)
