"""Write the report as one page that needs no network, no script and no other file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.analysis.value_settings import number
from sim.report.answer import answer
from sim.report.checks import checks, warnings
from sim.report.evidence import evidence
from sim.report.fairness import equity_grid
from sim.report.figures.style import Drawn, to_png, to_svg
from sim.report.grids import Grid, group_grid, published_grid, triple_aim_grid
from sim.report.over_time import when_it_pays
from sim.report.statement import how_sure, preventable_share, what_was_run
from sim.report.value_grids import value_grids
from sim.report.value_words import findings, frame, frontier
from sim.report.words import Words

GROUPINGS = ("need_group", "municipality")
WHO_OUTCOMES = ("unmet_need_days", "ed_visits_per_1000", "bed_days_per_1000", "relatives_hours", "cost_sek")
MONEY_OUTCOMES = ("cost_sek", "cash_cost_sek", "cost_after_transfers_sek")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure as the page holds it."""

    svg: bytes
    title: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPicture:
    """A figure with its number and its bytes as an address."""

    number: int
    address: str
    title: str
    alt: str


def render(words: Words, pictures: Mapping[str, Picture]) -> str:
    """Return the page; figures are numbered in the order of `pictures`."""
    facts = words.results.facts
    return template("report.html").render(
        lang=words.lang,
        text=words.text,
        title=_title(words),
        style=stylesheet(),
        preventable=preventable_share(words),
        what_was_run=what_was_run(words),
        baseline=words.scenario(facts.baseline),
        compared=[words.scenario(scenario) for scenario in words.results.compared],
        notes=[*warnings(words), *facts.notes, *facts.failures],
        checks=checks(words),
        answer=answer(words),
        how_sure=how_sure(words),
        triple_aim=triple_aim_grid(words),
        who=_who(words),
        equity=equity_grid(WHO_OUTCOMES, words),
        pays=when_it_pays(words),
        money_notes=_money_notes(words),
        money=group_grid(MONEY_OUTCOMES, "principal", words),
        value=value_grids(words),
        value_frame=frame(words),
        value_findings=findings(words),
        value_frontier=frontier(words),
        value_spread=words.number.percent(number("held_spread_share_per_year")),
        published=published_grid(words),
        evidence=evidence(words),
        limits=[words.text(f"limit.{number}") for number in range(1, _count_limits(words) + 1)],
        command=facts.command,
        versions=list(facts.versions.items()),
        pictures=place_pictures(pictures),
    )


def write_figures(folder: Path, figures: Mapping[str, Drawn | None]) -> dict[str, Picture]:
    """Write `figures/*.svg` and `.png` into the folder and return them for its page.

    Where there is nothing to draw (None), what an earlier build left is removed.
    """
    (folder / "figures").mkdir(exist_ok=True)
    pictures: dict[str, Picture] = {}
    for name, drawn in figures.items():
        svg_path, png_path = (folder / "figures" / f"{name}.{ending}" for ending in ("svg", "png"))
        if drawn is None:
            svg_path.unlink(missing_ok=True)
            png_path.unlink(missing_ok=True)
            continue
        svg = to_svg(drawn.figure)
        svg_path.write_bytes(svg)
        png_path.write_bytes(to_png(drawn.figure))
        pictures[name] = Picture(svg=svg, title=drawn.title, alt=drawn.alt)
    return pictures


def save_page(folder: Path, page: str) -> None:
    """Write the page of a folder, the same bytes on every system."""
    (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")


def template(name: str) -> Template:
    """Return one of the page templates."""
    environment = Environment(
        loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(name)


def stylesheet() -> Markup:
    """Return the style of all pages: ours, holds no user text."""
    return Markup((files("sim.report") / "templates" / "report.css").read_text(encoding="utf-8"))


def place_pictures(pictures: Mapping[str, Picture]) -> dict[str, PlacedPicture]:
    """Number figures in their order and turn their bytes into addresses."""
    return {name: _place(picture, number) for number, (name, picture) in enumerate(pictures.items(), start=1)}


def _title(words: Words) -> str:
    place = words.results.facts.place.get(words.lang)
    return words.text("title", place=place) if place else words.text("title_without_place")


def _money_notes(words: Words) -> list[str]:
    """Return what a sum per inhabitant is in the whole place, and the year of the prices."""
    facts, notes = words.results.facts, []
    if facts.inhabitants is not None:
        whole_place = facts.inhabitants / (facts.sample_share or 1.0)
        notes.append(words.text("money_example", msek=words.number.plain(100.0 * whole_place / 1e6)))
    if facts.price_year is not None:
        notes.append(words.text("price_year", year=facts.price_year))
    return notes


def _who(words: Words) -> list[Grid]:
    grids = [group_grid(WHO_OUTCOMES, group_by, words) for group_by in GROUPINGS]
    return [grid for grid in grids if grid is not None]


def _count_limits(words: Words) -> int:
    return sum(key.startswith("limit.") for key in words.text.entries)


def _place(picture: Picture, number: int) -> PlacedPicture:
    address = "data:image/svg+xml;base64," + base64.b64encode(picture.svg).decode("ascii")
    return PlacedPicture(number=number, address=address, title=picture.title, alt=picture.alt)
