"""Addresses are percent-encoded in every format that names them."""

from __future__ import annotations

import json
import re

import pytest

from tests.world.edits import configure, edit, first, links, page
from tests.world.pictures import png
from tests.world.site import DATED_PIVOT, World

PIVOT_AT = "/pivots/chef-%E9%9D%A2%E5%8C%85%E5%B8%88/"
ROLE_AT = "/to/%E9%9D%A2%E5%8C%85%E5%B8%88/"
SITE = "https://aicareerpivot.com"
# An address of the site, as it stands in an attribute, an element, a text or a script.
ADDRESS = re.compile(r"/(?:to|from|skills|pivots|assets)/[^\"<>\s)]*")
FILES = {
    "what?.png": "what%3F",
    "50%.png": "50%25",
    "two words.png": "two%20words",
    "c#.png": "c%23",
    "a&b'c.png": "a%26b%27c",
    "über.png": "%C3%BCber",
}


@pytest.fixture
def site(world: World) -> World:
    """A site whose pivot, roles, skill and redirect all have letters beyond ASCII."""
    text = DATED_PIVOT.replace("Negotiation", "Ténacité").replace("Is it hard?", "Où aller ?")
    world.write(
        "content/pivots/chef-面包师.md", text.replace("{a}", "Chef").replace("{b}", "面包师")
    )
    world.write("content/redirects.yaml", "/旧/: /to/面包师/\n")
    return world


def test_no_file_of_the_site_writes_an_address_that_is_not_encoded(site: World) -> None:
    configure(site, 'footer=(Link("Bread", "/to/面包师/"),)')
    result = site.run("build")
    assert result.returncode == 0, result.stderr
    texts = {path: data for path, data in site.tree().items() if not path.endswith(".png")}
    written = {
        (path, address)
        for path, data in texts.items()
        for address in ADDRESS.findall(re.sub("<title>.*?</title>|>[^<]*</a>", "", data.decode()))
    }
    assert {path for path, address in written if "%" in address} >= {
        *("sitemap.xml", "feed.xml", "feed.json", "llms.txt", "index.html", "旧/index.html"),
        *("404.html", "to/面包师/index.html", "skills/ténacité/index.html"),
    }
    assert [(path, address) for path, address in written if not address.isascii()] == []


def test_each_format_names_the_page_by_its_encoded_address(site: World) -> None:
    assert site.run("build").returncode == 0
    assert f"<loc>{SITE}{PIVOT_AT}</loc>" in site.read("sitemap.xml")
    assert f"<id>{SITE}{PIVOT_AT}</id>" in site.read("feed.xml")
    [item] = json.loads(site.read("feed.json"))["items"]
    assert (item["id"], item["url"]) == (SITE + PIVOT_AT, SITE + PIVOT_AT)
    assert f"]({SITE}{PIVOT_AT}):" in site.read("llms.txt")
    tree = page(site, "pivots/chef-面包师")
    assert first(tree, "link[rel=canonical]").attributes["href"] == SITE + PIVOT_AT
    graph = json.loads(first(tree, 'script[type="application/ld+json"]').text())["@graph"]
    names = {item.get("@id", "") for item in graph}
    assert {f"{SITE}{ROLE_AT}#role", f"{SITE}{PIVOT_AT}#article"} <= names
    [question] = next(item for item in graph if item["@type"] == "FAQPage")["mainEntity"]
    assert question["@id"] == f"{SITE}{PIVOT_AT}#o%C3%B9-aller"


def test_a_redirect_leads_to_the_encoded_address_and_names_the_readable_one(site: World) -> None:
    assert site.run("build").returncode == 0
    tree = page(site, "旧")
    assert links(tree, "a") == [ROLE_AT]
    refresh = first(tree, "meta[http-equiv=refresh]").attributes["content"]
    assert refresh == f"0; url={ROLE_AT}"
    assert first(tree, "a").text() == "/to/面包师/"


@pytest.mark.parametrize("name", FILES)
def test_an_asset_of_any_name_is_shown_at_its_encoded_address(site: World, name: str) -> None:
    site.write(f"assets/{name}", png(3, 2))
    typed = name.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    image = f"![bread](</assets/{typed}>)"
    edit(site, "content/pivots/chef-面包师.md", "Some text.", image)
    result = site.run("build")
    assert result.returncode == 0, result.stderr
    source = first(page(site, "pivots/chef-面包师"), "div.prose img").attributes["src"] or ""
    assert re.fullmatch(rf"/assets/{re.escape(FILES[name])}\.[0-9a-f]{{10}}\.png", source)
    stem = name.removesuffix(".png")
    assert len(list((site.folder / "public/assets").glob(f"{stem.replace('?', '[?]')}.*.png"))) == 1


def test_layouts_get_encoded_addresses_of_assets(site: World) -> None:
    site.write("assets/a b.png", b"png")
    edit(site, "layouts/base.html", "<body", "<img src=\"{{ site.assets['a b.png'] }}\"><body")
    assert site.run("build").returncode == 0
    assert '<img src="/assets/a%20b.' in site.read("index.html")


def test_the_path_of_the_site_stands_before_an_encoded_address(site: World) -> None:
    assert site.run("build", "--base-url", "https://example.org/repo").returncode == 0
    assert f'href="/repo{ROLE_AT}"' in site.read("index.html")
    assert site.run("build", "--base-url", "https://example.org/büro/").returncode == 0
    assert f'href="/b%C3%BCro{ROLE_AT}"' in site.read("index.html")
    assert f"<loc>https://example.org/b%C3%BCro{ROLE_AT}</loc>" in site.read("sitemap.xml")


def test_messages_name_an_address_as_people_write_it(site: World) -> None:
    site.write("content/redirects.yaml", "/旧/: /to/面包帅/\n/to/面包师/: /\n")
    stderr = site.run("build").stderr
    assert "there is no page at /to/面包帅/" in stderr
    assert "did you mean `/to/面包师/`?" in stderr
    assert "/to/面包师/ already belongs to a page of the site" in stderr
    site.write("content/redirects.yaml", "")
    assert site.run("build").returncode == 0
    assert site.run("why", "/to/面包师/").stdout.startswith("/to/面包师/ is published")
    assert site.run("why", SITE + ROLE_AT).stdout.startswith("/to/面包师/ is published")
