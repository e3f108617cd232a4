"""Every number on the pages of commands is that of their tables or receipt: read back in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from drawn_pages import DrawnPages
from page_reader import (
    cells_without_data,
    is_as_it_stands,
    numbers_in,
    numbers_of,
    passes_when_altered,
    read_page,
    sourced,
    without_data,
    words_of,
)
from rich.console import Console

from sim.analysis.recovery import normal
from sim.report.allocation_results import read_allocation_results
from sim.report.allocation_terminal import print_allocation
from sim.report.factorial_results import read_factorial
from sim.report.factorial_terminal import print_factorial
from sim.report.journey_results import read_journey
from sim.report.journey_terminal import print_journey
from sim.report.league_results import read_league
from sim.report.league_terminal import print_league
from sim.report.results import read_results
from sim.report.robustness_results import read_robustness
from sim.report.robustness_terminal import print_robustness
from sim.report.sensitivity_results import read_sensitivity
from sim.report.sensitivity_terminal import print_sensitivity
from sim.report.stress_results import read_stress
from sim.report.stress_terminal import print_stress
from sim.report.sweep_results import read_sweep_results
from sim.report.sweep_terminal import print_sweep
from sim.report.terminal import print_comparison
from sim.report.texts import LANGUAGES, read_texts
from sim.report.validation_terminal import print_validation

LEAST = {
    "stress": (140, {"stress.csv", "recovery.csv"}),
    "sweep": (25, {"sweep.csv", "levels_off.csv"}),
    "map": (30, {"sweep.csv"}),
    "futures": (60, {"discovery.csv", "regret.csv", "satisficing.csv"}),
    "mixes": (80, {"front.csv"}),
    "validation": (14, {"validation.csv", "patterns.csv"}),
    "study": (25, {"studies.csv"}),
    "tornado": (40, {"sensitivity.csv", "ranking.csv", "information.csv"}),
    "morris": (38, {"sensitivity.csv", "ranking.csv", "information.csv"}),
    "sobol": (44, {"emulator_quality.csv", "sensitivity.csv", "ranking.csv", "information.csv"}),
    "information": (20, {"ranking.csv", "information.csv"}),
}
"""By example: how many pieces of its page name where their numbers stand at least, and in which tables."""
PRINTED: dict[str, tuple[Callable[[Path], Any], Callable[..., None]]] = {
    "stress": (read_stress, print_stress),
    "sweep": (read_sweep_results, print_sweep),
    "map": (read_sweep_results, print_sweep),
    "tornado": (read_sensitivity, print_sensitivity),
    "sobol": (read_sensitivity, print_sensitivity),
    "futures": (read_robustness, print_robustness),
    "mixes": (read_allocation_results, print_allocation),
    "validation": (Path, print_validation),
    "journey": (read_journey, print_journey),
    "league": (read_league, print_league),
    "design": (read_factorial, print_factorial),
    "comparison": (read_results, print_comparison),
}
"""By example: how its tables are read, and how a terminal shows them."""
_MOST_COUNTED = 400
"""Whole numbers below this may be counts, which stand in no table."""


@pytest.fixture(scope="module", params=[(name, lang) for name in LEAST for lang in LANGUAGES], ids="-".join)
def page(request: pytest.FixtureRequest, drawn_pages: DrawnPages) -> tuple[Element, Path, str]:
    name, lang = request.param
    folder = drawn_pages.folder(lang) / name
    return read_page((folder / "report.html").read_text(encoding="utf-8")), folder, lang


def test_every_number_that_names_its_row_is_what_stands_there(page: tuple[Element, Path, str]) -> None:
    tree, folder, lang = page
    found = list(sourced(tree))
    least, tables = LEAST[folder.name]
    assert len(found) >= least
    assert {one.attrib["data-from"].partition("#")[0].partition("?")[0] for one in found} == {*tables, "manifest.json"}
    wrong = [(words_of(one), one.attrib["data-from"]) for one in found if not is_as_it_stands(one, folder, lang)]
    assert wrong == []


def test_a_number_that_is_altered_does_not_pass(page: tuple[Element, Path, str]) -> None:
    tree, folder, lang = page
    assert [altered for one in sourced(tree) for altered in passes_when_altered(one, folder, lang)] == []


def test_no_cell_holds_a_number_that_names_no_row(page: tuple[Element, Path, str]) -> None:
    tree, folder, lang = page
    names = _names(folder, lang)
    left = [_without(names, cell) for cell in cells_without_data(tree)]
    assert [cell for cell in left if re.search(r"\d", cell)] == []


def test_prose_holds_no_number_from_nowhere(page: tuple[Element, Path, str]) -> None:
    """What names no row in sentences is a count, or stands in the texts, in the receipt or in a rule of the model."""
    tree, folder, lang = page
    names, receipt = _names(folder, lang), _receipt(folder)
    held = [*numbers_of(receipt), normal().band_share]
    held += [one.value for text in _texts_of(receipt) for one in numbers_in(text, "en")]
    allowed = {one.value for one in numbers_in(" ".join(read_texts(lang).entries.values()), lang)} | set(held)
    allowed |= {round(100.0 * value, places) for value in held for places in (0, 1)}
    contents = [one for one in tree.iter("section") if not _tells_how_to_run(one)]
    sentences = [one for section in contents for tag in ("p", "li") for one in section.iter(tag)]
    assert len(sentences) > 10
    from_nowhere = [
        (number.value, words_of(sentence))
        for sentence in sentences
        for number in numbers_in(_without(names, without_data(sentence)), lang)
        if number.value not in allowed and (number.places or not 0 <= number.value < _MOST_COUNTED)
    ]
    assert from_nowhere == []


def _tells_how_to_run(section: Element) -> bool:
    return any("class" in one.attrib and one.attrib["class"] == "hashes" for one in section.iter("dl")) or any(
        True for _ in section.iter("pre")
    )


def _receipt(folder: Path) -> object:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def _names(folder: Path, lang: str) -> list[str]:
    """Return the names and sources that the receipt and the texts hold, the longest first."""
    held = {*_texts_of(_receipt(folder)), *read_texts(lang).entries.values()}
    return sorted((one for one in held if re.search(r"\d", one)), key=len, reverse=True)


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts_of(one)
    elif isinstance(value, str):
        yield value


def _without(names: list[str], text: str) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("name", PRINTED)
def test_a_terminal_shows_no_sources(name: str, drawn_pages: DrawnPages) -> None:
    folder = drawn_pages.folder("en") / name
    read, print_it = PRINTED[name]
    shown = StringIO()
    print_it(read(folder), lang="en", console=Console(file=shown, width=100))
    assert len(shown.getvalue()) > 300
    assert not re.search(r"[\ue000-\ue002]|manifest\.json\b.*#", shown.getvalue())
