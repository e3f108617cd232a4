"""Write headings, paragraphs, lists and tables of Markdown, line by line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

WIDTH = 118
"""Letters in a line of prose."""


def page(parts: Iterable[Iterable[str]]) -> str:
    """Return the lines of several parts as the text of a file."""
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def heading(text: str, level: int = 2) -> Iterator[str]:
    """Yield a heading and the empty line after it."""
    yield "#" * level + " " + text
    yield ""


def prose(text: str) -> Iterator[str]:
    """Yield a paragraph in lines of at most `WIDTH` letters."""
    yield from _wrapped(" ".join(text.split()))


def item(name: str, text: str) -> Iterator[str]:
    """Yield an item of a list that begins with its name; the full stop at its end is set here."""
    said = " ".join(text.split()).rstrip(".")
    yield from _wrapped(f"- **{name}**: {said}.", indent="  ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table and the empty line after it."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


def write(path: Path, text: str) -> None:
    """Write a page with the same bytes on every platform."""
    path.write_text(text, encoding="utf-8", newline="\n")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
