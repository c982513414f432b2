"""Copy blobs: shows readers files of a release that a store has already. Workers do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pivotgen.engines.parallel import in_parallel
from pivotgen.engines.pool import WorkerPool
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.targets import S3, Azure
from pivotgen.stages.worker_memory import WorkerMemory

# Copies in one message: a second or two of work, so that the lease of a deploy is looked at often.
_TOGETHER = 400

# A blob, and the path at which readers see it.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CopyBatch:
    """Some copies to make in a store."""

    target: S3 | Azure
    pairs: tuple[Pair, ...]


def copy_batch(memory: WorkerMemory, batch: CopyBatch) -> int:
    """Make the copies, and say how many. DeployError."""
    store = memory.store(batch.target)

    def copy(pair: Pair) -> None:
        store.copy(*pair)

    in_parallel(copy, batch.pairs)
    return len(batch.pairs)


def copy_all(
    pool: WorkerPool[WorkerMemory], target: S3 | Azure, pairs: Sequence[Pair]
) -> Iterator[int]:
    """Have workers make copies; how many are made is given each time some are. DeployError."""
    batches = (
        (CopyBatch(target, tuple(pairs[at : at + _TOGETHER])), None)
        for at in range(0, len(pairs), _TOGETHER)
    )
    for _, count in pool.map(copy_batch, batches, len(pairs)):
        yield count
