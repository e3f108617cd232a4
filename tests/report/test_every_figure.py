"""Every function that draws a figure, found by itself: units, letters, words, colours, and the same bytes each time."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getmembers, isfunction
from itertools import combinations
from pathlib import Path
from pkgutil import walk_packages
from types import CodeType, FrameType
from typing import Any

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from drawn_pages import DrawnPages
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from page_examples import draw_the_fit, write_all

import calibration
import sim
from sim.report.figures import style
from sim.report.figures.style import Drawn

UPRIGHT_INCHES, SIDEWAYS_INCHES = (182 / 25.4, 225 / 25.4), (269 / 25.4, 155 / 25.4)
"""Width and height that report.css gives a figure on A4; those wider than the text stand on a page of their own."""
LEAST_POINTS = 6.5
"""Of the smallest letters on paper."""
PHONE_INCHES, LEAST_PHONE_PIXELS = 640 / 96, 9.0
"""A phone shows a figure no narrower than 40 rem (report.css) and lets it be moved sideways."""
UNITS = (
    *("%", "SEK", "day", "week", "year", "month", "quarter", "hour", "minute", "share", "number", "per ", "physician"),
    *("persons", "index", "half widths", "million", "visits", "means", "rank", "times"),
)
"""Words of units; every label of an axis with numbers holds one, or its tick labels do."""
WITHOUT_UNIT = {
    "Place within the range of each parameter (0 = lowest, 1 = highest)": "parameters of different units side by side",
}
"""Labels of axes that have no unit, with the reason."""
WITHOUT_INTERVAL = {
    "sim.report.figures.journey.draw": "one person's year in one run: an illustration, no estimate",
    "sim.report.figures.allocation_mixes.draw_mixes": "what is chosen, no estimate; the front has intervals",
}
"""Figures that show no interval, with the reason."""
NORMAL_DISTANCE, BLIND_DISTANCE, VERDICT_DISTANCE = 20.0, 10.0, 15.0
"""Least distance (CAM02-UCS, 1 can just be seen) of two scenarios' colours to full sight and to simulated colour
blindness, and of the colours of better and worse to both.

Markers and line styles differ as well, so that colour never stands alone.
"""


def _functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield every public function of sim and calibration that returns a finished figure, by module and name."""
    for package in (sim, calibration):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".report" not in module.name and "figure" not in module.name:
                continue
            for name, function in getmembers(importlib.import_module(module.name), isfunction):
                own = function.__module__ == module.name and not name.startswith("_")
                if own and "Drawn" in str(function.__annotations__.get("return", "")).partition("[")[0]:
                    yield f"{module.name}.{name}", function


FUNCTIONS = dict(_functions())


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The figures of each function, and where this process has left their bytes."""

    figures: dict[str, list[Drawn]]
    folder: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Draw all examples again, in this process."""
    figures: dict[str, list[Drawn]] = {}
    codes = {function.__code__: name for name, function in FUNCTIONS.items()}
    plain = Drawn.__init__

    def remember(self: Drawn, **parts: Any) -> None:
        plain(self, **parts)
        figures.setdefault(_drawn_by(sys._getframe(1), codes), []).append(self)

    folder = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawn, "__init__", remember)
        for _, own, build in write_all(folder):
            build(own, lang="en")
        draw_the_fit(folder / "fit", "en")
    return Made(figures=figures, folder=folder)


def _drawn_by(frame: FrameType | None, codes: dict[CodeType, str]) -> str:
    """Return the nearest function that is one of those sought."""
    while frame is not None:
        if frame.f_code in codes:
            return codes[frame.f_code]
        frame = frame.f_back
    raise AssertionError("a figure is finished outside any function that returns one")


def test_the_scan_finds_the_figures_and_each_has_an_example(made: Made) -> None:
    assert len(FUNCTIONS) >= 25
    missing = sorted(set(FUNCTIONS) - set(made.figures))
    assert missing == [], "no example draws these: add one to tests/report/page_examples.py"


