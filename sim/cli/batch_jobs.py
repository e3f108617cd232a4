"""Make the runs of a command, whatever command it is, and say how to go on when they cannot all be made."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from sim.batch.batch import Batch
    from sim.batch.executors import Pool
    from sim.batch.folder import Folder
    from sim.batch.jobs import Job
    from sim.batch.work import Work
    from sim.cli.batch_request import Request

EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130


def run_jobs(
    plan: Sequence[Job],
    *,
    request: Request,
    folder: Folder,
    pool: Pool,
    manifest: Mapping[str, Any],
    started: datetime,
    work: Work | None = None,
) -> Batch:
    """Make the runs of the plan that are not stored yet; `work` makes one: the model itself, unless given.

    `folder` is guarded and prepared. When the user stops the batch, or it cannot go on (full disk, lost cluster),
    closes the receipt, says how to go on and raises typer.Exit.
    """
    from sim.batch.batch import run_batch
    from sim.batch.jobs import Wanted
    from sim.batch.live import LeavesWord
    from sim.batch.progress import choose_progress
    from sim.batch.stopped import Stopped
    from sim.batch.work import simulate_and_measure

    try:
        return run_batch(
            plan,
            pool=pool,
            work=work or simulate_and_measure,
            progress=LeavesWord(folder.path, choose_progress(sys.stderr, request.quiet)),
            store=folder.store,
            wanted=Wanted(persons=request.persons, events=request.events),
        )
    except KeyboardInterrupt:
        said, status, code = "Stopped.", "interrupted", EXIT_INTERRUPTED
    except Stopped as stop:
        said, status, code = f"Stopped: {stop}.", "stopped", EXIT_SOME_FAILED
    _close(manifest, status, started, folder)
    kept = sum((folder.store.folder / job.key).is_dir() for job in plan)
    print(f"{said} {kept} of {len(plan)} runs are finished and kept in {folder.path}. Go on with:", file=sys.stderr)
    print(f"  {how_to_go_on(request.arguments)}", file=sys.stderr)
    raise typer.Exit(code)


def _close(manifest: Mapping[str, Any], status: str, started: datetime, folder: Folder) -> None:
    from sim.batch.manifest import close, write_manifest

    with suppress(OSError):  # on a full disk the receipt stays as it was, and says that the batch was not finished
        write_manifest(close(manifest, status, started), folder.path)


def how_to_go_on(arguments: Sequence[str]) -> str:
    """Return the command that makes what is missing, and nothing twice."""
    return shlex.join(["mellanrum", *(word for word in arguments if word != "--resume"), "--resume"])
