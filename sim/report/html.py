"""Write the report as one page that needs no network, no script and no other file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.report.comparison_parts import grounds, money_and_value, page_title, question_and_answer, who_gains
from sim.report.figures.style import Drawn, to_png, to_svg
from sim.report.sensitivity_results import SensitivityRead
from sim.report.sources import as_html
from sim.report.statement import preventable_share
from sim.report.words import Words

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
    contents = [
        Heading(id=anchor, title=words.text(f"section.{key}"), number=at)
        for at, (anchor, key) in enumerate(SECTIONS.items(), start=1)
    ]
    return template("report.html").render(
        **frame_of(words, page_title(words), contents, contents[list(SECTIONS).index("reproduce")]),
        **question_and_answer(words),
        **who_gains(words),
        **money_and_value(words),
        **grounds(words, beside),
        section={one.id: one for one in contents},
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
        pictures[name] = Picture(svg=svg, title=drawn.title, alt=drawn.alt, width=width, height=height)
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


def _place(picture: Picture, number: int) -> PlacedPicture:
    address = "data:image/svg+xml;base64," + base64.b64encode(picture.svg).decode("ascii")
    size = {"width": picture.width, "height": picture.height}
    return PlacedPicture(number=number, address=address, title=picture.title, alt=picture.alt, **size)
