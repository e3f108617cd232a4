"""Make the runs of a command, whatever command it is, and say how to go on when they cannot all be made."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from filelock import FileLock

    from sim.batch.batch import Batch
    from sim.batch.executors import Pool
    from sim.batch.folder import Folder
    from sim.batch.jobs import Job
    from sim.batch.work import Work
    from sim.cli.batch_request import Request
    from sim.config.scenario import Scenario

EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """A command at work in its folder, which is guarded and prepared, with its receipt declared."""

    request: Request
    folder: Folder
    pool: Pool
    manifest: dict[str, Any]
    started: datetime
    lock: FileLock
    """Keeps other commands out of the folder."""
    planned: list[Job] = field(default_factory=list)
    """All jobs so far: a batch may be made in rounds."""

    def run_jobs(self, plan: Sequence[Job], work: Work | None = None) -> Batch:
        """Make the runs of the plan that are not stored yet; `work` makes one: the model itself, unless given.

        When the user stops the batch, or it cannot go on (full disk, lost cluster), closes the receipt, says how
        to go on and raises typer.Exit.
        """
        from sim.batch.batch import run_batch
        from sim.batch.jobs import Wanted
        from sim.batch.live import LeavesWord
        from sim.batch.progress import choose_progress
        from sim.batch.stopped import StoppedError
        from sim.batch.work import simulate_and_measure

        request, store, before = self.request, self.folder.store, len(self.planned)
        self.planned.extend(plan)
        try:
            return run_batch(
                plan,
                pool=self.pool,
                work=work or simulate_and_measure,
                progress=LeavesWord(store.folder, choose_progress(sys.stderr, request.quiet), before),
                store=store,
                wanted=Wanted(
                    persons=request.persons,
                    events=request.events,
                    twins=request.twins,
                    journey=request.journey,
                    spans=request.spans,
                ),
            )
        except KeyboardInterrupt:
            said, status, code = "Stopped.", "interrupted", EXIT_INTERRUPTED
        except StoppedError as stop:
            said, status, code = f"Stopped: {stop}.", "stopped", EXIT_SOME_FAILED
        self._close(status)
        kept = sum((store.folder / job.key).is_dir() for job in self.planned)
        done = f"{kept} of {len(self.planned)} runs are finished and kept in {self.folder.path}"
        print(f"{said} {done}. Go on with:\n  {how_to_go_on(request.arguments)}", file=sys.stderr)
        raise typer.Exit(code)

    def _close(self, status: str) -> None:
        from sim.batch.manifest import close, write_manifest

        with suppress(OSError):  # on a full disk the receipt stays as it was, and says that the batch is not finished
            write_manifest(close(self.manifest, status, self.started), self.folder.path)


@contextmanager
def open_work(
    request: Request,
    folder: Folder,
    scenarios: Sequence[Scenario],
    named: str,
    *,
    replications: int,
    processes: int,
    facts: Mapping[str, Any],
) -> Iterator[AtWork]:
    """Open the pool, guard and prepare the folder, and declare the receipt with the `facts`.

    `named` says what is asked. Raises InputError before anything is written.
    """
    from sim.batch.executors import open_pool
    from sim.batch.manifest import declare, write_manifest

    with open_pool(processes, request.cluster) as pool:
        lock = folder.guard()
        started = datetime.now(UTC)
        size = {"replications": replications, "seed": request.seed, "jobs": pool.size}
        manifest = declare(named, request.arguments, scenarios, **size) | dict(facts)
        folder.prepare()
        write_manifest(manifest, folder.path)
        yield AtWork(request=request, folder=folder, pool=pool, manifest=manifest, started=started, lock=lock)


def how_to_go_on(arguments: Sequence[str]) -> str:
    """Return the command that makes what is missing, and nothing twice."""
    return shlex.join(["mellanrum", *(word for word in arguments if word != "--resume"), "--resume"])
