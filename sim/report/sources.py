"""Let every number on a page carry where it stands in the tables, so that a test can read it back.

A source is written as `file?column=value&column=value#expression,expression`: the file, the row, and one expression
over that row's columns for each number, in the order in which the numbers are read. `*` is a row of its own in a
manifest (`manifest.json#years`). A sentence carries sources between marks that no text holds; the terminal takes them
out, a page turns them into `<data>` elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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


def sourced(text: str, source: Source | None) -> str:
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
