"""Strike today's care and other ways of coordinating it alike, and see what survives: `mellanrum stress`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.against import DEFAULT_AGAINST, DEFAULT_SCENARIO, load_with_against
from sim.cli.batch_request import Request, check_numbers
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import MAIN_REPLICATIONS, Parameters, ParametersOption, ReplicationsOption
from sim.cli.outcome_choice import OutcomeOption, choose_outcomes
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.cli.stress_runs import StressQuestion
    from sim.config.disturbance import Disturbance
    from sim.config.place import Place

SERIES = "open_needs"
_GROUPS = ("all", "complex_needs")

ChoicesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SCENARIO...",
        help="Ways of coordinating care whose gain is stressed, by name or file; all_four without.",
        show_default=False,
    ),
]
DisturbanceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--disturbance",
        help="A disturbance by name (see --list) or file; may be given several times. Without: the ready-made ones.",
        show_default=False,
    ),
]
AgainstOption = Annotated[str, typer.Option("--against", help="Scenario that the gain is counted from.")]
StressYearsOption = Annotated[float, typer.Option("--years", help="Years measured, after the warm-up.")]
GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        help="Whose outcomes are shown: all, complex_needs, need_group:1, age:80+, municipality:ID, principal:ID ...; "
        "may be given several times. Without: everybody, and people with complex needs.",
        show_default=False,
    ),
]
SeriesOption = Annotated[
    str, typer.Option("--series", help="What the figure follows week by week: open_needs, ed_visits, in_bed ...")
]
ListOption = Annotated[bool, typer.Option("--list", help="List the ready-made disturbances and stop.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StressSpan(SpanOptions):
    """Where, how many of the people, and how long: one year unless said."""

    years: StressYearsOption = 1.0


@spread
def command(
    choices: ChoicesArgument = None,
    *,
    disturbance: DisturbanceOption = None,
    against: AgainstOption = DEFAULT_AGAINST,
    outcome: OutcomeOption = None,
    group: GroupOption = None,
    series: SeriesOption = SERIES,
    list_them: ListOption = False,
    replications: ReplicationsOption = MAIN_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    span: StressSpan,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Test how much of what coordination gives survives an outage, a shortage, an epidemic, a closed ward, a heat wave.

    Four worlds meet the same people and the same luck: today and with the means, each calm and disturbed.
    """
    if list_them:
        _list(lang.value)
        return
    named = with_against(against, choices or [DEFAULT_SCENARIO])
    request = work.request("stress", named, replications, span, parameters)
    request, question = ask(request, disturbance, outcome, group, series)
    from sim.cli.batch_run import report_failures
    from sim.cli.stress_runs import announce, show, stress_runs

    if not work.quiet:
        announce(request, question)
    finished = stress_runs(request, question)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def with_against(against: str, choices: list[str]) -> tuple[str, ...]:
    """Return the scenario that gains are counted from, then the others; named among them it is not one of them."""
    others = [name for name in choices if name != against]
    if not others:
        raise InputError(f"nothing to set beside {against}; name another scenario")
    return (against, *others)


def ask(
    request: Request,
    disturbances: list[str] | None = None,
    outcomes: list[str] | None = None,
    groups: list[str] | None = None,
    series: str = SERIES,
) -> tuple[Request, StressQuestion]:
    """Return the request and what is asked, all checked; the first scenario is what gains are counted from."""
    from sim.cli.stress_runs import StressQuestion
    from sim.cli.sweep_groups import choose_groups
    from sim.config.stress import plan_stress
    from sim.outcomes.series import SERIES as KNOWN

    check_numbers(request)
    if series not in KNOWN:
        raise InputError(f"--series {series}: unknown series; {suggestion(series, KNOWN)}")
    named, *others = request.scenarios
    choices, against = load_with_against(request, others, named)
    assert against is not None, "one is always named"
    plan = plan_stress(against, choices, _chosen(disturbances, against.place))
    question = StressQuestion(
        plan=plan,
        outcomes=choose_outcomes(outcomes),
        groups=choose_groups(groups or _GROUPS, against.place),
        series=series,
    )
    return replace(request, made=plan.scenarios, spans=plan.spans), question


def _chosen(names: list[str] | None, place: Place) -> list[Disturbance]:
    from sim.config.disturbance_file import disturbance_files, find_disturbance, read_disturbance, wrong_principal

    found = [read_disturbance(find_disturbance(name)) for name in names or disturbance_files()]
    for position, one in enumerate(found):
        if one.id in [other.id for other in found[:position]]:
            raise InputError(f"--disturbance {one.id}: given twice; give each once, under a name of its own")
        if wrong := wrong_principal(one, place):
            raise InputError(f"--disturbance {one.id}: {wrong}")
    return found


def _list(lang: str) -> None:
    from sim.cli.printing import print_table
    from sim.config.disturbance_file import disturbance_files, read_disturbance
    from sim.report.texts import read_texts

    text = read_texts(lang)
    rows = []
    for name, path in disturbance_files().items():
        one = read_disturbance(path)
        rows.append((name, getattr(one.title, lang), getattr(one.summary, lang)))
    columns = [text(f"cli.{column}") for column in ("name", "title", "summary")]
    print_table(text("stress.there_are"), columns, rows)
    print(text("stress.more"))
