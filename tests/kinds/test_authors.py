"""Who wrote a pivot: on its page, for crawlers and in feeds, and only where somebody says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pivotgen import Config, Party
from pivotgen.commands.schema import schema
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.edits import configure, edit, first, links, page, with_keys
from tests.world.html import article_of
from tests.world.site import World

ATOM = "{http://www.w3.org/2005/Atom}"
FILE = "content/pivots/chef-to-nurse.md"
PAGE = "pivots/chef-to-nurse"
ABOUT = "---\ntitle: About\ndescription: Us.\n---\nText.\n"
AUTHORS = 'authors={"ana": Party("Ana <Ruiz>", "/about/"), "bo": Party("Bo Lind")}'
EDITORS = {
    "@type": "Organization",
    "@id": "https://aicareerpivot.com/about/#the-aicareerpivot-editors",
    "name": "The AICareerPivot editors",
    "url": "https://aicareerpivot.com/about/",
}


@pytest.fixture
def written(world: World) -> World:
    """A site with a page by Ana, one by Bo and one by nobody in particular."""
    configure(world, AUTHORS)
    world.write("content/pages/about.md", ABOUT)
    world.pivot("Chef", "Nurse", with_keys("author: ana", "updated: 2026-01-03"))
    world.pivot("Baker", "Nurse", with_keys("author: bo", "updated: 2026-01-02"))
    world.pivot("Clerk", "Nurse", with_keys("updated: 2026-01-01"))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def test_a_page_names_its_author_and_leads_to_them(written: World) -> None:
    tree = page(written, PAGE)
    link = first(tree, ".hero .meta a[rel=author]")
    assert (link.text(), link.attributes["href"]) == ("Ana <Ruiz>", "/about/")
    assert (
        first(tree, ".hero .meta").text()
        == "Last updated 3 January 2026 by Ana <Ruiz> · 1-minute read"
    )
    # Once is enough for readers.
    assert first(tree, "body").text().count("Ana <Ruiz>") == 1
    assert "Written by" not in first(tree, ".foot").text()
    assert article_of(tree)["author"] == {
        "@type": "Person",
        "@id": "https://aicareerpivot.com/about/#ana-ruiz",
        "name": "Ana <Ruiz>",
        "url": "https://aicareerpivot.com/about/",
    }


def test_an_author_without_a_page_is_named_without_a_link(written: World) -> None:
    tree = page(written, "pivots/baker-to-nurse")
    assert (
        first(tree, ".hero .meta").text()
        == "Last updated 2 January 2026 by Bo Lind · 1-minute read"
    )
    assert not tree.css("a[rel=author]")
    assert article_of(tree)["author"] == {"@type": "Person", "name": "Bo Lind"}


def test_a_page_without_an_author_is_by_the_editor(written: World) -> None:
    tree = page(written, "pivots/clerk-to-nurse")
    assert "Written by The AICareerPivot editors." in first(tree, ".foot").text()
    assert (
        first(tree, ".hero .meta").text().endswith("by The AICareerPivot editors · 1-minute read")
    )
    assert article_of(tree)["author"] == EDITORS


@pytest.mark.parametrize("key", ["ana", "bo"])
def test_an_author_of_a_page_without_a_day_is_named_too(written: World, key: str) -> None:
    written.pivot("Cook", "Nurse", with_keys(f"author: {key}"))
    assert written.run("build").returncode == 0
    tree = page(written, "pivots/cook-to-nurse")
    name = {"ana": "Ana <Ruiz>", "bo": "Bo Lind"}[key]
    assert first(tree, ".hero .meta").text() == f"Author: {name} · 1-minute read"
    assert links(tree, "a[rel=author]") == (["/about/"] if key == "ana" else [])


def test_feeds_name_the_author_of_each_pivot(written: World) -> None:
    feed = ElementTree.fromstring(written.read("feed.xml"))
    authors = [
        [(part.tag.removeprefix(ATOM), part.text) for part in entry.iterfind(f"{ATOM}author/*")]
        for entry in feed.iterfind(f"{ATOM}entry")
    ]
    assert authors == [
        [("name", "Ana <Ruiz>"), ("uri", "https://aicareerpivot.com/about/")],
        [("name", "Bo Lind")],
        [],
    ]
    items = json.loads(written.read("feed.json"))["items"]
    assert [item.get("authors") for item in items] == [
        [{"name": "Ana <Ruiz>", "url": "https://aicareerpivot.com/about/"}],
        [{"name": "Bo Lind"}],
        None,
    ]


def config(**authors: Party) -> Config:
    return replace(CONFIG, authors=authors)


def test_another_name_makes_the_pages_of_that_author_anew_and_no_others(
    world: World, tmp_path: Path
) -> None:
    world.pivot("Chef", "Nurse", with_keys("author: ana"))
    world.pivot("Baker", "Nurse", with_keys("author: bo"))
    world.pivot("Clerk", "Nurse")
    into = world.folder / "public"
    before = config(ana=Party("Ana"), bo=Party("Bo"))
    assert not build_here(world.folder, before, into).problems
    for after in (
        config(ana=Party("Ana Ruiz"), bo=Party("Bo")),
        config(ana=Party("Ana Ruiz", "https://ana.example"), bo=Party("Bo")),
        config(ana=Party("Ana"), bo=Party("Bo"), cy=Party("Cy")),
    ):
        report = build_here(world.folder, after, into)
        assert (report.rendered, report.written) == (1, 1)
        assert tree(into) == clean_build(world.folder, after)[0]


def test_an_author_who_leaves_the_settings_stops_the_build(world: World) -> None:
    world.pivot("Chef", "Nurse", with_keys("author: ana"))
    into = world.folder / "public"
    assert not build_here(world.folder, config(ana=Party("Ana")), into).problems
    [problem] = build_here(world.folder, config(), into).problems
    assert (problem.path, problem.line, problem.column) == (FILE, 6, 9)
    assert problem.hint == 'add to build.py: authors={"ana": Party("ana")}'


@pytest.mark.parametrize(
    ("typed", "hint", "fixed"),
    [
        ("anna", "did you mean `ana`?", "ana"),
        ("Ana", "did you mean `ana`?", "ana"),
        ('"Ana Ruiz"', "did you mean `ana`?", '"ana"'),
        ("ben-lind", "did you mean `bo-lind`?", "bo-lind"),
        # Two are as near, so none is certain.
        ("kim-l", "did you mean `kim-lo`?", "kim-l"),
        (
            "zoë",
            'use one of: `ana`, `bo-lind`, `kim-li`, `kim-lo`; or add to build.py: authors={"zoë": '
            'Party("zoë")}',
            "zoë",
        ),
    ],
)
def test_an_unknown_author_is_told_with_the_one_that_may_be_meant(
    world: World, typed: str, hint: str, fixed: str
) -> None:
    people = '"ana": Party("Ana Ruiz"), "bo-lind": Party("Bo"), "kim-li": Party("K")'
    configure(world, f'authors={{{people}, "kim-lo": Party("L")}}')
    world.pivot("Chef", "Nurse", with_keys(f"author: {typed}"))
    result = world.run("build")
    assert f"{FILE}:6:9: error[unknown-author]:" in result.stderr
    assert f"hint: {hint}\n" in result.stderr
    world.run("check", "--fix", "--yes")
    assert f"author: {fixed}\n" in (world.folder / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('{"Ana Ruiz": Party("Ana")}', "`Ana Ruiz` is no key of an author"),
        ('{"ana": Party("")}', "the author `ana` needs a name"),
        ('{"ana": "Ana"}', "the author `ana` needs a name"),
        ('{"ana": Party("Ana", "ana.example")}', "`ana.example` does not"),
    ],
)
def test_authors_that_cannot_be_are_told_in_the_settings(
    world: World, setting: str, message: str
) -> None:
    world.pivot("Chef", "Nurse")
    configure(world, f"authors={setting}")
    result = world.run("build")
    assert result.returncode == 1
    assert "build.py:" in result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_the_page_of_an_author_must_be_there(world: World) -> None:
    world.pivot("Chef", "Nurse")
    configure(world, 'authors={"ana": Party("Ana", "/abuot/")}')
    assert "nothing on this site has the address `/abuot/`" in world.run("build").stderr


def test_the_address_of_an_author_follows_the_path_of_the_site(written: World) -> None:
    edit(
        written,
        "build.py",
        'base_url="https://aicareerpivot.com"',
        'base_url="https://u.example/repo"',
    )
    assert written.run("build").returncode == 0
    tree = page(written, PAGE)
    assert first(tree, "a[rel=author]").attributes["href"] == "/repo/about/"
    assert article_of(tree)["author"]["url"] == "https://u.example/repo/about/"
    assert "<uri>https://u.example/repo/about/</uri>" in written.read("feed.xml")


def test_the_schema_knows_the_authors_of_the_site(written: World, tmp_path: Path) -> None:
    document = json.loads(written.run("schema").stdout)
    assert document["properties"]["author"]["enum"] == ["ana", "bo"]
    assert "enum" not in json.loads(schema("pivot"))["properties"]["author"]
    assert "author" not in json.loads(written.run("schema", "role").stdout)["properties"]


def test_a_new_pivot_has_the_only_author_or_a_choice(world: World) -> None:
    world.pivot("Baker", "Nurse")
    configure(world, 'authors={"ana": Party("Ana")}')
    assert world.run("new", "Chef", "Nurse").returncode == 0
    assert "\nauthor: ana\n" in (world.folder / FILE).read_text("utf-8")
    edit(world, "build.py", '{"ana": Party("Ana")}', '{"bo": Party("B"), "ana": Party("A")}')
    assert world.run("new", "Pilot", "Nurse").returncode == 0
    text = (world.folder / "content/pivots/pilot-to-nurse.md").read_text("utf-8")
    assert "\nauthor: ana  # TODO ana or bo\n" in text