def _labels(axis: Axis) -> list[str]:
    """Return the tick labels that are seen."""
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_major_ticks() if low - 1e-9 <= tick.get_loc() <= high + 1e-9]
    labels = [label for tick in ticks for label in (tick.label1, tick.label2)]
    return [label.get_text() for label in labels if label.get_visible() and label.get_text().strip()]


def _is_number(label: str) -> bool:
    return re.fullmatch(r"[+−-]?\d[\d,.\u202f]*\s?%?", label) is not None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_axes_with_numbers_say_what_they_are_and_in_which_unit(made: Made, name: str) -> None:
    for drawn in made.figures[name]:
        for axes in drawn.figure.axes:
            for axis in (axes.xaxis, axes.yaxis) if axes.get_visible() else ():
                shown = _labels(axis)
                if not any(map(_is_number, shown)):
                    continue
                label = axis.get_label().get_text().replace("\n", " ")
                assert label.strip(), f"{axes.get_title()}: no label beside {shown}"
                has_unit = any(unit.lower() in label.lower() for unit in UNITS) or any("%" in one for one in shown)
                assert has_unit or label in WITHOUT_UNIT, label


@pytest.mark.parametrize("name", FUNCTIONS)
def test_letters_can_be_read_on_paper_and_on_a_phone(made: Made, name: str) -> None:
    for drawn in made.figures[name]:
        width, height = drawn.figure.get_size_inches()
        upright = width <= style.WIDTH_INCHES + 1e-9
        room = UPRIGHT_INCHES if upright else SIDEWAYS_INCHES
        smallest = min(one.get_fontsize() for one in drawn.figure.findobj(Text) if one.get_text().strip())
        on_paper = smallest * min(room[0] / width, room[1] / height, 1.0)
        assert on_paper >= LEAST_POINTS, f"{smallest} points on {width:.1f} by {height:.1f} inches"
        on_phone = smallest * 96 / 72 * (PHONE_INCHES / width if upright else 1.0)
        assert on_phone >= LEAST_PHONE_PIXELS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_figure_is_told_in_words_with_its_numbers_and_shows_how_sure_it_is(made: Made, name: str) -> None:
    for drawn in made.figures[name]:
        assert drawn.title.strip() and len(drawn.alt) > 30 and re.search(r"\d", drawn.alt)
        assert "\ue000" not in drawn.alt + drawn.title
        written = " ".join(one.get_text() for one in drawn.figure.findobj(Text)) + drawn.alt
        says_so = re.search(r"9[05]\s?%|80\s?%|interval|replication|published range", written)
        assert says_so or name in WITHOUT_INTERVAL


def test_the_same_figures_are_the_same_bytes_in_another_process(made: Made, drawn_pages: DrawnPages) -> None:
    there = drawn_pages.folder("en")
    files = sorted(path.relative_to(made.folder) for path in made.folder.glob("*/figures/*.*"))
    assert {path.suffix for path in files} == {".svg", ".png"} and len(files) >= 2 * len(FUNCTIONS)
    assert [str(path) for path in files if (made.folder / path).read_bytes() != (there / path).read_bytes()] == []


def _distance(one: str, other: str, blindness: str | None) -> float:
    """Return how far apart two colours are to the eye (CAM02-UCS), with full sight or a whole lack of one cone."""
    seen = [to_rgb(one), to_rgb(other)]
    if blindness:
        space = {"name": "sRGB1+CVD", "cvd_type": blindness, "severity": 100}
        seen = [tuple(np.clip(cspace_convert(colour, space, "sRGB1"), 0.0, 1.0)) for colour in seen]
    return float(deltaE(*seen, input_space="sRGB1", uniform_space="CAM02-UCS"))


@pytest.mark.parametrize("blindness", [None, "deuteranomaly", "protanomaly", "tritanomaly"])
def test_colours_of_scenarios_can_be_told_apart_without_red_green_or_blue(blindness: str | None) -> None:
    least = NORMAL_DISTANCE if blindness is None else BLIND_DISTANCE
    close = {
        (one, other): distance
        for one, other in combinations(style.OKABE_ITO, 2)
        if (distance := _distance(one, other, blindness)) < least
    }
    assert close == {}
    assert _distance(style.BETTER, style.WORSE, blindness) >= VERDICT_DISTANCE
