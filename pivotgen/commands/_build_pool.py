"""Build pool: the workers of a build, on this machine or on those of a cluster."""

from __future__ import annotations

from pathlib import Path

from pivotgen.commands._open import can_share
from pivotgen.engines.pool import WorkerPool
from pivotgen.memory.fingerprint import versions
from pivotgen.model.cluster import ClusterError
from pivotgen.model.config import Config
from pivotgen.model.report import SiteError
from pivotgen.stages.worker_memory import WorkerMemory
from pivotgen.stages.worker_pool import far_pool, worker_pool

_LIBRARIES = ("dask", "distributed")


def build_pool(site: Path, given: Config | None, workers: int | None) -> WorkerPool[WorkerMemory]:
    """Workers of this machine; `given` are the settings of a caller, if they are not build.py's."""
    return worker_pool(workers if can_share(site, given) else 1)


def cluster_pool(
    site: Path, given: Config | None, settings: Config, address: str
) -> WorkerPool[WorkerMemory]:
    """The workers of the cluster at an address. ClusterError when there are none.

    SiteError when the settings have functions that cannot travel.
    """
    if not can_share(site, given):
        raise SiteError(
            "filters and plugins for Markdown must be build.py's own to reach a cluster"
        )
    try:
        from pivotgen.engines.cluster import connect
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise ClusterError(
            "a build on a cluster needs another library",
            "python -m pip install 'pivotgen[cluster]'",
        ) from None
    return far_pool(connect(address, settings.cluster, site, versions))
