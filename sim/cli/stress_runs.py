"""Carry out a stress test: all worlds, the tables set off against each other, receipt, report."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, make_runs, preventable_share, sign
from sim.cli.used_sets import write_used_sets

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.recovery import Courses
    from sim.batch.batch import Result
    from sim.batch.matrix import Matrix
    from sim.batch.work import Work
    from sim.config.disturbance import Disturbance
    from sim.config.scenario import Scenario
    from sim.config.stress import StressPlan
    from sim.outcomes.outcome import Outcome

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StressQuestion:
    """What is asked of a stress test: its worlds, outcomes, groups, and the series that is drawn."""

    plan: StressPlan
    outcomes: tuple[Outcome, ...]
    groups: tuple[tuple[str, str], ...]
    series: str


def announce(request: Request, question: StressQuestion) -> None:
    """Say how many runs there are and what they are made of."""
    plan = question.plan
    scenarios, strikes = 1 + len(plan.choices), len(plan.disturbances)
    print(
        f"{scenarios} scenarios, each calm and under {strikes} disturbances, x {request.replications} replications = "
        f"{len(plan.scenarios) * request.replications} runs",
        file=sys.stderr,
    )


def stress_runs(request: Request, question: StressQuestion, work: Work | None = None) -> Finished:
    """Make the runs of every world and write all tables and the receipt; `work` makes one run."""
    finished = make_runs(request, work)
    if finished.outcomes is not None:
        write_tables(finished, question)
    sign(finished, preventable_share=preventable_share(finished), stress=_receipt(question))
    return finished


def write_tables(finished: Finished, question: StressQuestion) -> None:
    """Write stress.csv, recovery.csv, weekly.csv and the sets used; nothing where a world has no finished run."""
    import pandas as pd

    from sim.analysis.recovery import RECOVERY_COLUMNS, WEEKLY_COLUMNS, recovery_rows, weekly_rows
    from sim.analysis.stress import STRESS_COLUMNS
    from sim.batch.tables import write_csv
    from sim.config.stress import CALM

    folder, plan = finished.folder.path, question.plan
    parts = [
        table
        for disturbance in plan.disturbances
        for table in _stressed(finished, question, disturbance)
    ]  # fmt: skip
    if not parts:
        return
    write_used_sets(finished)
    write_csv(pd.concat(parts, ignore_index=True)[list(STRESS_COLUMNS)], folder / "stress.csv")
    recovery: list[dict[str, object]] = []
    weekly: list[dict[str, object]] = []
    for scenario in (plan.against, *plan.choices):
        for strike in (CALM, *(one.id for one in plan.disturbances)):
            if found := _courses(finished, scenario, strike):
                calm, struck = found
                weekly += weekly_rows(scenario.id, strike, struck, None if strike == CALM else calm)
        for disturbance in plan.disturbances:
            if found := _courses(finished, scenario, disturbance.id):
                recovery += recovery_rows(scenario.id, disturbance.id, plan.weeks(disturbance), *found)
    write_csv(pd.DataFrame(recovery, columns=list(RECOVERY_COLUMNS)), folder / "recovery.csv")
    write_csv(pd.DataFrame(weekly, columns=list(WEEKLY_COLUMNS)), folder / "weekly.csv")


def _stressed(finished: Finished, question: StressQuestion, disturbance: Disturbance) -> list[pd.DataFrame]:
    """Return the tables of one disturbance: every choice, in the weeks that are struck and over the whole time."""
    from sim.analysis.stress import WEEKS, YEAR, stress_table
    from sim.config.stress import CALM, world_id

    plan, against = question.plan, question.plan.against.id
    assert finished.outcomes is not None, "there are tables only where there are runs"
    spans = {WEEKS: _of_span(finished.batch.results, plan.weeks(disturbance)), YEAR: finished.outcomes}
    tables = []
    for choice in plan.choices:
        worlds = {world_id(one, strike) for one in (against, choice.id) for strike in (CALM, disturbance.id)}
        for span, runs in spans.items():
            if worlds <= set(runs.runs["scenario"]):
                about = (question.outcomes, against, choice.id, disturbance.id, span)
                tables.append(stress_table(runs, *about, of_next_run=finished.is_fitted))
    return tables


def _of_span(results: tuple[Result, ...], span: Span) -> Matrix:
    """Return the outcomes of all runs in a part of the measured time."""
    from sim.batch.assemble import in_order
    from sim.batch.jobs import span_table
    from sim.batch.matrix import gather

    tables = (
        ((result.job.scenario.id, result.job.replication), result.table(span_table(span)))
        for result in in_order(results)
    )
    return gather(tables, ["scenario", "replication"])


def _courses(finished: Finished, scenario: Scenario, disturbance: str) -> tuple[Courses, Courses] | None:
    """Return the weekly series of a scenario calm and struck, over the replications of both; None without any."""
    from sim.analysis.recovery import courses
    from sim.config.stress import CALM, world_id
    from sim.core.calendar import DAYS_PER_YEAR

    found: dict[str, dict[int, Result]] = {world_id(scenario.id, one): {} for one in (CALM, disturbance)}
    for result in finished.batch.results:
        if result.job.scenario.id in found:
            found[result.job.scenario.id][result.job.replication] = result
    both = sorted(set.intersection(*(set(of_world) for of_world in found.values())))
    if not both:
        return None
    warmup_days = round(scenario.warmup_years * DAYS_PER_YEAR)
    calm, struck = (
        courses([found[world_id(scenario.id, one)][number].table("series") for number in both], warmup_days)
        for one in (CALM, disturbance)
    )
    return calm, struck


def _receipt(question: StressQuestion) -> dict[str, Any]:
    from sim.config.receipt import disturbance_record, scenario_title

    plan = question.plan
    return {
        "against": scenario_title(plan.against),
        "choices": [scenario_title(one) for one in plan.choices],
        "disturbances": [{**disturbance_record(one), "weeks": list(plan.weeks(one))} for one in plan.disturbances],
        "outcomes": [outcome.id for outcome in question.outcomes],
        "groups": [list(group) for group in question.groups],
        "series": question.series,
    }


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the answer and say where everything is."""
    from sim.cli.answer import give_answer
    from sim.report.stress_page import build_stress_report
    from sim.report.stress_results import read_stress
    from sim.report.stress_terminal import print_stress

    folder = finished.folder.path
    nothing = None if (folder / "stress.csv").exists() else "stress.nothing"
    give_answer(folder, lang, build=build_stress_report, read=read_stress, say=print_stress, nothing=nothing)
