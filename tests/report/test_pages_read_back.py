"""Every number on the pages of commands is that of their tables or receipt: read back in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
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

from sim.analysis.recovery import normal
from sim.report.texts import LANGUAGES, read_texts

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
