"""Set the model beside published figures: `mellanrum validate`."""

from __future__ import annotations


import typer

from sim.cli.batch_request import Request
from sim.cli.batch_run import make_runs, report_failures, sign
from sim.cli.options import (
    MAIN_SEED,
    VALIDATION_REPLICATIONS,
    JobsOption,
    OutOption,
    PlaceOption,
    QuietOption,
    ReplicationsOption,
    ResumeOption,
    SampleOption,
    SeedOption,
    WarmupOption,
    YearsOption,
)
from sim.cli.scenarios import JsonOption, Language, LanguageOption


def command(
    place: PlaceOption = None,
    years: YearsOption = None,
    warmup_years: WarmupOption = None,
    replications: ReplicationsOption = VALIDATION_REPLICATIONS,
    seed: SeedOption = MAIN_SEED,
    jobs: JobsOption = None,
    sample: SampleOption = 1.0,
    out: OutOption = None,
    resume: ResumeOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Run the baseline and set every published figure beside the simulated one, inside its range or not."""
    request = Request(
        command="validate",
        scenarios=("baseline",),
        place=place,
        years=years,
        warmup_years=warmup_years,
        replications=replications,
        seed=seed,
        jobs=jobs,
        sample=sample,
        out=out,
        resume=resume,
        quiet=quiet,
    )
    raise typer.Exit(validate(request, lang.value, as_json))


def validate(request: Request, lang: str, as_json: bool, work: Work | None = None) -> int:
    """Run, set beside, write and print; return the exit code. `work` makes one run: the model unless given."""
    from calibration.validation import beside_published
    from sim.batch.tables import write_csv

    finished = make_runs(request, work)
    sign(finished)
    if finished.outcomes is not None:
        table = beside_published(finished.outcomes)
        write_csv(table, finished.folder.path / "validation.csv")
        if as_json:
            print_json(json.loads(table.to_json(orient="records")))
        else:
            _print(table, lang)
            print(f"\nTables: {finished.folder.path}")
    report_failures(finished)
    return finished.exit_code
