"""Run scenarios without comparing them: `mellanrum run SCENARIO ...`."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.batch_request import Request, shared_runs
from sim.cli.batch_run import Finished, make_runs, report_failures, sign
from sim.cli.findings import warmup_facts
from sim.cli.options import (
    MAIN_REPLICATIONS,
    MAIN_SEED,
    ClusterOption,
    EventsOption,
    JobsOption,
    OutOption,
    Parameters,
    ParametersOption,
    PersonsOption,
    PlaceOption,
    QuietOption,
    ResumeOption,
    SampleOption,
    SeedOption,
    StoreOption,
    WarmupOption,
    YearsOption,
)
from sim.cli.precision_options import (
    MOST_REPLICATIONS,
    FewestOption,
    MostOption,
    PreciseForOption,
    PrecisionOption,
    ReplicationsOrAuto,
    read_replications,
)

NamesArgument = Annotated[
    list[str], typer.Argument(metavar="SCENARIO", help="Names (see `mellanrum scenarios`) or files of scenarios.")
]


def command(
    scenarios: NamesArgument,
    place: PlaceOption = None,
    years: YearsOption = None,
    warmup_years: WarmupOption = None,
    replications: ReplicationsOrAuto = "1",
    precision: PrecisionOption = None,
    precise_for: PreciseForOption = None,
    min_replications: FewestOption = MAIN_REPLICATIONS,
    max_replications: MostOption = MOST_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    seed: SeedOption = MAIN_SEED,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    sample: SampleOption = 1.0,
    out: OutOption = None,
    resume: ResumeOption = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
    persons: PersonsOption = False,
    events: EventsOption = False,
) -> None:
    """Run scenarios and keep their tables, without comparison; --events also keeps the log."""
    number, auto = read_replications(replications, precision, precise_for, min_replications, max_replications)
    request = Request(
        command="run",
        scenarios=scenarios,
        place=place,
        years=years,
        warmup_years=warmup_years,
        replications=number,
        auto=auto,
        fitted=parameters is Parameters.FITTED,
        twins=True,  # small, and so a comparison can use these runs again
        seed=seed,
        jobs=jobs,
        cluster=cluster,
        sample=sample,
        out=out,
        resume=resume,
        store=shared_runs(store),
        quiet=quiet,
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
