"""Write a page that is a row of sections, each with sentences, figures and tables, as one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.report.figures.style import Drawn
from sim.report.grids import Grid
from sim.report.html import Heading, frame_of, place_pictures, save_page, template, write_figures
from sim.report.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a page; `pictures` names figures of the page."""

    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    pictures: Sequence[str] = ()
    grids: Sequence[Grid] = ()
    wide: bool = False
    """Whether its figures keep their own width, to be scrolled."""


def write_page(
    folder: Path, title: str, sections: Sequence[Section], figures: Mapping[str, Drawn], words: Words
) -> None:
    """Write `figures/*.svg`, `figures/*.png` and `report.html` into the folder.

    Same tables, same language, same bytes.
    """
    pictures = write_figures(folder, figures)
    titles = [*(section.title for section in sections), words.text("section.reproduce")]
    contents = [Heading(id=f"section-{at}", number=at, title=title) for at, title in enumerate(titles, start=1)]
    page = template("sections.html").render(
        **frame_of(words, title, contents, contents[-1]), sections=sections, pictures=place_pictures(pictures)
    )
    save_page(folder, page)


def limits(words: Words, numbers: Sequence[int]) -> Section:
    """Return the section on what this rests on and where it ends."""
    return Section(
        title=words.text("section.limits"),
        paragraphs=[words.text("rests_on")],
        points=[words.text(f"limit.{number}") for number in numbers],
    )
