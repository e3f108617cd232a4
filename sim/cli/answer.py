"""Give the answer of a command: its report, what it says on the terminal, where everything is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

Found = TypeVar("Found")


def give_answer(
    folder: Path,
    lang: str,
    *,
    build: Callable[..., None],
    read: Callable[[Path], Found],
    say: Callable[..., None],
    nothing: str | None,
) -> None:
    """Draw the figures and write the report with `build`, then `say` what is `read` from the folder's tables.

    `nothing` is the key of the text to print instead when there are no tables to answer with.
    """
    from sim.report.texts import read_texts

    text = read_texts(lang)
    if nothing is not None:
        print(text(nothing))
        return
    build(folder, lang=lang)
    say(read(folder), lang=lang, console=answer_console())
    print("\n" + text("cli.report", path=folder / "report.html"))
    print(text("cli.figures", path=folder))


def answer_console() -> Console:
    """Return the console that answers are printed on: names and titles with brackets stand as they are written."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)
