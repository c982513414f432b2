"""With graph: reads a whole site for a command that only asks something about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool

T = TypeVar("T")


def with_graph(config: Config, site: Path, ask: Callable[[Site], T]) -> tuple[T | None, Report]:
    """The result of `ask` for the graph of a site, drafts included, and the report of the build.

    Nothing is written to public/. The result is None when settings or layouts cannot be read,
    because then there is no graph. `ask` must take what it needs of `Site.pivots` and `Site.prose`
    before it returns: they are read from the ledger, which is closed afterwards.
    """
    results: list[T] = []

    def collect(graph: Site) -> Iterable[Problem]:
        results.append(ask(graph))
        return ()

    with worker_pool() as pool:
        report = build(config, site, None, pool, Options(drafts=True, rules=(collect,)))
    return (results[0] if results else None), report
