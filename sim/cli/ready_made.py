"""List the ready-made files of one kind that come with the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim.cli.printing import print_table

if TYPE_CHECKING:
    from sim.config.place import Text


class Titled(Protocol):
    """What a file says of itself."""

    @property
    def title(self) -> Text:
        """What it is called."""

    @property
    def summary(self) -> Text:
        """What it is about."""


def list_ready_made(
    files: Mapping[str, Path], read: Callable[[Path], Titled], lang: str, *, heading: str, more: str
) -> None:
    """Print name, title and summary of every file, under a heading and above how to use them: keys of texts."""
    from sim.report.texts import read_texts

    text = read_texts(lang)
    found = {name: read(path) for name, path in files.items()}
    rows = [(name, getattr(one.title, lang), getattr(one.summary, lang)) for name, one in found.items()]
    print_table(text(heading), [text(f"cli.{column}") for column in ("name", "title", "summary")], rows)
    print(text(more))
