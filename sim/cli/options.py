"""Declare the options that several commands share, and the size of the main job, in one place.

How long a run is (years, warm-up) stands in the scenario files; how many runs there are stands here.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

MAIN_SCENARIOS = (
    "baseline",
    "team",
    "integrated_records",
    "patient_coordinator",
    "joint_financing",
    "all_four",
)
MAIN_REPLICATIONS = 8
"""With two years of everybody in the place: a few minutes on two cores, and effects of some per cent show."""
VALIDATION_REPLICATIONS = 8
"""Each is another set of a wide fit: with half as many, a mean over sets moves by more than many a published range."""
STUDY_REPLICATIONS = 4
"""Each is a study of everybody in the place who can take part; the people of all replications are put together."""
MAIN_SEED = 1


def cores() -> int:
    """Return how many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)  # not on every platform
    return len(usable(0)) if usable else os.cpu_count() or 1


ScenariosArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="Names (see `mellanrum scenarios`) or files of scenarios, set beside the baseline; without any: team, "
        "integrated_records, patient_coordinator, joint_financing and all_four.",
        show_default=False,
    ),
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", help="Name or file of the place; else as the scenarios say.")
]
YearsOption = Annotated[
    float | None,
    typer.Option("--years", help="Years measured, after the warm-up; else as the scenarios say."),
]
WarmupOption = Annotated[
    float | None,
    typer.Option("--warmup-years", help="Years before measuring, without any means; else as the scenarios say."),
]
ReplicationsOption = Annotated[int, typer.Option("--replications", help="Runs per scenario, each with its own luck.")]
SeedOption = Annotated[
    int, typer.Option("--seed", help="The number all luck grows from: the same seed gives the same tables.")
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", help="Processes at work; as many as there are processors by default.")
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Make the runs on the Dask cluster whose scheduler is at tcp://HOST:PORT."
    ),
]
SampleOption = Annotated[
    float,
    typer.Option(
        "--sample", help="Share of the people in the model, 0-1, staff and beds scaled alike: for a quick look."
    ),
]
EnsembleOption = Annotated[
    Path | None,
    typer.Option(
        "--ensemble",
        help="CSV or Parquet table of parameter sets, one a row, columns named as in `mellanrum parameters`: every "
        "scenario is run in every set, --replications times each; uncertainty.csv tells chance from parameters.",
    ),
]


class Parameters(StrEnum):
    """Which values parameters have."""

    FITTED = "fitted"
    START = "start"


ParametersOption = Annotated[
    Parameters,
    typer.Option(
        "--parameters",
        help="fitted: every replication has another of the parameter sets that agree with published figures, so that "
        "intervals hold the uncertainty of parameters; start: all have the start values of the register.",
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Folder for the results; a new one under outputs/ by default.")
]
ResumeOption = Annotated[
    bool,
    typer.Option("--resume", help="Go on in a folder that holds results: its finished runs are used again."),
]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        envvar="MELLANRUM_STORE",
        help="Folder in which commands share their finished runs, so that none is made twice; "
        "outputs/.runs by default. It may be deleted at any time.",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
PersonsOption = Annotated[
    bool, typer.Option("--persons", help="Also write persons.parquet: one row per person and year.")
]
EventsOption = Annotated[
    bool,
    typer.Option("--events", help="Also keep the log of every contact and event of every run, under events/: large."),
]
