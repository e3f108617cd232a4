"""Run every parameter set of a layout in every scenario, and write what an analysis finds in the runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, make_runs
from sim.cli.sensitivity_plan import Layout

if TYPE_CHECKING:
    import pandas as pd

    from sim.batch.matrix import Matrix
    from sim.batch.work import Work

Refused = list[dict[str, Any]]
"""Outcomes and criteria for which there is no answer, and why."""


class Analysis(Protocol):
    """What makes tables, by name, of the outcomes of all sets."""

    def __call__(self, outcomes: Matrix, *, replications: int, seed: int) -> tuple[dict[str, pd.DataFrame], Refused]:
        """Return the tables and what was refused; `replications` are those of one set."""


def run_sets(request: Request, layout: Layout, work: Work | None = None) -> Finished:
    """Make the runs of every set; `work` makes one run."""
    return make_runs(replace(request, sets=layout.sets, common_luck=layout.common_luck), work)


def write_tables(finished: Finished, layout: Layout, analyse: Analysis) -> Refused:
    """Write the sets and every table of the analysis; nothing without runs. Return what was refused."""
    from sim.batch.tables import write_csv
    from sim.cli.used_sets import write_used_sets

    if finished.outcomes is None:
        return []
    folder, request = finished.folder.path, finished.request
    write_used_sets(finished)
    tables, refused = analyse(finished.outcomes, replications=request.replications, seed=max(request.seed, 1))
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    return refused


def whole_tables(
    parts: Mapping[str, Sequence[pd.DataFrame]], columns: Mapping[str, Sequence[str]]
) -> dict[str, pd.DataFrame]:
    """Return each table in one piece, its columns in the order given, if any; left out is one without a row."""
    import pandas as pd

    kept = {name: [part for part in tables if len(part)] for name, tables in parts.items()}
    whole = {name: pd.concat(tables, ignore_index=True) for name, tables in kept.items() if tables}
    return {name: table[list(columns[name])] if name in columns else table for name, table in whole.items()}
