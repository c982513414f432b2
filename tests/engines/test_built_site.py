"""The built site: which file answers at which path, with a base path and without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pivotgen.engines.preview.built_site import BuiltSite

BASES = ["", "/repo", "/a/b", "/r%C3%A9po"]
STYLE = "style.0123456789.css"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a small site, whose pages link to addresses without a base."""
    root = tmp_path / "public"
    pages = {
        "index.html": "Home",
        "pivots/chef-to-nurse/index.html": "Chef to nurse",
        "pivots/cook-to-nurse/index.html": "Cook to nurse",
        "404.html": "Missing",
        "_headers": "SECRET",
        "feed.xml": "<feed/>",
        f"assets/{STYLE}": "body {}",
    }
    for name, text in pages.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "secret.txt").write_text("SECRET")
    return root


def styled(root: Path, base: str, name: str = STYLE) -> None:
    link = f'<link rel="stylesheet" href="{base}/assets/{name}">'
    (root / "index.html").write_text(f"<head>{link}</head>Home")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/pivots/chef-to-nurse/", "pivots/chef-to-nurse/index.html"),
        ("/pivots/chef%2Dto%2Dnurse/", "pivots/chef-to-nurse/index.html"),
        ("/feed.xml", "feed.xml"),
        (f"/assets/{STYLE}", f"assets/{STYLE}"),
        ("/assets/style.css", f"assets/{STYLE}"),
    ],
)
def test_a_path_under_the_base_is_answered_by_its_file(
    root: Path, base: str, path: str, file: str
) -> None:
    assert BuiltSite(root, base).file(f"{base}{path}") == root.resolve() / file


def test_the_base_may_be_encoded_or_not(root: Path) -> None:
    assert BuiltSite(root, "/répo").file("/r%C3%A9po/feed.xml")
    assert BuiltSite(root, "/r%C3%A9po").file("/répo/feed.xml")
    assert BuiltSite(root, "/repo").file("/re%70o/feed.xml")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "feed.xml",
        "/",
        "/feed.xml",
        "/repo",
        "/repository/feed.xml",
        "/Repo/feed.xml",
        "//repo/feed.xml",
        "/repo/../feed.xml",
        "/other/repo/feed.xml",
        "/repo/%ff",
    ],
)
def test_nothing_answers_outside_of_the_base(root: Path, path: str) -> None:
    assert BuiltSite(root, "/repo").file(path) is None


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/assets/../../secret.txt",
        "//feed.xml",
        "/pivots//chef-to-nurse/",
        "/feed.xml%00",
        "/_headers",
        "/.hidden",
        "/assets/other.css",
        "/assets",
    ],
)
def test_no_other_file_answers_under_the_base(root: Path, base: str, path: str) -> None:
    (root / ".hidden").write_text("SECRET")
    assert BuiltSite(root, base).file(f"{base}{path}") is None


def test_links_to_files_outside_of_the_site_do_not_answer(root: Path) -> None:
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    (root / "assets" / "link.0123456789.css").symlink_to(root.parent / "secret.txt")
    (root / "circle.txt").symlink_to(root / "circle.txt")
    site = BuiltSite(root, "/repo")
    for path in ("/link.txt", "/assets/link.css", "/assets/link.0123456789.css", "/circle.txt"):
        assert site.file(f"/repo{path}") is None


def test_the_newest_stylesheet_of_a_name_answers(root: Path) -> None:
    newest = root / "assets" / "style.abcdefabcd.css"
    newest.write_text("body { color: red; }")
    later = newest.stat().st_mtime_ns + 10**9
    os.utime(newest, ns=(later, later))
    assert BuiltSite(root, "/repo").file("/repo/assets/style.css") == newest.resolve()


