"""Settings, own filters and feeds: pages that depend on them do not stay as they were."""

from __future__ import annotations

import json

import pytest

from tests.world.edits import configure, edit, with_keys
from tests.world.site import World

PIVOT = "pivots/chef-to-nurse/index.html"
START = "{% block main %}\n"


def build(world: World) -> None:
    result = world.run("build")
    assert result.returncode == 0, result.stderr


def filtered(world: World, settings: str) -> None:
    """A site whose pages show the filter `loud`, which build.py gets by these lines."""
    world.pivot("Chef", "Nurse")
    configure(world, 'filters={"loud": loud}')
    edit(world, "build.py", "config = Config(\n", f"{settings}\n\nconfig = Config(\n")
    edit(world, "layouts/pivot.html", START, f'{START}<p>{{{{ "word"|loud }}}}</p>\n')


def test_an_edited_filter_in_build_py_makes_its_pages_again(world: World) -> None:
    filtered(world, "def loud(text):\n    return text.upper()\n")
    build(world)
    assert "<p>WORD</p>" in world.read(PIVOT)
    edit(world, "build.py", "text.upper()", "text.title()")
    build(world)
    assert "<p>Word</p>" in world.read(PIVOT)


def test_an_edited_module_behind_a_filter_makes_its_pages_again(world: World) -> None:
    world.write("voices.py", "def loud(text):\n    return text.upper()\n")
    filtered(
        world,
        "import sys\nsys.path.insert(0, __file__.rpartition('/')[0])\nfrom voices import loud\n",
    )
    build(world)
    assert "<p>WORD</p>" in world.read(PIVOT)
    # Of another length: Python tells two texts of one second apart by that alone.
    edit(world, "voices.py", "text.upper()", "text.capitalize()")
    build(world)
    assert "<p>Word</p>" in world.read(PIVOT)


@pytest.mark.parametrize(
    ("module", "own", "other"),
    [("bells", "bells/inner/ring.py", "horn.py"), ("horn", "horn.py", "bells/inner/ring.py")],
)
def test_pages_depend_on_the_whole_installed_package_of_a_filter_and_on_no_other(
    world: World, tmp_path_factory: pytest.TempPathFactory, module: str, own: str, other: str
) -> None:
    installed = tmp_path_factory.mktemp("python") / "site-packages"
    (installed / "bells" / "inner").mkdir(parents=True)
    (installed / "bells" / "__init__.py").write_text("from bells.inner.ring import loud\n")
    for path in (own, other):
        (installed / path).write_text("def loud(text):\n    return text.upper()\n")
    found = f"import sys\nsys.path.insert(0, {str(installed)!r})\n"
    filtered(world, f"{found}from {module} import loud\n")
    build(world)
    assert "<p>WORD</p>" in world.read(PIVOT)
    # Of another length: Python tells two texts of one second apart by that alone.
    (installed / other).write_text("def loud(text):\n    return text.swapcase()\n")
    assert json.loads(world.run("build", "--json").stdout)["rendered"] == 0
    (installed / own).write_text("def loud(text):\n    return text.capitalize()\n")
    build(world)
    assert "<p>Word</p>" in world.read(PIVOT)


def test_edited_settings_are_shown_by_every_page(world: World) -> None:
    world.pivot("Chef", "Nurse")
    build(world)
    for old, new, shown in (
        ('name="AICareerPivot"', 'name="Other Name"', "Other Name</a>"),
        ("The AICareerPivot editors", "Two Editors", "Two Editors"),
        ("Take the paper test", "Begin here", "Begin here"),
        (
            'base_url="https://aicareerpivot.com"',
            'base_url="https://b.com"',
            "https://b.com/pivots/",
        ),
    ):
        edit(world, "build.py", old, new)
        build(world)
        assert shown in world.read(PIVOT), new
    assert "https://b.com/" in world.read("sitemap.xml")
    assert "https://b.com/" in world.read("robots.txt")


def test_pages_name_the_feeds_from_the_first_dated_pivot_to_the_last(world: World) -> None:
    path = world.pivot("Chef", "Nurse", with_keys())
    world.pivot("Pilot", "Clerk")
    pages = ("index.html", "404.html", "to/clerk/index.html", "pivots/pilot-to-clerk/index.html")
    build(world)
    assert [name for name in pages if "/feed.xml" in world.read(name)] == []
    edit(world, path, "window:", "updated: 2026-01-01\nwindow:")
    build(world)
    assert [name for name in pages if "/feed.xml" in world.read(name)] == [*pages]
    edit(world, path, "updated: 2026-01-01\n", "")
    build(world)
    assert [name for name in pages if "/feed.xml" in world.read(name)] == []
    assert "feed.xml" not in world.tree()
