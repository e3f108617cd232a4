"""Let every number on a page carry where it stands in the tables, so that a test can read it back.

A source is written as `file?column=value&column=value#expression,expression`: the file, the row, and one expression
over that row's columns for each number, in the order in which the numbers are read. A receipt is one row, whose parts
are named from the outside in (`manifest.json#years`, `manifest.json#sensitivity.sets`); `at` leads to a list in it,
of which the other columns tell one entry (`manifest.json?at=stress.disturbances&id=heat#days`). Numbers of several
sources, with ` + ` between them, are added up. A sentence carries sources between marks that no text holds; the
terminal takes them out, a page turns them into `<data>` elements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

_OPEN, _TEXT, _CLOSE = "\ue000", "\ue001", "\ue002"
"""Private-use characters: they mark a source, the number it belongs to, and its end."""
_MARKED = re.compile(f"{_OPEN}([^{_TEXT}]*){_TEXT}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the numbers of a cell or of a piece of a sentence stand."""

    table: str
    """File name, e.g. `differences.csv`."""
    row: Mapping[str, str] = field(default_factory=dict)
    """What the row holds in the columns that tell it from all others."""
    numbers: tuple[str, ...]
    """Expressions over the row's columns."""

    def __str__(self) -> str:
        where = f"?{urlencode(self.row)}" if self.row else ""
        return f"{self.table}{where}#{','.join(self.numbers)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Numbers that are the sums of those of several rows, one by one."""

    parts: tuple[Source, ...]

    def __str__(self) -> str:
        return " + ".join(map(str, self.parts))


def at(table: str, row: Mapping[str, Any], key: Iterable[str], *numbers: str) -> Source:
    """Return where numbers of a row stand, which the columns of `key` tell from all others.

    A number that is missing is a dash for the reader and named by no source.
    """
    there = (name for name in numbers if name not in row or math.isfinite(float(row[name])))
    return Source(table=table, row={name: str(row[name]) for name in key}, numbers=tuple(there))


def in_receipt(*numbers: str, at: str = "", **entry: str) -> Source:
    """Return where numbers stand in the receipt, or in an entry of the list that `at` leads to."""
    return Source(table="manifest.json", row={"at": at, **entry} if at else {}, numbers=numbers)


def sourced(text: str, source: Source | Sum | None) -> str:
    """Return a piece of a sentence with its source."""
    return text if source is None else f"{_OPEN}{source}{_TEXT}{text}{_CLOSE}"


def plain(sentence: str) -> str:
    """Return a sentence without its sources, for a terminal or an alternative text."""
    return _MARKED.sub(r"\2", sentence)


def as_html(value: object) -> object:
    """Return a text with its sources as `<data>` elements; anything else, and a text without, as it is."""
    if not isinstance(value, str) or isinstance(value, Markup) or _OPEN not in value:
        return value
    pieces, end = [], 0
    for found in _MARKED.finditer(value):
        source, text = found.groups()
        pieces += [escape(value[end : found.start()]), Markup('<data data-from="{}">{}</data>').format(source, text)]
        end = found.end()
    return Markup("").join([*pieces, escape(value[end:])])
