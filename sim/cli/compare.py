"""Compare ways of coordinating care, same people, same luck: `mellanrum compare`, the main job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
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
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import (
    MAIN_REPLICATIONS,
    MAIN_SCENARIOS,
    EnsembleOption,
    EventsOption,
    Parameters,
    ParametersOption,
    PersonsOption,
    ScenariosArgument,
)
from sim.cli.precision_options import PrecisionOptions, ReplicationsOrAuto
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.batch.matrix import Matrix
    from sim.batch.work import Work


@spread
def command(
    scenarios: ScenariosArgument = None,
    *,
    replications: ReplicationsOrAuto = str(MAIN_REPLICATIONS),
    parameters: ParametersOption = Parameters.FITTED,
    ensemble: EnsembleOption = None,
    span: SpanOptions,
    precision: PrecisionOptions,
    work: WorkOptions,
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
    number, auto = precision.read(replications)
    request = replace(
        work.request("compare", with_baseline(scenarios or MAIN_SCENARIOS), number, span, parameters),
        auto=auto,
        ensemble=ensemble,
        # People of an ensemble's runs would take more room than all the rest.
        twins=ensemble is None,
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
