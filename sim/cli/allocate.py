"""Find the best mix of means and capacities for a budget: `mellanrum allocate`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.allocate_effort import SEARCH_REPLICATIONS, Effort, SearchOption
from sim.cli.batch_request import Request, check_numbers
from sim.cli.findings import BASELINE
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import Parameters, ParametersOption
from sim.cli.outcome_choice import choose_outcomes
from sim.cli.ready_made import list_ready_made
from sim.cli.scenarios import Language, LanguageOption
from sim.cli.typed import number_of, words_of
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.analysis.allocation_aims import Aim, Budget
    from sim.cli.allocate_search import AllocationQuestion
    from sim.config.allocation import AimChoice, Allocation

NameArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME|FILE",
        help="A ready-made allocation (see --list), or a file of your own (see docs/allocation.md).",
        show_default=False,
    ),
]
SekOption = Annotated[
    float | None,
    typer.Option(
        "--budget-sek",
        help="What the mix may cost to run, SEK a year in the whole place: the means' own staff time and payments, and "
        "staff and places that are added.",
        show_default=False,
    ),
]
HoursOption = Annotated[
    float | None,
    typer.Option(
        "--budget-hours",
        help="Staff hours that the mix may take, a year in the whole place: of the means, and of added staff.",
        show_default=False,
    ),
]
WeightOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weight",
        metavar="AIM=W",
        help="How much a gain of 1 % in an aim weighs: health, experience, cost or staff; 0 = not at all. Else as the "
        "file says. May be given several times.",
        show_default=False,
    ),
]
AimOutcomeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        help="An outcome to judge by, by id; those given take the place of the file's in their aim.",
        show_default=False,
    ),
]
ListOption = Annotated[bool, typer.Option("--list", help="List the ready-made allocations and stop.")]


@spread
def command(
    name: NameArgument = None,
    *,
    budget_sek: SekOption = None,
    budget_hours: HoursOption = None,
    weight: WeightOption = None,
    outcome: AimOutcomeOption = None,
    effort: Effort,
    replications: SearchOption = SEARCH_REPLICATIONS,
    list_them: ListOption = False,
    parameters: ParametersOption = Parameters.FITTED,
    span: SpanOptions,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Search the mix of means and capacities that is best for a budget and a weighting of the Triple Aim.

    All mixes are tried on the same people with the same luck; the best are run again with luck that the search has not
    seen, and only that is reported.
    """
    if list_them:
        _list(lang.value)
        return
    from sim.cli.allocate_runs import allocate, announce, show
    from sim.cli.batch_run import report_failures

    request = work.request("allocate", (), replications, span, parameters)
    request, question = ask(request, name, effort, sek=budget_sek, hours=budget_hours, weights=weight, outcomes=outcome)
    if not work.quiet:
        announce(request, question)
    finished = allocate(request, question)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def ask(
    request: Request,
    name: str | None,
    effort: Effort,
    *,
    sek: float | None = None,
    hours: float | None = None,
    weights: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
) -> tuple[Request, AllocationQuestion]:
    """Return the request and what is asked, all checked. Raises InputError."""
    from sim.cli.allocate_search import AllocationQuestion
    from sim.cli.batch_request import load_scenarios
    from sim.config.allocation_file import check_choices, find_allocation, read_allocation
    from sim.config.lookup import find_scenario

    check_numbers(request)
    effort.check()
    budget = _budget(sek, hours)
    if name is None:
        raise InputError("allocate: name a ready-made allocation (see `mellanrum allocate --list`), or give a file")
    path = find_allocation(name)
    allocation = read_allocation(path)
    request = replace(request, scenarios=(BASELINE, allocation.scenario))
    loaded = {one.id: one for one in load_scenarios(request)}
    baseline, scenario = loaded[BASELINE], loaded[find_scenario(allocation.scenario).stem]
    if baseline.place != scenario.place:
        raise InputError(
            f"{name}: {scenario.id} is in another place than {BASELINE}, so that levels mean other numbers"
        )
    check_choices(allocation, scenario)
    aims = _weighted(aims_of(path, allocation.aims, outcomes), weights, allocation)
    return request, AllocationQuestion(
        allocation=allocation, baseline=baseline, scenario=scenario, aims=aims, budget=budget, effort=effort
    )


def _budget(sek: float | None, hours: float | None) -> Budget:
    from sim.analysis.allocation_aims import Budget

    if sek is None and hours is None:
        raise InputError("allocate: give --budget-sek or --budget-hours, a year in the whole place")
    for option, value in (("--budget-sek", sek), ("--budget-hours", hours)):
        if value is not None and not (math.isfinite(value) and value >= 0.0):
            raise InputError(f"{option}: must be 0 or more, found {value:g}")
    return Budget(sek=sek, hours=hours)


def aims_of(path: Path, choices: Sequence[AimChoice], given: Sequence[str] | None) -> list[Aim]:
    """Return the aims with their outcomes: those given stand in place of the file's."""
    from sim.analysis.allocation_aims import Aim
    from sim.config.yaml_file import read_yaml
    from sim.outcomes.outcome import all_outcomes

    registry, own = all_outcomes(), choose_outcomes(given) if given else ()
    found = []
    for choice in choices:
        for place, name in enumerate(choice.outcomes):
            where = ("aims", choice.aim, "outcomes", place)
            if name not in registry:
                raise read_yaml(path).error(where, f"unknown outcome; {suggestion(name, registry)}")
            if registry[name].better == "neither":
                raise read_yaml(path).error(where, f"{name}: neither more nor less of it is better; choose another")
        of_aim = tuple(one for one in own if one.aim == choice.aim) or tuple(registry[one] for one in choice.outcomes)
        found.append(Aim(id=choice.aim, weight=choice.weight, outcomes=of_aim))
    if lost := [one for one in own if one.aim not in {choice.aim for choice in choices}]:
        raise InputError(f"--outcome {lost[0].id}: is about {lost[0].aim}, which {path.name} does not list under aims")
    return found


def _weighted(aims: Sequence[Aim], given: Sequence[str] | None, allocation: Allocation) -> tuple[Aim, ...]:
    """Return the aims with the weights given."""
    weights = {aim.id: aim.weight for aim in aims}
    for text in words_of(given or ()):
        name, _, number = text.partition("=")
        if name not in weights:
            raise InputError(f"--weight {text}: {allocation.id} has no such aim; {suggestion(name, weights)}")
        weights[name] = _weight(text, number)
    if not any(weights.values()):
        raise InputError("--weight: every aim has weight 0; give at least one a weight above it")
    return tuple(replace(aim, weight=weights[aim.id]) for aim in aims)


def _weight(text: str, number: str) -> float:
    weight = number_of(number)
    if not (math.isfinite(weight) and weight >= 0.0):
        raise InputError(f"--weight {text}: expected AIM=W with a number of 0 or more")
    return weight


def _list(lang: str) -> None:
    from sim.config.allocation_file import allocation_files, read_allocation

    list_ready_made(allocation_files(), read_allocation, lang, heading="allocation.there_are", more="allocation.more")
