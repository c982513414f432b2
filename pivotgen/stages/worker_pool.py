"""The pool that a build's stages work with."""

from __future__ import annotations

from pivotgen.engines.pool import FarExecutor, WorkerPool
from pivotgen.stages.worker_memory import WorkerMemory

# The modules with the tasks. They are named and not imported, because a build that finds nothing
# to do needs neither Markdown nor Jinja.
_TASKS = ("pivotgen.stages.parse.parse", "pivotgen.stages.render.render_batch")


def worker_pool(
    workers: int | None = None, start_method: str | None = None
) -> WorkerPool[WorkerMemory]:
    """A pool for the tasks of parsing and rendering; the parameters are those of WorkerPool."""
    return WorkerPool(WorkerMemory, workers, start_method, _TASKS)


def far_pool(workers: FarExecutor) -> WorkerPool[WorkerMemory]:
    """The same with workers on other machines."""
    return WorkerPool(WorkerMemory, far=workers)
