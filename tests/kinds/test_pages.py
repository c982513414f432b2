"""Pages of each kind: what they show and where they link."""

from __future__ import annotations

import json
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from tests.world.html import first
from tests.world.site import PIVOT, World


def test_drafts_stay_out_unless_asked_for(world: World) -> None:
    world.pivot("Baker", "Nurse")
    world.pivot("Chef", "Nurse", PIVOT.replace("from:", "draft: true\nfrom:"))
    world.run("build")
    assert "pivots/chef-to-nurse/index.html" not in world.tree()
    world.run("build", "--drafts")
    assert "noindex" in world.read("pivots/chef-to-nurse/index.html")


def test_text_cannot_end_the_structured_data(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Is it hard?", "</script><i>?"))
    world.run("build")
    tree = LexborHTMLParser(world.read("pivots/chef-to-nurse/index.html"))
    assert json.loads(first(tree, "script").text())
    assert not tree.css("main i")


def test_every_pivot_gets_two_links_from_pivots_where_its_role_has_three(world: World) -> None:
    names = ("Chef", "Baker", "Clerk", "Guide", "Miner", "Pilot")
    for name in names:
        world.pivot(name, "Nurse")
    world.run("build")
    inbound: Counter[str] = Counter()
    for name in names:
        tree = LexborHTMLParser(world.read(f"pivots/{name.lower()}-to-nurse/index.html"))
        inbound.update({n.attributes["href"] or "" for n in tree.css(".rows a")})
    counts = {count for url, count in inbound.items() if url.startswith("/pivots/")}
    assert counts == {4}
