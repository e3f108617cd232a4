"""Find which unknowns move results, and which of them to find out about first: `mellanrum sensitivity`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.against import DEFAULT_AGAINST, DEFAULT_SCENARIO, NOTHING, load_with_against
from sim.cli.batch_request import Request, check_numbers
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.outcome_choice import OutcomeOption, choose_outcomes
from sim.cli.scenarios import Language, LanguageOption
from sim.cli.sensitivity_parameters import Ranges
from sim.cli.sensitivity_plan import REPLICATIONS, Asked, Method, lay_out
from sim.cli.typed import number_of, words_of
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.cli.sensitivity_runs import Question
    from sim.outcomes.outcome import Outcome

EVERYBODY = "all"

ScenarioArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="Names or files of the scenarios looked at; all_four without any.",
        show_default=False,
    ),
]
MethodOption = Annotated[
    Method,
    typer.Option(
        "--method",
        help="tornado: each parameter to both ends of its range; morris: which matter at all; sobol: what share of the "
        "variance each makes, alone and with others; information: what to find out first, over parameter sets.",
    ),
]
AgainstOption = Annotated[
    str,
    typer.Option(
        "--against",
        help="Scenario whose outcomes are taken off, pair by pair, in every parameter set; none = look at levels.",
    ),
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        help="Whose outcomes: all (the default), complex_needs, need_group:1, age:80+, municipality:ID, principal:ID "
        "...; may be given several times.",
        show_default=False,
    ),
]
NamesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--parameters",
        help="What moves: names as in `mellanrum parameters` (name, name[part], name* = a factor on all its numbers, "
        "means.ID.SETTING) with commas between; all; or fitted. Without: those that calibration/space.yaml names.",
        show_default=False,
    ),
]
RangesOption = Annotated[
    Ranges,
    typer.Option(
        "--ranges",
        help="fitted: of parameters that were fitted to published figures, what the fit left (5th to 95th percentile), "
        "if there is a fit; declared: the whole plausible range.",
    ),
]
SetsFileOption = Annotated[
    Path | None,
    typer.Option(
        "--ensemble", help="With --method information: CSV or Parquet table of parameter sets in place of the fit's."
    ),
]
SetsOption = Annotated[
    int | None,
    typer.Option(
        "--sets",
        help="Parameter sets to run for sobol (10 a parameter by default) and information (all of a file or fit).",
        show_default=False,
    ),
]
TrajectoriesOption = Annotated[
    int, typer.Option("--trajectories", help="Of morris: each takes one parameter set more than there are parameters.")
]
BaseOption = Annotated[
    int, typer.Option("--base", help="Of sobol: size N of the two samples that indices rest on, a power of 2.")
]
DirectOption = Annotated[
    bool,
    typer.Option("--direct", help="Of sobol: run the model itself at every point, N x (parameters + 2) or more sets."),
]
SecondOption = Annotated[
    bool | None,
    typer.Option(
        "--second-order/--no-second-order",
        help="Of sobol: indices of pairs too; by default with up to 15 parameters.",
        show_default=False,
    ),
]
WorthOption = Annotated[
    list[str] | None,
    typer.Option(
        "--worth",
        metavar="OUTCOME=SEK",
        help="What avoiding one unit of an outcome (gaining one, where more is better) is worth, e.g. "
        "unmet_need_days=300; may be given several times. Scenarios are then also ranked by the sum, and information "
        "is valued in money.",
        show_default=False,
    ),
]
RunsPerSetOption = Annotated[
    int | None,
    typer.Option(
        "--replications", help="Runs of each parameter set; by default tornado 4, morris and sobol 2, information 1."
    ),
]


@spread
def command(
    scenarios: ScenarioArgument = None,
    *,
    method: MethodOption = Method.TORNADO,
    against: AgainstOption = DEFAULT_AGAINST,
    outcome: OutcomeOption = None,
    group: GroupOption = None,
    parameters: NamesOption = None,
    ranges: RangesOption = Ranges.FITTED,
    ensemble: SetsFileOption = None,
    sets: SetsOption = None,
    trajectories: TrajectoriesOption = 10,
    base: BaseOption = 1024,
    direct: DirectOption = False,
    second_order: SecondOption = None,
    worth: WorthOption = None,
    replications: RunsPerSetOption = None,
    span: SpanOptions,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Find which unknowns move a difference, whether they change which scenario is best, and what to measure first.

    Every parameter set is run in every scenario on the same people with the same luck.
    """
    runs = REPLICATIONS[method] if replications is None else replications
    request = work.request(f"sensitivity-{method.value}", tuple(scenarios or (DEFAULT_SCENARIO,)), runs, span)
    asked = Asked(
        method=method,
        names=tuple(parameters or ()),
        ranges=ranges,
        ensemble=ensemble,
        sets=sets,
        trajectories=trajectories,
        base=base,
        direct=direct,
        second_order=second_order,
    )
    request, question = ask(request, asked, against=against, outcomes=outcome, groups=group, worth=worth)
    from sim.cli.batch_run import report_failures
    from sim.cli.sensitivity_runs import announce, sensitivity_runs, show

    if not work.quiet:
        announce(request, question)
    finished = sensitivity_runs(request, question)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def ask(
    request: Request,
    asked: Asked,
    *,
    against: str = DEFAULT_AGAINST,
    outcomes: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    worth: Sequence[str] | None = None,
) -> tuple[Request, Question]:
    """Return the request and what is asked, all checked. Raises InputError."""
    from sim.cli.sensitivity_runs import Question
    from sim.cli.sweep_groups import choose_groups

    check_numbers(request)
    beside = None if against == NOTHING else against
    loaded, first = load_with_against(request, request.scenarios, beside)
    request = replace(request, scenarios=tuple(dict.fromkeys([*([beside] if beside else []), *request.scenarios])))
    question = Question(
        layout=lay_out(asked, ([first] if first else []) + loaded, request.seed),
        scenarios=tuple(loaded),
        against=first,
        outcomes=choose_outcomes(outcomes),
        groups=choose_groups(groups or [EVERYBODY], loaded[0].place),
        worth_sek=read_worth(worth or ()),
    )
    return request, question


def read_worth(given: Sequence[str]) -> dict[str, float]:
    """Return what one unit of each outcome is worth, SEK. Raises InputError."""
    from sim.analysis.decision import by_worth
    from sim.outcomes.outcome import all_outcomes

    registry, found = all_outcomes(), dict[str, float]()
    for text in words_of(given):
        name, _, amount = text.partition("=")
        if name not in registry:
            raise InputError(f"--worth {text}: unknown outcome {name}; {suggestion(name, registry)}")
        found[name] = _sek(text, amount)
        _check_good_direction(registry[name], text)
        try:
            by_worth({registry[name]: found[name]}, EVERYBODY, EVERYBODY)
        except ValueError as problem:
            raise InputError(f"--worth {text}: {problem}") from None
    return found


def _sek(text: str, amount: str) -> float:
    sek = number_of(amount)
    if not (math.isfinite(sek) and sek > 0.0):
        raise InputError(f"--worth {text}: expected OUTCOME=SEK with a number above 0")
    return sek


def _check_good_direction(outcome: Outcome, text: str) -> None:
    if outcome.better == "neither":
        raise InputError(f"--worth {text}: neither more nor less of {outcome.id} is better")
