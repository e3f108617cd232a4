"""Carry out a batch: re-use stored runs, make the others, go on when one fails or a worker is lost."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from sim.batch.dispatch import Dispatch
from sim.batch.executors import Pool
from sim.batch.jobs import Job, Wanted
from sim.batch.progress import Progress
from sim.batch.store import Store, is_small
from sim.batch.work import Work

LOST_WORKER = "the worker process ended without a word (out of memory?)"
_MOST_RUNS_PER_PARCEL = 16
_PARCELS_PER_WORKER = 32
_NOTHING_MORE = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A finished run: its small tables, and all tables when nothing is stored."""

    job: Job
    tables: dict[str, pd.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A run that could not be made."""

    job: Job
    error: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of the jobs, in the order they were planned, whatever finished first."""

    results: tuple[Result, ...]
    failures: tuple[Failure, ...]
    reused: int
    """How many results had been stored before."""


@dataclass(frozen=True, slots=True)
class Crash:
    """What a worker says of a run that raised."""

    error: str
    traceback: str


Parcel = tuple[tuple[int, Job], ...]
"""Jobs with their places in the plan."""
Answer = dict[str, pd.DataFrame] | Crash


def carry_out(parcel: Parcel, *, work: Work, wanted: Wanted, store: Store | None) -> list[Answer]:
    """Make the runs of a parcel, in a worker, and store each at once; an error becomes a `Crash`."""
    answers: list[Answer] = []
    for _, job in parcel:
        try:
            tables = work(job.scenario, job.seed, wanted)
            if store is not None:
                store.write(job.key, tables)
                tables = {name: table for name, table in tables.items() if is_small(name)}
            answers.append(tables)
        except Exception as error:
            answers.append(Crash(f"{type(error).__name__}: {error}", traceback.format_exc()))
    return answers


def parcels(todo: Sequence[tuple[int, Job]], workers: int) -> list[Parcel]:
    """Pack long batches in parcels, so that many short runs are not held up by the sending."""
    size = max(1, min(_MOST_RUNS_PER_PARCEL, len(todo) // (workers * _PARCELS_PER_WORKER)))
    return [tuple(todo[start : start + size]) for start in range(0, len(todo), size)]


def run_batch(
    jobs: Sequence[Job],
    *,
    pool: Pool,
    work: Work,
    progress: Progress,
    store: Store | None = None,
    wanted: Wanted = _NOTHING_MORE,
) -> Batch:
    """Make every run that is not stored yet and return all in the order of `jobs`.

    Ctrl-C ends the workers and passes on as KeyboardInterrupt; what is stored by then stays.
    """
    answers: dict[int, Answer] = {}
    for place, job in enumerate(jobs):
        if store is not None and (tables := store.read(job.key, wanted)) is not None:
            answers[place] = tables
    reused = len(answers)
    todo = [(place, job) for place, job in enumerate(jobs) if place not in answers]

    def receive(parcel: Parcel, received: list[Answer]) -> None:
        for (place, job), answer in zip(parcel, received, strict=True):
            answers[place] = answer
            progress.ran(job, error=answer.error if isinstance(answer, Crash) else None)

    def lost(parcel: Parcel) -> None:
        receive(parcel, [Crash(LOST_WORKER, "")] * len(parcel))

    call = partial(carry_out, work=work, wanted=wanted, store=store)
    progress.begin(total=len(jobs), reused=reused)
    try:
        Dispatch(pool, call, receive, lost).send(parcels(todo, pool.size))
    finally:
        progress.end()
    return _sorted_out(jobs, answers, reused)


def _sorted_out(jobs: Sequence[Job], answers: dict[int, Answer], reused: int) -> Batch:
    results, failures = [], []
    for place, job in enumerate(jobs):
        answer = answers[place]
        if isinstance(answer, Crash):
            failures.append(Failure(job=job, error=answer.error, traceback=answer.traceback))
        else:
            results.append(Result(job=job, tables=answer))
    return Batch(results=tuple(results), failures=tuple(failures), reused=reused)
