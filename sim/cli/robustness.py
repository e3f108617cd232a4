"""Find the futures in which a choice does not pay, and the choice one regrets least: `mellanrum robustness`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.batch_request import Request, check_numbers, shared_runs
from sim.cli.options import (
    MAIN_SCENARIOS,
    MAIN_SEED,
    ClusterOption,
    JobsOption,
    OutOption,
    PlaceOption,
    QuietOption,
    ResumeOption,
    SampleOption,
    SeedOption,
    StoreOption,
    WarmupOption,
    YearsOption,
)
from sim.cli.outcome_choice import OutcomeOption, choose_outcomes
from sim.cli.robustness_terms import PAYS_BY, Terms, requirement, threshold, what_pays
from sim.cli.scenarios import Language, LanguageOption
from sim.cli.sensitivity import DEFAULT_AGAINST, EVERYBODY, GroupOption, NamesOption, RangesOption
from sim.cli.sensitivity_parameters import Ranges
from sim.cli.sensitivity_plan import Asked, Method, lay_out_futures
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.cli.robustness_runs import Decision

FUTURES, FEWEST_FUTURES = 64, 20
REPLICATIONS = 2
"""Runs of each future: two tell luck from parameters, and more futures are worth more than more runs of each."""

ScenariosArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="Names or files of the scenarios to choose between; without any: baseline, team, integrated_records, "
        "patient_coordinator, joint_financing and all_four.",
        show_default=False,
    ),
]
AgainstOption = Annotated[
    str, typer.Option("--against", help="Scenario beside which the others have to pay; it is a choice as well.")
]
FuturesOption = Annotated[
    int | None,
    typer.Option(
        "--futures",
        help=f"How many futures (parameter sets) to run; {FUTURES} by default, of a file all.",
        show_default=False,
    ),
]
EnsembleOption = Annotated[
    Path | None,
    typer.Option(
        "--ensemble",
        help="CSV or Parquet table of parameter sets that are the futures; else those of the fit, else a sample over "
        "the ranges.",
    ),
]
PaysByOption = Annotated[
    str | None,
    typer.Option(
        "--pays-by",
        metavar="OUTCOME|worth",
        help="What has to be better for a scenario to pay: an outcome, or worth = what --worth adds up. By default "
        f"worth where it is given, else {PAYS_BY}, full cost for region and municipalities together.",
        show_default=False,
    ),
]
AtLeastOption = Annotated[
    float,
    typer.Option(
        "--at-least",
        help="How much better it has to be to pay, in the unit of what it pays by; below 0 a loss is borne.",
    ),
]
WorthOption = Annotated[
    list[str] | None,
    typer.Option(
        "--worth",
        metavar="OUTCOME=SEK",
        help="What avoiding one unit of an outcome (gaining one, where more is better) is worth, e.g. "
        "unmet_need_days=300; may be given several times. Their sum is then a criterion, too.",
        show_default=False,
    ),
]
RequireOption = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        metavar="'OUTCOME<=X'",
        help="What a choice must reach, OUTCOME<=X or OUTCOME>=X in quotes; may be given several times. In what share "
        "of the futures does each choice reach it all?",
        show_default=False,
    ),
]
RunsPerFutureOption = Annotated[
    int, typer.Option("--replications", help="Runs of each future, each with its own luck.")
]


def command(
    scenarios: ScenariosArgument = None,
    against: AgainstOption = DEFAULT_AGAINST,
    pays_by: PaysByOption = None,
    at_least: AtLeastOption = 0.0,
    worth: WorthOption = None,
    outcome: OutcomeOption = None,
    group: GroupOption = None,
    require: RequireOption = None,
    futures: FuturesOption = None,
    ensemble: EnsembleOption = None,
    parameters: NamesOption = None,
    ranges: RangesOption = Ranges.FITTED,
    place: PlaceOption = None,
    years: YearsOption = None,
    warmup_years: WarmupOption = None,
    replications: RunsPerFutureOption = REPLICATIONS,
    seed: SeedOption = MAIN_SEED,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    sample: SampleOption = 1.0,
    out: OutOption = None,
    resume: ResumeOption = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Find in which futures a choice does not pay, and which choice is regretted least whatever the future.

    A future is a parameter set; in each of them every scenario is run on the same people with the same luck.
    """
    request = Request(
        command="robustness",
        scenarios=tuple(scenarios or MAIN_SCENARIOS),
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
    )
    asked = Asked(
        method=Method.INFORMATION, names=tuple(parameters or ()), ranges=ranges, ensemble=ensemble, sets=futures
    )
    terms = Terms(
        against=against,
        outcomes=outcome,
        groups=group,
        worth=worth,
        pays_by=pays_by,
        at_least=at_least,
        require=require,
    )
    request, decision = ask(request, asked, terms)
    from sim.cli.batch_run import report_failures
    from sim.cli.robustness_runs import robustness_runs, show
    from sim.cli.sensitivity_runs import announce

    if not quiet:
        announce(request, decision.question)
    finished = robustness_runs(request, decision)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def ask(request: Request, asked: Asked, terms: Terms) -> tuple[Request, Decision]:
    """Return the request and the decision to look at, all checked. Raises InputError."""
    from sim.cli.robustness_runs import Decision
    from sim.cli.sensitivity import load_choices, read_worth
    from sim.cli.sensitivity_runs import Question
    from sim.cli.sweep_groups import choose_groups

    check_numbers(request)
    _check_futures(asked)
    others = _others(request.scenarios, terms.against)
    loaded, first = load_choices(replace(request, scenarios=others), terms.against)
    assert first is not None, "there is always one to set the others against"
    asked = replace(asked, sets=asked.sets or (None if asked.ensemble else FUTURES))
    question = Question(
        layout=lay_out_futures(asked, [first, *loaded], request.seed),
        scenarios=tuple(loaded),
        against=first,
        outcomes=choose_outcomes(terms.outcomes),
        groups=choose_groups(terms.groups or [EVERYBODY], loaded[0].place),
        worth_sek=read_worth(terms.worth or ()),
    )
    decision = Decision(
        question=question,
        pays_by=what_pays(terms.pays_by, has_worth=bool(question.worth_sek)),
        at_least=threshold(terms.at_least),
        requirements=tuple(requirement(text) for text in terms.require or ()),
    )
    return replace(request, scenarios=(terms.against, *others)), decision


def _check_futures(asked: Asked) -> None:
    if asked.sets is not None and asked.sets < FEWEST_FUTURES:
        raise InputError(f"--futures: must be {FEWEST_FUTURES} or more, found {asked.sets}")


def _others(names: Sequence[str], against: str) -> tuple[str, ...]:
    """Return the scenarios without the one they are set against."""
    from sim.config.lookup import find_scenario

    first = find_scenario(against).stem
    others = tuple(name for name in names if find_scenario(name).stem != first)
    if not others:
        raise InputError(f"nothing to choose but {against}; name another scenario, or another one with --against")
    return others
