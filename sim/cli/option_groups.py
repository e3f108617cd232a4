"""Group the options that commands share, so that each command names a group instead of listing its options again.

A command takes a group as one argument; `spread` shows typer the options in it:

    @spread
    def command(scenarios: ScenariosArgument = None, *, span: SpanOptions, work: WorkOptions) -> None: ...
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

from sim.cli.batch_request import Request, shared_runs
from sim.cli.options import (
    MAIN_SEED,
    ClusterOption,
    JobsOption,
    OutOption,
    Parameters,
    PlaceOption,
    QuietOption,
    ResumeOption,
    SampleOption,
    SeedOption,
    StoreOption,
    WarmupOption,
    YearsOption,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldOptions:
    """Where, and how many of the people."""

    place: PlaceOption = None
    sample: SampleOption = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanOptions(WorldOptions):
    """Where, how many of the people, and how long."""

    years: YearsOption = None
    warmup_years: WarmupOption = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOptions:
    """How the runs are made, and where what they give goes."""

    seed: SeedOption = MAIN_SEED
    jobs: JobsOption = None
    cluster: ClusterOption = None
    out: OutOption = None
    resume: ResumeOption = False
    store: StoreOption = None
    quiet: QuietOption = False

    def request(
        self,
        command: str,
        scenarios: Sequence[str],
        replications: int,
        world: WorldOptions,
        parameters: Parameters = Parameters.START,
    ) -> Request:
        """Return what is asked of the batch layer; without a span the scenarios say how long."""
        span = world if isinstance(world, SpanOptions) else SpanOptions(place=world.place, sample=world.sample)
        return Request(
            command=command,
            scenarios=scenarios,
            replications=replications,
            fitted=parameters is Parameters.FITTED,
            place=span.place,
            years=span.years,
            warmup_years=span.warmup_years,
            sample=span.sample,
            seed=self.seed,
            jobs=self.jobs,
            cluster=self.cluster,
            out=self.out,
            resume=self.resume,
            store=shared_runs(self.store),
            quiet=self.quiet,
        )


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the fields of its option groups as options of its own, where the group stood."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if isinstance(kind, type) and is_dataclass(kind)}
    options: list[inspect.Parameter] = []
    for name, one in inspect.signature(command).parameters.items():
        options += _of_group(groups[name]) if name in groups else [_option(name, hints[name], one.default)]

    @wraps(command)
    def spread_out(**given: Any) -> None:
        made = {name: kind(**{one.name: given.pop(one.name) for one in fields(kind)}) for name, kind in groups.items()}
        command(**given, **made)

    # What typer reads; mypy does not know that functions have a signature that can be set.
    vars(spread_out)["__signature__"] = inspect.Signature(options)
    spread_out.__annotations__ = {one.name: one.annotation for one in options}
    return spread_out


def _of_group(kind: type) -> list[inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    return [_option(one.name, hints[one.name], one.default) for one in fields(kind)]


def _option(name: str, annotation: object, default: object) -> inspect.Parameter:
    given = inspect.Parameter.empty if default is MISSING else default
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=given, annotation=annotation)
