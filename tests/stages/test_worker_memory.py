"""Worker memory: what a process keeps from one batch to the next."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest

from pivotgen.engines.pool import WorkerPool
from pivotgen.model.render_context import RenderContext
from pivotgen.stages.render.render_batch import render_batch
from pivotgen.stages.render.render_page import render_page
from pivotgen.stages.worker_memory import WorkerMemory
from tests.world.builds import CONFIG, build_here
from tests.world.site import World

FIRST = RenderContext(b"first", {}, {}, {"pivot.html": "One"}, {})
OTHER = replace(FIRST, key=b"other", layouts={"pivot.html": "Two"})


def sent(context: RenderContext) -> RenderContext:
    """A context as it comes with a batch."""
    copied: RenderContext = pickle.loads(pickle.dumps(context))
    return copied


def test_all_batches_of_a_build_share_the_context_of_the_first() -> None:
    memory = WorkerMemory()
    first = memory.context(sent(FIRST))
    layouts = memory.layouts(first)
    assert memory.context(sent(FIRST)) is first
    assert memory.layouts(sent(FIRST)) is layouts


def test_another_build_brings_its_own_context_and_layouts() -> None:
    memory = WorkerMemory()
    layouts = memory.layouts(memory.context(sent(FIRST)))
    other = memory.context(sent(OTHER))
    assert other == OTHER
    assert memory.layouts(other) is not layouts
    assert memory.context(sent(FIRST)) == FIRST


def test_pages_of_all_batches_are_made_with_one_copy(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = WorkerPool._do
    batches, contexts = list[object](), list[RenderContext]()

    def as_in_a_worker(self: Any, task: Any, batch: Any) -> Any:
        if task is render_batch:
            batches.append(batch)
            batch = pickle.loads(pickle.dumps(batch))
        return done(self, task, batch)

    def seen(page: Any, planned: Any, memory: Any, context: RenderContext, places: Any) -> Any:
        contexts.append(context)
        return render_page(page, planned, memory, context, places)

    monkeypatch.setattr(WorkerPool, "_do", as_in_a_worker)
    monkeypatch.setattr("pivotgen.stages.render.render_batch.render_page", seen)
    assert not build_here(filled.folder, CONFIG, filled.folder / "public").problems
    assert len(batches) > 1
    assert all(context is contexts[0] for context in contexts)
