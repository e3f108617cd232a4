"""Build the report again from stored tables: `mellanrum report DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

NEEDED = ("manifest.json", "outcomes.csv", "differences.csv")

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Output folder of `mellanrum compare`.")]


def command(folder: FolderArgument, lang: LanguageOption = Language.EN) -> None:
    """Draw the figures and write the report again from the tables in a folder; nothing is simulated."""
    check_tables(folder)
    from sim.report.build import build_report
    from sim.report.texts import read_texts

    try:
        build_report(folder, lang=lang.value)
    except (ValueError, PermissionError) as problem:
        raise InputError(f"{folder}: {problem}") from None
    print(read_texts(lang.value)("cli.report", path=folder / "report.html"))


def check_tables(folder: Path) -> None:
    """Raise InputError unless the folder holds the tables of a comparison."""
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; give the output folder of `mellanrum compare`")
    for name in NEEDED:
        if not (folder / name).is_file():
            raise InputError(f"{folder}: {name} is missing; give the output folder of `mellanrum compare`")
