"""Choose and guard the output folder: never mix the results of two commands, never write where we may not."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.batch.store import Store
from sim.config.errors import InputError

MANIFEST = "manifest.json"
_TABLES = (
    *(
        "outcomes.csv",
        "differences.csv",
        "distributions.csv",
        "validation.csv",
        "twins.csv",
        "equity.csv",
        "warmup.csv",
        "uncertainty.csv",
        "parameter_sets.csv",
        "runs.parquet",
        "persons.parquet",
    ),
    *("league.csv", "matrix.csv"),
    *("design.csv", "effects.csv", "interactions.csv", "joint.csv", "shapley.csv", "smallest_sets.csv"),
    *("report.html", "figures/*.svg", "figures/*.png", "scenarios/*.yaml", "events/*/*/*.parquet"),
)
"""What commands leave beside the finished runs; all of it is made again from them."""


@dataclass(frozen=True, slots=True)
class Folder:
    """An output folder that has been found fit for the command."""

    path: Path

    @property
    def store(self) -> Store:
        """Where finished runs are kept."""
        return Store(self.path / "runs")

    def prepare(self) -> None:
        """Create the folder; keep the finished runs, remove tables that would no longer fit them."""
        self.store.folder.mkdir(parents=True, exist_ok=True)
        self.store.clear_unfinished()
        for pattern in _TABLES:
            for path in self.path.glob(pattern):
                path.unlink()


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
    return not any(folder.iterdir()) or read_identity(folder) == identity


def default_folder(plain: Path, identity: str) -> Path:
    """Return `plain`, or when another command's results are there, a name that belongs to this command."""
    return plain if is_free(plain, identity) else plain.with_name(f"{plain.name}-{identity[:6]}")


def open_folder(path: Path, identity: str, resume: bool) -> Folder:
    """Check that results may be put into `path`; writes nothing that stays. Raises InputError."""
    if path.exists() and not path.is_dir():
        raise InputError(f"--out {path}: is a file; give a folder, new or empty")
    if not is_free(path, identity):
        if (path / MANIFEST).is_file():
            if not resume:
                raise InputError(
                    f"--out {path}: holds the results of another command; choose another folder, "
                    "or add --resume to keep its finished runs and replace its tables"
                )
        else:
            raise InputError(f"--out {path}: holds files that are not ours; choose a new or empty folder")
    _check_writable(path)
    return Folder(path)


def _check_writable(path: Path) -> None:
    """Try to write in the folder, or in the nearest one above it that exists."""
    above = path.absolute()
    while not above.exists():
        above = above.parent
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        reason = "is a file" if not above.is_dir() else str(error.strerror or error).lower()
        raise InputError(f"--out {path}: cannot write there ({above}: {reason})") from None
