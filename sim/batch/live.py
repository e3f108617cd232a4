"""Leave word beside the finished runs of how far a batch has come, for whoever looks from another terminal."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sim.batch.jobs import Job
from sim.batch.progress import Count, Progress
from sim.batch.tables import write_text

PROGRESS = "progress.json"
_WORD_SECONDS = 0.5
"""How often word is left at most: a short run must not wait for the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """How far a batch had come when it last left word; a reused run is done from the start."""

    total: int
    done: int
    failed: int
    reused: int
    seconds_left: float | None
    """None before the first run is made, and when none is left."""
    process: int
    host: str
    started: str
    updated: str

    @property
    def left(self) -> int:
        """Runs neither done nor failed."""
        return self.total - self.done - self.failed


class LeavesWord:
    """A progress that passes everything on to another one, and keeps `progress.json` up to date.

    `before` runs were done in earlier rounds of the same batch.
    """

    def __init__(self, folder: Path, inner: Progress, before: int = 0) -> None:
        self._path, self._inner, self._before = folder / PROGRESS, inner, before
        self._count = Count(0, 0)
        self._started = _now()
        self._next_seconds = 0.0
        self._writing = threading.Lock()
        self._later: threading.Timer | None = None
        """Leaves the word that came too soon after another, or a long run after it would keep it back."""

    def begin(self, *, total: int, reused: int) -> None:
        """Note how many runs there are."""
        self._count = Count(self._before + total, self._before + reused)
        self._leave()
        self._inner.begin(total=total, reused=reused)

    def ran(self, job: Job, error: str | None) -> None:
        """Note one more run, a moment later if one was noted just now; the last one at once."""
        self._count.add(error is not None)
        if not self._count.left or time.monotonic() >= self._next_seconds:
            self._leave()
        elif self._later is None:
            self._later = threading.Timer(_WORD_SECONDS, self._leave)
            self._later.daemon = True
            self._later.start()
        self._inner.ran(job, error)

    def end(self) -> None:
        """Note where the batch ended."""
        if self._later is not None:
            self._later.cancel()
        self._leave()
        self._inner.end()

    def _leave(self) -> None:
        with self._writing:
            self._write()

    def _write(self) -> None:
        self._later = None
        self._next_seconds = time.monotonic() + _WORD_SECONDS
        count = self._count
        word = Word(
            total=count.total,
            done=count.done,
            failed=count.failed,
            reused=count.reused,
            seconds_left=count.seconds_left(),
            process=os.getpid(),
            host=socket.gethostname(),
            started=self._started,
            updated=_now(),
        )
        with suppress(OSError):  # a full disk is the store's to tell
            write_text(json.dumps(asdict(word), indent=1) + "\n", self._path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_word(folder: Path) -> Word | None:
    """Return the last word left in a folder, or None when there is none that can be read."""
    try:
        return Word(**json.loads((folder / PROGRESS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
