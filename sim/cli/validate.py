"""Set the model beside published figures: `mellanrum validate`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from sim.cli.batch_request import Request, shared_runs
from sim.cli.batch_run import Finished, make_runs, report_failures, sign
from sim.cli.findings import warmup_facts
from sim.cli.options import (
    MAIN_SEED,
    VALIDATION_REPLICATIONS,
    ClusterOption,
    JobsOption,
    OutOption,
    PlaceOption,
    QuietOption,
    ReplicationsOption,
    ResumeOption,
    SampleOption,
    SeedOption,
    StoreOption,
    WarmupOption,
    YearsOption,
)
from sim.cli.printing import print_json
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
    cluster: ClusterOption = None,
    sample: SampleOption = 1.0,
    out: OutOption = None,
    resume: ResumeOption = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Run the baseline and set every published figure beside the simulated one: inside its range or not."""
    request = Request(
        command="validate",
        scenarios=("baseline",),
        place=place,
        years=years,
        warmup_years=warmup_years,
        replications=replications,
        seed=seed,
        jobs=jobs,
        cluster=cluster,
        sample=sample,
        out=out,
        resume=resume,
        store=shared_runs(store),
        quiet=quiet,
        twins=True,  # small, and so a comparison can use these runs again
    )
    raise typer.Exit(validate(request, lang.value, as_json))


def validate(request: Request, lang: str, as_json: bool, work: Work | None = None) -> int:
    """Run, set beside, write, print; return the exit code. `work` makes one run: the model unless given."""
    from calibration.validation import compare_with_published
    from sim.batch.tables import write_csv

    finished = make_runs(request, work)
    if finished.outcomes is not None:
        table = compare_with_published(finished.outcomes)
        write_csv(table, finished.folder.path / "validation.csv")
    facts = warmup_facts(finished)
    sign(finished, **facts)
    if finished.outcomes is not None:
        if as_json:
            print_json(json.loads(table.to_json(orient="records")))
        else:
            _print(finished, table, lang)
    report_failures(finished)
    return finished.exit_code


def _print(finished: Finished, table: pd.DataFrame, lang: str) -> None:
    """Print the table, how many published figures the model meets, and where the tables are."""
    import pandas as pd
    from rich.console import Console

    from sim.report.facts import read_facts
    from sim.report.published import beside_published
    from sim.report.results import DIFFERENCE_COLUMNS, DISTRIBUTION_COLUMNS, Results
    from sim.report.terminal import published_table
    from sim.report.words import words_for

    assert finished.outcomes is not None, "there is a table only where there are runs"
    results = Results(
        outcomes=finished.outcomes.long(),
        differences=pd.DataFrame(columns=list(DIFFERENCE_COLUMNS)),
        distributions=pd.DataFrame(columns=list(DISTRIBUTION_COLUMNS)),
        facts=read_facts(finished.manifest),
        validation=table,
    )
    words = words_for(results, lang)
    Console().print(published_table(beside_published(words), words))
    met, held = int((table["inside"] == True).sum()), int((table["n"] > 0).sum())  # noqa: E712  # None is neither
    print("\n" + words.text("cli.inside", met=met, held=held))
    print(words.text("cli.tables", path=finished.folder.path))
