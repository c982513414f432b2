"""What one more pivot makes anew on a large site: the pages that it concerns, and few others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.corpus import generate
from pivotgen.pipeline import Options
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.site import World

# So large that every list has several pages, each of which could say how many pivots there are.
PIVOTS = 600
SETTINGS = replace(CONFIG, page_size=8)


@pytest.fixture
def large(world: World) -> World:
    texts = list(generate(PIVOTS + 1))
    for text in texts[:PIVOTS]:
        world.write(f"content/pivots/{text.slug}.md", text.file)
    assert not build_here(world.folder, SETTINGS, world.folder / "public").problems
    last = texts[PIVOTS]
    world.write(f"content/pivots/{last.slug}.md", last.file)
    return world


def test_one_more_pivot_leaves_most_pages_of_lists_as_they_are(large: World) -> None:
    public = large.folder / "public"
    before = tree(public)
    assert not build_here(large.folder, SETTINGS, public, Options()).problems
    after = tree(public)
    changed = {name for name in after if before.get(name) != after[name]}
    by_kind = Counter(name.split("/")[0] for name in changed)
    pages = Counter(name.split("/")[0] for name in after)
    # Every list that has the pivot moves by a row from there on; no other list changes.
    for kind in ("to", "from"):
        assert by_kind[kind] < pages[kind] / 5, (kind, by_kind)
    roles = {name.split("/")[1] for name in changed if name.startswith(("to/", "from/"))}
    assert len(roles) == 2
    assert "index.html" in changed
    assert by_kind["roles"] == 1
    assert after == clean_build(large.folder, SETTINGS)[0]
