"""Quotation marks of texts that are no Markdown: those of the language, wherever they are shown."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.world.edits import configure, first, page
from tests.world.html import article_of
from tests.world.site import PIVOT, ROLE, World

PAGE = "pivots/chef-s-aid-to-nurse"
DECK = 'It\'s "heat" for care.'
TEXT = (
    PIVOT.replace("{a}", "Chef's Aid")
    .replace("{b}", "Nurse")
    .replace('"From Chef\'s Aid to Nurse: A View"', "'From \"heat\" to care: don''t wait'")
    .replace("What carries over from Chef's Aid to Nurse, and what does not.", DECK)
    .replace("Is it hard?", 'Isn\'t it "hard"?')
    .replace(
        "tldr:",
        "updated: 2026-01-02\n"
        'cta: {heading: "Don\'t wait", label: \'The "guide"\', url: "https://a.example/?q=\'a\'"}\n'
        "sources:\n"
        '  - title: The bureau\'s "handbook"\n'
        "    url: https://bls.example/it's\n"
        "    accessed: 2026-01-01\n"
        "tldr:",
    )
)


@pytest.fixture
def site(world: World) -> World:
    assert "What carries over" not in TEXT
    world.write(f"content/{PAGE}.md", TEXT)
    other = PIVOT.replace("{a}", "Chef's Aid").replace("{b}", "Baker")
    world.write("content/pivots/aid-to-baker.md", other)
    role = ROLE.replace("{name}", "Nurse")
    world.write("content/roles/nurse.md", role.replace("description: ", "description: It's care. "))
    about = "---\ntitle: What's here\ndescription: All of it's \"ours\".\n---\nText.\n"
    world.write("content/pages/about.md", about)
    return world


def test_readers_get_the_marks_of_the_language_in_every_text(site: World) -> None:
    assert site.run("build").returncode == 0
    tree = page(site, PAGE)
    title = "From “heat” to care: don’t wait"
    assert first(tree, "h1").text() == title
    assert first(tree, "title").text().startswith(title)
    assert first(tree, "meta[name=description]").attributes["content"] == "It’s “heat” for care."
    assert first(tree, ".deck").text() == "It’s “heat” for care."
    question = first(tree, "h3[id]")
    assert (question.text(), question.attributes["id"]) == ("Isn’t it “hard”?", "isn-t-it-hard")
    assert first(tree, ".call h2").text() == "Don’t wait"
    assert first(tree, ".call a").text().startswith("The “guide”")
    assert first(tree, "section[aria-labelledby=sources] a").text() == "The bureau’s “handbook”"
    assert title in first(page(site, "from/chef-s-aid"), "main").text()
    assert "It’s care." in first(page(site, "to/nurse"), "body").text()
    about = page(site, "about")
    assert first(about, "h1").text() == "What’s here"
    assert first(about, ".deck").text() == "All of it’s “ours”."


def test_programs_get_them_too_and_nothing_else_changes(site: World) -> None:
    assert site.run("build").returncode == 0
    tree = page(site, PAGE)
    assert article_of(tree)["headline"] == "From “heat” to care: don’t wait"
    [item] = json.loads(site.read("feed.json"))["items"]
    assert item["title"] == "From “heat” to care: don’t wait"
    feed = ElementTree.fromstring(site.read("feed.xml"))
    assert "It’s “heat” for care." in {node.text for node in feed.iter()}
    # Addresses and names of roles stay as they were typed.
    assert first(tree, ".call a").attributes["href"] == "https://a.example/?q='a'"
    source = first(tree, "section[aria-labelledby=sources] a")
    assert source.attributes["href"] == "https://bls.example/it's"
    assert first(tree, ".path a").text() == "Chef's Aid"


def test_another_language_has_its_own_marks_and_an_unknown_one_keeps_them(site: World) -> None:
    site.write("layouts/phrases/tlh.yaml", (site.folder / "layouts/phrases/en.yaml").read_bytes())
    expected = {
        "es": "From «heat» to care: don’t wait",
        "tlh": 'From "heat" to care: don\'t wait',
    }
    for language, title in expected.items():
        settings = site.folder / "build.py"
        before = settings.read_text()
        configure(site, f'language="{language}"')
        assert site.run("build").returncode == 0
        assert first(page(site, PAGE), "h1").text() == title
        settings.write_text(before)
