"""Offer places to run in, all behind `concurrent.futures.Executor`: this process, or several of our own.

A cluster is one more `Pool` whose `start` returns its client's executor.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pool:
    """How many runs may go on at once, and how to start an executor for them."""

    size: int
    start: Callable[[int], Executor]
    """Takes the number of workers; called again when a lost worker has broken the executor."""


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


def _die_quietly_on_interrupt() -> None:
    """Let Ctrl-C end a worker without a traceback; the parent tells the user."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _start_processes(workers: int) -> Executor:
    # Our own context: Mesa changes the global one, and forked threads would be unsafe.
    return ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_die_quietly_on_interrupt,
    )


def _start_serial(workers: int) -> Executor:
    return SerialExecutor()


def local_pool(workers: int) -> Pool:
    """Return a pool of this many processes here; 1 = this process itself. Raises ValueError below 1."""
    if workers < 1:
        raise ValueError(f"at least one worker is needed, found {workers}")
    return Pool(1, _start_serial) if workers == 1 else Pool(workers, _start_processes)


def end_children(known_before: set[int]) -> None:
    """End the child processes started since `known_before` (their process numbers) was noted."""
    for child in multiprocessing.active_children():
        if child.pid not in known_before:
            child.terminate()


def children() -> set[int]:
    """Return the process numbers of the present child processes."""
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}
