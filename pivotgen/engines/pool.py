"""Worker pool: batches of work, done in this process or by others through one Executor.

A task is a function of a module, a batch is a plain message, and so is its result. So it makes no
difference to the result where, in which company or after which failure a batch is done.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Generic, TypeVar

# What a process keeps from one batch to the next.
S = TypeVar("S")
B = TypeVar("B")
K = TypeVar("K")
R = TypeVar("R")

# Batches per worker that wait for their turn or for being fetched: enough to keep all busy, and
# few enough that they never fill the memory.
_AHEAD = 3
# Starting workers takes about as long as this many files or pages do in one process.
_WORTH = 400
# New objects between two runs of the garbage collector: more than a batch leaves behind, because
# nearly all of them are freed by then without its help.
_COLLECT_AFTER = 50_000


class WorkerDiedError(Exception):
    """A batch was given to a worker twice, and both died of it or with it."""


class FarExecutor(Executor):
    """Workers that do not see the folder of the site.

    They come and go by themselves, and what a lost one had to do is done by another.
    """

    @property
    def workers(self) -> int:
        """How many there are now; 1 at least."""
        raise NotImplementedError


class WorkerPool(Generic[S]):
    """Worker processes, started when there is enough to do for them."""

    def __init__(
        self,
        state: Callable[[], S],
        workers: int | None = None,
        start_method: str | None = None,
        preload: Sequence[str] = (),
        far: FarExecutor | None = None,
    ) -> None:
        """`state` makes what each process keeps between batches; tasks get it as first argument.

        `workers` defaults to the processors that this process may use; 1 works without any worker.
        `preload` names the modules that a fork server imports once for all workers. `far` are
        workers on other machines, which then do all the work; the pool closes them at its end.
        """
        self._workers = workers or _processors()
        self._far = far
        # How many workers died and had their work done again.
        self.deaths = 0
        self._make_state = state
        self._state: S | None = None
        # Workers are always used when somebody asked for a number of them.
        self._worth = 0 if workers else _WORTH
        self._start_method = start_method
        self._preload = list(preload)
        self._executor: Executor | None = far
        # Whether the workers are copies of this process. Copies start at once and share what is in
        # memory at that moment, so each piece of work gets new ones.
        self._copies = False

    def __enter__(self) -> WorkerPool[S]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._executor:
            self._executor.shutdown(wait=kind is None, cancel_futures=True)

    @property
    def workers(self) -> int:
        """How many work at once."""
        return self._far.workers if self._far else self._workers

    @property
    def is_far(self) -> bool:
        """Whether the workers do not see the folder of the site."""
        return self._far is not None

    def map(
        self,
        task: Callable[[S, B], R],
        batches: Iterable[tuple[B, K]],
        size: int,
        stays: Callable[[B], bool] = lambda batch: False,
    ) -> Iterator[tuple[K, R]]:
        """The result of `task` for every batch, in order, with what came beside the batch.

        `size` is how much work all batches are together, in files or pages. Where workers are far,
        batches that `stays` names are done in this process. WorkerDiedError when the same batch
        loses its worker twice.
        """
        if not self._far and (self.workers == 1 or size < max(self._worth, 2)):
            for batch, beside in batches:
                yield beside, self._do(task, batch)
            return
        waiting: deque[tuple[B, K, Future[R]]] = deque()
        try:
            for batch, beside in batches:
                is_here = self._far and stays(batch)
                future = self._done(task, batch) if is_here else self._submit(task, batch)
                waiting.append((batch, beside, future))
                if len(waiting) >= self.workers * _AHEAD:
                    yield self._first(task, waiting)
            while waiting:
                yield self._first(task, waiting)
        finally:
            # When it ends early, no worker is still busy while the next step begins.
            rest = [future for _, _, future in waiting if not future.cancel()]
            wait(rest)
            if self._copies:
                # The next workers can be copies only when all of these are gone, and the threads
                # that looked after them.
                self._dismiss(wait=True)

    def _do(self, task: Callable[[S, B], R], batch: B) -> R:
        if self._state is None:
            self._state = self._make_state()
        return task(self._state, batch)

    def _done(self, task: Callable[[S, B], R], batch: B) -> Future[R]:
        done: Future[R] = Future()
        done.set_result(self._do(task, batch))
        return done

    def _submit(self, task: Callable[[S, B], R], batch: B) -> Future[R]:
        if self._executor is None:
            method = self._start_method or _start_method()
            self._copies = method == "fork"
            context = multiprocessing.get_context(method)
            context.set_forkserver_preload(self._preload)
            self._executor = ProcessPoolExecutor(
                self.workers,
                mp_context=context,
                initializer=init_worker,
            )
        try:
            return self._executor.submit(_run, self._make_state, task, batch)
        except BrokenProcessPool as error:
            # It is met again, and dealt with, when this batch's turn comes.
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def _dismiss(self, *, wait: bool) -> None:
        if self._executor:
            self._executor.shutdown(wait=wait)
            self._executor = None

    def _first(
        self, task: Callable[[S, B], R], waiting: deque[tuple[B, K, Future[R]]]
    ) -> tuple[K, R]:
        """The result of the batch that waits longest."""
        batch, beside, future = waiting.popleft()
        try:
            return beside, future.result()
        except BrokenProcessPool:
            self.deaths += 1
        # A dead worker takes the whole executor with it: all that waited starts again in a new one.
        self._dismiss(wait=False)
        future = self._submit(task, batch)
        for at, (other, its_beside, _) in enumerate(waiting):
            waiting[at] = (other, its_beside, self._submit(task, other))
        try:
            return beside, future.result()
        except BrokenProcessPool:
            raise WorkerDiedError from None


class _Process:
    """A worker process: what it keeps between batches, made for the first of them."""

    state: Any = None


def init_worker() -> None:
    """Begin as a worker: share what is in memory already, and end when the parent does."""
    # A terminal interrupts all processes; only the parent has something to say then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The collector writes to the objects it visits, and each worker would get a copy of its own.
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    threading.Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let Python collect garbage less often meanwhile: here it is a tenth of planning."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _run(make_state: Callable[[], Any], task: Callable[[Any, B], R], batch: B) -> R:
    """What a worker does, wherever it is."""
    if _Process.state is None:
        _Process.state = make_state()
    return task(_Process.state, batch)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        # Nobody waits for unfinished work.
        os._exit(1)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start_method() -> str:
    """How workers start. A copy of this process starts at once with all that it has imported; but
    beside other threads, such as those of a server, a copy could hold a lock for ever."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods else "spawn"
