"""Run scenarios without comparing them: `mellanrum run SCENARIO ...`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from sim.cli.batch_run import Finished, make_runs, report_failures, sign
from sim.cli.findings import warmup_facts
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import (
    EventsOption,
    Parameters,
    ParametersOption,
    PersonsOption,
)
from sim.cli.precision_options import PrecisionOptions, ReplicationsOrAuto

NamesArgument = Annotated[
    list[str], typer.Argument(metavar="SCENARIO", help="Names (see `mellanrum scenarios`) or files of scenarios.")
]


@spread
def command(
    scenarios: NamesArgument,
    *,
    replications: ReplicationsOrAuto = "1",
    parameters: ParametersOption = Parameters.FITTED,
    span: SpanOptions,
    precision: PrecisionOptions,
    work: WorkOptions,
    persons: PersonsOption = False,
    events: EventsOption = False,
) -> None:
    """Run scenarios and keep their tables, without comparison; --events also keeps the log."""
    number, auto = precision.read(replications)
    request = replace(
        work.request("run", scenarios, number, span, parameters),
        auto=auto,
        twins=True,  # small, and so a comparison can use these runs again
        persons=persons,
        events=events,
    )
    finished = make_runs(request)
    sign(finished, **warmup_facts(finished))
    print(summary(finished))
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def summary(finished: Finished) -> str:
    """Say what was run and where the tables are."""
    first, batch = finished.scenarios[0], finished.batch
    kept = f", {batch.reused} of them from before" if batch.reused else ""
    names = ", ".join(scenario.id for scenario in finished.scenarios)
    length = f"{first.years:g} years after {first.warmup_years:g} years of warm-up"
    people = f"{finished.manifest['inhabitants']:,} people"
    runs = "1 run" if len(batch.results) == 1 else f"{len(batch.results)} runs"
    return f"{runs}{kept}: {names}; {people}, {length}.\nTables: {finished.folder.path}"
