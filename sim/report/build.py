"""Build the report of an output folder: figures as SVG and PNG, and the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.report.figures import (
    concentration,
    continuity,
    lead_time,
    money,
    need_groups,
    over_time,
    overview,
    staff_time,
    trade_off,
    twins,
)
from sim.report.figures.style import Drawn, to_png, to_svg
from sim.report.html import Picture, render
from sim.report.results import read_results
from sim.report.words import Words, words_for

FIGURES: dict[str, Callable[[Words], Drawn | None]] = {
    "overview": overview.draw,
    "trade_off": trade_off.draw,
    "need_groups": need_groups.draw,
    "twins": twins.draw,
    "over_time": over_time.draw,
    "continuity": continuity.draw,
    "lead_time": lead_time.draw,
    "money": money.draw,
    "concentration": concentration.draw,
    "staff_time": staff_time.draw,
}
"""In the order in which the page shows them."""


def build_report(folder: Path, *, lang: str) -> None:
    """Write `figures/*.svg`, `figures/*.png` and `report.html` from the tables in `folder`.

    Same tables, same language, same bytes. Figures that the tables do not allow are left out, and those of an
    earlier build removed. Raises FileNotFoundError or ValueError naming the table that is missing or damaged.
    """
    words = words_for(read_results(folder), lang)
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    pictures: dict[str, Picture] = {}
    for name, draw in FIGURES.items():
        drawn = draw(words)
        if drawn is None:
            for ending in ("svg", "png"):
                (figures / f"{name}.{ending}").unlink(missing_ok=True)
            continue
        svg = to_svg(drawn.figure)
        (figures / f"{name}.svg").write_bytes(svg)
        (figures / f"{name}.png").write_bytes(to_png(drawn.figure))
        pictures[name] = Picture(svg=svg, title=drawn.title, alt=drawn.alt)
    page = render(words, pictures)
    (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
