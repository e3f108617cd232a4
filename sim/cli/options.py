"""Declare the options that several commands share, and the size of the main job, in one place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

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
"""With two years of everybody in the place, a few minutes on two cores; effects of some per cent show."""
MAIN_YEARS = 2.0
MAIN_WARMUP_YEARS = 1.0
MAIN_PLACE = "vastra_varmland"
MAIN_SEED = 1


def cores() -> int:
    """Return how many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)  # not on every platform
    return len(usable(0)) if usable else os.cpu_count() or 1


Lang = Literal["en", "sv"]
Scenarios = Annotated[list[str] | None, typer.Argument(help="Names or files of scenarios.", show_default=False)]
PlaceName = Annotated[str, typer.Option("--place", help="Name or file of the place.")]
Years = Annotated[float, typer.Option("--years", help="Years that are measured, after the warm-up.")]
WarmupYears = Annotated[float, typer.Option("--warmup-years", help="Years before measuring and before any means.")]
Replications = Annotated[int, typer.Option("--replications", help="Runs per scenario, each with its own luck.")]
Seed = Annotated[int, typer.Option("--seed", help="Number all luck grows from.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", help="Processes at work; as many as processors by default.", show_default=False)
]
Sample = Annotated[
    float, typer.Option("--sample", help="Share of the people, capacity scaled alike: for a quick look.")
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder for the results; under outputs/ by default.", show_default=False)
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on in a folder that holds results: keep its finished runs.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of table, figures and report.")]
Persons = Annotated[bool, typer.Option("--persons", help="Also write one row per person and year.")]
Events = Annotated[bool, typer.Option("--events", help="Also keep the log of every contact and event.")]
