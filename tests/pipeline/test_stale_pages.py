"""Edits that one page makes and another page shows: the other page must not stay as it was."""

from __future__ import annotations

import pytest

from tests.world.edits import edit, first, page, with_keys
from tests.world.site import World

ROLE = """\
---
name: Nurse
field: Health
description: Looks after patients.
aliases:
  - Carer
---
## The work

See [the move](../pivots/chef-to-nurse.md).
"""
ROLE_FILE = "content/roles/nurse.md"
PIVOT_FILE = "content/pivots/chef-to-nurse.md"


def build(world: World) -> str:
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_every_part_of_a_role_that_is_edited_is_shown_by_the_next_build(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Pilot", "Nurse")
    world.write(ROLE_FILE, ROLE)
    build(world)
    for old, new, output in (
        ("field: Health", "field: Medicine", "index.html"),
        ("Looks after patients", "Tends the sick", "to/nurse/index.html"),
        ("  - Carer", "  - Attendant", "to/nurse/index.html"),
        ("## The work", "## What is done", "to/nurse/index.html"),
        ("chef-to-nurse.md", "pilot-to-nurse.md", "to/nurse/index.html"),
        ("pilot-to-nurse.md)", "pilot-to-nurse.md#skills)", "to/nurse/index.html"),
    ):
        before = world.read(output)
        edit(world, ROLE_FILE, old, new)
        build(world)
        assert world.read(output) != before, f"{old} became {new}"
    assert "Medicine" in world.read("index.html")
    shown = page(world, "to/nurse")
    assert first(shown, ".deck").text() == "Tends the sick."
    assert "Also called Attendant." in first(shown, "header .meta").text()
    assert first(shown, ".prose h2").text() == "What is done"
    assert first(shown, ".prose a").attributes["href"] == "/pivots/pilot-to-nurse/#skills"
    edit(world, ROLE_FILE, "name: Nurse", "draft: true\nname: Nurse")
    build(world)
    assert "Tends the sick" not in world.read("to/nurse/index.html")


def test_every_part_of_a_pivot_that_is_edited_is_shown_by_the_next_build(world: World) -> None:
    world.pivot("Chef", "Nurse", with_keys("updated: 2026-01-01", "aliases: [/old/]"))
    world.pivot("Pilot", "Nurse", with_keys("aliases: [/other/]"))
    build(world)
    own = "pivots/chef-to-nurse/index.html"
    for old, new, output, shown in (
        ("updated: 2026-01-01", "updated: 2026-02-02", "sitemap.xml", "2026-02-02"),
        ("aliases: [/old/]", "aliases: [/older/]", "older/index.html", "/pivots/chef-to-nurse/"),
        ("  - Negotiation", "  - Triage", "skills/triage/index.html", "Triage"),
        ("3–9 months", "2 years", "to/nurse/index.html", "2 years"),
        ("A View", "A Look", "feed.xml", "From Chef to Nurse: A Look"),
        ("and what does not", "or not", "llms.txt", "or not"),
        ("One *point*.", "A *thought*.", own, "<em>thought</em>"),
        ("Is it hard?", "Is it easy?", own, 'id="is-it-easy"'),
        ("from: Chef", "from: Cook", "from/cook/index.html", "Cook"),
        ("to: Nurse", "to: Medic", "to/medic/index.html", "Medic"),
    ):
        edit(world, PIVOT_FILE, old, new)
        build(world)
        assert shown in world.read(output), new
    assert not {"old/index.html", "from/chef/index.html"} & world.tree().keys()
    assert world.run("build", "--verify").returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("## Your built-in advantages", "## Your advantages", "your-built-in-advantages"),
        ("question: Is it hard?", "question: Is it easy?", "is-it-hard"),
    ],
)
def test_a_link_to_a_part_that_was_renamed_is_told_by_the_next_build(
    world: World, old: str, new: str, fragment: str
) -> None:
    world.pivot("Chef", "Nurse")
    link = f"\nSee [that](chef-to-nurse.md#{fragment}).\n"
    linking = world.pivot("Pilot", "Nurse", with_keys(body=link))
    build(world)
    edit(world, PIVOT_FILE, old, new)
    result = world.run("build")
    assert result.returncode == 1
    assert f"{linking}:19:12: error[dead-fragment]" in result.stderr
    edit(world, PIVOT_FILE, new, old)
    build(world)


def test_a_layout_that_is_included_under_a_name_made_on_the_page_is_not_forgotten(
    world: World,
) -> None:
    world.pivot("Chef", "Nurse")
    layout = (world.folder / "layouts" / "skill.html").read_text("utf-8")
    chosen = '{% block main %}\n{% include "_" ~ ("own" if view.total else "none") ~ ".html" %}\n'
    world.write("layouts/skill.html", layout.replace("{% block main %}\n", chosen))
    world.write("layouts/_own.html", "<p>The first text.</p>\n")
    build(world)
    assert "The first text." in world.read("skills/negotiation/index.html")
    world.write("layouts/_own.html", "<p>The second text.</p>\n")
    build(world)
    assert "The second text." in world.read("skills/negotiation/index.html")


def test_an_asset_that_is_asked_for_under_a_name_made_on_the_page_is_not_forgotten(
    world: World,
) -> None:
    world.pivot("Chef", "Nurse")
    world.write("assets/mark-negotiation.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    layout = (world.folder / "layouts" / "skill.html").read_text("utf-8")
    chosen = '<img src="{{ site.assets["mark-" ~ view.name|lower ~ ".svg"] }}" alt="">\n'
    start = "{% block main %}\n"
    world.write("layouts/skill.html", layout.replace(start, start + chosen))
    build(world)
    world.write("assets/mark-negotiation.svg", "<svg xmlns='http://www.w3.org/2000/svg' id='new'/>")
    build(world)
    image = first(page(world, "skills/negotiation"), "main img").attributes["src"] or ""
    assert image.removeprefix("/") in world.tree()


def test_a_pivot_that_was_gone_during_a_build_that_failed_is_back_without_a_word(
    world: World,
) -> None:
    path = world.pivot("Chef", "Nurse")
    other = world.pivot("Pilot", "Nurse")
    build(world)
    before = world.tree()
    text, text_of_other = (world.folder / path).read_text(), (world.folder / other).read_text()
    (world.folder / path).unlink()
    world.write(other, "no frontmatter")
    assert world.run("build").returncode == 1
    world.write(path, text)
    world.write(other, text_of_other)
    result = world.run("build")
    assert (result.returncode, result.stderr) == (0, "")
    assert world.tree() == before
    # Its card is found by all who show it.
    edit(world, path, "A View", "A Look")
    result = world.run("build")
    assert (result.returncode, result.stderr) == (0, "")
    assert "From Chef to Nurse: A Look" in world.read("to/nurse/index.html")
