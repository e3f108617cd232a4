"""Compare ways of coordinating care, same people, same luck: `mellanrum compare`, the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.batch_request import Request
from sim.cli.batch_run import (
    Finished,
    make_runs,
    measured_preventable_share,
    report_failures,
    sign,
)
from sim.cli.options import (
    MAIN_REPLICATIONS,
    MAIN_SCENARIOS,
    MAIN_SEED,
    EventsOption,
    JobsOption,
    OutOption,
    PersonsOption,
    PlaceOption,
    QuietOption,
    ReplicationsOption,
    ResumeOption,
    SampleOption,
    ScenariosArgument,
    SeedOption,
    WarmupOption,
    YearsOption,
)
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from sim.batch.work import Work

BASELINE = "baseline"


def command(
    scenarios: ScenariosArgument = None,
    place: PlaceOption = None,
    years: YearsOption = None,
    warmup_years: WarmupOption = None,
    replications: ReplicationsOption = MAIN_REPLICATIONS,
    seed: SeedOption = MAIN_SEED,
    jobs: JobsOption = None,
    sample: SampleOption = 1.0,
    out: OutOption = None,
    resume: ResumeOption = False,
    quiet: QuietOption = False,
    lang: LanguageOption = Language.EN,
    persons: PersonsOption = False,
    events: EventsOption = False,
) -> None:
    """Compare scenarios with today's care: table of differences, figures, report (the main job)."""
    request = Request(
        command="compare",
        scenarios=with_baseline(scenarios or MAIN_SCENARIOS),
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
        persons=persons,
        events=events,
    )
    raise typer.Exit(compare(request, lang.value))


def with_baseline(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names with the baseline among them; the user's own `baseline.yaml` counts as one."""
    given = [name for name in names if Path(name).stem == BASELINE]
    if len(given) == len(names):
        raise InputError(
            "nothing to compare with the baseline; name another scenario, or use `mellanrum run`"
        )
    return tuple(names) if given else (BASELINE, *names)


def compare(request: Request, lang: str, work: Work | None = None) -> int:
    """Run, compare, write, print; return the exit code. `work` makes one run: the model unless given."""
    finished = make_runs(request, work)
    share = dict(finished.manifest["preventable_share"])
    if finished.outcomes is not None:
        share["measured"] = measured_preventable_share(finished.outcomes)
    sign(finished, preventable_share=share)
    if finished.outcomes is not None and _has_pairs(finished.outcomes):
        _write_comparison(finished, finished.outcomes)
        _show(finished, lang)
    else:
        print("No scenario has a finished run beside the baseline's: there is nothing to compare.")
    report_failures(finished)
    return finished.exit_code


def _has_pairs(outcomes: pd.DataFrame) -> bool:
    made = set(outcomes["scenario"])
    return BASELINE in made and len(made) > 1


def _write_comparison(finished: Finished, outcomes: pd.DataFrame) -> None:
    from calibration.validation import beside_published
    from sim.analysis.differences import differences
    from sim.batch.tables import write_csv

    folder = finished.folder.path
    write_csv(differences(outcomes, BASELINE), folder / "differences.csv")
    baseline = outcomes[outcomes["scenario"] == BASELINE]
    write_csv(beside_published(baseline), folder / "validation.csv")


def _show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the table and say where everything is."""
    from rich.console import Console

    from sim.report import build_report
    from sim.report.results import read_results
    from sim.report.terminal import print_comparison

    folder = finished.folder.path
    build_report(folder, lang=lang)
    print_comparison(read_results(folder), lang=lang, console=Console())
    print(f"\nReport: {folder / 'report.html'}\nTables and figures: {folder}")
