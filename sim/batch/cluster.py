"""Make runs on a Dask cluster, behind the same `concurrent.futures.Executor` as processes here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from distributed import Client, KilledWorker

from sim.batch.dispatch import LostWorkerError
from sim.batch.stopped import StoppedError

T = TypeVar("T")

_COUNT_SECONDS = 2.0
"""How often the workers are counted at most: each time asks the scheduler."""
_PATIENCE_SECONDS = 300.0
"""How long a batch waits for workers to come back; a queue of a cluster may start new ones meanwhile."""


class ClusterExecutor(Executor):
    """Hand calls to a cluster; a call whose workers were lost, too often for the scheduler, says LostWorkerError."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._under_way: dict[str, Any] = {}

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Send the call; equal calls are made each, since a call that was lost may be sent again."""
        ours: Future[T] = Future()
        theirs = self._client.submit(fn, *args, **kwargs, pure=False)
        self._under_way[theirs.key] = theirs
        theirs.add_done_callback(lambda done: self._hand_over(done, ours))
        return ours

    def _hand_over(self, theirs: Any, ours: Future[T]) -> None:
        self._under_way.pop(theirs.key, None)
        if theirs.status == "cancelled":
            ours.cancel()
            ours.set_running_or_notify_cancel()
            return
        try:
            answer: T = theirs.result()
        except KilledWorker as error:
            ours.set_exception(
                LostWorkerError(f"{error.allowed_failures + 1} workers ended without a word while at it")
            )
        except StoppedError as error:
            ours.set_exception(error)
        except Exception as error:  # such as a worker that came later and has no Mellanrum
            ours.set_exception(LostWorkerError(f"a worker could not take it: {type(error).__name__}: {error}"))
        else:
            ours.set_result(answer)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what is under way when asked; workers finish the run that they are at."""
        if cancel_futures and self._under_way:
            self._client.cancel(list(self._under_way.values()))
        self._under_way.clear()


class ClusterPool:
    """The workers of a scheduler: as many as are connected at the moment."""

    sees_files = False

    def __init__(self, client: Client, address: str, code: str) -> None:
        self._client, self.address, self.code = client, address, code
        self._seen_seconds = time.monotonic()
        self._count, self._ask_again_seconds = 0, 0.0

    def _workers(self) -> int:
        now = time.monotonic()
        if now >= self._ask_again_seconds:
            try:
                self._count = len(self._client.nthreads())
            except Exception:
                raise StoppedError(f"the connection to the cluster at {self.address} is lost") from None
            self._ask_again_seconds = now + _COUNT_SECONDS
        return self._count

    @property
    def size(self) -> int:
        """How many workers are connected; one at least, so that work waits for a worker that comes back."""
        return max(1, self._workers())

    def start(self, workers: int) -> Executor:
        """Return an executor on all workers: there is nothing to start."""
        return ClusterExecutor(self._client)

    def look_after(self) -> None:
        """Raise StoppedError when the scheduler is out of reach, or no worker was seen for a long time."""
        if self._client.status not in ("running", "connecting"):
            raise StoppedError(f"the connection to the cluster at {self.address} is lost")
        now = time.monotonic()
        if self._workers():
            self._seen_seconds = now
        elif now - self._seen_seconds > _PATIENCE_SECONDS:
            minutes = round(_PATIENCE_SECONDS / 60)
            raise StoppedError(f"the cluster at {self.address} has had no workers for {minutes} minutes")


def keep_quiet() -> None:
    """Keep the log lines of Dask off the user's terminal: what matters is said in our own words."""
    ours_to_tell = ("distributed", "tornado.application", "asyncio")
    for name in [*ours_to_tell, *logging.root.manager.loggerDict]:
        if name.startswith(ours_to_tell):  # most loggers of Dask have a level of their own
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
