"""Carry out an allocation: search, confirm, write tables and receipt, show the answer."""

from __future__ import annotations

import sys
from math import prod
from typing import TYPE_CHECKING

from sim.cli.allocate_search import AllocationQuestion, Runs, confirm, search
from sim.cli.answer import give_answer
from sim.cli.batch_jobs import open_work
from sim.cli.batch_request import Request, choose_folder
from sim.cli.batch_run import Finished, sign
from sim.cli.how_long import time_at_most
from sim.cli.how_many import HowMany, find_fitted
from sim.cli.options import cores

if TYPE_CHECKING:
    from sim.batch.work import Work


def announce(request: Request, question: AllocationQuestion) -> None:
    """Say how many runs there are at most, and about how long they take."""
    effort, possible = question.effort, prod(question.allocation.levels)
    tried = min(effort.population * effort.generations, possible)
    runs = (tried + 1) * request.replications + (min(effort.confirm_mixes, tried) + 1) * effort.confirm
    print(
        f"{possible} combinations; {tried} mixes x {request.replications} replications searched, "
        f"{effort.confirm_mixes} x {effort.confirm} confirmed: {runs} runs at most; "
        f"{time_at_most(runs, question.scenario, request)}",
        file=sys.stderr,
    )


def allocate(request: Request, question: AllocationQuestion, work: Work | None = None) -> Finished:
    """Search, confirm, write all tables and the receipt; `work` makes one run.

    A search in which a run fails ends there: mixes that were not judged would mislead it. Finished runs are kept.
    """
    from sim.batch.batch import join
    from sim.batch.versions import code_version

    both = (question.baseline, question.scenario)
    fit = find_fitted(request, both)
    named = f"{request.command} {question.digest(fit)}"
    folder = choose_folder(request, both, named, request.replications)
    replications = question.effort.confirm
    processes = min(request.jobs or cores(), max(question.effort.population * request.replications, 1))
    facts = {"cluster": request.cluster}
    with open_work(
        request, folder, both, named, replications=replications, processes=processes, facts=facts
    ) as at_work:
        runs = Runs(question=question, at_work=at_work, code=code_version(), fit=fit, work=work)
        tried = search(runs)
        confirmed = None if runs.failed else confirm(runs, tried)
    many = HowMany(named=named, first=replications, most=replications, plan=lambda _: (), fit=fit)
    finished = Finished(
        request=request, folder=folder, batch=join(runs.batches), scenarios=both, outcomes=None,
        manifest=at_work.manifest | many.facts(replications), started=at_work.started, how_many=many, lock=at_work.lock,
    )  # fmt: skip
    if runs.failed:
        sign(finished)
        return finished
    from sim.cli.allocate_tables import write_allocation

    return write_allocation(finished, runs, tried, confirmed)


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the answer and say where everything is."""
    from sim.report.allocation_page import build_allocation_report
    from sim.report.allocation_results import read_allocation_results, read_mixes
    from sim.report.allocation_terminal import nothing_within, print_allocation

    folder = finished.folder.path
    if not finished.batch.failures and not (folder / "front.csv").exists():
        print(nothing_within(read_mixes(folder / "allocation.csv"), lang))
        return
    nothing = "allocation.failed" if finished.batch.failures else None
    give_answer(
        folder, lang, build=build_allocation_report, read=read_allocation_results, say=print_allocation, nothing=nothing
    )
