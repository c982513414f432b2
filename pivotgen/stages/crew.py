"""Crew: batches of work, done here or by worker processes through one Executor.

A task is a function of a module, a batch is a plain message and so is its result; so it makes no
difference to the result where, in what company or after which failure a batch is done.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

B = TypeVar("B")
K = TypeVar("K")
R = TypeVar("R")

# Batches per worker that wait for their turn or for being fetched: enough to keep all busy, and
# few enough that they never fill the memory.
_AHEAD = 3
# Starting workers takes about as long as this many files or pages do in one process.
_WORTH = 400


# New objects between two looks of the collector: more than a batch leaves behind, as nearly all of
# them are gone by then without its help.
_SELDOM = 50_000


class WorkerDiedError(Exception):
    """A batch was given to a worker twice, and both died of it or with it."""


class Crew:
    """Worker processes, started when there is enough to do for them."""

    def __init__(self, workers: int | None = None, start_method: str | None = None) -> None:
        """`workers` defaults to the processors this process may use; 1 works without any."""
        self.workers = workers or _processors()
        # Whatever the size of the work, when somebody asked for workers.
        self._worth = 0 if workers else _WORTH
        self._start_method = start_method
        self._pool: Executor | None = None
        # Whether the workers are copies of this process. They start at once, and share what is in
        # memory then, so other work gets other copies.
        self._copies = False
        # How many workers died and had their work done again.
        self.deaths = 0

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def each(
        self, task: Callable[[B], R], batches: Iterable[tuple[B, K]], size: int
    ) -> Iterator[tuple[K, R]]:
        """What `task` makes of every batch, in order, with what was kept here beside the batch.

        `size` is how much work all batches are together. WorkerDiedError when the same batch
        loses its worker twice.
        """
        if self.workers == 1 or size < max(self._worth, 2):
            for batch, kept in batches:
                yield kept, task(batch)
            return
        waiting: deque[tuple[B, K, Future[R]]] = deque()
        try:
            for batch, kept in batches:
                waiting.append((batch, kept, self._submit(task, batch)))
                if len(waiting) >= self.workers * _AHEAD:
                    yield self._first(task, waiting)
            while waiting:
                yield self._first(task, waiting)
        finally:
            # When it ends early, nobody works on behind the back of what comes next.
            rest = [future for _, _, future in waiting if not future.cancel()]
            wait(rest)
            if self._copies:
                # Only when all are gone, and the threads that looked after them, can the next
                # workers be copies too.
                self._dismiss(wait=True)

    def _submit(self, task: Callable[[B], R], batch: B) -> Future[R]:
        if self._pool is None:
            # What workers need is imported before them, once.
            from pivotgen.stages.worker import settle_in

            method = self._start_method or _start_method()
            self._copies = method == "fork"
            context = multiprocessing.get_context(method)
            context.set_forkserver_preload(["pivotgen.stages.worker"])
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=context, initializer=settle_in
            )
        try:
            return self._pool.submit(task, batch)
        except BrokenProcessPool as error:
            # It is met again, and mended, when this batch's turn comes.
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def _dismiss(self, *, wait: bool) -> None:
        if self._pool:
            self._pool.shutdown(wait=wait)
            self._pool = None

    def _first(self, task: Callable[[B], R], waiting: deque[tuple[B, K, Future[R]]]) -> tuple[K, R]:
        batch, kept, future = waiting.popleft()
        try:
            return kept, future.result()
        except BrokenProcessPool:
            self.deaths += 1
        # A dead worker takes the whole pool with it: all that waited starts again in a new one.
        self._dismiss(wait=False)
        future = self._submit(task, batch)
        for at, (other, beside, _) in enumerate(waiting):
            waiting[at] = (other, beside, self._submit(task, other))
        try:
            return kept, future.result()
        except BrokenProcessPool:
            raise WorkerDiedError from None


def collect_seldom() -> None:
    """Let Python look for cycles less often in this process: here it is a tenth of planning."""
    gc.set_threshold(_SELDOM)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start_method() -> str:
    """Copies of this process, which start at once with all that it has imported; but beside other
    threads, such as those of a server, a copy could hold a lock for ever."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    ways = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in ways else "spawn"
