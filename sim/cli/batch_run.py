"""Carry out what `compare`, `run` and `validate` share: the batch, its tables and its receipt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.batch_jobs import EXIT_SOME_FAILED, open_work
from sim.cli.batch_request import Request, check_numbers, choose_folder, load_scenarios
from sim.cli.how_many import HowMany, how_many
from sim.cli.options import cores

if TYPE_CHECKING:
    from filelock import FileLock

    from sim.batch.batch import Batch
    from sim.batch.folder import Folder
    from sim.batch.matrix import Matrix
    from sim.batch.work import Work
    from sim.config.scenario import Scenario

_MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A batch whose runs are made and tables written; `sign` still has to close the receipt."""

    request: Request
    folder: Folder
    batch: Batch
    scenarios: tuple[Scenario, ...]
    outcomes: Matrix | None
    """None when every run failed."""
    manifest: dict[str, Any]
    started: datetime
    how_many: HowMany
    lock: FileLock
    """Keeps other commands out of the folder."""

    @property
    def is_fitted(self) -> bool:
        """Whether every replication has another of the sets that agree with published figures."""
        return self.how_many.fit is not None

    @property
    def exit_code(self) -> int:
        """0, or 3 when some runs failed."""
        return EXIT_SOME_FAILED if self.batch.failures else 0


def make_runs(request: Request, work: Work | None = None) -> Finished:
    """Check everything, then run the batch and write its tables into the folder.

    `work` makes one run: the model itself, unless given. Raises InputError before anything is written;
    when the user stops the batch, says how to go on and raises typer.Exit.
    """
    from sim.batch.jobs import replication_seed
    from sim.batch.rounds import run_in_rounds
    from sim.batch.versions import code_version

    check_numbers(request)
    scenarios = load_scenarios(request)
    many = how_many(request, scenarios, code_version())
    folder = choose_folder(request, scenarios, many.named, many.most)
    processes = min(request.jobs or cores(), len(scenarios) * many.most)
    facts = {"cluster": request.cluster}
    with open_work(
        request, folder, scenarios, many.named, replications=many.most, processes=processes, facts=facts
    ) as at_work:
        batch, replications = run_in_rounds(
            many.plan, many.first, lambda jobs: at_work.run_jobs(jobs, work), many.decide
        )
    seeds = [replication_seed(request.seed, replication) for replication in range(many.lucks or replications)]
    found = {"replications": replications, "seeds": seeds, **many.facts(replications)}
    outcomes = write_run_tables(request, batch, folder, many)
    _write_scenarios(request, scenarios, folder.path / "scenarios")
    return Finished(
        request=request,
        folder=folder,
        batch=batch,
        scenarios=scenarios,
        outcomes=outcomes,
        manifest=at_work.manifest | found,
        started=at_work.started,
        how_many=many,
        lock=at_work.lock,
    )


def write_run_tables(request: Request, batch: Batch, folder: Folder, many: HowMany) -> Matrix | None:
    """Write what every command leaves and return the outcomes; nothing when there is no finished run."""
    from sim.batch.assemble import one_by_one, outcomes_of, runs_table, show_events, write_persons
    from sim.batch.ensemble import with_set
    from sim.batch.tables import write_csv_parts, write_parquet

    if not batch.results:
        return None
    outcomes = outcomes_of(batch.results)
    runs, tables = runs_table(batch.results, outcomes), one_by_one(batch.results, "outcomes")
    if many.ensemble is not None:
        runs, tables = with_set(runs, request.replications), (with_set(one, request.replications) for one in tables)
        outcomes = replace(outcomes, runs=with_set(outcomes.runs, request.replications))
    write_csv_parts(tables, folder.path / "outcomes.csv")
    write_csv_parts(one_by_one(batch.results, "distributions"), folder.path / "distributions.csv")
    write_parquet([runs], folder.path / "runs.parquet")
    if request.persons:
        write_persons(batch.results, folder.store, folder.path / "persons.parquet")
    if request.events:
        show_events(batch.results, folder.store, folder.path / "events")
    return outcomes


def _write_scenarios(request: Request, scenarios: Sequence[Scenario], folder: Path) -> None:
    """Keep the scenarios as given (`<id>.yaml`) and as resolved (`<id>.resolved.yaml`)."""
    from sim.batch.tables import write_text
    from sim.config.lookup import find_scenario
    from sim.config.receipt import resolved_yaml

    folder.mkdir(exist_ok=True)
    for path in map(find_scenario, request.scenarios):
        write_text(path.read_text(encoding="utf-8"), folder / f"{path.stem}.yaml")
    # Of combinations made in memory, the two ends hold all there is: nothing on, and everything.
    ends = (scenarios[0], max(scenarios, key=lambda one: len(one.means)))
    for scenario in ends if request.made else scenarios:
        write_text(resolved_yaml(scenario), folder / f"{scenario.id}.resolved.yaml")


def sign(finished: Finished, **more: Any) -> None:
    """Close the receipt: status, times, failures and what `more` the command has to say."""
    from sim.batch.manifest import close, write_manifest

    status = "some runs failed" if finished.batch.failures else "done"
    manifest = close(finished.manifest, status, finished.started, finished.batch, **more)
    write_manifest(manifest, finished.folder.path)


def preventable_share(finished: Finished) -> dict[str, Any]:
    """Return what the receipt says of the preventable share of acute turns: as declared, and as the runs showed."""
    share = dict(finished.manifest["preventable_share"])
    if finished.outcomes is not None:
        share["measured"] = _measured_preventable_share(finished.outcomes)
    return share


def _measured_preventable_share(outcomes: Matrix) -> float | None:
    """Return the share in the runs of the baseline, mean over replications."""
    rows = outcomes.where(outcome="preventable_share_measured", group_by="all").of("baseline").long()
    return float(rows["value"].mean()) if len(rows) else None


def report_failures(finished: Finished) -> None:
    """List on the error stream what failed."""
    list_failures(finished.batch, finished.folder)


def list_failures(batch: Batch, folder: Folder) -> None:
    """List on the error stream what failed in a batch whose receipt lies in the folder."""
    failures = batch.failures
    if not failures:
        return
    print(f"{len(failures)} of {len(failures) + len(batch.results)} runs failed:", file=sys.stderr)
    for failure in failures[:_MOST_LISTED]:
        run = f"{failure.job.scenario.id}, replication {failure.job.replication}, seed {failure.job.seed}"
        print(f"  {run}: {failure.error}", file=sys.stderr)
    if len(failures) > _MOST_LISTED:
        print(f"  and {len(failures) - _MOST_LISTED} more", file=sys.stderr)
    print(f"Tracebacks are in {folder.path / 'manifest.json'}.", file=sys.stderr)
