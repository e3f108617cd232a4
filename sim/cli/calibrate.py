"""Fit the parameters to published figures: `mellanrum calibrate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.batch_jobs import EXIT_SOME_FAILED
from sim.cli.batch_request import Request
from sim.cli.batch_run import list_failures
from sim.cli.fitting import FinishedFit, calibrate
from sim.cli.option_groups import WorkOptions, WorldOptions, spread
from sim.cli.options import (
    PlaceOption,
)
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    from calibration.validation import Target

PlanOption = Annotated[
    Path | None,
    typer.Option("--plan", help="YAML file that says how large the fit is; what it leaves out is as usual."),
]
TargetsOption = Annotated[
    Path | None,
    typer.Option("--targets", help="CSV file with totals of your own place, fitted instead of the published levels."),
]
SmallOption = Annotated[
    bool, typer.Option("--small", help="A fit of less than a minute, to see that it works; its numbers mean nothing.")
]


@spread
def command(
    *,
    place: PlaceOption = None,
    plan: PlanOption = None,
    small: SmallOption = False,
    targets: TargetsOption = None,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Fit the parameters to published levels and to published effects, by running each study inside the model.

    What is too far from any target is ruled out in waves; an ensemble of parameter sets is drawn from what is left.
    When the fit is done it is kept in calibration/fits/<place>, where comparisons find it; with --out it stays there,
    with --small under outputs/.
    """
    if small and plan is not None:
        raise InputError("--small: leave it out with --plan")
    request = work.request("calibrate", (), 1, WorldOptions(place=place))
    finished = calibrate(request, plan, small=small, targets=_own(request, targets), lang=lang.value)
    _print(finished)
    list_failures(finished.batch, finished.folder)
    raise typer.Exit(EXIT_SOME_FAILED if finished.batch.failures else 0)


def _own(request: Request, path: Path | None) -> tuple[Target, ...] | None:
    """Return the published levels with those of a planner's file in their place; None without one."""
    if path is None:
        return None
    from calibration.validation import load_targets
    from sim.cli.own_figures import with_own_figures
    from sim.config.loader import load_scenario

    return with_own_figures(load_targets(), path, load_scenario("baseline", place=request.place).place)


def _print(finished: FinishedFit) -> None:
    """Say how many targets lie inside, which do not, and where everything is."""
    from sim.cli.printing import print_text

    targets, parameters = finished.tables["targets"], finished.tables["parameters"]
    inside, outside = targets[targets["inside"]], targets[~targets["inside"]]
    print_text(
        f"{len(inside)} of {len(targets)} fitted targets lie inside the published range "
        f"({int(targets['start_inside'].sum())} at the start values)."
    )
    for row in outside.to_dict("records"):
        print_text(
            f"  outside: {row['target']}: published {row['low']:.3g} to {row['high']:.3g}, simulated "
            f"{row['after']:.3g} ({row['after_low']:.3g} to {row['after_high']:.3g})"
        )
    print_text(
        f"{int(parameters['identified'].sum())} of {len(parameters)} parameters are identified. Figures held out were "
        "not looked at: `mellanrum validate` counts them."
    )
    print(f"Ensemble: {finished.kept / 'ensemble.csv'}")
    print(f"Tables: {finished.kept}")
