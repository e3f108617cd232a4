"""Look at a person, not only at means: `mellanrum journey`."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, make_runs, measured_preventable_share, report_failures, sign
from sim.cli.compare import with_baseline
from sim.cli.option_groups import WorkOptions, WorldOptions, spread
from sim.cli.options import (
    Parameters,
    ParametersOption,
    WarmupOption,
)
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.analysis.journey_choice import Rule
    from sim.batch.work import Work

ScenarioArgument = Annotated[
    str, typer.Argument(metavar="[SCENARIO]", help="Name or file of the scenario that the same person also lives in.")
]
WhoOption = Annotated[
    str,
    typer.Option(
        "--who",
        help="selma: the person with most contacts; typical: whose year is most like the others'; gained, lost: whose "
        "year the scenario changes most, see --in; or a person's NUMBER.",
    ),
]
GroupOption = Annotated[
    int | None, typer.Option("--need-group", help="Choose among the people of need group 1-5 only.")
]
ChangeOption = Annotated[
    str,
    typer.Option("--in", help="What is gained or lost: unmet_days, bed_days, ed_visits, contacts or cost_sek."),
]
OneYearOption = Annotated[
    float, typer.Option("--years", help="Years measured, after the warm-up; the last of them is told.")
]


@spread
def command(
    scenario: ScenarioArgument = "all_four",
    *,
    who: WhoOption = "selma",
    need_group: GroupOption = None,
    change: ChangeOption = "unmet_days",
    years: OneYearOption = 1.0,
    warmup_years: WarmupOption = None,
    parameters: ParametersOption = Parameters.FITTED,
    world: WorldOptions,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Tell one simulated person's year, today and with the means on: contacts, gaps between them, stays, help, cost.

    The person lives the same year twice with the same luck. One person is an illustration, no evidence.
    """
    rule = read_rule(who, need_group, change)
    asked = work.request(_name(rule), with_baseline([scenario]), 1, world, parameters)
    request = replace(asked, years=years, warmup_years=warmup_years, journey=True)
    finished = journey(request, rule)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def read_rule(who: str, need_group: int | None, change: str) -> Rule:
    """Return how the person is chosen. Raises InputError for what cannot be a rule."""
    from sim.analysis.journey_choice import CHANGES, NAMED, RULES, Rule

    if change not in CHANGES:
        raise InputError(f"--in {change}: must be one of {', '.join(CHANGES)}; {suggestion(change, CHANGES)}")
    if need_group is not None and not 1 <= need_group <= 5:
        raise InputError(f"--need-group: must be from 1 to 5, found {need_group}")
    if who.isdecimal():
        if need_group is not None:
            raise InputError("--need-group: a person given by number is in a need group already; leave it out")
        return Rule(who=NAMED, number=int(who))
    if who.lower() not in RULES:
        raise InputError(f"--who {who}: must be {', '.join(RULES)} or a person's number; {suggestion(who, RULES)}")
    return Rule(who=who.lower(), need_group=need_group, change=change)


def _name(rule: Rule) -> str:
    """Name the command by the person it is about, so that two people's results are never mixed."""
    from sim.analysis.journey_choice import GAINED, LOST

    parts = ["journey", rule.who if rule.number is None else str(rule.number)]
    parts += [rule.change] if rule.who in (GAINED, LOST) else []
    parts += [] if rule.need_group is None else [str(rule.need_group)]
    return "-".join(parts)


def journey(request: Request, rule: Rule, work: Work | None = None) -> Finished:
    """Make the two runs, choose the person, write the tables of the year and the receipt.

    `work` makes one run: the model unless given. Raises InputError when nobody answers to the rule.
    """
    from sim.batch.batch import Result
    from sim.batch.tables import write_csv

    _check_number(request, rule)
    finished = make_runs(request, work)
    share = dict(finished.manifest["preventable_share"])
    said: dict[str, Any] = {}
    if finished.outcomes is not None:
        share["measured"] = measured_preventable_share(finished.outcomes)
    pair: list[Result] = sorted(finished.batch.results, key=lambda one: one.job.scenario.id != "baseline")
    problem = None
    if len(pair) == 2:
        try:
            tables, said = _told(finished, pair, rule)
        except InputError as nobody:
            problem, tables = nobody, {}
        for name, table in tables.items():
            write_csv(table, finished.folder.path / f"{name}.csv")
    sign(finished, preventable_share=share, journey=said)
    if problem is not None:
        raise problem
    return finished


def _check_number(request: Request, rule: Rule) -> None:
    """Raise InputError for a number that nobody in the place has."""
    from sim.cli.batch_request import check_numbers, load_scenarios

    if rule.number is None:
        return
    check_numbers(request)
    first = load_scenarios(request)[0]
    people = round(sum(one.total for one in first.place.municipalities) * first.sample_share)
    if rule.number >= people:
        raise InputError(f"--who {rule.number}: people are numbered from 0 to {people - 1}")


def _told(finished: Finished, pair: list[Any], rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the tables of the chosen person's year, and what the receipt says of the person."""
    from sim.analysis.journey import journey_tables
    from sim.analysis.journey_choice import NobodyError, choose
    from sim.batch.one_person import read_people, read_person

    store, keys = finished.folder.store, [one.job.key for one in pair]
    names = (str(pair[0].job.scenario.id), str(pair[1].job.scenario.id))
    today, beside = (read_people(store, key) for key in keys)
    try:
        choice = choose(rule, today, beside)
    except NobodyError as nobody:
        asked = f" --need-group {rule.need_group}" if rule.need_group else ""
        raise InputError(f"--who {rule.number if rule.number is not None else rule.who}{asked}: {nobody}") from None
    worlds = [read_person(store, key, choice.person) for key in keys]
    traits = {name: value.item() for name, value in today.iloc[choice.person].items() if hasattr(value, "item")}
    home = worlds[0].municipalities[int(traits["municipality"])]
    said = {
        "rule": asdict(rule), **asdict(choice), "scenarios": list(names),
        "traits": {**traits, "municipality": home}, "year_days": worlds[0].end_days - worlds[0].start_days,
    }  # fmt: skip
    return journey_tables(worlds[0], worlds[1], names), said


def show(finished: Finished, lang: str) -> None:
    """Draw the calendar, write the report, print the story and say where everything is."""
    from sim.report.journey_page import build_journey_report
    from sim.report.journey_results import read_journey
    from sim.report.journey_terminal import print_journey

    nothing = "cli.nothing_beside" if not (finished.folder.path / "journey.csv").exists() else None
    give_answer(
        finished.folder.path, lang, build=build_journey_report, read=read_journey, say=print_journey, nothing=nothing
    )
