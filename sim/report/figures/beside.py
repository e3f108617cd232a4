"""Draw every published range with the simulated interval in it, ranges brought to one width so that all compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.report.figures import style
from sim.report.figures.ranges import SHAPES, Line, draw_ranges, key, written
from sim.report.figures.style import Drawn
from sim.report.numbers import decimals_for
from sim.report.validation_results import Beside
from sim.report.words import Words

_LIMITS = (-1.25, 2.25)
"""In widths of the published range, whose ends are 0 and 1."""


def draw(name: str, rows: Sequence[Beside], areas: Sequence[str], words: Words) -> Drawn | None:
    """Return the figure `name` (its texts), rows under the headings `areas`; None without rows."""
    groups = [(words.text(f"area.{area}"), [_line(row, words) for row in rows if row.area == area]) for area in areas]
    groups = [(heading, lines) for heading, lines in groups if lines]
    if not groups:
        return None
    with style.house_style():
        figure, axes = draw_ranges(groups, _LIMITS, words)
        for end in (0.0, 1.0):
            axes.axvline(end, color=style.GREY, linewidth=0.8, zorder=1)
        axes.set_xticks([0.0, 1.0], [words.text("ranges.lower_end"), words.text("ranges.upper_end")])
        axes.set_xlabel(words.text("ranges.axis"))
        title = words.text(f"figure.{name}.title")
        style.set_title(figure, title)
        uses = [use for use in SHAPES if use in {row.use for row in rows}]
        handles = key(words, uses, published=True, outside=any(row.inside is False for row in rows))
        style.legend_below(figure, handles, columns=2, title=style.wrap(words.text("ranges.legend"), 88))
        return Drawn(figure=figure, title=title, alt=alt(rows, words))


def _line(row: Beside, words: Words) -> Line:
    width = (row.high - row.low) or abs(row.high) or 1.0

    def scaled(value: float) -> float:
        return (value - row.low) / width

    return Line(
        label=row.called(words),
        low=0.0,
        high=scaled(row.high),
        published=scaled(row.published),
        simulated=scaled(row.simulated),
        sim_low=scaled(row.sim_low),
        sim_high=scaled(row.sim_high),
        inside=row.inside,
        use=row.use,
        text=both(row, words),
    )


def both(row: Beside, words: Words) -> str:
    """Return the model's number and the published range: `182 (150-200)`."""
    places = decimals_for(row.low, row.high, row.published)
    model, low, high = (written(one, row.unit, words.number, places) for one in (row.simulated, row.low, row.high))
    return words.text("ranges.both", model=model, low=low, high=high)


def alt(rows: Iterable[Beside], words: Words) -> str:
    """Say in words how many lie inside, and which do not."""
    told = [row for row in rows if row.inside is not None]
    outside = [f"{row.called(words)} {both(row, words)}" for row in told if not row.inside]
    said = words.text("cli.inside", met=len(told) - len(outside), held=len(told))
    return " ".join([said, words.text("cli.outside", named="; ".join(outside))]) if outside else said
