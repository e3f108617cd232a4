"""Send parcels of work to a pool, and find the guilty one when a worker process is lost."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Generic, TypeVar

from sim.batch.executors import Pool, children, end_children
from sim.batch.stopped import StoppedError

J = TypeVar("J")
A = TypeVar("A")
R = TypeVar("R")

_LOOK_SECONDS = 5.0
"""How long to wait for an answer before looking whether there are workers at all."""
_STARTS_AT_MOST = 3


class LostWorkerError(Exception):
    """The worker of one parcel is lost, or could not be used; the others go on. The text says why."""


class Dispatch(Generic[J, A]):
    """Parcels of jobs on their way to `call`; each answer goes to `receive`, in the order they come back.

    `call` must be importable by name and return one answer per parcel. `lost` is told of a job that is guilty, and
    why: its worker died among others, and then twice while it was alone (workers also die of other causes); a
    cluster has its own count, and what it gives up alone is guilty at once.
    """

    def __init__(
        self,
        pool: Pool,
        call: Callable[[tuple[J, ...]], A],
        receive: Callable[[tuple[J, ...], A], None],
        lost: Callable[[J, str], None],
    ) -> None:
        self._pool, self._call, self._receive, self._lost = pool, call, receive, lost
        self._waiting: deque[tuple[J, ...]] = deque()
        self._suspects: deque[tuple[J, ...]] = deque()
        self._twice: list[tuple[J, ...]] = []
        """Suspects whose worker died once while they were alone."""
        self._vain_starts = 0

    def send(self, parcels: Sequence[tuple[J, ...]]) -> None:
        """Send all parcels and wait for them; on Ctrl-C or any error the workers are ended at once."""
        self._waiting.extend(parcels)
        while self._waiting or self._suspects:
            if self._suspects:
                self._with_executor(1, self._suspects_alone)
            else:
                self._with_executor(self._pool.size, self._all_waiting)

    def _with_executor(self, workers: int, use: Callable[[Executor], None]) -> None:
        before = children()
        executor = self._pool.start(workers)
        try:
            if self._is_ready(executor):
                use(executor)
        except BaseException:
            end_children(before)
            executor.shutdown(wait=False, cancel_futures=True)
            raise
        executor.shutdown()

    def _is_ready(self, executor: Executor) -> bool:
        """Wait until a worker answers, so that no job is blamed for a worker that died before it came."""
        try:
            self._result(executor.submit(os.getpid))
        except (BrokenExecutor, LostWorkerError):
            self._vain_starts += 1
            if self._vain_starts == _STARTS_AT_MOST:
                raise StoppedError(f"workers ended as soon as they were started, {_STARTS_AT_MOST} times") from None
            return False
        self._vain_starts = 0
        return True

    def _result(self, future: Future[R]) -> R:
        """Wait for one answer; raises StoppedError when the workers are out of reach."""
        while not wait([future], timeout=_LOOK_SECONDS).done:
            self._pool.look_after()
        try:
            return future.result()
        except CancelledError:
            raise StoppedError("the connection to the workers is lost") from None

    def _all_waiting(self, executor: Executor) -> None:
        out: dict[Future[A], tuple[J, ...]] = {}
        try:
            while self._waiting or out:
                # Two parcels per worker: none idles, and little is under way when the user stops.
                while self._waiting and len(out) < 2 * self._pool.size:
                    future = executor.submit(self._call, self._waiting[0])
                    out[future] = self._waiting.popleft()
                    if future.done():  # at once, as in this process: look at it before anything else is made
                        break
                done, _ = wait(out, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
                if not done:
                    self._pool.look_after()
                # In the order they were sent, so that what is told does not depend on the hash of a future.
                for finished in [future for future in out if future in done]:
                    self._take(finished, out)
        except BrokenExecutor:
            for future in list(out):
                if future.done() and future.exception() is None:
                    self._take(future, out)
            self._suspects.extend(out.values())

    def _take(self, finished: Future[A], out: dict[Future[A], tuple[J, ...]]) -> None:
        """Hand on what has come back; a broken executor passes on with the parcel still in `out`."""
        try:
            answer = self._result(finished)
        except LostWorkerError:
            self._suspects.append(out.pop(finished))
        else:
            self._receive(out.pop(finished), answer)

    def _suspects_alone(self, executor: Executor) -> None:
        """Send suspects one at a time; whoever loses the worker now is guilty, or holds the guilty one."""
        while self._suspects:
            try:
                future = executor.submit(self._call, self._suspects[0])
            except BrokenExecutor:  # the worker died while it had nothing to do
                return
            parcel = self._suspects.popleft()
            try:
                answer = self._result(future)
            except LostWorkerError as error:
                self._blame(parcel, str(error))
            except BrokenExecutor:
                if parcel in self._twice:
                    self._blame(parcel, "")
                else:
                    self._twice.append(parcel)
                    self._suspects.appendleft(parcel)
                return
            else:
                self._receive(parcel, answer)

    def _blame(self, parcel: tuple[J, ...], why: str) -> None:
        if len(parcel) == 1:
            self._lost(parcel[0], why)
        else:
            self._suspects.extendleft((job,) for job in reversed(parcel))
