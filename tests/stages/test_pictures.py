"""Images of texts: their size, when they are loaded, and files that no reader would see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import pictures
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.edits import edit, page, with_keys
from tests.world.site import PIVOT, World

FILE = "content/pivots/chef-to-nurse.md"
PAGE = "pivots/chef-to-nurse"
SIZED = {"width": "320", "height": "200"}
ROLE = "---\nname: Nurse\ndescription: Cares.\n---\n![A ward](/assets/ward.png)\n"
ABOUT = "---\ntitle: A\ndescription: B\n---\n![A ward](/assets/ward.png)\n"
LONG = "Words that fill a line of text.\n" * 25


@pytest.fixture
def ward(world: World) -> World:
    world.write("assets/ward.png", pictures.png(320, 200))
    world.write("static/night shift.jpg", pictures.jpeg(640, 480, 6))
    return world


def images(world: World, text: str = "", path: str = PAGE) -> list[dict[str, str | None]]:
    """The attributes of the images of a page, once `text` is part of the pivot's."""
    world.pivot("Chef", "Nurse", f"{PIVOT}\n{text}")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return [node.attributes for node in page(world, path).css("main img")]


def size_of(image: dict[str, str | None]) -> dict[str, str | None]:
    return {name: image[name] for name in ("width", "height") if name in image}


def test_an_image_has_the_size_of_its_file_and_what_was_written(ward: World) -> None:
    [image] = images(ward, '![A "ward"](/assets/ward.png "By <night>")')
    assert (image.pop("src") or "").startswith("/assets/ward.")
    assert image == {"alt": 'A "ward"', "title": "By <night>", **SIZED}


@pytest.mark.parametrize(
    ("target", "size"),
    [
        ("../../assets/ward.png", SIZED),
        ("/assets/ward.png#part", SIZED),
        ("</night shift.jpg>", {"width": "480", "height": "640"}),
        ("/night%20shift.jpg", {"width": "480", "height": "640"}),
    ],
)
def test_an_image_has_its_size_however_it_is_named(
    ward: World, target: str, size: dict[str, str]
) -> None:
    [image] = images(ward, f"![A ward]({target})")
    assert size_of(image) == size


def test_drawings_without_a_size_and_icons_are_shown_without_one(world: World) -> None:
    world.write("assets/plain.svg", pictures.svg(""))
    world.write("static/favicon.ico", b"icon")
    shown = images(world, "![A plain](/assets/plain.svg) ![An icon](/favicon.ico)")
    assert [size_of(image) for image in shown] == [{}, {}]


def test_images_in_points_answers_roles_and_own_pages_have_a_size(ward: World) -> None:
    ward.write("content/roles/nurse.md", ROLE)
    ward.write("content/pages/about.md", ABOUT)
    image = "![A ward](/assets/ward.png)"
    text = PIVOT.replace("One *point*.", f'"{image}"').replace(
        "Less than **it** looks.", f'"{image}"'
    )
    ward.pivot("Chef", "Nurse", text)
    assert ward.run("build").returncode == 0
    for path, count in ((PAGE, 2), ("to/nurse", 1), ("about", 1)):
        shown = page(ward, path).css("main img")
        assert [size_of(node.attributes) for node in shown] == [SIZED] * count


def test_the_size_stands_behind_the_address_of_a_site_below_a_path(ward: World) -> None:
    edit(ward, "build.py", 'base_url="https://aicareerpivot.com"', 'base_url="https://u.example/r"')
    [image] = images(ward, "![A ward](/assets/ward.png)")
    assert (image["src"] or "").startswith("/r/assets/ward.")
    assert size_of(image) == SIZED


@pytest.mark.parametrize(
    ("text", "lazy"),
    [
        ("{image}", [False]),
        ("{image} {image}\n\n{image}", [False, True, True]),
        (f"{LONG}\n{{image}}", [True]),
        (f"{LONG}\n{{image}}\n\n{{image}}", [True, True]),
        # Only what stands above its paragraph counts.
        (f"{{image}} {LONG}", [False]),
    ],
)
def test_images_are_loaded_when_a_reader_comes_near_but_the_first_at_once(
    ward: World, text: str, lazy: list[bool]
) -> None:
    shown = images(ward, text.replace("{image}", "![A ward](/assets/ward.png)"))
    assert [image.get("loading") == "lazy" for image in shown] == lazy
    assert [image.get("decoding") == "async" for image in shown] == lazy


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("assets/ward.png", pictures.png(320, 200), pictures.png(321, 200)),
        ("static/ward.png", pictures.png(320, 200), pictures.png(320, 201)),
        ("static/ward.svg", pictures.svg('viewBox="0 0 1 2"'), pictures.svg('viewBox="0 0 2 2"')),
    ],
)
def test_another_picture_makes_the_pages_that_show_it_anew_and_no_others(
    world: World, path: str, before: bytes, after: bytes
) -> None:
    address = f"/{path.removeprefix('static/')}"
    world.pivot("Chef", "Nurse", f"{PIVOT}\n![A ward]({address})\n")
    world.pivot("Baker", "Nurse")
    world.write(path, before)
    into = world.folder / "public"
    assert not build_here(world.folder, CONFIG, into).problems
    world.write(path, after)
    report = build_here(world.folder, CONFIG, into)
    # The page and the picture itself.
    assert report.rendered == 2
    assert tree(into) == clean_build(world.folder, CONFIG)[0]
    assert build_here(world.folder, CONFIG, into).rendered == 0


