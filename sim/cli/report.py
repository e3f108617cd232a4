"""Build the report again from stored tables: `mellanrum report DIR`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

NEEDED = ("manifest.json", "outcomes.csv", "differences.csv")
SWEPT = "sweep.csv"
"""Stands in the place of `differences.csv` where a sweep was made."""

FolderArgument = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help="Output folder of a command that analyses runs: `compare`, `league`, `sweep`, `sensitivity`, "
        "`study`, `validate`, `means --factorial` or `journey`.",
    ),
]


def command(folder: FolderArgument, lang: LanguageOption = Language.EN) -> None:
    """Draw the figures and write the report again from the tables in a folder; nothing is simulated."""
    check_tables(folder)
    from sim.report.texts import read_texts

    try:
        _builder(folder)(folder, lang=lang.value)
    except (ValueError, PermissionError) as problem:
        raise InputError(f"{folder}: {problem}") from None
    print(read_texts(lang.value)("cli.report", path=folder / "report.html"))


def _builder(folder: Path) -> Callable[..., None]:
    """Return what builds the page of the command whose tables are in the folder."""
    if is_journey(folder):
        from sim.report.journey_page import build_journey_report

        return build_journey_report
    if (folder / "league.csv").is_file():
        from sim.report.league_page import build_league_report

        return build_league_report
    if (folder / SWEPT).is_file():
        from sim.report.sweep_page import build_sweep_report

        return build_sweep_report
    if is_sensitivity(folder):
        from sim.report.sensitivity_page import build_sensitivity_report

        return build_sensitivity_report
    if is_validation(folder):
        from sim.report.validation_page import build_validation_report

        return build_validation_report
    if (folder / "effects.csv").is_file():
        from sim.report.factorial_page import build_factorial_report

        return build_factorial_report
    if (folder / "studies.csv").is_file():
        from sim.report.study_page import build_study_report

        return build_study_report
    from sim.report.build import build_report

    return build_report


def is_validation(folder: Path) -> bool:
    """Tell whether the folder is one of `mellanrum validate`: figures beside published ones, and nothing compared."""
    return (folder / "validation.csv").is_file() and not (folder / "differences.csv").is_file()


def is_sensitivity(folder: Path) -> bool:
    """Tell whether the folder is one of `mellanrum sensitivity`: parameter sets, and no differences over all."""
    others = ("differences.csv", "validation.csv")
    return (folder / "parameter_sets.csv").is_file() and not any((folder / name).is_file() for name in others)


def is_journey(folder: Path) -> bool:
    """Tell whether the folder is one of `mellanrum journey`: one person's year, and nothing compared."""
    return (folder / "journey.csv").is_file() and not (folder / "differences.csv").is_file()


def check_tables(folder: Path) -> None:
    """Raise InputError unless the folder holds the tables of a comparison."""
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; give the output folder of `mellanrum compare`")
    for name in _needed(folder):
        if not (folder / name).is_file():
            raise InputError(f"{folder}: {name} is missing; give the output folder of `mellanrum compare`")


def _needed(folder: Path) -> tuple[str, ...]:
    """Return the files without which there is nothing to build."""
    alone = (is_validation(folder), is_sensitivity(folder), is_journey(folder), (folder / SWEPT).is_file())
    if any(alone):
        return NEEDED[:2]
    return NEEDED[:1] if (folder / "studies.csv").is_file() else NEEDED
