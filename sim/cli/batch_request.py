"""Check what the user asks of `compare`, `run` and `validate`, before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.precision_options import AutoOptions
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.batch.ensemble import Lay
    from sim.batch.folder import Folder
    from sim.config.ensemble import Ensemble
    from sim.config.place import Place
    from sim.config.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asked for, options as in the command line."""

    command: str
    scenarios: Sequence[str]
    replications: int
    seed: int
    place: str | None = None
    years: float | None = None
    warmup_years: float | None = None
    jobs: int | None = None
    cluster: str | None = None
    sample: float = 1.0
    out: Path | None = None
    resume: bool = False
    store: Path | None = None
    """Where finished runs are shared with other commands; None = nowhere."""
    quiet: bool = False
    persons: bool = False
    events: bool = False
    twins: bool = False
    """Whether to set every person beside themselves in the baseline."""
    journey: bool = False
    """Whether to keep what a single person's year can be told from."""
    spans: tuple[tuple[float, float], ...] = ()
    """Parts of the measured time, in days from its start, for which outcomes are measured once more."""
    auto: AutoOptions | None = None
    """With it `replications` is the number of the first round."""
    ensemble: Path | None = None
    """With it `replications` is the number in each parameter set."""
    fitted: bool = False
    """Whether every replication has the next of the parameter sets that agree with published figures, if there are
    any; else all have the start values."""
    sets: Ensemble | None = None
    """Parameter sets made in memory; with them `replications` is the number in each set."""
    common_luck: bool = False
    """Whether these sets all meet the same luck, so that they differ by parameters only."""
    made: Sequence[Scenario] = ()
    """Scenarios made in memory from those named, the baseline first; they are run instead."""
    lay: Lay | None = None
    """How a fitted set comes into those made in memory; None = it replaces what stands in them."""
    arguments: Sequence[str] = field(default_factory=lambda: tuple(sys.argv[1:]))
    """As typed, for the receipt and for the word on how to go on."""


def check_numbers(request: Request) -> None:
    """Raise InputError for a number out of range that no loader checks."""
    rules = (
        ("--replications", request.replications, request.replications >= 1, "1 or more"),
        ("--seed", request.seed, 0 <= request.seed < 2**63, "from 0 to 2^63 - 1"),
        ("--jobs", request.jobs, request.jobs is None or request.jobs >= 1, "1 or more"),
    )
    for option, value, is_right, expected in rules:
        if not is_right:
            raise InputError(f"{option}: must be {expected}, found {value}")


def load_scenarios(request: Request) -> tuple[Scenario, ...]:
    """Load every scenario of the request, the baseline before the others. Raises InputError."""
    from sim.config.loader import load_scenario

    if request.made:
        return tuple(request.made)
    loaded = [
        load_scenario(
            name,
            place=request.place,
            years=request.years,
            warmup_years=request.warmup_years,
            sample_share=request.sample,
        )
        for name in request.scenarios
    ]
    ids = [scenario.id for scenario in loaded]
    for name in ids:
        if ids.count(name) > 1:
            raise InputError(f"scenario {name}: given {ids.count(name)} times; give each once")
    ordered = tuple(sorted(loaded, key=lambda scenario: scenario.id != "baseline"))
    _check_same_world(ordered)
    return ordered


def _check_same_world(scenarios: Sequence[Scenario]) -> None:
    """Raise InputError unless all scenarios are about the same people and time.

    Two places with the same people, principals and prices may differ in who organises the care: that is compared.
    """
    first = scenarios[0]
    for other in scenarios[1:]:
        if _ages(other.place) != _ages(first.place):
            raise InputError(
                f"scenario {other.id} is about other people than {first.id} (place_settings): set the same ages in a "
                "baseline of your own, or sweep them: `mellanrum sweep ageing`"
            )
        for option, theirs, ours in (
            *(() if _same_people(other.place, first.place) else (("--place", other.place.id, first.place.id),)),
            ("--years", other.years, first.years),
            ("--warmup-years", other.warmup_years, first.warmup_years),
        ):
            if theirs != ours:
                raise InputError(
                    f"scenario {other.id} says {option[2:]} {theirs}, {first.id} says {ours}: "
                    f"they cannot be set side by side; give {option}"
                )
        if other.place.id == first.place.id and other.place != first.place:
            raise InputError(
                f"scenarios {other.id} and {first.id} mean different places {first.place.id}; give --place"
            )


def _ages(place: Place) -> list[float]:
    return [band.grown for one in place.municipalities for band in one.age_groups if band.grown != 1.0]


def _same_people(one: Place, other: Place) -> bool:
    return (one.municipalities, one.principals, one.prices) == (other.municipalities, other.principals, other.prices)


def choose_folder(request: Request, scenarios: Sequence[Scenario], named: str, replications: int) -> Folder:
    """Return the checked output folder for what is asked; nothing is written yet. Raises InputError."""
    from sim.batch.folder import default_folder, open_folder
    from sim.batch.manifest import identity

    asked = identity(named, scenarios, replications, request.seed)
    plain = Path("outputs") / f"{request.command}-{scenarios[0].place.id}"
    return open_folder(request.out or default_folder(plain, asked), asked, request.resume, request.store)


def shared_runs(given: Path | None) -> Path:
    """Return where a command shares its finished runs. Raises InputError for a folder that cannot be used."""
    from sim.batch.folder import SHARED_RUNS, check_writable

    if given is None:
        return SHARED_RUNS
    check_writable(given, "--store")
    return given
