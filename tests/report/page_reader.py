"""Read a page strictly, as the standard says, and find its numbers with where each says that it stands."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element

import html5lib
import pandas as pd

_PATTERNS = {
    "en": r"[−-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?",
    "sv": r"[−-]?(?:\d{1,3}(?:\u202f\d{3})+|\d+)(?:,\d+)?(?:\u202f%)?",
}
_BETWEEN_WORDS = r"(?<![\w.])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as a reader sees it."""

    value: float
    places: int
    is_percent: bool

    def shows(self, value: float) -> bool:
        """Tell whether it is that value, rounded to its own places."""
        exact = 100.0 * value if self.is_percent else value
        return abs(self.value - exact) <= 0.5 * 10.0**-self.places * (1.0 + 1e-6) + 1e-12


def read_page(text: str) -> Element:
    """Return the tree of a page; raises html5lib's ParseError where it is not valid HTML."""
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return page


def words_of(element: Element) -> str:
    """Return all text inside an element."""
    return "".join(element.itertext())


def without_data(element: Element) -> str:
    """Return the text inside an element that says nothing of where it stands."""
    if element.tag == "data":
        return " "
    inner = "".join(without_data(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def numbers_in(text: str, lang: str) -> list[Number]:
    """Return the numbers of a text, as that language writes them."""
    found = []
    for written in re.findall(_BETWEEN_WORDS + _PATTERNS[lang], text):
        digits = written.replace("−", "-").rstrip("%").rstrip("\u202f")
        digits = digits.replace("\u202f", "").replace(",", ".") if lang == "sv" else digits.replace(",", "")
        places = len(digits.partition(".")[2])
        found.append(Number(value=float(digits), places=places, is_percent=written.endswith("%")))
    return found


@cache
def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _same(held: str, asked: str) -> bool:
    try:
        return held == asked or float(held) == float(asked)
    except ValueError:
        return False


def stands_there(source: str, folder: Path) -> list[float]:
    """Return the numbers that a source names, from the tables of a folder. Fails when it does not name one row."""
    parts = [_stands_in_a_row(part, folder) for part in source.split(" + ")]
    return [sum(added) for added in zip(*parts, strict=True)]


def _stands_in_a_row(source: str, folder: Path) -> list[float]:
    where, _, expressions = source.partition("#")
    table, _, query = where.partition("?")
    asked = parse_qsl(query, keep_blank_values=True)
    if table.endswith(".json"):
        return _worked_out(expressions, vars(_in_receipt(folder / table, dict(asked))))
    rows = _table(folder / table)
    for column, value in asked:
        known = {held: _same(held, value) for held in rows[column].unique()}
        rows = rows[rows[column].map(known)]
    assert len(rows) == 1, f"{source}: {len(rows)} rows"
    cells = rows.iloc[0].to_dict()
    names = {name: float(cell) for name, cell in cells.items() if re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", cell)}
    return _worked_out(expressions, names)


def _in_receipt(path: Path, asked: dict[str, str]) -> SimpleNamespace:
    """Return the receipt, or the one entry of a list in it that holds what is asked."""
    receipt = json.loads(path.read_text(encoding="utf-8"), object_hook=lambda pairs: SimpleNamespace(**pairs))
    if "at" not in asked:
        return cast(SimpleNamespace, receipt)
    found = receipt
    for name in asked.pop("at").split("."):
        found = getattr(found, name)
    found = [one for one in found if all(_same(str(getattr(one, name)), value) for name, value in asked.items())]
    assert len(found) == 1, f"{asked}: {len(found)} entries"
    return cast(SimpleNamespace, found[0])


def _worked_out(expressions: str, names: dict[Any, Any]) -> list[float]:
    known = {"__builtins__": {}, "abs": abs, "max": max, "min": min, "expm1": math.expm1}
    return [float(eval(one, known, names)) for one in expressions.split(",") if one]


def cells_without_data(page: Element) -> Iterator[str]:
    """Yield what is left of the cells of tables without the numbers that name their row."""
    yield from (without_data(cell) for cell in page.iter("td") if "data-from" not in cell.attrib)


def sourced(page: Element) -> Iterator[Element]:
    """Yield every element that says where its numbers stand."""
    yield from (element for element in page.iter() if "data-from" in element.attrib)


def is_as_it_stands(element: Element, folder: Path, lang: str, text: str | None = None) -> bool:
    """Tell whether an element, or another text in its place, shows what its source holds, number by number."""
    shown = numbers_in(words_of(element) if text is None else text, lang)
    held = stands_there(element.attrib["data-from"], folder)
    return len(shown) == len(held) and all(one.shows(value) for one, value in zip(shown, held, strict=True))


def passes_when_altered(element: Element, folder: Path, lang: str) -> list[str]:
    """Return altered texts that would be taken for what the source holds: none, if reading back is worth anything."""
    text = words_of(element)
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not digits:
        assert set(text) <= set("–= ?()") or not numbers_in(text, lang)
        return []
    altered = (text[:place] + str((int(text[place]) + 5) % 10) + text[place + 1 :] for place in {digits[0], digits[-1]})
    return [one for one in altered if is_as_it_stands(element, folder, lang, one)]


def numbers_of(value: object) -> Iterator[float]:
    """Yield every number of a receipt."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers_of(one)
    elif isinstance(value, int | float):
        yield float(value)
