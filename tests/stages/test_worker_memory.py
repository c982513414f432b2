"""Worker memory: what a process keeps from one batch to the next."""

from __future__ import annotations

import pickle
from dataclasses import replace

from pivotgen.model.render_context import RenderContext
from pivotgen.stages.worker_memory import WorkerMemory

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
