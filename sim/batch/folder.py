"""Choose and guard the output folder: never mix the results of two commands, never write where we may not."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from sim.batch.live import read_word
from sim.batch.stopped import reason
from sim.batch.store import Store
from sim.config.errors import InputError

MANIFEST = "manifest.json"
SHARED_RUNS = Path("outputs") / ".runs"
"""Where commands share their finished runs unless told otherwise, seen from where the user stands."""
RUNS = "runs"
"""Where an output folder keeps its finished runs, the lock, and word of how far the batch has come."""
_LOCK = ".lock"
_LOCK_SECONDS = 1.0
"""Patience with `mellanrum status`, which takes the lock for a moment to see whether it is free."""
_TABLES = (
    *(
        "outcomes.csv",
        "differences.csv",
        "distributions.csv",
        "validation.csv",
        "evidence.csv",
        "patterns.csv",
        "twins.csv",
        "equity.csv",
        *("value.csv", "value_points.csv", "acceptability.csv", "payback.csv", "budget_impact.csv"),
        *("who_pays.csv", "time_freed.csv"),
        "warmup.csv",
        "uncertainty.csv",
        "parameter_sets.csv",
        "parameter_correlations.csv",
        "runs.parquet",
        "persons.parquet",
    ),
    *("league.csv", "matrix.csv"),
    *("sensitivity.csv", "emulator_quality.csv", "ranking.csv", "information.csv"),
    *("discovery.csv", "regret.csv", "satisficing.csv", "futures.csv"),
    *("journey.csv", "journey_spans.csv", "journey_weeks.csv", "journey_summary.csv"),
    *("points.csv", "sweep.csv", "levels_off.csv"),
    *("allocation.csv", "front.csv", "mixes/*.yaml"),
    "studies.csv",
    *("ensemble.csv", "targets.csv", "waves.csv", "emulators.csv", "screening.csv", "parameters.csv"),
    *("design.csv", "effects.csv", "interactions.csv", "joint.csv", "shapley.csv", "smallest_sets.csv"),
    *("report.html", "figures/*.svg", "figures/*.png", "scenarios/*.yaml", "events/*/*/*.parquet"),
)
"""What commands leave beside the finished runs; all of it is made again from them."""


@dataclass(frozen=True, slots=True)
class Folder:
    """An output folder that has been found fit for the command."""

    path: Path
    shared: Path | None = None
    """Where commands share their finished runs; None = nowhere."""
    identity: str = ""
    resume: bool = False

    @property
    def store(self) -> Store:
        """Where finished runs are kept, and shared if that folder is there and may be written to."""
        shared = self.shared
        usable = shared is not None and shared.is_dir() and os.access(shared, os.W_OK)
        return Store(self.path / RUNS, shared if usable else None)

    def guard(self) -> FileLock:
        """Create the folder and keep others out as long as the lock lives, or this process, however it ends.

        Raises InputError when another process is at work there.
        """
        try:
            (self.path / RUNS).mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / RUNS / _LOCK)
            lock.acquire(timeout=_LOCK_SECONDS, poll_interval=0.05)
        except Timeout:
            raise InputError(
                f"--out {self.path}: another command is at work there{_who(self.path)}; "
                f"see `mellanrum status {self.path}`, wait for it, or choose another folder"
            ) from None
        except OSError as error:
            raise InputError(f"--out {self.path}: cannot write there ({reason(error)})") from None
        _check_free(self.path, self.identity, self.resume)
        return lock

    def prepare(self) -> None:
        """Create the folder; keep the finished runs, remove tables that would no longer fit them."""
        self.store.folder.mkdir(parents=True, exist_ok=True)
        if self.shared is not None:
            with suppress(OSError):  # sharing is an offer: where it cannot be had, every run is made here
                self.shared.mkdir(parents=True, exist_ok=True)
        self.store.clear_unfinished()
        for pattern in _TABLES:
            for path in self.path.glob(pattern):
                path.unlink()


def _who(folder: Path) -> str:
    word = read_word(folder / RUNS)
    return f" (process {word.process} on {word.host})" if word else ""


def is_at_work(folder: Path) -> bool:
    """Tell whether a process is at work on an output folder at this moment; leaves no trace."""
    path = folder / RUNS / _LOCK
    if not path.is_file():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except OSError:  # a folder that we may only read: nobody can say
        return False
    lock.release()
    return False


def read_identity(folder: Path) -> str | None:
    """Return which command's results a folder holds, or None without a readable manifest."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["identity"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_free(folder: Path, identity: str) -> bool:
    """Tell whether the folder is absent, empty, or holds results of this very command."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    return _is_empty(folder) or read_identity(folder) == identity


def _is_empty(folder: Path) -> bool:
    """Tell whether nothing is there, or only the lock of a command that did not come further."""
    inside = {path.name for path in folder.iterdir()}
    runs = folder / RUNS
    return not inside or (inside == {RUNS} and runs.is_dir() and all(path.name == _LOCK for path in runs.iterdir()))


def default_folder(plain: Path, identity: str) -> Path:
    """Return `plain`, or when another command's results are there, a name that belongs to this command."""
    return plain if is_free(plain, identity) else plain.with_name(f"{plain.name}-{identity[:6]}")


def open_folder(path: Path, identity: str, resume: bool, shared: Path | None = None) -> Folder:
    """Check that results may be put into `path`; writes nothing that stays. Raises InputError."""
    if path.exists() and not path.is_dir():
        raise InputError(f"--out {path}: is a file; give a folder, new or empty")
    _check_free(path, identity, resume)
    check_writable(path, "--out")
    return Folder(path, shared, identity, resume)


def _check_free(path: Path, identity: str, resume: bool) -> None:
    """Raise InputError when the folder holds what must not be mixed with the results of this command."""
    if is_free(path, identity):
        return
    if not (path / MANIFEST).is_file():
        raise InputError(f"--out {path}: holds files that are not ours; choose a new or empty folder")
    if not resume:
        raise InputError(
            f"--out {path}: holds the results of another command; choose another folder, "
            "or add --resume to keep its finished runs and replace its tables"
        )


def check_writable(path: Path, option: str) -> None:
    """Try to write in the folder, or in the nearest one above it that exists. Raises InputError."""
    above = path.absolute()
    while not above.exists():
        above = above.parent
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        why = "is a file" if not above.is_dir() else reason(error)
        raise InputError(f"{option} {path}: cannot write there ({above}: {why})") from None
