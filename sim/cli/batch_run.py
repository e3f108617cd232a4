"""Carry out what `compare`, `run` and `validate` share: the batch, its tables and its receipt."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.batch_request import Request, check_numbers, choose_folder, load_scenarios
from sim.cli.how_many import HowMany, how_many
from sim.cli.options import cores

if TYPE_CHECKING:
    import pandas as pd

    from sim.batch.batch import Batch
    from sim.batch.folder import Folder
    from sim.batch.jobs import Job
    from sim.batch.work import Work
    from sim.config.scenario import Scenario

EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130
_MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A batch whose runs are made and tables written; `sign` still has to close the receipt."""

    request: Request
    folder: Folder
    batch: Batch
    scenarios: tuple[Scenario, ...]
    outcomes: pd.DataFrame | None
    """None when every run failed."""
    distributions: pd.DataFrame | None
    manifest: dict[str, Any]
    started: datetime
    how_many: HowMany

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
    from sim.batch.manifest import close, declare, write_manifest
    from sim.batch.rounds import run_in_rounds
    from sim.batch.versions import code_version

    check_numbers(request)
    scenarios = load_scenarios(request)
    many = how_many(request, scenarios, code_version())
    folder = choose_folder(request, scenarios, many.named, many.most)
    started = datetime.now(UTC)
    size = {"replications": many.most, "seed": request.seed}
    manifest = declare(many.named, request.arguments, scenarios, **size, jobs=request.jobs or cores())
    planned: list[Job] = []

    def make(jobs: Sequence[Job]) -> Batch:
        planned.extend(jobs)
        return _run(jobs, request, folder, work)

    folder.prepare()
    write_manifest(manifest, folder.path)
    try:
        batch, replications = run_in_rounds(many.plan, many.first, make, many.decide)
    except KeyboardInterrupt:
        write_manifest(close(manifest, "interrupted", started), folder.path)
        print(_how_to_go_on(request, folder, planned), file=sys.stderr)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    seeds = [replication_seed(request.seed, replication) for replication in range(replications)]
    manifest |= {"replications": replications, "seeds": seeds, **many.facts(replications)}
    outcomes, distributions = _write_tables(request, batch, folder, many)
    _write_scenarios(request, scenarios, folder.path / "scenarios")
    return Finished(
        request=request,
        folder=folder,
        batch=batch,
        scenarios=scenarios,
        outcomes=outcomes,
        distributions=distributions,
        manifest=manifest,
        started=started,
        how_many=many,
    )


def _run(plan: Sequence[Job], request: Request, folder: Folder, work: Work | None) -> Batch:
    from sim.batch.batch import run_batch
    from sim.batch.executors import local_pool
    from sim.batch.jobs import Wanted
    from sim.batch.progress import choose_progress
    from sim.batch.work import simulate_and_measure

    return run_batch(
        plan,
        pool=local_pool(min(request.jobs or cores(), len(plan))),
        work=work or simulate_and_measure,
        progress=choose_progress(sys.stderr, request.quiet),
        store=folder.store,
        wanted=Wanted(persons=request.persons, events=request.events, twins=request.twins),
    )


def _how_to_go_on(request: Request, folder: Folder, plan: Sequence[Job]) -> str:
    kept = sum((folder.store.folder / job.key).is_dir() for job in plan)
    again = [word for word in request.arguments if word != "--resume"]
    command = shlex.join(["mellanrum", *again, "--resume"])
    done = f"{kept} of {len(plan)} runs are finished and kept in {folder.path}"
    return f"Stopped. {done}. Go on with:\n  {command}"


def _write_tables(
    request: Request, batch: Batch, folder: Folder, many: HowMany
) -> tuple[pd.DataFrame, pd.DataFrame] | tuple[None, None]:
    """Write what every command leaves; nothing when there is no finished run."""
    from sim.batch.assemble import runs_table, show_events, together, write_persons
    from sim.batch.ensemble import with_set
    from sim.batch.tables import write_csv, write_parquet

    if not batch.results:
        return None, None
    outcomes, runs = together(batch.results, "outcomes"), runs_table(batch.results)
    distributions = together(batch.results, "distributions")
    if many.ensemble is not None:
        outcomes, runs = (with_set(table, request.replications) for table in (outcomes, runs))
    write_csv(outcomes, folder.path / "outcomes.csv")
    write_csv(distributions, folder.path / "distributions.csv")
    write_parquet([runs], folder.path / "runs.parquet")
    if request.persons:
        write_persons(batch.results, folder.store, folder.path / "persons.parquet")
    if request.events:
        show_events(batch.results, folder.store, folder.path / "events")
    return outcomes, distributions


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


def measured_preventable_share(outcomes: pd.DataFrame) -> float | None:
    """Return the preventable share of acute turns that the baseline runs showed, mean over replications."""
    rows = outcomes[
        (outcomes["outcome"] == "preventable_share_measured")
        & (outcomes["group_by"] == "all")
        & (outcomes["scenario"] == "baseline")
    ]
    return float(rows["value"].mean()) if len(rows) else None


def report_failures(finished: Finished) -> None:
    """List on the error stream what failed."""
    failures = finished.batch.failures
    if not failures:
        return
    print(f"{len(failures)} of {len(failures) + len(finished.batch.results)} runs failed:", file=sys.stderr)
    for failure in failures[:_MOST_LISTED]:
        run = f"{failure.job.scenario.id}, replication {failure.job.replication}, seed {failure.job.seed}"
        print(f"  {run}: {failure.error}", file=sys.stderr)
    if len(failures) > _MOST_LISTED:
        print(f"  and {len(failures) - _MOST_LISTED} more", file=sys.stderr)
    print(f"Tracebacks are in {finished.folder.path / 'manifest.json'}.", file=sys.stderr)
