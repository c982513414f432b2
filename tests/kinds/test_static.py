"""Files of static/: published as they are, by their own names."""

from __future__ import annotations

import json

import pytest

from pivotgen.model.delivery import PLAIN
from pivotgen.model.source import is_hidden
from tests.world.site import World


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    world.write("static/CNAME", "example.com\n")
    world.write("static/deep/file.bin", bytes(range(256)))
    world.write("static/.well-known/security.txt", "Contact: mailto:a@example.com\n")
    world.write("static/.well-known/.proof", "1")
    return world


def test_files_are_copied_to_the_root_byte_for_byte(site: World) -> None:
    for name in (".hidden", "deep/.git/config", "backup.txt~", ".well-known/backup~"):
        site.write(f"static/{name}", "no")
    assert site.run("build").returncode == 0
    public = site.folder / "public"
    assert (public / "CNAME").read_text() == "example.com\n"
    assert (public / "deep" / "file.bin").read_bytes() == bytes(range(256))
    assert (public / ".well-known" / "security.txt").read_text().startswith("Contact:")
    assert (public / ".well-known" / ".proof").read_text() == "1"
    assert not [name for name in site.tree() if "backup" in name or "hidden" in name]
    assert "deep/.git/config" not in site.tree()


def test_they_come_and_go_with_their_sources_and_nothing_else_is_made(site: World) -> None:
    assert site.run("build").returncode == 0
    site.write("static/CNAME", "example.org\n")
    report = json.loads(site.run("build", "--json").stdout)
    assert (report["rendered"], report["written"], report["removed"]) == (1, 1, 0)
    (site.folder / "static" / "CNAME").unlink()
    report = json.loads(site.run("build", "--json").stdout)
    assert (report["rendered"], report["written"], report["removed"]) == (0, 0, 1)
    assert "CNAME" not in site.tree()


@pytest.mark.parametrize(
    ("name", "address", "owner"),
    [
        ("robots.txt", "/robots.txt", "a file of the site"),
        ("feed.xml", "/feed.xml", "a file of the site"),
        ("Sitemap.xml", "/Sitemap.xml", "a file of the site"),
        ("pivots/chef-to-nurse/index.html", "/pivots/chef-to-nurse/", "chef-to-nurse.md"),
        ("to", "/to", "a page of the site"),
        ("about/index.html", "/about/", "content/pages/about.md"),
        ("old/index.html", "/old/", "static/old/index.html"),
    ],
)
def test_a_file_that_another_source_makes_names_both_owners(
    site: World, name: str, address: str, owner: str
) -> None:
    site.write("content/pages/about.md", "---\ntitle: A\ndescription: B\n---\nText.\n")
    path = "content/pivots/chef-to-nurse.md"
    text = (site.folder / path).read_text("utf-8")
    site.write(path, text.replace("window:", "aliases: [/old/]\nwindow:"))
    site.write(f"static/{name}", "mine")
    result = site.run("build")
    assert result.returncode == 1
    assert f"error[address-clash]: {address} already belongs to" in result.stderr
    assert f"static/{name}" in result.stderr
    assert owner in result.stderr
    assert not (site.folder / "public").exists()


def test_why_says_where_a_file_is_published_and_why_a_hidden_one_is_not(site: World) -> None:
    assert site.run("build").returncode == 0
    assert "is published at /CNAME." in site.run("why", "static/CNAME").stdout
    assert "static/CNAME" in site.run("why", "/CNAME").stdout
    site.write("static/.hidden", "no")
    assert "is not published" in site.run("why", "static/.hidden").stdout


def test_a_name_without_an_ending_has_the_type_of_plain_bytes() -> None:
    assert PLAIN.media_type("CNAME") == "application/octet-stream"
    assert PLAIN.media_type(".well-known/apple-app-site-association") == "application/octet-stream"
    assert PLAIN.media_type("favicon.ico") == "image/x-icon"


@pytest.mark.parametrize(
    ("path", "hidden"),
    [
        ("static/a.txt", False),
        ("static/.a", True),
        ("static/a/.b/c", True),
        ("static/.well-known", False),
        ("static/.well-known/.a/b", False),
        ("static/.well-known/a~", True),
        ("assets/.well-known/a", True),
        ("content/pivots/a.md~", True),
    ],
)
def test_which_files_are_sources(path: str, hidden: bool) -> None:
    assert is_hidden(path) is hidden
