"""What a site sets and leaves out in its build.py, as its pages show it."""

from __future__ import annotations

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.world.edits import configure, edit, first, links, page
from tests.world.site import World

PAGE = "pivots/chef-to-nurse"
LEAST = (
    'from pivotgen import Config\n\nconfig = Config(name="Moves", base_url="https://m.example")\n'
)


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    return world


@pytest.fixture
def least(site: World) -> World:
    """A site whose settings are a name and an address."""
    site.write("build.py", LEAST)
    return site


def built(site: World, path: str = PAGE) -> LexborHTMLParser:
    result = site.run("build")
    assert result.returncode == 0, result.stderr
    return page(site, path)


def graph(tree: LexborHTMLParser) -> list[dict[str, object]]:
    nodes: list[dict[str, object]] = json.loads(
        first(tree, 'script[type="application/ld+json"]').text()
    )["@graph"]
    return nodes


def test_a_name_and_an_address_are_enough_and_leave_no_empty_box(least: World) -> None:
    tree = built(least)
    assert not tree.css(".call")
    assert links(tree, ".top nav a") == ["/roles/", "/skills/"]
    assert first(tree, ".foot").text().strip() == (
        "Transition windows are editorial estimates, not promises."
    )
    assert {str(node["@type"]) for node in graph(tree)} == {
        "WebSite",
        "Article",
        "FAQPage",
        "Occupation",
        "BreadcrumbList",
    }
    [article] = [node for node in graph(tree) if node["@type"] == "Article"]
    assert not {"author", "publisher"} & set(article)
    assert "None" not in least.read(f"{PAGE}/index.html")


def test_a_page_has_its_own_call_where_the_site_has_none(least: World) -> None:
    text = "cta:\n  heading: Talk to us\n  url: https://m.example/talk\n  label: Talk\nwindow:"
    edit(least, f"content/{PAGE}.md", "window:", text)
    tree = built(least)
    assert first(tree, ".call h2").text() == "Talk to us"
    assert links(tree, ".call a") == ["https://m.example/talk"]


def test_feeds_without_an_editor_are_by_the_site(least: World) -> None:
    edit(least, f"content/{PAGE}.md", "window:", "updated: 2026-01-01\nwindow:")
    built(least)
    assert "<author><name>Moves</name></author>" in least.read("feed.xml")
    author = {"name": "Moves", "url": "https://m.example/"}
    assert json.loads(least.read("feed.json"))["authors"] == [author]


def test_navigation_is_on_every_page_and_says_which_one_this_is(site: World) -> None:
    configure(site, 'navigation=(Link("Start", "/"), Link("Into nursing", "/to/nurse/"))')
    tree = built(site, "to/nurse")
    assert links(tree, ".top nav a") == ["/", "/to/nurse/"]
    assert first(tree, ".top [aria-current]").text() == "Into nursing"
    # A page below one of the links says so; it is not that page itself.
    assert first(page(site, PAGE), ".top [aria-current]").attributes["aria-current"] == "true"


def test_a_site_may_have_no_navigation(site: World) -> None:
    configure(site, "navigation=()")
    assert not built(site).css(".top nav")


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ('navigation=(Link("X", "/form/nurse/"),)', "/form/nurse/"),
        ('footer=(Link("X", "/assets/nothing.pdf"),)', "/assets/nothing.pdf"),
        ('theme=Theme(logo="/assets/logo.svg")', "/assets/logo.svg"),
        ('image="/card.png"', "/card.png"),
    ],
)
def test_a_link_of_the_settings_that_leads_nowhere_is_told_at_its_place(
    site: World, settings: str, url: str
) -> None:
    edit(site, "build.py", "Party, main", "Party, Theme, main")
    if "image=" in settings:
        text = (site.folder / "build.py").read_text("utf-8")
        site.write("build.py", re.sub(r" +image=.*\n", "", text))
    configure(site, settings)
    stderr = site.run("build").stderr
    assert f"nothing on this site has the address `{url}`" in stderr
    assert re.search(r"^build\.py:\d+:\d+: error\[dead-link\]", stderr, re.M)


def test_a_dead_link_of_a_layout_is_told_at_its_place_and_goes_when_it_is_fixed(
    site: World,
) -> None:
    assert site.run("build").returncode == 0
    site.write("layouts/head.html", '{# <a href="/no/"> #}\n<link rel="me" href="/abuot/">\n')
    result = site.run("build")
    assert result.returncode == 1
    assert "layouts/head.html:2:22: error[dead-link]" in result.stderr
    assert "/no/" not in result.stderr
    site.write("content/pages/abuot.md", "---\ntitle: A\ndescription: B\n---\nText.\n")
    assert site.run("build").returncode == 0


def test_a_dead_link_of_the_settings_is_told_where_no_layout_has_a_link(site: World) -> None:
    for layout in (site.folder / "layouts").glob("*.html"):
        # "#" is an address without a path.
        text = re.sub(r'href="/[^"{]*"', 'href="#"', layout.read_text("utf-8"))
        layout.write_text(text, "utf-8")
    configure(site, 'navigation=(Link("X", "/form/nurse/"),)')
    assert "nothing on this site has the address `/form/nurse/`" in site.run("build").stderr


def test_the_values_of_the_theme_come_after_the_stylesheet_and_its_picture_has_the_name(
    site: World,
) -> None:
    edit(site, "build.py", "Party, main", "Party, Theme, main")
    site.write("assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    configure(
        site, 'theme=Theme(accent="#0b6e4f", text_font="Georgia, serif", logo="/assets/logo.svg")'
    )
    tree = built(site)
    sheets = [node.attributes["href"] or "" for node in tree.css("link[rel=stylesheet]")]
    assert [sheet.split(".")[0] for sheet in sheets] == ["/assets/style", "/assets/theme"]
    style = site.read(sheets[1].lstrip("/"))
    assert "--accent: #0b6e4f;" in style
    assert "--font-text: Georgia, serif;" in style
    logo = first(tree, ".brand img").attributes
    assert logo["alt"] == "AICareerPivot"
    assert (site.folder / "public" / (logo["src"] or "").lstrip("/")).is_file()


def test_a_page_says_where_its_source_is_changed_and_where_an_error_is_reported(
    site: World,
) -> None:
    edit_url = "https://git.example/edit/main/{path}"
    configure(site, f'edit_url="{edit_url}", report_url="https://git.example/new?page={{url}}"')
    tree = built(site)
    assert links(tree, "main > .meta a") == [
        "https://git.example/edit/main/content/pivots/chef-to-nurse.md",
        "https://git.example/new?page=https%3A%2F%2Faicareerpivot.com%2Fpivots%2Fchef-to-nurse%2F",
    ]
    # A list has no source of its own.
    assert not page(site, "skills/negotiation").css("main > .meta a")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('edit_url="https://git.example/{file}"', "`{file}` in edit_url is unknown"),
        ('image="card.png"', "image is an address of this site"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(site: World, settings: str, message: str) -> None:
    text = (site.folder / "build.py").read_text("utf-8")
    site.write("build.py", re.sub(r" +image=.*\n", "", text))
    configure(site, settings)
    stderr = site.run("build").stderr
    assert "error[config]" in stderr
    assert message in stderr
