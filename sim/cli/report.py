"""Build the report again from stored tables: `mellanrum report DIR`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.money import DiscountOption, EffectOption, Perspective, View, check_view, rewrite_money
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

NEEDED = ("manifest.json", "outcomes.csv", "differences.csv")
SWEPT = "sweep.csv"
"""Stands in the place of `differences.csv` where a sweep was made."""

ALLOCATED = "front.csv"

FolderArgument = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help="Output folder of a command that analyses runs: `compare`, `league`, `sweep`, `allocate`, "
        "`sensitivity`, `study`, `validate`, `means --factorial` or `journey`.",
    ),
]
AgainPerspectiveOption = Annotated[
    Perspective | None,
    typer.Option("--perspective", help="Whose money the section on value counts; else as when it was compared."),
]


def command(
    folder: FolderArgument,
    lang: LanguageOption = Language.EN,
    perspective: AgainPerspectiveOption = None,
    effect: EffectOption = None,
    discount_rate: DiscountOption = None,
) -> None:
    """Draw the figures and write the report again from the tables in a folder; nothing is simulated.

    With --effect or --discount-rate the tables on money and value of a comparison are made again, too.
    """
    check_tables(folder)
    from sim.report.texts import read_texts

    build = _builder(folder)
    options = {"lang": lang.value}
    if _is_comparison(folder):
        options |= _money(folder, perspective, View(effect=effect, discount_rate=discount_rate))
    elif perspective is not None or effect is not None or discount_rate is not None:
        raise InputError(
            f"{folder}: --perspective, --effect and --discount-rate are for results of `mellanrum compare`"
        )
    try:
        build(folder, **options)
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
    if is_allocation(folder):
        from sim.report.allocation_page import build_allocation_report

        return build_allocation_report
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


def _is_comparison(folder: Path) -> bool:
    others = ("league.csv", "effects.csv", ALLOCATED)
    return not is_validation(folder) and not any((folder / name).is_file() for name in others)


def _money(folder: Path, perspective: Perspective | None, view: View) -> dict[str, str]:
    """Make the tables on money again when other ones are asked for; return what else the report is told."""
    check_view(view)
    if view.effect is not None or view.discount_rate is not None:
        rewrite_money(folder, view)
    return {} if perspective is None else {"perspective": perspective.value}


def is_validation(folder: Path) -> bool:
    """Tell whether the folder is one of `mellanrum validate`: figures beside published ones, and nothing compared."""
    return (folder / "validation.csv").is_file() and not (folder / "differences.csv").is_file()


def is_sensitivity(folder: Path) -> bool:
    """Tell whether the folder is one of `mellanrum sensitivity`: parameter sets, and no differences over all."""
    others = ("differences.csv", "validation.csv")
    return (folder / "parameter_sets.csv").is_file() and not any((folder / name).is_file() for name in others)


def is_allocation(folder: Path) -> bool:
    """Tell whether the folder is one of `mellanrum allocate`: mixes that were confirmed."""
    return (folder / ALLOCATED).is_file()


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
