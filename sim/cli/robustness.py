"""Find the futures in which a choice does not pay, and the choice one regrets least: `mellanrum robustness`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.against import load_with_against
from sim.cli.batch_request import Request, check_numbers
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import MAIN_SCENARIOS
from sim.cli.outcome_choice import choose_outcomes
from sim.cli.robustness_terms import TermsOptions, requirement, threshold, what_pays
from sim.cli.scenarios import Language, LanguageOption
from sim.cli.sensitivity import EVERYBODY, NamesOption, RangesOption
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
RunsPerFutureOption = Annotated[
    int, typer.Option("--replications", help="Runs of each future; with 2 or more luck can be told from parameters.")
]


@spread
def command(
    scenarios: ScenariosArgument = None,
    *,
    terms: TermsOptions,
    futures: FuturesOption = None,
    ensemble: EnsembleOption = None,
    parameters: NamesOption = None,
    ranges: RangesOption = Ranges.FITTED,
    replications: RunsPerFutureOption = REPLICATIONS,
    span: SpanOptions,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Find in which futures a choice does not pay, and which choice is regretted least whatever the future.

    A future is a parameter set; in each of them every scenario is run on the same people with the same luck.
    """
    request = work.request("robustness", tuple(scenarios or MAIN_SCENARIOS), replications, span)
    asked = Asked(
        method=Method.INFORMATION, names=tuple(parameters or ()), ranges=ranges, ensemble=ensemble, sets=futures
    )
    request, decision = ask(request, asked, terms)
    from sim.cli.batch_run import report_failures
    from sim.cli.robustness_runs import robustness_runs, show
    from sim.cli.sensitivity_runs import announce

    if not work.quiet:
        announce(request, decision.question)
    finished = robustness_runs(request, decision)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def ask(request: Request, asked: Asked, terms: TermsOptions) -> tuple[Request, Decision]:
    """Return the request and the decision to look at, all checked. Raises InputError."""
    from sim.cli.robustness_runs import Decision
    from sim.cli.sensitivity import read_worth
    from sim.cli.sensitivity_runs import Question
    from sim.cli.sweep_groups import choose_groups

    check_numbers(request)
    if asked.sets is not None and asked.sets < FEWEST_FUTURES:
        raise InputError(f"--futures: must be {FEWEST_FUTURES} or more, found {asked.sets}")
    others = _others(request.scenarios, terms.against)
    loaded, first = load_with_against(request, others, terms.against)
    assert first is not None, "there is always one to set the others against"
    asked = replace(asked, sets=asked.sets or (None if asked.ensemble else FUTURES))
    question = Question(
        layout=lay_out_futures(asked, [first, *loaded], request.seed),
        scenarios=tuple(loaded),
        against=first,
        outcomes=choose_outcomes(terms.outcome),
        groups=choose_groups(terms.group or [EVERYBODY], loaded[0].place),
        worth_sek=read_worth(terms.worth or ()),
    )
    decision = Decision(
        question=question,
        pays_by=what_pays(terms.pays_by, has_worth=bool(question.worth_sek)),
        at_least=threshold(terms.at_least),
        requirements=tuple(requirement(text) for text in terms.require or ()),
    )
    return replace(request, scenarios=(terms.against, *others)), decision


def _others(names: Sequence[str], against: str) -> tuple[str, ...]:
    """Return the scenarios without the one they are set against."""
    from sim.config.lookup import find_scenario

    first = find_scenario(against).stem
    others = tuple(name for name in names if find_scenario(name).stem != first)
    if not others:
        raise InputError(f"nothing to choose but {against}; name another scenario, or another one with --against")
    return others
