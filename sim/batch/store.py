"""Keep every finished run as a folder of its own: written aside, flushed, renamed, checked when read.

A run's folder is `<key>/` with one Parquet file per table and `receipt.json`, which holds the hash of each
file. A folder without a fitting receipt does not count, so a run that was cut off is simply made again.

A second folder, shared between commands, may hold the same runs. What one command has made the next takes over
from there: as hard links, so that one run takes room once and either folder may be deleted at any time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.batch.jobs import SPAN_TABLE, Wanted, span_table
from sim.batch.stopped import StoppedError, reason
from sim.batch.tables import flush, link_or_copy, read_parquet, write_parquet

Tables = Mapping[str, pd.DataFrame]
"""Tables of one run by name: `outcomes`, `distributions`, `persons`, `events/<log table>`."""

RECEIPT = "receipt.json"
SMALL = ("outcomes", "distributions")
"""Tables that every run has; the others are made when wanted."""
JOURNEY = "journey"
"""Folder of the tables that single people's years are read from."""
_ASIDE = ".unfinished-"
_ABANDONED_SECONDS = 3600.0
"""After this time nobody is at work any more on what lies aside in a shared folder."""
_TRIES = 20
_IN_THE_WAY = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EACCES}
"""What systems say when a folder cannot be renamed because another is there."""


def _has(names: Mapping[str, str], wanted: Wanted) -> bool:
    persons = not wanted.persons or "persons" in names
    events = not wanted.events or any(name.startswith("events/") for name in names)
    journey = not wanted.journey or f"{JOURNEY}/people" in names
    spans = all(span_table(span) in names for span in wanted.spans)
    return persons and events and journey and spans and (not wanted.twins or "twins" in names)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _whole(folder: Path, key: str, wanted: Wanted) -> tuple[str, ...]:
    """Return the tables of a run's folder; none when it is missing, damaged, or lacks what is wanted."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        hashes: dict[str, str] = receipt["tables"]
        if receipt["key"] != key or not _has(hashes, wanted):
            return ()
        if any(_hash(folder / f"{name}.parquet") != digest for name, digest in hashes.items()):
            return ()
        return tuple(hashes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


@dataclass(frozen=True, slots=True)
class Store:
    """Finished runs in one folder, by key; `shared` is where other commands keep theirs."""

    folder: Path
    shared: Path | None = None

    def clear_unfinished(self) -> None:
        """Remove what workers that were ended left behind; nobody else may be at work on this folder."""
        for left in self.folder.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        if self.shared is not None:
            for left in self.shared.glob(f"{_ASIDE}*"):
                with suppress(OSError):
                    if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                        shutil.rmtree(left, ignore_errors=True)

    def write(self, key: str, tables: Tables) -> None:
        """Store a finished run; whole or not at all. Raises StoppedError when there is no room or no right to."""
        try:
            self._write(key, tables)
        except OSError as error:
            raise StoppedError(f"cannot store a finished run in {self.folder}: {reason(error)}") from None
        if self.shared is not None and not _whole(self.shared / key, key, _wanted(tables)):
            with suppress(OSError):  # sharing saves time; the run itself is safe
                _lay(self.folder / key, self.shared / key, key, _wanted(tables))

    def _write(self, key: str, tables: Tables) -> None:
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
            _put(aside, self.folder / key, key, _wanted(tables))
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def has(self, key: str, wanted: Wanted) -> bool:
        """Tell whether a whole run with what is wanted lies here, taking it over from the shared folder if not."""
        if _whole(self.folder / key, key, wanted):
            return True
        if self.shared is None or not (self.shared / key / RECEIPT).is_file():
            return False
        try:
            return _lay(self.shared / key, self.folder / key, key, wanted)
        except OSError:
            return False

    def read(self, key: str, wanted: Wanted) -> dict[str, pd.DataFrame] | None:
        """Return the small tables of a run, or None when it is missing, damaged or lacks what is wanted."""
        if not self.has(key, wanted):
            return None
        return {name: self.table(key, name) for name in SMALL if (self.folder / key / f"{name}.parquet").is_file()}

    def table(self, key: str, name: str) -> pd.DataFrame:
        """Read one table of a stored run; raises FileNotFoundError when it was not kept."""
        return read_parquet(self.folder / key / f"{name}.parquet")

    def rows_of(self, key: str, name: str, person: int) -> pd.DataFrame:
        """Read the rows of one person from a table of a stored run; raises FileNotFoundError when it was not kept."""
        return read_parquet(self.folder / key / f"{name}.parquet", person)

    def count(self) -> int:
        """Return how many finished runs lie here, by their receipts."""
        return sum(1 for _ in self.folder.glob(f"[!.]*/{RECEIPT}"))

    def link_events(self, key: str, target: Path) -> None:
        """Show the event log of a stored run under `target` as well, without taking more room if possible."""
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted((self.folder / key / "events").glob("*.parquet")):
            shown = target / path.name
            shown.unlink(missing_ok=True)
            link_or_copy(path, shown)


def _wanted(tables: Tables) -> Wanted:
    """Return what a run with these tables can serve."""
    events = any(name.startswith("events/") for name in tables)
    journey = f"{JOURNEY}/people" in tables
    days = [name.removeprefix(SPAN_TABLE).split("_") for name in tables if name.startswith(SPAN_TABLE)]
    spans = tuple((float(start), float(end)) for start, end in days)
    return Wanted(persons="persons" in tables, events=events, twins="twins" in tables, journey=journey, spans=spans)


def _lay(source: Path, final: Path, key: str, wanted: Wanted) -> bool:
    """Lay a run's folder under another name too, checked on arrival; tell whether that was possible."""
    aside = Path(tempfile.mkdtemp(prefix=f"{_ASIDE}{key}-", dir=final.parent))
    try:
        receipt = json.loads((source / RECEIPT).read_text(encoding="utf-8"))
        for name in (*(f"{name}.parquet" for name in receipt["tables"]), RECEIPT):
            (aside / name).parent.mkdir(exist_ok=True)
            link_or_copy(source / name, aside / name)
        if not _whole(aside, key, wanted):
            return False
        _put(aside, final, key, wanted)
        return True
    except (ValueError, KeyError, TypeError):  # a damaged receipt
        return False
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, final: Path, key: str, wanted: Wanted) -> None:
    """Rename into place, moving away what is there; from others who do the same the first one is kept."""
    aside.chmod(0o755)
    for tried in range(1, _TRIES + 1):
        try:
            aside.rename(final)
            return
        except OSError as error:
            if tried == _TRIES or error.errno not in _IN_THE_WAY:
                raise
        if tried > 1 and _whole(final, key, wanted):
            return
        old = aside.with_name(f"{aside.name}-old")
        with suppress(FileNotFoundError):
            final.rename(old)
        shutil.rmtree(old, ignore_errors=True)
