"""Move parameters, settings of means or numbers of the place and see what follows: `mellanrum sweep`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.against import DEFAULT_AGAINST, DEFAULT_SCENARIO, NOTHING, load_with_against
from sim.cli.batch_request import Request, check_numbers
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import (
    MAIN_REPLICATIONS,
    Parameters,
    ParametersOption,
    ReplicationsOption,
)
from sim.cli.outcome_choice import DEFAULT_OUTCOMES, OutcomeOption, choose_outcomes
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.cli.sweep_runs import SweepQuestion
    from sim.config.scenario import Scenario
    from sim.config.sweep import Sweep
    from sim.config.sweep_plan import SweepPlan

WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|PARAM=LOW:HIGH:N",
        help="A ready-made sweep (see --list) or the file of one; or one or two of PARAM=LOW:HIGH:N, "
        "PARAM=LOW:HIGH:N:log, PARAM=1,2,4, and PARAM*=... to multiply what is there. PARAM is a name of "
        "`mellanrum parameters`, name[part], means.ID.SETTING, means.ID.coverage|fidelity|start_days|ramp_days, "
        "or place.NAME (see docs/planner_sweeps.md).",
        show_default=False,
    ),
]
ScenarioOption = Annotated[
    str | None,
    typer.Option("--scenario", help="Scenario that is swept; all_four, or as the sweep says.", show_default=False),
]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        help="Scenario to set beside it at every point, moved alike; baseline, or as the sweep says. none = nothing.",
        show_default=False,
    ),
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        help="Whose outcomes the figures show: all, complex_needs, need_group:1, age:80+, municipality:ID, "
        "principal:ID ...; may be given several times.",
        show_default=False,
    ),
]
ListOption = Annotated[bool, typer.Option("--list", help="List the ready-made sweeps and stop.")]


@spread
def command(
    words: WordsArgument = None,
    *,
    scenario: ScenarioOption = None,
    against: AgainstOption = None,
    outcome: OutcomeOption = None,
    group: GroupOption = None,
    list_them: ListOption = False,
    replications: ReplicationsOption = MAIN_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    span: SpanOptions,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Move one or two things and see what follows: lines with bands, or a map with the line of no difference.

    Every point is run on the same people with the same luck, in the scenario and in what it is compared with.
    """
    if list_them:
        _list(lang.value)
        return
    request = work.request("sweep", (), replications, span, parameters)
    request, question = ask(request, words or [], scenario, against, outcome, group)
    from sim.cli.batch_run import report_failures
    from sim.cli.sweep_runs import announce, show, sweep_runs

    if not work.quiet:
        announce(request, question)
    finished = sweep_runs(request, question)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def ask(
    request: Request,
    words: list[str],
    scenario: str | None = None,
    against: str | None = None,
    outcomes: list[str] | None = None,
    groups: list[str] | None = None,
) -> tuple[Request, SweepQuestion]:
    """Return the request and what is asked, all checked. Options given go before those of a ready-made sweep."""
    from sim.cli.sweep_groups import choose_groups
    from sim.cli.sweep_runs import SweepQuestion

    check_numbers(request)
    if not words:
        raise InputError("sweep: name a ready-made sweep (see `mellanrum sweep --list`), or write PARAM=LOW:HIGH:N")
    sweep = _ready_made(words) or _typed(request, words, scenario or DEFAULT_SCENARIO)
    sweep = replace(
        sweep,
        scenario=scenario or sweep.scenario,
        against=(None if against == NOTHING else against) if against else sweep.against,
        outcomes=tuple(outcomes or sweep.outcomes),
        groups=tuple(groups or sweep.groups),
    )
    request = replace(request, years=request.years or sweep.years)
    named = (sweep.scenario, *([sweep.against] if sweep.against else []))
    (swept,), beside = load_with_against(request, [sweep.scenario], sweep.against)
    outcomes_shown, groups_shown = choose_outcomes(sweep.outcomes), choose_groups(sweep.groups, swept.place)
    plan = _plan(request, sweep, swept, beside)
    question = SweepQuestion(plan=plan, scenario=swept, against=beside, outcomes=outcomes_shown, groups=groups_shown)
    return replace(request, scenarios=named, made=plan.scenarios, lay=plan.lay), question


def _plan(request: Request, sweep: Sweep, swept: Scenario, beside: Scenario | None) -> SweepPlan:
    """Return the points; with a fit no point may lead out of range in any set that will be used."""
    from sim.cli.how_many import find_fitted
    from sim.config.fit import FittedSets
    from sim.config.sweep_plan import plan_sweep

    plan = plan_sweep(sweep, swept, beside)
    fit = find_fitted(request, [swept, *([beside] if beside else [])])
    if fit is None:
        return plan
    sets = FittedSets(fit)
    changes = [partial(sets.over, number=number) for number in range(min(request.replications, len(fit)))]
    try:
        plan = plan_sweep(sweep, swept, beside, changes[0])
        for change in changes:
            for scenario in plan.scenarios:
                plan.lay(scenario, change)
    except InputError as problem:
        raise InputError(f"{problem} in a fitted set; go less far, or give --parameters start") from None
    return plan


def _ready_made(words: list[str]) -> Sweep | None:
    """Return the sweep that one word without `=` names, or None."""
    from sim.config.sweep_file import find_sweep, read_sweep

    if len(words) > 1 or "=" in words[0]:
        return None
    return read_sweep(find_sweep(words[0]))


def _typed(request: Request, words: list[str], scenario: str) -> Sweep:
    from sim.config.sweep_apply import known_names
    from sim.config.sweep_words import read_words

    (swept,), _ = load_with_against(request, [scenario], None)
    return read_words(
        words,
        known_names(swept),
        scenario=scenario,
        against=DEFAULT_AGAINST,
        outcomes=DEFAULT_OUTCOMES,
        groups=("all",),
    )


def _list(lang: str) -> None:
    from sim.cli.printing import print_table
    from sim.config.sweep_file import read_sweep, sweep_files
    from sim.report.texts import read_texts

    text = read_texts(lang)
    rows = []
    for name, path in sweep_files().items():
        sweep = read_sweep(path)
        rows.append((name, getattr(sweep.title, lang), getattr(sweep.summary, lang)))
    columns = [text(f"cli.{column}") for column in ("name", "title", "summary")]
    print_table(text("cli.sweeps_there_are"), columns, rows)
    print(text("cli.more_on_sweeps"))
