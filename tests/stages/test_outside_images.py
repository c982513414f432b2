"""Images of other sites are shown only where the settings name the site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pivotgen.model.problem import Problem
from tests.world.builds import CONFIG, build_here
from tests.world.edits import edit
from tests.world.site import ROLE, World

PATH = "content/pivots/chef-to-nurse.md"
ALLOWED = {"a.example": "images", "*.b.example": ("images",), "c.example": "analytics"}


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    return world


def problems(site: World) -> list[Problem]:
    config = replace(CONFIG, other_sites=ALLOWED)
    return list(build_here(site.folder, config, site.folder / "public").problems)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://d.example/a.png", "comes from d.example, so browsers"),
        ("HTTPS://D.example/a.png", "comes from d.example, so browsers"),
        ("//d.example/a.png", "comes from d.example, so browsers"),
        ("https://b.example/a.png", "comes from b.example, so"),
        ("https://a.example.d.example/a.png", "comes from a.example.d.example"),
        ("https://a.example:8443/a.png", "comes from a.example"),
        ("https://c.example/a.png", "comes from c.example"),
        ("http://a.example/a.png", "without encryption"),
        ("HTTP://a.example/a.png", "without encryption"),
    ],
)
def test_an_image_that_browsers_would_leave_out_is_an_error(
    site: World, address: str, words: str
) -> None:
    edit(site, PATH, "Some text.", f"Some text.\n\nSee ![A ward]({address}).")
    [problem] = problems(site)
    assert (problem.code, problem.path) == ("outside-image", PATH)
    assert (problem.line, problem.column) == (19, 15)
    assert words in problem.message
    assert not (site.folder / "public").exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/a.png",
        "//A.example/a.png?x=1&y=2",
        "https://w.b.example/a.png",
        "https://v.w.b.example/ä.png",
    ],
)
def test_an_image_of_a_site_that_the_settings_name_is_shown(site: World, address: str) -> None:
    edit(site, PATH, "Some text.", f"Some text.\n\nSee ![A ward]({address}).")
    assert problems(site) == []
    shown = address.replace("&", "&amp;").replace("ä", "%C3%A4")
    assert f'src="{shown}"' in site.read("pivots/chef-to-nurse/index.html")


def test_images_are_told_wherever_texts_are(site: World) -> None:
    image = "![A ward](https://d.example/a.png)"
    edit(site, PATH, "One *point*.", f'"{image}"')
    edit(site, PATH, "Less than **it** looks.", f'"{image}"')
    site.write(
        "content/roles/nurse.md", ROLE.replace("Some text.", image).replace("{name}", "Nurse")
    )
    site.write("content/pages/a.md", f"---\ntitle: A\ndescription: B\n---\n{image}\n")
    assert [problem.code for problem in problems(site)] == ["outside-image"] * 4


def test_a_link_to_a_picture_is_no_picture(site: World) -> None:
    edit(site, PATH, "Some text.", "See [a ward](https://d.example/a.png).")
    assert problems(site) == []


def test_an_image_in_a_file_with_another_fault_is_told_too(site: World) -> None:
    edit(site, PATH, "Some text.", "![A ward](https://d.example/a.png)")
    edit(site, PATH, "window:", "windwo:")
    assert "outside-image" in {problem.code for problem in problems(site)}
