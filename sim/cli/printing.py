"""Print tables: ruled on a terminal, plain aligned lines in a pipe; and plain data as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from textwrap import fill
from typing import Any


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows of text under a title; in a pipe one row is one line, whatever its length."""
    if sys.stdout.isatty():
        _print_ruled(title, columns, rows)
        return
    lines = [list(columns), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    print(title)
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def print_text(text: str) -> None:
    """Print a paragraph, folded to the width of the terminal; in a pipe as one line."""
    width = get_terminal_size().columns
    print(fill(text, width) if sys.stdout.isatty() else text)


def print_json(data: Any) -> None:
    """Print plain data as JSON, readable and in UTF-8."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


def value_text(value: Any) -> str:
    """Return a parameter's value as short text."""
    if isinstance(value, Mapping):
        return ", ".join(f"{label} {number:g}" for label, number in value.items())
    if isinstance(value, (tuple, list)):
        return ", ".join(f"{number:g}" for number in value)
    return f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"


def range_text(low: Any, high: Any) -> str:
    """Return a range as short text, number by number where both ends are lists."""
    if isinstance(low, (tuple, list)) and isinstance(high, (tuple, list)):
        return ", ".join(range_text(*ends) for ends in zip(low, high, strict=True))
    return f"{value_text(low)} to {value_text(high)}"


def _print_ruled(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(escape(column), overflow="fold", no_wrap=i == 0)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console().print(table)