@pytest.mark.parametrize(
    ("base", "path", "target"),
    [
        ("/repo", "/", "/repo/"),
        ("/repo", "/repo", "/repo/"),
        ("/repo", "/repo/", None),
        ("/repo", "/repo/pivots/chef-to-nurse", "/repo/pivots/chef-to-nurse/"),
        ("/repo", "/repo/pivots/chef-to-nurse/", None),
        ("/repo", "/repo/feed.xml", None),
        ("/repo", "/repo/nowhere", None),
        ("/repo", "/pivots/chef-to-nurse", None),
        ("/repo", "//example.com", None),
        ("/a/b", "/a", None),
        ("/r%C3%A9po", "/", "/r%C3%A9po/"),
        ("/r%C3%A9po", "/r%C3%A9po/pivots/chef-to-nurse", "/r%C3%A9po/pivots/chef-to-nurse/"),
        ("", "/", None),
        ("", "/pivots/chef-to-nurse", "/pivots/chef-to-nurse/"),
        ("", "//example.com", None),
    ],
)
def test_a_path_is_redirected_to_the_base_and_to_the_slash(
    root: Path, base: str, path: str, target: str | None
) -> None:
    assert BuiltSite(root, base).redirect(path) == target


def test_the_base_is_redirected_to_before_the_first_build(tmp_path: Path) -> None:
    site = BuiltSite(tmp_path / "public", "/repo")
    assert (site.redirect("/"), site.redirect("/repo")) == ("/repo/", "/repo/")


@pytest.mark.parametrize("base", BASES)
def test_stylesheets_are_named_without_their_digests_under_the_base(root: Path, base: str) -> None:
    styled(root, base)
    site = BuiltSite(root, base)
    page = site.page(f"{base}/")
    assert page.status == 200
    assert f'href="{base}/assets/style.css"'.encode() in page.body
    assert page.stylesheets == {f"{base}/assets/{STYLE}"}
    styled(root, base, "style.abcdefabcd.css")
    other = site.page(f"{base}/")
    assert other.body == page.body
    assert other.version != page.version


def test_stylesheets_outside_of_the_base_keep_their_names(root: Path) -> None:
    styled(root, "/other")
    page = BuiltSite(root, "/repo").page("/repo/")
    assert f"/other/assets/{STYLE}".encode() in page.body
    assert page.stylesheets == set()


@pytest.mark.parametrize("base", BASES)
def test_a_missing_address_under_the_base_is_answered_by_the_sites_own_page(
    root: Path, base: str
) -> None:
    page = BuiltSite(root, base).page(f"{base}/nowhere/")
    assert (page.status, page.body) == (404, b"Missing")


def test_an_address_outside_of_the_base_is_explained(root: Path) -> None:
    site = BuiltSite(root, "/repo")
    for path in ("/pivots/chef-to-nurse/", "/repository/", "/404.html"):
        page = site.page(path)
        assert page.status == 404
        assert b'starts with <a href="/repo/">/repo/</a>' in page.body
        assert b"base_url" in page.body


def test_a_base_is_text_in_the_explanation(root: Path) -> None:
    page = BuiltSite(root, '/"><script>').page("/")
    assert b"<script>" not in page.body


def test_a_site_that_was_never_built_has_a_page_that_waits(tmp_path: Path) -> None:
    site = BuiltSite(tmp_path / "public", "/repo")
    assert site.page("/repo/").status == 503
    assert site.page("/repo/pivots/chef-to-nurse/").status == 503
    assert site.page("/elsewhere/").status == 404
    assert site.near("/repo/nowhere/") == []


@pytest.mark.parametrize("base", ["", "/repo", "/a/b"])
def test_similar_addresses_carry_the_base(root: Path, base: str) -> None:
    near = BuiltSite(root, base).near(f"{base}/pivots/chef-to-nurs")
    assert near[0] == f"{base}/pivots/chef-to-nurse/"
    assert f"{base}/pivots/cook-to-nurse/" in near


def test_addresses_without_their_base_are_found_under_it(root: Path) -> None:
    near = BuiltSite(root, "/repo").near("/pivots/chef-to-nurse/")
    assert near[0] == "/repo/pivots/chef-to-nurse/"


def test_the_home_page_is_suggested_by_its_address(root: Path) -> None:
    assert "/repository/" in BuiltSite(root, "/repository").near("/repositori/")
