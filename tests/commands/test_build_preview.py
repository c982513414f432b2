"""A build for a look: search engines are kept out everywhere, and nowhere without being asked."""

from __future__ import annotations

import pytest

from tests.world.edits import page, with_keys
from tests.world.site import World


@pytest.fixture
def looked_at(world: World) -> World:
    world.pivot("Chef", "Nurse", with_keys("updated: 2026-01-01", "aliases: [/old/]"))
    world.write("content/pages/about.md", "---\ntitle: About\ndescription: Us.\n---\nText.\n")
    return world


def test_every_page_of_a_preview_keeps_search_engines_out(looked_at: World) -> None:
    assert looked_at.run("build", "--preview").returncode == 0
    pages = [path for path in looked_at.tree() if path.endswith(".html")]
    assert len(pages) > 5
    for path in pages:
        assert '<meta name="robots" content="noindex">' in looked_at.read(path), path
    assert looked_at.read("robots.txt") == "User-agent: *\nDisallow: /\n"
    assert looked_at.read("_headers").count("X-Robots-Tag: noindex") == 1


def test_the_build_after_a_preview_is_the_one_that_search_engines_may_read(
    looked_at: World,
) -> None:
    looked_at.run("build")
    public = looked_at.tree()
    assert b"noindex" not in public["index.html"]
    assert b"X-Robots-Tag" not in public["_headers"]
    assert b"Allow: /" in public["robots.txt"]
    for words in (("--preview",), ("--preview", "--drafts"), ()):
        result = looked_at.run("build", *words)
        assert result.returncode == 0
        assert (looked_at.tree() == public) is (words == ())
    looked_at.run("build", "--preview", "--verify")
    assert looked_at.run("build", "--preview", "--verify").returncode == 0


def test_lists_that_only_drafts_fill_are_not_listed_and_kept_out(world: World) -> None:
    world.pivot("Chef", "Nurse")
    draft = with_keys("draft: true").replace("Negotiation", "Night shifts")
    world.pivot("Pilot", "Nurse", draft)
    world.pivot("Pilot", "Baker", draft)
    assert world.run("build", "--drafts").returncode == 0
    sitemap = world.read("sitemap.xml")
    hidden = ("to/pilot", "from/pilot", "to/baker", "from/baker", "skills/night-shifts")
    listed = ("to/nurse", "from/nurse", "to/chef", "from/chef", "skills/negotiation")
    for address in (*hidden, *listed):
        assert (f"/{address}/<" in sitemap) is (address in listed), address
        assert bool(page(world, address).css("meta[name=robots]")) is (address in hidden), address
    world.run("build")
    assert world.read("sitemap.xml") == sitemap


def test_pages_of_a_list_that_only_drafts_fill_are_not_listed(world: World) -> None:
    text = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", text.replace("Config(", "Config(\n    page_size=2,", 1))
    for number in range(5):
        keys = ("draft: true",) if number > 1 else ()
        world.pivot(f"Role {number}", "Nurse", with_keys(*keys))
    world.run("build", "--drafts")
    sitemap = world.read("sitemap.xml")
    assert (world.folder / "public" / "to" / "nurse" / "page" / "2" / "index.html").is_file()
    assert "/to/nurse/<" in sitemap
    assert "/page/2/" not in sitemap
