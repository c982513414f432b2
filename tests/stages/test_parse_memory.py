"""Parsing is done with a file as soon as its parts are packed: nothing waits for the collector."""

from __future__ import annotations

import gc
from collections import Counter

import pytest

from pivotgen.model.source import Source
from pivotgen.stages.parse.parse import parse
from tests.world.site import PIVOT

BODY = """
Some *words*, [a link](other.md) and [another](https://example.com "title")[^1].

- One **item** of a list.

| a | b |
| - | - |
| c | d |

> [!NOTE]
> A callout.

[^1]: A footnote with [a link](other.md).
"""


def kinds_of_objects() -> Counter[str]:
    """How many objects of each kind of ours, and of Markdown and YAML, are in memory."""
    kinds = (type(thing) for thing in gc.get_objects())
    ours = ("pivotgen.", "markdown_it.", "yaml.")
    return Counter(kind.__qualname__ for kind in kinds if str(kind.__module__).startswith(ours))


@pytest.mark.parametrize("is_right", [True, False])
def test_a_parsed_file_leaves_no_ring_of_references_behind(is_right: bool) -> None:
    text = PIVOT.format(a="Chef", b="Nurse") + BODY
    if not is_right:
        # Messages look for their places in the text.
        text = text.replace("window: 3–9 months", 'window: soon\nwidow: "x') + "[x](my file.md)\n"
    sources = [Source("content/pivots/one.md", text.encode(), b"")]
    # What is made once and kept, such as the parser, is made by the first call.
    [first] = parse(sources)
    assert bool(first.problems) != is_right
    gc.collect()
    gc.disable()
    try:
        before = kinds_of_objects()
        parse(sources)
        assert kinds_of_objects() - before == Counter()
    finally:
        gc.enable()
