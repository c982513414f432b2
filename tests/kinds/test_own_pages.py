"""Pages of the site's own: /about/ from content/pages/about.md."""

from __future__ import annotations

import json
import re

import pytest

from tests.world.edits import configure, first, links, page
from tests.world.html import article_of
from tests.world.site import DATED_PIVOT, World

ABOUT = """\
---
title: About us
description: Who writes these pages, where their facts come from, and how to report an error.
updated: 2026-11-20
aliases: [/about-us/]
---
## Who writes

We do. See [the way to nursing](../pivots/chef-to-nurse.md), [ourselves](#who-writes) and
![a drawing](/assets/icon.svg).
"""

# The same without an old address, for a file in a folder.
DEEP = ABOUT.replace("aliases: [/about-us/]\n", "").replace("../", "../../")
FILE = "content/pages/about.md"


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    world.write(FILE, ABOUT)
    return world


def test_a_page_stands_at_its_path_with_all_that_a_page_has(site: World) -> None:
    site.write("content/pages/team/editors.md", ABOUT.replace("../p", "../../p").replace("-us", ""))
    site.write(
        "content/pages/team/editors.md", re.sub(r"aliases.*\n", "", ABOUT).replace("../", "../../")
    )
    assert site.run("build").returncode == 0
    tree = page(site, "about")
    assert first(tree, "h1").text() == "About us"
    assert first(tree, "title").text() == "About us · AICareerPivot"
    assert "From Chef" not in first(tree, "h1").text()
    assert links(tree, ".prose a") == ["/pivots/chef-to-nurse/", "/about/#who-writes"]
    canonical = first(tree, "link[rel=canonical]").attributes["href"]
    assert canonical == "https://aicareerpivot.com/about/"
    graph = json.loads(first(tree, 'script[type="application/ld+json"]').text())["@graph"]
    # The settings name this page as that of the editor, who has the same name on every page.
    [item] = [item for item in graph if item["@type"] == "ProfilePage"]
    assert item["dateModified"] == "2026-11-20"
    author = article_of(page(site, "pivots/chef-to-nurse"))["author"]
    assert item["mainEntity"] == author
    assert author["@id"] == f"{canonical}#the-aicareerpivot-editors"
    [trail] = [item for item in graph if item["@type"] == "BreadcrumbList"]
    assert [step["item"] for step in trail["itemListElement"]][-1] == canonical
    assert page(site, "team/editors")


def test_it_is_in_the_sitemap_with_its_day_and_its_old_address_leads_to_it(site: World) -> None:
    assert site.run("build").returncode == 0
    sitemap = site.read("sitemap.xml")
    assert "<loc>https://aicareerpivot.com/about/</loc><lastmod>2026-11-20</lastmod>" in sitemap
    assert 'url=/about/"' in site.read("about-us/index.html")


def test_it_is_linked_by_file_and_by_address_like_a_pivot(site: World) -> None:
    path = "content/pivots/chef-to-nurse.md"
    text = (site.folder / path).read_text("utf-8")
    site.write(path, f"{text}\n[A](../pages/about.md#who-writes) [b](/about/) [c](/about)\n")
    assert site.run("build").returncode == 0
    assert links(page(site, "pivots/chef-to-nurse"), ".prose a") == [
        "/about/#who-writes",
        "/about/",
        "/about/",
    ]
    site.write(path, f"{text}\n[Wrong](../pages/abuot.md) [part](../pages/about.md#who)\n")
    result = site.run("build")
    assert "did you mean `../pages/about.md`?" in result.stderr
    assert "[dead-fragment]" in result.stderr


def test_a_draft_page_is_left_out_and_a_link_to_it_is_told(site: World) -> None:
    site.write(FILE, ABOUT.replace("updated:", "draft: true\nupdated:"))
    assert site.run("build").returncode == 0
    assert not (site.folder / "public" / "about").exists()
    assert site.run("build", "--drafts").returncode == 0
    assert 'content="noindex"' in site.read("about/index.html")
    assert "/about/" not in site.read("sitemap.xml")
    path = "content/pivots/chef-to-nurse.md"
    site.write(path, (site.folder / path).read_text("utf-8") + "\n[A](../pages/about.md)\n")
    assert "[draft-link]" in site.run("check").stderr


