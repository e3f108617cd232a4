"""Build the report again from stored tables: `mellanrum report DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.money import DiscountOption, EffectOption, Perspective, View, check_view, rewrite_money
from sim.cli.pages import COMPARISON, page_of
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

FolderArgument = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help="Output folder of a command that analyses runs: `compare`, `league`, `sweep`, `stress`, `allocate`, "
        "`sensitivity`, `robustness`, `study`, `validate`, `means --factorial` or `journey`.",
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

    page = page_of(folder)
    options = {"lang": lang.value}
    if page is COMPARISON:
        options |= _money(folder, perspective, View(effect=effect, discount_rate=discount_rate))
    elif perspective is not None or effect is not None or discount_rate is not None:
        raise InputError(
            f"{folder}: --perspective, --effect and --discount-rate are for results of `mellanrum compare`"
        )
    try:
        page.build(folder, **options)
    except (ValueError, PermissionError) as problem:
        raise InputError(f"{folder}: {problem}") from None
    print(read_texts(lang.value)("cli.report", path=folder / "report.html"))


def _money(folder: Path, perspective: Perspective | None, view: View) -> dict[str, str]:
    """Make the tables on money again when other ones are asked for; return what else the report is told."""
    check_view(view)
    if view.effect is not None or view.discount_rate is not None:
        rewrite_money(folder, view)
    return {} if perspective is None else {"perspective": perspective.value}


def check_tables(folder: Path) -> None:
    """Raise InputError unless the folder holds the tables of a comparison."""
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; give the output folder of `mellanrum compare`")
    for name in page_of(folder).needs:
        if not (folder / name).is_file():
            raise InputError(f"{folder}: {name} is missing; give the output folder of `mellanrum compare`")
