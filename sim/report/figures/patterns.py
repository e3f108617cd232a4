"""Draw patterns of use over people and time, with a published range where there is one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.figures import style
from sim.report.figures.ranges import Line, draw_ranges, key, written
from sim.report.figures.style import Drawn
from sim.report.validation_results import Beside
from sim.report.words import Words


def draw(rows: Sequence[Beside], words: Words) -> Drawn | None:
    """Return the figure, a heading per pattern; None without rows."""
    if not rows:
        return None
    names = list(dict.fromkeys(row.name for row in rows))
    groups = [
        (words.text(f"pattern.{name}"), [_line(row, words) for row in rows if row.name == name]) for name in names
    ]
    with style.house_style():
        figure, axes = draw_ranges(groups, (0.0, 100.0), words)
        style.number_ticks(axes.xaxis, words.number.plain)
        axes.set_xlabel(words.text("figure.patterns.axis"))
        title = words.text("figure.patterns.title")
        style.set_title(figure, title)
        handles = key(
            words,
            ("none",),
            published=any(math.isfinite(row.low) for row in rows),
            outside=any(row.inside is False for row in rows),
        )
        style.legend_below(figure, handles, columns=2, title=style.wrap(words.text("figure.patterns.legend"), 88))
        return Drawn(figure=figure, title=title, alt=_alt(rows, words))


def _line(row: Beside, words: Words) -> Line:
    return Line(
        label=row.called(words),
        low=100.0 * row.low,
        high=100.0 * row.high,
        published=100.0 * row.published,
        simulated=100.0 * row.simulated,
        sim_low=100.0 * row.sim_low,
        sim_high=100.0 * row.sim_high,
        inside=row.inside,
        use="none",
        text=both(row, words),
    )


def both(row: Beside, words: Words) -> str:
    """Return the model's number, and the published range where there is one."""
    model = written(row.simulated, "share", words.number)
    if not math.isfinite(row.low):
        return model
    low, high = (written(one, "share", words.number) for one in (row.low, row.high))
    return words.text("ranges.both", model=model, low=low, high=high)


def _alt(rows: Sequence[Beside], words: Words) -> str:
    return " ".join(
        words.text(
            "figure.patterns.alt",
            pattern=words.text(f"pattern.{row.name}"),
            group=row.called(words),
            value=written(row.simulated, "share", words.number),
        )
        for row in rows
    )