def test_wrong_keys_texts_and_names_are_told_at_their_place(site: World) -> None:
    site.write(FILE, ABOUT.replace("title:", "titel:").replace("We do.", "TODO"))
    site.write("content/pages/Bad Name.md", ABOUT)
    site.write("content/other/a.md", ABOUT)
    result = site.run("build")
    assert "content/pages/about.md:2:1: error[unknown-key]: unknown key `titel`" in result.stderr
    assert "did you mean `title`?" in result.stderr
    assert "content/pages/Bad Name.md:1:1: error[bad-file-name]" in result.stderr
    assert "content/other/a.md:1:1: error[misplaced-file]" in result.stderr
    assert "neither a pivot nor a role nor a page" in result.stderr
    assert not (site.folder / "public").exists()
    site.write(FILE, ABOUT.replace("We do.", "TODO"))
    assert "content/pages/about.md:9:1: error[todo]" in site.run("check").stderr
    site.write(FILE, ABOUT.split("## Who")[0])
    assert "[empty-body]" in site.run("check").stderr


def test_the_rules_that_make_sense_look_at_it(site: World) -> None:
    text = ABOUT.replace("2026-11-20", "2999-01-01").replace("[ourselves]", "[here]")
    text = text.replace("![a drawing]", "![]").replace(
        "## Who writes\n", "## Who writes\n\n## Who writes\n"
    )
    site.write(FILE, text.replace("Who writes these pages, where", "Where"))
    result = site.run("check")
    for code in ("future-date", "link-text", "image-alt", "heading-outline"):
        assert re.search(rf"content/pages/about\.md:\d+:\d+: warning\[{code}\]", result.stderr), (
            code
        )
    assert result.returncode == 0
    silent = "allow:\n  - rule: image-alt\n    reason: It is an ornament.\n"
    site.write(FILE, text.replace("updated:", f"{silent}updated:"))
    assert "warning[image-alt]" not in site.run("check").stderr


@pytest.mark.parametrize("name", ["to/nurse", "pivots/chef-to-nurse", "skills/negotiation"])
def test_a_page_at_an_address_that_is_taken_names_both_owners(site: World, name: str) -> None:
    site.write(
        f"content/pages/{name}.md",
        ABOUT.replace("aliases: [/about-us/]\n", "").replace("../p", "../../p"),
    )
    result = site.run("build")
    assert (
        f"content/pages/{name}.md:1:1: error[address-clash]: /{name}/ already belongs to"
        in result.stderr
    )


def test_a_body_edit_makes_only_that_page_again(site: World) -> None:
    assert site.run("build").returncode == 0
    site.write(FILE, ABOUT.replace("We do.", "We all do."))
    report = json.loads(site.run("build", "--json").stdout)
    assert (report["rendered"], report["written"]) == (1, 1)


def test_the_other_commands_know_it(site: World) -> None:
    assert "published" in site.run("status").stdout
    assert "content/pages/about.md" in site.run("status").stdout
    assert (
        "content/pages/about.md is published at /about/."
        in site.run("why", "content/pages/about.md").stdout
    )
    untidy = ABOUT.replace("title: About us\n", "").replace(
        "updated:", "title:    'About us'\nupdated:"
    )
    site.write(FILE, untidy)
    assert site.run("fmt").returncode == 0
    text = (site.folder / FILE).read_text("utf-8")
    assert text.startswith("---\ntitle: About us\ndescription:")
    assert '"title"' in site.run("schema", "page").stdout
    link = ABOUT.replace("## Who", "[To nurses](/to/nurse/)\n\n## Who")
    site.write(FILE, link)
    assert site.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0
    assert "[To nurses](/to/carer/)" in (site.folder / FILE).read_text("utf-8")


def test_a_footer_link_that_leads_nowhere_is_told_in_the_settings(site: World) -> None:
    configure(site, 'footer=(Link("Us", "/about/"), Link("Else", "https://example.com/"))')
    settings = (site.folder / "build.py").read_text("utf-8")
    if "Link," not in settings.split("\n\n")[1]:
        settings = settings.replace("import Call", "import Link, Call")
    site.write("build.py", settings)
    assert site.run("build").returncode == 0, site.run("build").stderr
    assert links(page(site, ""), ".foot a") == ["/about/", "https://example.com/"]
    site.write("build.py", settings.replace('"/about/"', '"/abuot/"'))
    result = site.run("build")
    assert re.search(r"build\.py:\d+:\d+: error\[dead-link\]: .*`/abuot/`", result.stderr)
    assert "did you mean `/about/`?" in result.stderr


def test_a_footer_link_may_lead_to_any_file_of_the_site_and_to_a_part_of_a_page(
    site: World,
) -> None:
    site.pivot("Pilot", "Nurse", DATED_PIVOT)
    targets = [
        "/",
        "/about/#who-writes",
        "/to/nurse/",
        "/feed.xml",
        "/robots.txt",
        "mailto:a@example.com",
    ]
    footer = "".join(f'Link("Go", "{target}"), ' for target in targets)
    configure(site, f"footer=({footer})")
    assert site.run("build").returncode == 0, site.run("build").stderr
    assert links(page(site, ""), ".foot a") == targets
