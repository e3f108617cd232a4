"""Compare ways of coordinating care, same people, same luck: `mellanrum compare`, the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request, shared_runs
from sim.cli.batch_run import (
    Finished,
    make_runs,
    measured_preventable_share,
    report_failures,
    sign,
)
from sim.cli.findings import BASELINE, warmup_facts, write_comparison
from sim.cli.money import (
    DiscountOption,
    EffectOption,
    Perspective,
    PerspectiveOption,
    View,
    check_view,
    write_money,
)
from sim.cli.options import (
    MAIN_REPLICATIONS,
    MAIN_SCENARIOS,
    MAIN_SEED,
    ClusterOption,
    EnsembleOption,
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
    ScenariosArgument,
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
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.batch.matrix import Matrix
    from sim.batch.work import Work


def command(
    scenarios: ScenariosArgument = None,
    place: PlaceOption = None,
    years: YearsOption = None,
    warmup_years: WarmupOption = None,
    replications: ReplicationsOrAuto = str(MAIN_REPLICATIONS),
    precision: PrecisionOption = None,
    precise_for: PreciseForOption = None,
    min_replications: FewestOption = MAIN_REPLICATIONS,
    max_replications: MostOption = MOST_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    ensemble: EnsembleOption = None,
    seed: SeedOption = MAIN_SEED,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    sample: SampleOption = 1.0,
    out: OutOption = None,
    resume: ResumeOption = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
    lang: LanguageOption = Language.EN,
    persons: PersonsOption = False,
    events: EventsOption = False,
    perspective: PerspectiveOption = Perspective.BOTH,
    effect: EffectOption = None,
    discount_rate: DiscountOption = None,
) -> None:
    """Compare scenarios with today's care: table of differences, figures, report (the main job).

    All scenarios are run on the same people with the same luck, so that only what a scenario changes differs.
    """
    view = check_view(View(perspective=perspective, effect=effect, discount_rate=discount_rate))
    number, auto = read_replications(replications, precision, precise_for, min_replications, max_replications)
    request = Request(
        command="compare",
        scenarios=with_baseline(scenarios or MAIN_SCENARIOS),
        place=place,
        years=years,
        warmup_years=warmup_years,
        replications=number,
        auto=auto,
        ensemble=ensemble,
        fitted=parameters is Parameters.FITTED,
        # People of an ensemble's runs would take more room than all the rest.
        twins=ensemble is None,
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
    finished = compare(request, view=view)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def with_baseline(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names with the baseline among them; the user's own `baseline.yaml` counts as one."""
    given = [name for name in names if Path(name).stem == BASELINE]
    if len(given) == len(names):
        raise InputError("nothing to compare with the baseline; name another scenario, or use `mellanrum run`")
    return tuple(names) if given else (BASELINE, *names)


def compare(request: Request, work: Work | None = None, view: View | None = None) -> Finished:
    """Make the runs and write all tables and the receipt.

    `work` makes one run: the model unless given; `view` says how money is looked at.
    """
    finished = make_runs(request, work)
    view = view or View()
    share = dict(finished.manifest["preventable_share"])
    if finished.outcomes is not None:
        share["measured"] = measured_preventable_share(finished.outcomes)
        if can_compare(finished.outcomes):
            write_comparison(finished, finished.outcomes)
            write_money(finished.folder.path, finished.outcomes, finished.manifest, view)
    sign(finished, preventable_share=share, value=view.facts(), **warmup_facts(finished))
    return finished


def can_compare(outcomes: Matrix) -> bool:
    """Tell whether the baseline and another scenario have a run of the same replication."""
    is_baseline = outcomes.runs["scenario"] == BASELINE
    replications = outcomes.runs["replication"]
    return bool(set(replications[is_baseline]) & set(replications[~is_baseline]))


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the table of differences and say where everything is."""
    from sim.report.build import build_report
    from sim.report.results import read_results
    from sim.report.terminal import print_comparison

    nothing = "cli.nothing_beside" if finished.outcomes is None or not can_compare(finished.outcomes) else None
    give_answer(
        finished.folder.path, lang, build=build_report, read=read_results, say=print_comparison, nothing=nothing
    )