def test_a_picture_of_the_same_size_under_its_own_name_changes_no_page(world: World) -> None:
    world.pivot("Chef", "Nurse", f"{PIVOT}\n![A ward](/ward.gif)\n")
    world.write("static/ward.gif", pictures.gif(4, 4))
    into = world.folder / "public"
    assert not build_here(world.folder, CONFIG, into).problems
    world.write("static/ward.gif", pictures.gif(4, 4) + b"more")
    assert build_here(world.folder, CONFIG, into).rendered == 1


def test_a_picture_that_was_damaged_and_is_restored_is_shown_again(world: World) -> None:
    path, into = "assets/ward.png", world.folder / "public"
    world.pivot("Chef", "Nurse", f"{PIVOT}\n![A ward](/{path})\n")
    world.write(path, pictures.png(320, 200))
    build_here(world.folder, CONFIG, into)
    before = tree(into)
    world.write(path, b"damaged")
    [problem] = build_here(world.folder, CONFIG, into).problems
    assert (problem.path, problem.line, problem.column) == (FILE, 19, 11)
    assert problem.message == "assets/ward.png is damaged, or no PNG picture at all"
    assert tree(into) == before
    world.write(path, pictures.png(320, 200))
    assert not build_here(world.folder, CONFIG, into).problems
    assert tree(into) == before


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("assets/a.png", b"", "assets/a.png is damaged, or no PNG picture at all"),
        ("assets/a.PNG", pictures.gif(1, 1), "assets/a.PNG is a GIF picture, which its name"),
        ("static/a.jpeg", pictures.webp(1, 1), "static/a.jpeg is a WebP picture, which its name"),
        ("static/a.webp", pictures.png(1, 1), "static/a.webp is a PNG picture, which its name"),
        ("assets/a.svg", b"<html>", "assets/a.svg is damaged, or no SVG picture at all"),
        ("assets/a.pdf", b"%PDF-1.7", "`/assets/a.pdf` is no picture that browsers show"),
        ("static/a.heic", b"ftypheic", "`/a.heic` is no picture that browsers show"),
        ("static/a.txt", b"Text", "`/a.txt` is no picture that browsers show"),
    ],
)
def test_a_file_that_no_reader_would_see_is_told_where_a_text_shows_it(
    world: World, path: str, data: bytes, message: str
) -> None:
    world.write(path, data)
    address = f"/{path.removeprefix('static/')}"
    world.pivot("Chef", "Nurse", f"{PIVOT}\nSee ![a ward]({address}).\n")
    result = world.run("build")
    assert result.returncode == 1
    assert f"{FILE}:19:{15}: error[bad-image]: {message}" in result.stderr


@pytest.mark.parametrize("target", ["/to/nurse/", "chef-to-nurse.md", "../roles/nurse.md", "/"])
def test_a_page_is_no_image(world: World, target: str) -> None:
    world.pivot("Chef", "Nurse", f"{PIVOT}\n![A page]({target})\n")
    assert f"`{target}` is a page" in world.run("build").stderr


def test_a_file_that_no_text_shows_may_be_what_it_is(world: World) -> None:
    world.write("assets/draft.png", b"not yet")
    world.pivot("Chef", "Nurse", with_keys(body="\nGet [it](/assets/draft.png).\n"))
    assert world.run("build").returncode == 0


def test_a_picture_that_cannot_be_opened_is_told_by_its_name(world: World) -> None:
    world.pivot("Chef", "Nurse", f"{PIVOT}\n![A ward](/assets/ward.png)\n")
    Path(world.folder / "assets/ward.png").symlink_to("nowhere.png")
    result = world.run("build")
    assert result.returncode == 1
    assert "assets/ward.png:1:1: error[cannot-read]" in result.stderr
