"""Keep every finished run as a folder of its own: written aside, flushed, renamed, checked when read.

A run's folder is `<key>/` with one Parquet file per table and `receipt.json`, which holds the hash of each
file. A folder without a fitting receipt does not count, so a run that was cut off is simply made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.batch.jobs import Wanted
from sim.batch.tables import flush, read_parquet, write_parquet

Tables = Mapping[str, pd.DataFrame]
"""Tables of one run by name: `outcomes`, `distributions`, `persons`, `events/<log table>`."""

RECEIPT = "receipt.json"
_ASIDE = ".unfinished-"


def is_small(name: str) -> bool:
    """Tell whether a table travels back with the run; the others stay in the store."""
    return name in ("outcomes", "distributions")


def _has(names: Mapping[str, str], wanted: Wanted) -> bool:
    persons = not wanted.persons or "persons" in names
    events = not wanted.events or any(name.startswith("events/") for name in names)
    return persons and events and (not wanted.twins or "twins" in names)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """Finished runs in one folder, by key."""

    folder: Path

    def clear_unfinished(self) -> None:
        """Remove what workers that were ended left behind."""
        for left in self.folder.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)

    def write(self, key: str, tables: Tables) -> None:
        """Store a finished run; whole or not at all."""
        aside = Path(tempfile.mkdtemp(prefix=f"{_ASIDE}{key}-", dir=self.folder))
        try:
            hashes = {}
            for name, table in tables.items():
                path = aside / f"{name}.parquet"
                path.parent.mkdir(exist_ok=True)
                write_parquet([table], path)
                hashes[name] = _hash(path)
            receipt = aside / RECEIPT
            receipt.write_text(json.dumps({"key": key, "tables": hashes}, indent=1), encoding="utf-8")
            flush(receipt)
            aside.chmod(0o755)
            self._put(aside, self.folder / key)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _put(self, aside: Path, final: Path) -> None:
        """Rename into place; two workers with the same key leave the same content."""
        try:
            aside.rename(final)
        except OSError:
            shutil.rmtree(final, ignore_errors=True)
            aside.rename(final)

    def read(self, key: str, wanted: Wanted) -> dict[str, pd.DataFrame] | None:
        """Return the small tables of a run, or None when it is missing, damaged or lacks what is wanted."""
        folder = self.folder / key
        try:
            receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
            hashes: dict[str, str] = receipt["tables"]
            if receipt["key"] != key or not _has(hashes, wanted):
                return None
            if any(_hash(folder / f"{name}.parquet") != digest for name, digest in hashes.items()):
                return None
            return {name: read_parquet(folder / f"{name}.parquet") for name in hashes if is_small(name)}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def table(self, key: str, name: str) -> pd.DataFrame:
        """Read one table of a stored run; raises FileNotFoundError when it was not kept."""
        return read_parquet(self.folder / key / f"{name}.parquet")

    def link_events(self, key: str, target: Path) -> None:
        """Show the event log of a stored run under `target` as well, without taking more room if possible."""
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted((self.folder / key / "events").glob("*.parquet")):
            shown = target / path.name
            shown.unlink(missing_ok=True)
            try:
                os.link(path, shown)
            except OSError:  # a file system without hard links
                shutil.copyfile(path, shown)
