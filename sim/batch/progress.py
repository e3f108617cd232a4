"""Say how far a batch has come: a bar on a terminal, plain lines in a pipe, or nothing."""

from __future__ import annotations

import time
from typing import IO, TYPE_CHECKING, Protocol

from sim.batch.jobs import Job

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_LINES_AT_MOST = 20


class Progress(Protocol):
    """What a batch tells while it runs."""

    def begin(self, *, total: int, reused: int) -> None:
        """Start, with this many runs in all, of which `reused` were stored before."""

    def ran(self, job: Job, error: str | None) -> None:
        """One more run has finished; `error` says why when it failed."""

    def end(self) -> None:
        """Stop showing."""


class Silent:
    """Say nothing."""

    def begin(self, *, total: int, reused: int) -> None:
        """Say nothing."""

    def ran(self, job: Job, error: str | None) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


def duration(seconds: float) -> str:
    """Write a duration for a reader, e.g. `3 min 05 s`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


class Count:
    """Runs so far and the time they took; reused runs tell nothing about the time that is left."""

    def __init__(self, total: int, reused: int) -> None:
        self.total, self.reused = total, reused
        self.done, self.failed = reused, 0
        self._start_seconds = time.monotonic()

    @property
    def left(self) -> int:
        """Runs neither done nor failed."""
        return self.total - self.done - self.failed

    def add(self, failed: bool) -> None:
        """Count one more run."""
        if failed:
            self.failed += 1
        else:
            self.done += 1

    def seconds_left(self) -> float | None:
        """Return how long the rest takes at the pace so far; None when there is no pace yet, or no rest."""
        made = self.done + self.failed - self.reused
        if not self.left or not made:
            return None
        return (time.monotonic() - self._start_seconds) / made * self.left

    def text(self) -> str:
        """Say how many runs are done, failed and left, and how long it takes."""
        return counts_text(self.total, self.done, self.failed, self.seconds_left())


def counts_text(total: int, done: int, failed: int, seconds_left: float | None) -> str:
    """Return e.g. `2 of 4 runs done, 1 failed, 1 left, about 3 min 05 s to go`; zeros are left out."""
    parts = [f"{done} of {total} runs done"]
    if failed:
        parts.append(f"{failed} failed")
    if left := total - done - failed:
        parts.append(f"{left} left")
    if seconds_left is not None:
        parts.append(f"about {duration(seconds_left)} to go")
    return ", ".join(parts)


class PlainLines:
    """Write at most some twenty lines, and one for each failure: for a pipe or a log file."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._count = Count(0, 0)
        self._step = 1

    def begin(self, *, total: int, reused: int) -> None:
        """Say how many runs there are."""
        self._count = Count(total, reused)
        self._step = max(1, -(-(total - reused) // _LINES_AT_MOST))
        stored = f", {reused} of them stored from before" if reused else ""
        self._line(f"{total} runs{stored}")

    def ran(self, job: Job, error: str | None) -> None:
        """Say how many are done, now and then."""
        count = self._count
        count.add(error is not None)
        if error is not None:
            self._line(f"failed: {job.scenario.id}, replication {job.replication}: {error}")
        if (count.done + count.failed - count.reused) % self._step == 0 or not count.left:
            self._line(count.text())

    def end(self) -> None:
        """Nothing is left to say."""

    def _line(self, text: str) -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()


class TerminalBar:
    """Show a bar with runs done, failed and left, and the time left."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._count = Count(0, 0)
        self._bar: Bar | None = None

    def begin(self, *, total: int, reused: int) -> None:
        """Show the bar."""
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self._count = Count(total, reused)
        columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._bar = Bar(*columns, console=Console(file=self._stream))
        self._bar.add_task(self._count.text(), total=total, completed=reused)
        self._bar.start()

    def ran(self, job: Job, error: str | None) -> None:
        """Move the bar; a failure stays as a line above it."""
        assert self._bar is not None, "begin comes first"
        self._count.add(error is not None)
        if error is not None:
            self._bar.console.print(
                f"failed: {job.scenario.id}, replication {job.replication}: {error}",
                markup=False,
                highlight=False,
                style="red",
            )
        self._bar.update(self._bar.task_ids[0], advance=1, description=self._count.text())

    def end(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.stop()


def choose_progress(stream: IO[str], quiet: bool) -> Progress:
    """Return the progress that fits: silent when asked, a bar on a terminal, else plain lines."""
    if quiet:
        return Silent()
    return TerminalBar(stream) if stream.isatty() else PlainLines(stream)
