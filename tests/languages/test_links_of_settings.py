"""Links of the settings in another language: to its own pages, and to files and sites as typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pivotgen import Call, Link, Party
from tests.world.builds import build_here
from tests.world.edits import links
from tests.world.html import article_of
from tests.world.languages import LANGUAGES, fill
from tests.world.site import World

BASE = LANGUAGES.base_url

# A link as it is typed, and where a French page leads by it.
LEADS = {
    "/about/": "/fr/about/",
    "/about/#what": "/fr/about/#what",
    "/": "/fr/",
    "/rules.pdf": "/rules.pdf",
    "/rules.pdf#a/": "/rules.pdf#a/",
    "https://other.example/us/": "https://other.example/us/",
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = fill(World(tmp_path))
    world.write("static/rules.pdf", "%PDF")
    return world


def shown(world: World, path: str, selector: str) -> list[str]:
    return links(LexborHTMLParser(world.read(f"{path}index.html")), selector)


def test_links_lead_to_pages_of_the_language_and_to_files_and_sites_as_they_are(
    world: World,
) -> None:
    typed = tuple(Link(f"To {url}", url) for url in LEADS)
    config = replace(LANGUAGES, navigation=typed, footer=typed)
    assert not build_here(world.folder, config, world.folder / "public").problems
    for place in (".top nav a", ".foot nav:not(.languages) a"):
        assert shown(world, "about/", place) == list(LEADS)
        assert shown(world, "fr/about/", place) == list(LEADS.values())


@pytest.mark.parametrize(("typed", "leads"), LEADS.items())
def test_the_call_leads_where_its_address_is_in_the_language(
    world: World, typed: str, leads: str
) -> None:
    words = {"fr": Call("Alors ?", "Essayez.", "Essayer")}
    config = replace(LANGUAGES, call=Call("So?", "Try it.", "Try", typed), calls=words)
    assert not build_here(world.folder, config, world.folder / "public").problems
    pivot = "pivots/chef-to-nurse/"
    assert set(shown(world, pivot, "a.button")) == {typed}
    assert set(shown(world, f"fr/{pivot}", "a.button")) == {leads}
    # There are no words for it in Arabic.
    assert shown(world, f"ar/{pivot}", "a.button") == []


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        (f"{BASE}/about/", f"{BASE}/fr/about/"),
        (f"{BASE}/rules.pdf", f"{BASE}/rules.pdf"),
        (f"{BASE}.example/about/", f"{BASE}.example/about/"),
        ("https://other.example/us/", "https://other.example/us/"),
    ],
)
def test_the_editors_are_at_their_page_of_the_language(
    world: World, typed: str, leads: str
) -> None:
    config = replace(LANGUAGES, editor=Party("Us", typed))
    assert not build_here(world.folder, config, world.folder / "public").problems
    pivot = "pivots/chef-to-nurse/index.html"
    assert editor(world, pivot) == typed
    assert editor(world, f"fr/{pivot}") == leads


def editor(world: World, path: str) -> str:
    url: str = article_of(LexborHTMLParser(world.read(path)))["author"]["url"]
    return url
