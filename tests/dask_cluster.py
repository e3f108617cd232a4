"""A real scheduler and real workers on this machine, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DASK = (sys.executable, "-m", "dask")
_PATIENCE_SECONDS = 60.0


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for a condition, at most a minute."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


class Cluster:
    """A scheduler that gives up on a run when it has ended two workers, and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._nannies: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        words = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self._start(*words, env={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"})
        wait_until(file.exists, "the scheduler does not start")
        wait_until(lambda: file.stat().st_size > 2, "the scheduler does not say where it is")
        self.address = str(json.loads(file.read_text())["address"])

    def _start(self, *words: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
        paths = {"PYTHONPATH": os.pathsep.join([str(ROOT), *(str(ROOT / "tests" / part) for part in ("batch", "cli"))])}
        log = (self._folder / f"{len(self._processes)}.log").open("wb")
        process = subprocess.Popen(
            [*DASK, *words], stdout=log, stderr=log, cwd=self._folder, env={**os.environ, **paths, **env}
        )
        self._processes.append(process)
        return process

    def worker(self, name: str, nanny: bool = False, **env: str) -> subprocess.Popen[bytes]:
        """Start one worker; with a nanny it is started again whenever it dies."""
        process = self._start(
            *("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--name", name),
            *("--nanny" if nanny else "--no-nanny", "--memory-limit", "0", "--local-directory", str(self._folder)),
            env=env,
        )
        if nanny:
            self._nannies.append(process)
        return process

    def kill_scheduler(self) -> None:
        """End the scheduler without a word."""
        self._processes[0].kill()

    def wait_for(self, workers: int) -> None:
        """Wait until so many workers are connected."""
        from distributed import Client

        with Client(self.address, timeout=10, set_as_default=False) as client:
            wait_until(lambda: len(client.nthreads()) == workers, f"not {workers} workers")

    def end(self) -> None:
        """End everything; a nanny is asked first, so that it takes its worker along."""
        for process in reversed(self._processes):
            (process.terminate if process in self._nannies else process.kill)()
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a scheduler; end it and all workers afterwards."""
    started = Cluster(folder)
    try:
        yield started
    finally:
        started.end()
