"""Run the published studies with each parameter set of an ensemble, for `mellanrum validate --ensemble`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sim.cli.batch_request import Request
from sim.cli.batch_run import list_failures
from sim.cli.options import cores
from sim.cli.study_batch import open_studies

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from calibration.study import Worlds
    from calibration.study_runs import SideBySide
    from sim.batch.batch import Batch
    from sim.batch.jobs import Job, Wanted
    from sim.config.ensemble import Ensemble
    from sim.config.scenario import Scenario

_SET = "#"


@dataclass(frozen=True, slots=True)
class Sets:
    """The parameter sets to run the studies in."""

    table: Ensemble
    numbers: range
    """Which rows of the table, from the first."""
    is_fit: bool = False
    """Whether the sets were fitted: then what a file sets itself stays as it is."""


def run_studies_over_sets(request: Request, found: Sequence[Worlds], sets: Sets) -> tuple[list[pd.DataFrame], int]:
    """Make the runs of every study in every set, each set with luck of its own; write `studies.csv` and the receipt.

    Returns the figures of each set and the exit code: 3 when some runs failed.
    """
    from calibration.study import studies_named
    from calibration.study_runs import side_by_side
    from sim.batch.versions import code_version

    table, together, code = sets.table, side_by_side(found), code_version()
    named = f"{studies_named(found)}\n{table.digest} {len(sets.numbers)}"
    facts = {"ensemble": {"file": table.path.name, "digest": table.digest, "sets": len(sets.numbers)}}
    processes = request.jobs or cores()
    with open_studies(request, found, named=named, processes=processes, facts=facts) as studies:
        for one in together:
            studies.run(_jobs(one, sets, request, code), partial(run_in_set, together=one, sets=sets))
        tables = _tables(found, together, studies.batches, sets)
        _write(tables, studies.folder.path)
    list_failures(studies.batch, studies.folder)
    return tables, studies.exit_code


def _laid(together: SideBySide, sets: Sets, number: int) -> SideBySide:
    """Return studies whose worlds have the values of one set; of a fit, but for what the studies themselves set."""
    from sim.config.ensemble import with_parameters
    from sim.config.fit import set_by_hand

    def laid(world: Scenario) -> Scenario:
        keep = set_by_hand(world) if sets.is_fit else frozenset()
        return with_parameters(world, sets.table, number, keep=keep)

    return replace(together, studies=tuple(one.changed(laid) for one in together.studies))


def _jobs(together: SideBySide, sets: Sets, request: Request, code: str) -> list[Job]:
    """Return the runs of studies side by side in all sets; the number of the set ends the scenario's name."""
    from calibration.study_runs import study_jobs
    from sim.batch.jobs import replication_seed

    jobs: list[Job] = []
    for number in sets.numbers:
        laid = _laid(together, sets, number)
        seed = replication_seed(request.seed, number)
        plan = study_jobs(laid, replications=request.replications, base_seed=seed, code=code)
        jobs += [replace(job, scenario=replace(job.scenario, id=f"{job.scenario.id}{_SET}{number}")) for job in plan]
    return jobs


def _number(scenario: Scenario) -> int:
    return int(scenario.id.rpartition(_SET)[2])


def run_in_set(
    scenario: Scenario, seed: int, wanted: Wanted, *, together: SideBySide, sets: Sets
) -> dict[str, pd.DataFrame]:
    """Make one run of studies in the set that ends the scenario's name."""
    from calibration.study_runs import run_studies_once

    return run_studies_once(_laid(together, sets, _number(scenario)), seed)


def _tables(
    found: Sequence[Worlds], together: Sequence[SideBySide], batches: Sequence[Batch], sets: Sets
) -> list[pd.DataFrame]:
    """Return the figures of each set; a study whose runs of the set all failed is not among them."""
    from calibration.study_runs import SUBJECTS, rows_of

    by_set = []
    for number in sets.numbers:
        made = [
            (one, [run.table(SUBJECTS) for run in batch.results if _number(run.job.scenario) == number])
            for one, batch in zip(together, batches, strict=True)
        ]
        by_set.append(rows_of(found, made))
    return [table for table in by_set if table is not None]


def _write(tables: Sequence[pd.DataFrame], folder: Path) -> None:
    """Write the figures of all sets; the column `parameter_set` numbers them from 0."""
    import pandas as pd

    from sim.batch.tables import write_csv

    if tables:
        numbered = [table.assign(parameter_set=number) for number, table in enumerate(tables)]
        write_csv(pd.concat(numbered, ignore_index=True), folder / "studies.csv")
