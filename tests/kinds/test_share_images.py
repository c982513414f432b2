"""The picture beside a page where it is shared: its own, or that of the site."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.world import pictures
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.edits import configure, edit, first, page, with_keys
from tests.world.html import article_of
from tests.world.site import World

FILE = "content/pivots/chef-to-nurse.md"
PAGE = "pivots/chef-to-nurse"
BASE = "https://aicareerpivot.com"
ABOUT = "---\ntitle: About us\ndescription: Who.\nimage: /card.jpg\n---\nText.\n"


@pytest.fixture
def shared(world: World) -> World:
    world.write("assets/ward.png", pictures.png(1200, 630))
    world.write("static/card.jpg", pictures.jpeg(800, 418))
    return world


def built(world: World, *keys: str) -> LexborHTMLParser:
    world.pivot("Chef", "Nurse", with_keys(*keys))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return page(world, PAGE)


def card(tree: LexborHTMLParser) -> dict[str, str]:
    """What the head of a page says of its picture."""
    nodes = tree.css("meta[property^='og:image'], meta[name^='twitter:']")
    names = [node.attributes.get("property") or node.attributes["name"] or "" for node in nodes]
    return dict(zip(names, [node.attributes["content"] or "" for node in nodes], strict=True))


def test_a_pivot_is_shared_with_its_own_picture(shared: World) -> None:
    tree = built(shared, "image: /assets/ward.png", "image_alt: A ward at night")
    head = card(tree)
    assert re.fullmatch(rf"{BASE}/assets/ward\.\w{{10}}\.png", head.pop("og:image"))
    assert head == {
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "A ward at night",
        "twitter:image:alt": "A ward at night",
        "twitter:card": "summary_large_image",
    }
    image = article_of(tree)["image"]
    assert (image["@type"], image["width"], image["height"]) == ("ImageObject", 1200, 630)
    assert image["url"] == card(tree)["og:image"]
    assert (shared.folder / "public" / image["url"].removeprefix(f"{BASE}/")).is_file()


@pytest.mark.parametrize("image", ["../../assets/ward.png", '"/assets/ward.png"', "/card.jpg"])
def test_a_picture_is_named_as_in_a_link(shared: World, image: str) -> None:
    head = card(built(shared, f"image: {image}"))
    assert head["og:image:width"] in ("1200", "800")
    # The title stands for what nobody has said.
    assert head["og:image:alt"] == "From Chef to Nurse: A View"


def test_an_own_page_is_shared_with_its_own_picture(shared: World) -> None:
    shared.write("content/pages/about.md", ABOUT)
    built(shared)
    about = page(shared, "about")
    head = card(about)
    assert (head["og:image"], head["og:image:width"]) == (f"{BASE}/card.jpg", "800")
    assert head["og:image:alt"] == "About us"
    graph: list[dict[str, Any]] = json.loads(
        first(about, 'script[type="application/ld+json"]').text()
    )["@graph"]
    [item] = [node for node in graph if node["@id"].endswith("/about/#page")]
    assert item["image"]["url"] == f"{BASE}/card.jpg"


@pytest.mark.parametrize("image", ["/card.jpg", "/assets/ward.png"])
def test_other_pages_have_the_picture_of_the_site_with_its_size(shared: World, image: str) -> None:
    configure(shared, f"image={image!r}")
    tree = built(shared)
    head = card(tree)
    size = (head["og:image:width"], head["og:image:height"])
    assert size == (("800", "418") if image == "/card.jpg" else ("1200", "630"))
    assert head["og:image:alt"] == "AICareerPivot"
    assert article_of(tree)["image"]["url"] == head["og:image"]
    assert card(page(shared, "to/nurse")) == head


def test_without_any_the_picture_of_the_theme_is_shown_with_its_size(world: World) -> None:
    head = card(built(world))
    assert re.fullmatch(rf"{BASE}/assets/share\.\w{{10}}\.png", head["og:image"])
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    world.write("assets/share.png", pictures.png(600, 315))
    assert card(built(world))["og:image:width"] == "600"


def test_a_layout_that_names_the_picture_of_the_settings_still_works(shared: World) -> None:
    configure(shared, 'image="/card.jpg"')
    shared.write("layouts/head.html", '<meta name="own" content="{{ site.image }}">\n')
    assert first(built(shared), "meta[name=own]").attributes["content"] == "/card.jpg"


def test_the_address_of_a_picture_follows_the_path_of_the_site(shared: World) -> None:
    edit(shared, "build.py", f'base_url="{BASE}"', 'base_url="https://u.example/repo"')
    tree = built(shared, "image: /card.jpg")
    assert card(tree)["og:image"] == "https://u.example/repo/card.jpg"
    assert article_of(tree)["image"]["url"] == "https://u.example/repo/card.jpg"


def test_another_picture_makes_the_pages_that_name_it_anew_and_no_others(shared: World) -> None:
    shared.pivot("Chef", "Nurse", with_keys("image: /card.jpg"))
    shared.pivot("Baker", "Nurse")
    into = shared.folder / "public"
    assert not build_here(shared.folder, CONFIG, into).problems
    shared.write("static/card.jpg", pictures.jpeg(900, 418))
    # The page and the picture itself.
    assert build_here(shared.folder, CONFIG, into).rendered == 2
    assert tree(into) == clean_build(shared.folder, CONFIG)[0]


def test_another_picture_of_the_site_makes_all_pages_anew(shared: World) -> None:
    config = replace(CONFIG, image="/card.jpg")
    shared.pivot("Chef", "Nurse")
    into = shared.folder / "public"
    assert not build_here(shared.folder, config, into).problems
    for size in (900, 901):
        shared.write("static/card.jpg", pictures.jpeg(size, 418))
        assert not build_here(shared.folder, config, into).problems
        assert tree(into) == clean_build(shared.folder, config)[0]
        assert card(page(shared, "to/nurse"))["og:image:width"] == str(size)
    assert build_here(shared.folder, config, into).rendered == 0


@pytest.mark.parametrize(
    ("image", "code", "message"),
    [
        ("/assets/wrad.png", "dead-image", "nothing on this site is called `/assets/wrad.png`"),
        ("ward.png", "dead-image", "nothing on this site is called `ward.png`"),
        ("/assets/icon.svg", "bad-image", "services that show shared pages do not take a picture"),
        ("/assets/a.avif", "bad-image", "do not take a picture in AVIF"),
        ("/favicon.ico", "bad-image", "services that show shared pages do not take such a file"),
        ("/assets/bad.png", "bad-image", "assets/bad.png is damaged, or no PNG picture at all"),
        ("/to/nurse/", "bad-image", "services that show shared pages do not take such a file"),
        ("/assets/plain.svg", "bad-image", "do not take a picture in SVG"),
        ("https://example.com/a.png", "bad-path", "`image` is not a file of this site"),
        ("//example.com/a.png", "bad-path", "`image` is not a file of this site"),
    ],
)
def test_a_picture_that_cannot_be_shared_is_told_at_its_place(
    shared: World, image: str, code: str, message: str
) -> None:
    shared.write("assets/bad.png", b"bad")
    shared.write("assets/plain.svg", pictures.svg(""))
    shared.write("assets/a.avif", pictures.avif(4, 3))
    shared.write("static/favicon.ico", b"icon")
    shared.pivot("Chef", "Nurse", with_keys(f"image: {image}"))
    result = shared.run("build")
    assert result.returncode == 1
    assert f"{FILE}:6:8: error[{code}]: " in result.stderr
    assert message in result.stderr


def test_a_picture_of_an_own_page_is_told_at_its_place_too(shared: World) -> None:
    shared.pivot("Chef", "Nurse")
    shared.write("content/pages/about.md", ABOUT.replace("/card.jpg", "/crad.jpg"))
    result = shared.run("build")
    assert "content/pages/about.md:4:8: error[dead-image]" in result.stderr
    assert "hint: did you mean `/card.jpg`?" in result.stderr


@pytest.mark.parametrize(
    ("image", "message"),
    [
        ("/assets/icon.svg", "services that show shared pages do not take a picture in SVG"),
        ("/robots.txt", "services that show shared pages do not take such a file"),
        ("/", "services that show shared pages do not take such a file"),
        ("/notes.txt", "services that show shared pages do not take such a file"),
        ("/bad.png", "static/bad.png is damaged, or no PNG picture at all"),
        ("/gif.png", "static/gif.png is a GIF picture, which its name does not say"),
    ],
)
def test_a_picture_of_the_settings_that_cannot_be_shared_is_told_there(
    world: World, image: str, message: str
) -> None:
    for name, data in (("notes.txt", b"x"), ("bad.png", b"x"), ("gif.png", pictures.gif(1, 1))):
        world.write(f"static/{name}", data)
    world.pivot("Chef", "Nurse")
    configure(world, f'image="{image}"')
    result = world.run("build")
    assert result.returncode == 1
    assert re.search(r"^build\.py:\d+:12: error\[bad-image\]: ", result.stderr, re.M)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "assets/share.png is damaged, or no PNG picture at all"),
        (b"x", "assets/share.png is damaged, or no PNG picture at all"),
        (pictures.png(9, 9)[:20], "assets/share.png is damaged, or no PNG picture at all"),
        (pictures.jpeg(9, 9), "assets/share.png is a JPEG picture, which its name does not say"),
    ],
)
def test_a_picture_in_the_place_of_the_themes_is_told_as_soon_as_it_is_none(
    world: World, data: bytes, message: str
) -> None:
    world.write("assets/share.png", pictures.png(1200, 630))
    built(world)
    world.write("assets/share.png", data)
    for command in ("build", "check"):
        stderr = world.run(command).stderr
        assert f"assets/share.png:1:1: error[bad-image]: {message}\n" in stderr
        assert stderr.count("error[") == 1
    # With another picture in the settings this one is shown nowhere.
    world.write("static/card.jpg", pictures.jpeg(800, 418))
    configure(world, 'image="/card.jpg"')
    assert world.run("build").returncode == 0


def test_a_logo_that_is_no_picture_is_told_in_the_settings(world: World) -> None:
    world.write("assets/logo.png", b"x")
    world.pivot("Chef", "Nurse")
    edit(world, "build.py", "Party, main", "Party, Theme, main")
    configure(world, 'theme=Theme(logo="/assets/logo.png")')
    stderr = world.run("build").stderr
    assert re.search(
        r"^build\.py:\d+:\d+: error\[bad-image\]: assets/logo\.png is dam", stderr, re.M
    )
    assert stderr.count("error[") == 1


@pytest.mark.parametrize("path", [FILE, "content/pages/about.md"])
def test_words_about_a_picture_that_is_not_named_are_told(shared: World, path: str) -> None:
    shared.pivot("Chef", "Nurse")
    shared.write("content/pages/about.md", ABOUT)
    text = (shared.folder / path).read_text("utf-8").replace("image: /card.jpg\n", "")
    shared.write(path, text.replace("description:", "image_alt: A ward\ndescription:", 1))
    result = shared.run("build")
    assert result.returncode == 1
    assert re.search(rf"^{path}:3:12: error\[missing-key\]: `image_alt` says", result.stderr, re.M)


def test_a_dead_picture_of_a_draft_is_no_problem_of_the_site(shared: World) -> None:
    shared.pivot("Chef", "Nurse")
    shared.pivot("Baker", "Nurse", with_keys("image: /assets/later.png", "draft: true"))
    assert shared.run("build").returncode == 0
    assert "error[dead-image]" in shared.run("build", "--drafts").stderr
