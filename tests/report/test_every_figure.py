"""Every function that draws a figure, found by itself: units, letters, words, colours, and the same bytes each time."""

from __future__ import annotations

import importlib
import sys
import typing
from collections.abc import Callable, Iterator
from inspect import getmembers, isfunction
from pkgutil import walk_packages
from types import CodeType, FrameType

import pytest
from page_examples import draw_the_fit, write_all

import calibration
import sim
from sim.report.figures.style import Drawn

A4_INCHES = 182 / 25.4
"""Printed width between the margins of the page."""
LEAST_POINTS = 6.5
NO_UNIT = {
    "screening",
}


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


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Drawn]]:
    """Draw all examples again in this process, in both languages; return the figures of each function."""
    made: dict[str, list[Drawn]] = {}
    codes = {function.__code__: name for name, function in FUNCTIONS.items()}
    plain = Drawn.__init__

    def remember(self: Drawn, **parts: typing.Any) -> None:
        plain(self, **parts)
        made.setdefault(_drawn_by(sys._getframe(1), codes), []).append(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(Drawn, "__init__", remember)
    folder = tmp_path_factory.mktemp("figures")
    for _, own, build in write_all(folder / "en"):
        build(own, lang="en")
    draw_the_fit(folder / "en" / "fit", "en")
    patch.undo()
    made["folder"] = [folder]  # type: ignore[list-item]  # where the bytes lie, for one test
    return made


def _drawn_by(frame: FrameType | None, codes: dict[CodeType, str]) -> str:
    """Return the nearest function that is one of those sought."""
    while frame is not None:
        if frame.f_code in codes:
            return codes[frame.f_code]
        frame = frame.f_back
    raise AssertionError("a figure is finished outside any function that returns one")
