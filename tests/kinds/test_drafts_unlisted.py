"""Drafts in a preview: they can be looked at, and nothing invites search engines or readers."""

from __future__ import annotations

import pytest

from tests.world.edits import first, page, with_keys
from tests.world.site import World


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A published pivot, and a newer draft, built with drafts."""
    world = World(tmp_path_factory.mktemp("drafted"))
    world.pivot("Chef", "Nurse", with_keys("updated: 2026-01-01"))
    world.pivot("Pilot", "Nurse", with_keys("updated: 2026-02-02", "draft: true"))
    result = world.run("build", "--drafts")
    assert result.returncode == 0, result.stderr
    return world


@pytest.mark.parametrize("output", ["sitemap.xml", "feed.xml", "feed.json", "llms.txt"])
def test_a_draft_is_not_named_where_the_outside_is_told_of_pages(
    drafted: World, output: str
) -> None:
    text = drafted.read(output)
    assert "/pivots/chef-to-nurse/" in text
    assert "pilot-to-nurse" not in text
    assert "From Pilot" not in text


def test_a_draft_keeps_search_engines_out_and_says_what_it_is(drafted: World) -> None:
    draft, published = (page(drafted, f"pivots/{name}-to-nurse") for name in ("pilot", "chef"))
    assert first(draft, "meta[name=robots]").attributes["content"] == "noindex"
    assert not draft.css("link[rel=canonical]")
    assert draft.css("p.draft")
    assert not published.css("meta[name=robots]")
    assert not published.css("p.draft")


def test_a_site_whose_only_dated_pivot_is_a_draft_has_no_feeds(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Pilot", "Nurse", with_keys("updated: 2026-02-02", "draft: true"))
    world.run("build", "--drafts")
    assert not {"feed.xml", "feed.json"} & world.tree().keys()
    assert "feed" not in world.read("index.html")
