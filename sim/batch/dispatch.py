"""Send parcels of work to a pool, and find the guilty one when a worker process is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Generic, TypeVar

from sim.batch.executors import Pool, children, end_children

P = TypeVar("P")
A = TypeVar("A")


class Dispatch(Generic[P, A]):
    """Parcels on their way to `call`; each answer goes to `receive`, in the order they come back.

    `call` must be importable by name and return one answer per parcel; `lost` is told of a parcel whose
    worker died twice: once among others, once alone.
    """

    def __init__(
        self,
        pool: Pool,
        call: Callable[[P], A],
        receive: Callable[[P, A], None],
        lost: Callable[[P], None],
    ) -> None:
        self._pool, self._call, self._receive, self._lost = pool, call, receive, lost
        self._waiting: deque[P] = deque()
        self._suspects: deque[P] = deque()

    def send(self, parcels: Sequence[P]) -> None:
        """Send all parcels and wait for them; on Ctrl-C or any error the workers are ended at once."""
        self._waiting.extend(parcels)
        while self._waiting or self._suspects:
            while self._suspects:
                self._with_executor(1, self._next_suspect)
            self._with_executor(self._pool.size, self._all_waiting)

    def _with_executor(self, workers: int, use: Callable[[Executor], None]) -> None:
        before = children()
        executor = self._pool.start(workers)
        try:
            use(executor)
        except BaseException:
            end_children(before)
            executor.shutdown(wait=False, cancel_futures=True)
            raise
        executor.shutdown()

    def _all_waiting(self, executor: Executor) -> None:
        out: dict[Future[A], P] = {}
        try:
            while self._waiting or out:
                # Two parcels per worker: none idles, and little is under way when the user stops.
                while self._waiting and len(out) < 2 * self._pool.size:
                    future = executor.submit(self._call, self._waiting[0])
                    out[future] = self._waiting.popleft()
                done, _ = wait(out, return_when=FIRST_COMPLETED)
                # In the order they were sent, so that what is told does not depend on the hash of a future.
                for finished in [future for future in out if future in done]:
                    answer = finished.result()
                    self._receive(out.pop(finished), answer)
        except BrokenExecutor:
            self._suspects.extend(out.values())

    def _next_suspect(self, executor: Executor) -> None:
        parcel = self._suspects.popleft()
        try:
            answer = executor.submit(self._call, parcel).result()
        except BrokenExecutor:
            self._lost(parcel)
        else:
            self._receive(parcel, answer)
