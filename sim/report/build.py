"""Build the report of an output folder: figures as SVG and PNG, and the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sim.report.figures import (
    acceptability,
    budget,
    concentration,
    continuity,
    lead_time,
    money,
    need_groups,
    over_time,
    overview,
    payback,
    payers,
    plane,
    staff_time,
    time_freed,
    trade_off,
    twins,
)
from sim.report.figures.style import Drawn
from sim.report.html import render, save_page, write_figures
from sim.report.influence import BESIDE
from sim.report.results import read_results
from sim.report.sensitivity_results import SensitivityRead, read_sensitivity
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
    "plane": plane.draw,
    "acceptability": acceptability.draw,
    "payers": payers.draw,
    "time_freed": time_freed.draw,
    "payback": payback.draw,
    "budget": budget.draw,
    "staff_time": staff_time.draw,
}
"""In the order in which the page shows them."""


def build_report(folder: Path, *, lang: str, perspective: str | None = None) -> None:
    """Write `figures/*.svg`, `figures/*.png` and `report.html` from the tables in `folder`.

    Same tables, same language, same bytes. Figures that the tables do not allow are left out, and those of an
    earlier build removed. `perspective` says whose money counts; None = as the manifest says. Raises
    FileNotFoundError or ValueError naming the table that is missing or damaged.
    """
    results = read_results(folder)
    if perspective is not None and results.value is not None:
        results = replace(results, value=replace(results.value, perspective=perspective))
    words = words_for(results, lang)
    pictures = write_figures(folder, {name: draw(words) for name, draw in FIGURES.items()})
    save_page(folder, render(words, pictures, sensitivity_beside(folder)))


def sensitivity_beside(folder: Path) -> SensitivityRead | None:
    """Return the sensitivity analysis that lies in the folder of the comparison; None when there is none."""
    inside = folder / BESIDE
    return read_sensitivity(inside) if (inside / "sensitivity.csv").is_file() else None
