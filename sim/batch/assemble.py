"""Put the small tables of many runs together, in one order whatever the order of command or completion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.batch.batch import Result
from sim.batch.jobs import Job
from sim.batch.matrix import Matrix, gather
from sim.batch.store import Store
from sim.batch.tables import write_parquet

BASELINE = "baseline"


def in_order(results: Sequence[Result]) -> list[Result]:
    """Sort by scenario (the baseline first, then by name) and replication."""
    return sorted(results, key=lambda result: _rank(result.job))


def _rank(job: Job) -> tuple[bool, str, int]:
    return job.scenario.id != BASELINE, job.scenario.id, job.replication


def _labelled(table: pd.DataFrame, job: Job) -> pd.DataFrame:
    """Return the table with the run's scenario and replication as its first columns."""
    labelled = table.copy()
    labelled.insert(0, "scenario", job.scenario.id)
    labelled.insert(1, "replication", job.replication)
    return labelled


def one_by_one(results: Sequence[Result], name: str) -> Iterator[pd.DataFrame]:
    """Yield one small table of each run, as `together` puts them together, one in memory at a time."""
    for result in in_order(results):
        yield _labelled(result.table(name), result.job)


def together(results: Sequence[Result], name: str) -> pd.DataFrame:
    """Return one small table of all runs, rows of each run in the order they were measured.

    Raises ValueError when there is no result.
    """
    return pd.concat(one_by_one(results, name), ignore_index=True)


def outcomes_of(results: Sequence[Result]) -> Matrix:
    """Return the outcomes of all runs as numbers, the runs as `in_order` sorts them."""
    ordered = in_order(results)
    tables = (((result.job.scenario.id, result.job.replication), result.table("outcomes")) for result in ordered)
    return gather(tables, ["scenario", "replication"])


def runs_table(results: Sequence[Result], outcomes: Matrix) -> pd.DataFrame:
    """Return one row per run: scenario, replication, seed, key, and each outcome over everybody.

    `outcomes` is what `outcomes_of` returns for the same results.
    """
    jobs = [result.job for result in in_order(results)]
    whole = outcomes.where(group_by="all")
    named = {
        "scenario": [job.scenario.id for job in jobs],
        "replication": [job.replication for job in jobs],
        "seed": [job.seed for job in jobs],
        "key": [job.key for job in jobs],
    }
    return pd.concat([pd.DataFrame(named), pd.DataFrame(whole.values, columns=whole.cells["outcome"])], axis=1)


def write_persons(results: Sequence[Result], store: Store, path: Path) -> None:
    """Write the stored persons tables of all runs as one file, one run in memory at a time."""

    def tables() -> Iterator[pd.DataFrame]:
        for result in in_order(results):
            yield _labelled(store.table(result.job.key, "persons"), result.job)

    write_parquet(tables(), path)


def show_events(results: Sequence[Result], store: Store, folder: Path) -> None:
    """Lay the event logs of all runs under `folder/<scenario>/<replication>/`."""
    for result in in_order(results):
        store.link_events(result.job.key, folder / result.job.scenario.id / str(result.job.replication))
