"""Set the model beside published figures: `mellanrum validate`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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
from sim.cli.printing import print_json, print_table
from sim.cli.scenarios import JsonOption, Language, LanguageOption

if TYPE_CHECKING:
    import pandas as pd

    from sim.batch.work import Work


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
    """Run, set beside, write, print; return the exit code. `work` makes one run: the model unless given."""
    from sim.batch.tables import write_csv
    from sim.cli.published import beside_published

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


def _print(table: pd.DataFrame, lang: str) -> None:
    """Print one line per published figure, and how many the model meets."""
    columns = ("what", "published", "model", "inside", "unit", "used for", "source")
    rows = [
        (
            str(row[f"label_{lang}"]),
            f"{row['published_low']:g} to {row['published_high']:g}",
            f"{row['simulated']:.4g}",
            str(row["inside"]),
            str(row["unit"]),
            str(row["used"]),
            str(row["source"]),
        )
        for row in table.to_dict("records")
    ]
    print_table("The model beside published figures", columns, rows)
    met = int((table["inside"] == "yes").sum())
    print(f"\n{met} of {len(table)} lie in the published range.")
