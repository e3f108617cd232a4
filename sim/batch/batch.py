"""Carry out a batch: re-use stored runs, make the others, go on when one fails or a worker is lost."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from sim.batch.dispatch import Dispatch
from sim.batch.executors import Pool
from sim.batch.jobs import Job, Wanted
from sim.batch.progress import Progress
from sim.batch.stopped import StoppedError
from sim.batch.store import SMALL, Store
from sim.batch.versions import code_version, difference
from sim.batch.work import Work

LOST_WORKER = "the worker process ended without a word (out of memory?)"
_MOST_RUNS_PER_PARCEL = 16
_PARCELS_PER_WORKER = 32
_NOTHING_MORE = Wanted()
_ONE_AT_A_TIME = threading.Lock()
"""A worker of a cluster may have several threads; a run takes the whole process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A finished run, whose tables are read from the store when asked for: the parent holds none."""

    job: Job
    store: Store | None
    held: dict[str, pd.DataFrame] = field(default_factory=dict)
    """All tables when nothing is stored, else empty."""

    def table(self, name: str) -> pd.DataFrame:
        """Return one table. Raises FileNotFoundError or KeyError when it was not wanted."""
        return self.held[name] if self.store is None else self.store.table(self.job.key, name)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The small tables, or all when nothing is stored."""
        return dict(self.held) if self.store is None else {name: self.table(name) for name in SMALL}


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


def join(batches: Sequence[Batch]) -> Batch:
    """Return several batches as one, one after the other."""
    return Batch(
        results=tuple(result for batch in batches for result in batch.results),
        failures=tuple(failure for batch in batches for failure in batch.failures),
        reused=sum(batch.reused for batch in batches),
    )


@dataclass(frozen=True, slots=True)
class Crash:
    """What a worker says of a run that raised."""

    error: str
    traceback: str


Answer = dict[str, pd.DataFrame] | Crash
"""The tables of a run, none when the worker has stored them, or why there are none."""


def carry_out(
    parcel: tuple[Job, ...], *, work: Work, wanted: Wanted, store: Store | None, code: str | None = None
) -> list[Answer]:
    """Make the runs of a parcel, in a worker, and store each at once; an error becomes a `Crash`.

    A run that is stored already is not made again: it was finished by a worker that died later, or by another
    command. With `code`, a worker that joined the cluster with other code than the parent's makes no run.
    """
    if code is not None and (fault := difference(code, code_version())):
        return [Crash(f"the worker {fault}", "")] * len(parcel)
    with _ONE_AT_A_TIME:
        return [_make(job, work, wanted, store) for job in parcel]


def _make(job: Job, work: Work, wanted: Wanted, store: Store | None) -> Answer:
    if store is not None and store.has(job.key, wanted):
        return {}
    try:
        tables = work(job.scenario, job.seed, wanted)
        if store is None:
            return tables
        store.write(job.key, tables)
    except StoppedError:
        raise
    except Exception as error:
        return Crash(f"{type(error).__name__}: {error}", traceback.format_exc())
    return {}


def parcels(todo: Sequence[Job], workers: int) -> list[tuple[Job, ...]]:
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
    """Make every run that is not stored yet, once for each key, and return all in the order of `jobs`.

    A run that raises, or whose worker dies twice, becomes a failure and stops nothing. Ctrl-C ends the workers
    and passes on as KeyboardInterrupt, StoppedError means that no run can be made or stored any more (full disk,
    lost cluster): what is stored by then stays, and the same call goes on from there.
    """
    answers: dict[str, Answer] = {}
    same: dict[str, list[Job]] = {}
    for job in jobs:
        same.setdefault(job.key, []).append(job)
    if store is not None:
        answers = {key: {} for key in same if store.has(key, wanted)}
    reused = sum(len(same[key]) for key in answers)

    def receive(parcel: tuple[Job, ...], received: list[Answer]) -> None:
        for job, answer in zip(parcel, received, strict=True):
            if store is not None and not pool.sees_files and not isinstance(answer, Crash):
                store.write(job.key, answer)
                answer = {}
            answers[job.key] = answer
            for twin in same[job.key]:
                progress.ran(twin, error=answer.error if isinstance(answer, Crash) else None)

    def lost(job: Job, why: str) -> None:
        receive((job,), [Crash(why or LOST_WORKER, "")])

    todo = [twins[0] for key, twins in same.items() if key not in answers]
    there = store if pool.sees_files else None
    call = partial(carry_out, work=work, wanted=wanted, store=there, code=pool.code)
    progress.begin(total=len(jobs), reused=reused)
    try:
        Dispatch(pool, call, receive, lost).send(parcels(todo, pool.size))
    finally:
        progress.end()
    return _sorted_out(jobs, answers, reused, store)


def _sorted_out(jobs: Sequence[Job], answers: dict[str, Answer], reused: int, store: Store | None) -> Batch:
    results, failures = [], []
    for job in jobs:
        answer = answers[job.key]
        if isinstance(answer, Crash):
            failures.append(Failure(job=job, error=answer.error, traceback=answer.traceback))
        else:
            results.append(Result(job=job, store=store, held=answer))
    return Batch(results=tuple(results), failures=tuple(failures), reused=reused)
