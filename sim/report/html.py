"""Write the report as one page that needs no network, no script and no other file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.analysis.value_settings import number
from sim.report.answer import all_comparisons, answer, answer_grid
from sim.report.checks import checks, warnings
from sim.report.cheers import cheers
from sim.report.evidence import evidence
from sim.report.fairness import equity_grid
from sim.report.figures.style import Drawn, to_png, to_svg
from sim.report.grids import Grid, group_grid, published_grid, triple_aim_grid
from sim.report.influence import influence
from sim.report.over_time import when_it_pays
from sim.report.question import answer_rule, asked, certainty, described
from sim.report.sensitivity_results import SensitivityRead
from sim.report.sources import as_html, plain
from sim.report.statement import how_sure, preventable_share, what_was_run
from sim.report.targets import targets_met
from sim.report.value_grids import value_grids
from sim.report.value_words import findings, frame, frontier
from sim.report.words import Words

GROUPINGS = ("need_group", "municipality")
WHO_OUTCOMES = ("unmet_need_days", "ed_visits_per_1000", "bed_days_per_1000", "relatives_hours", "cost_sek")
MONEY_OUTCOMES = ("cost_sek", "cash_cost_sek", "cost_after_transfers_sek")


SECTIONS = {
    "question": "question",
    "compared": "compared",
    "answer": "answer",
    "triple-aim": "triple_aim",
    "who": "who",
    "over-time": "over_time",
    "money": "money",
    "rests-on": "rests_on",
    "sensitivity": "sensitivity",
    "limits": "limits",
    "reproduce": "reproduce",
    "cheers": "cheers",
}
"""Sections of the report of a comparison in their order: id on the page, and key of the title."""
PIXELS_PER_INCH = 96.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section in the table of contents."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure as the page holds it; width and height in CSS pixels."""

    svg: bytes
    title: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPicture:
    """A figure with its number and its bytes as an address."""

    number: int
    address: str
    title: str
    alt: str
    width: int
    height: int


def render(words: Words, pictures: Mapping[str, Picture], beside: SensitivityRead | None = None) -> str:
    """Return the page of a comparison; figures are numbered in the order of `pictures`."""
    facts = words.results.facts
    contents = [
        Heading(id=id, title=words.text(f"section.{key}"), number=at)
        for at, (id, key) in enumerate(SECTIONS.items(), start=1)
    ]
    return template("report.html").render(
        **frame_of(words, _title(words), contents, contents[list(SECTIONS).index("reproduce")]),
        section={one.id: one for one in contents},
        asked=asked(words),
        what_was_run=what_was_run(words),
        baseline=words.scenario(facts.baseline),
        compared=words.results.compared,
        described=described(words),
        notes=[*warnings(words), *facts.notes, *facts.failures],
        checks=checks(words),
        answer=answer(words),
        answer_rule=answer_rule(words),
        answer_grid=answer_grid(words),
        certainty=certainty(words),
        all_comparisons=all_comparisons(words),
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
        targets_met=targets_met(words),
        evidence=evidence(words),
        influence=influence(words, beside),
        limits=[words.text(f"limit.{number}") for number in range(1, _count_limits(words) + 1)],
        cheers=cheers(words),
        pictures=place_pictures(pictures),
    )


def frame_of(words: Words, title: str, contents: Sequence[Heading], reproduce: Heading) -> dict[str, object]:
    """Return what every page shows around its sections: title, contents, and how to run it again."""
    facts = words.results.facts
    return {
        "lang": words.lang,
        "text": words.text,
        "title": title,
        "style": stylesheet(),
        "preventable": preventable_share(words),
        "contents": contents,
        "reproduce_section": reproduce,
        "command": facts.command,
        "versions": list(facts.versions.items()),
        "hashes": [(_hashed(name, words), digest) for name, digest in facts.hashes.items()],
    }


def _hashed(name: str, words: Words) -> str:
    """Return what a hash is of; one that is not named in the texts is of a scenario."""
    if f"hash.{name}" in words.text.entries:
        return words.text(f"hash.{name}")
    return words.text("hash.scenario", scenario=words.scenario(name))


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
        width, height = (round(inches * PIXELS_PER_INCH) for inches in drawn.figure.get_size_inches())
        pictures[name] = Picture(svg=svg, title=drawn.title, alt=plain(drawn.alt), width=width, height=height)
    return pictures


def save_page(folder: Path, page: str) -> None:
    """Write the page of a folder, the same bytes on every system."""
    (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")


def template(name: str) -> Template:
    """Return one of the page templates."""
    environment = Environment(
        loader=PackageLoader("sim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=as_html,
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
    size = {"width": picture.width, "height": picture.height}
    return PlacedPicture(number=number, address=address, title=picture.title, alt=picture.alt, **size)
