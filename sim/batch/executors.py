"""Offer places to run in, all behind `concurrent.futures.Executor`: this process, or several of our own.

A cluster is one more `Pool`, see `sim.batch.cluster`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

_BY_PARENT = 1
"""Exit code of a worker whose parent has died."""


class Pool(Protocol):
    """Where runs are made: how many at once, and how to start an executor for them."""

    @property
    def size(self) -> int:
        """How many runs may go on at once; may change while a batch is under way."""
        ...

    @property
    def sees_files(self) -> bool:
        """Whether workers reach the folders of this process, and so store their runs themselves."""
        ...

    @property
    def code(self) -> str | None:
        """Which code every worker must have, checked before each parcel; None when it is this very code."""
        ...

    def start(self, workers: int) -> Executor:
        """Start an executor; called again when a lost worker has broken it. Raises StoppedError."""
        ...

    def look_after(self) -> None:
        """Look whether work can still go on, called now and then while waiting. Raises StoppedError."""
        ...


@dataclass(frozen=True, slots=True)
class LocalPool:
    """Processes on this machine."""

    size: int
    sees_files: bool = True
    code: str | None = None

    def start(self, workers: int) -> Executor:
        """Start processes, or none when this one is enough."""
        return SerialExecutor() if self.size == 1 else _start_processes(workers)

    def look_after(self) -> None:
        """Do nothing: an executor of processes tells of lost workers by itself."""


class SerialExecutor(Executor):
    """Carry out every call at once, in this process: the reference that all other executors must equal."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call `fn` now and return a future that is already done; Ctrl-C passes through."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def local_pool(workers: int) -> LocalPool:
    """Return a pool of this many processes here; 1 = this process itself. Raises ValueError below 1."""
    if workers < 1:
        raise ValueError(f"at least one worker is needed, found {workers}")
    return LocalPool(workers)


@contextmanager
def open_pool(workers: int, cluster: str | None = None) -> Iterator[Pool]:
    """Open processes here, or the workers of the Dask scheduler at `cluster`, e.g. `tcp://host:8786`.

    Raises InputError when the cluster cannot be reached, has no workers, or runs other code than we do.
    """
    if cluster is None:
        yield local_pool(workers)
        return
    from sim.batch.connecting import connect

    with connect(cluster) as pool:
        yield pool


def _start_processes(workers: int) -> Executor:
    # Our own context: Mesa changes the global one, and forked threads would be unsafe.
    return ProcessPoolExecutor(
        max_workers=workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker
    )


def _begin_worker() -> None:
    """Let Ctrl-C end a worker without a traceback, and end it when its parent is gone, however that died."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        # Not sys.exit: the main thread may be deep in a run that nobody waits for any more.
        os._exit(_BY_PARENT)


def end_children(known_before: set[int]) -> None:
    """End the child processes started since `known_before` (their process numbers) was noted."""
    for child in multiprocessing.active_children():
        if child.pid not in known_before:
            child.terminate()


def children() -> set[int]:
    """Return the process numbers of the present child processes."""
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}
