"""Read what runs leave beside their outcomes, one or two runs in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from sim.batch.assemble import BASELINE, in_order
from sim.batch.batch import Result
from sim.batch.store import Store


def side_table(results: Sequence[Result], store: Store, name: str) -> pd.DataFrame | None:
    """Return a stored table of all runs of the baseline with their `replication`; None when they left none."""
    parts = []
    for result in in_order(results):
        if result.job.scenario.id == BASELINE and (table := _read(store, result, name)) is not None:
            parts.append(table.assign(replication=result.job.replication))
    return pd.concat(parts, ignore_index=True) if parts else None


def beside_baseline(
    results: Sequence[Result], store: Store, name: str
) -> Iterator[tuple[str, int, pd.DataFrame, pd.DataFrame]]:
    """Yield scenario, replication, the baseline's stored table and the scenario's, replication by replication."""
    by_replication: dict[int, list[Result]] = {}
    for result in in_order(results):
        by_replication.setdefault(result.job.replication, []).append(result)
    for replication in sorted(by_replication):
        baseline, *others = by_replication[replication]
        if baseline.job.scenario.id != BASELINE or (today := _read(store, baseline, name)) is None:
            continue
        for other in others:
            if (table := _read(store, other, name)) is not None:
                yield other.job.scenario.id, replication, today, table


def _read(store: Store, result: Result, name: str) -> pd.DataFrame | None:
    try:
        return store.table(result.job.key, name)
    except FileNotFoundError:
        return None
