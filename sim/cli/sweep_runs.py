"""Carry out a sweep: scenarios of every point, runs, tables, receipt, report."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request, choose_folder
from sim.cli.batch_run import Finished, make_runs, preventable_share, sign
from sim.cli.how_long import time_of
from sim.cli.used_sets import write_used_sets

if TYPE_CHECKING:
    from sim.batch.work import Work
    from sim.config.scenario import Scenario
    from sim.config.sweep import Sweep
    from sim.config.sweep_plan import SweepPlan
    from sim.outcomes.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepQuestion:
    """What is asked of a sweep: its points and scenarios, outcomes and groups."""

    plan: SweepPlan
    scenario: Scenario
    against: Scenario | None
    outcomes: tuple[Outcome, ...]
    groups: tuple[tuple[str, str], ...]


def announce(request: Request, question: SweepQuestion) -> None:
    """Say how many runs there are, how many of them are stored already, and about how long the others take."""
    from sim.batch.store import RECEIPT
    from sim.batch.versions import code_version
    from sim.cli.how_many import how_many

    plan = question.plan
    many = how_many(request, plan.scenarios, code_version())
    jobs = many.plan(request.replications)
    folder = choose_folder(request, plan.scenarios, many.named, request.replications)
    stores = [one for one in (folder.store.folder, request.store) if one is not None]
    missing = [job for job in jobs if not any((store / job.key / RECEIPT).is_file() for store in stores)]
    print(
        f"{len(plan.points)} points, {len(plan.scenarios)} different scenarios x {request.replications} replications"
        f" = {len(jobs)} runs, {len(jobs) - len(missing)} of them stored already; "
        f"{time_of(missing, request)}",
        file=sys.stderr,
    )


def sweep_runs(request: Request, question: SweepQuestion, work: Work | None = None) -> Finished:
    """Make the runs of every point and write all tables and the receipt; `work` makes one run."""
    finished = make_runs(request, work)
    if finished.outcomes is not None:
        write_used_sets(finished)
        write_tables(finished, question)
    sign(finished, preventable_share=preventable_share(finished), sweep=_receipt(question))
    return finished


def write_tables(finished: Finished, question: SweepQuestion) -> None:
    """Write points.csv, sweep.csv and, along one axis, levels_off.csv."""
    from sim.analysis.sweep import levels_off, read_values, sweep_table
    from sim.batch.tables import write_csv

    assert finished.outcomes is not None, "there are tables only where there are runs"
    folder, plan = finished.folder.path, question.plan
    beside = question.against.id if question.against else None
    about = (plan.points, question.outcomes, question.scenario.id, beside)
    swept = read_values(finished.outcomes, *about, of_next_run=finished.is_fitted)
    write_csv(points_table(plan), folder / "points.csv")
    write_csv(sweep_table(swept), folder / "sweep.csv")
    if len(plan.sweep.axes) == 1:
        write_csv(levels_off(swept), folder / "levels_off.csv")


def points_table(plan: SweepPlan) -> Any:
    """Return one row per point: its values, and the scenarios that were run there."""
    import pandas as pd

    rows = [
        {"point": point.number}
        | {axis.id: value for axis, value in zip(plan.sweep.axes, point.values, strict=True)}
        | {"scenario": point.scenario, "against": point.against}
        for point in plan.points
    ]
    return pd.DataFrame(rows)


def _receipt(question: SweepQuestion) -> dict[str, Any]:
    from sim.config.receipt import scenario_title

    sweep = question.plan.sweep
    return {
        "id": sweep.id,
        "title": sweep.title.model_dump(),
        "summary": sweep.summary.model_dump(),
        "source": sweep.source,
        "assumptions": sweep.assumptions.model_dump() if sweep.assumptions else None,
        "axes": [
            {
                "id": axis.id,
                "title": axis.title.model_dump(),
                "unit": axis.unit.model_dump(),
                "values": list(axis.values),
                "labels": [label.model_dump() for label in axis.labels],
            }
            for axis in sweep.axes
        ],
        "moves": [_move(sweep, number) for number in range(len(sweep.moves))],
        "keep": dict(sweep.keep),
        "scenario": scenario_title(question.scenario),
        "against": scenario_title(question.against) if question.against else None,
        "outcomes": [outcome.id for outcome in question.outcomes],
        "groups": [list(group) for group in question.groups],
    }


def _move(sweep: Sweep, number: int) -> dict[str, Any]:
    move = sweep.moves[number]
    return {"name": move.title, "along": list(move.along), "at": list(move.at), "times": move.times}


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the answer and say where everything is."""
    from sim.report.sweep_page import build_sweep_report
    from sim.report.sweep_results import read_sweep_results
    from sim.report.sweep_terminal import print_sweep

    nothing = "cli.nothing_swept" if not (finished.folder.path / "sweep.csv").exists() else None
    give_answer(
        finished.folder.path, lang, build=build_sweep_report, read=read_sweep_results, say=print_sweep, nothing=nothing
    )
