"""A site on Vercel: its routes answer as other hosts do, and Vercel takes them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.world.builds import CONFIG, build_here
from tests.world.host_table import BASES, TABLE
from tests.world.hosting import built, site_with_moves
from tests.world.site import PIVOT, World
from tests.world.vercel import Deployment


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return site_with_moves(tmp_path_factory.mktemp("vercel"))


@pytest.fixture(scope="module")
def sites(world: World) -> dict[str, Deployment]:
    return {base: Deployment(built(world, base, hosts=("vercel",))) for base in BASES}


@pytest.mark.parametrize("base", BASES)
def test_vercel_gives_the_answers_of_the_table_of_all_hosts(
    sites: dict[str, Deployment], base: str
) -> None:
    site = sites[base]
    assert site.refused() == ""
    missing = (site.public / "404.html").read_bytes()
    wrong = []
    for path, status, what in TABLE:
        answer = site.ask(base + path)
        is_move = answer.status == 301
        given = answer.headers["location"] if is_move else answer.headers["content-type"]
        if (answer.status, given) != (status, base + what if status == 301 else what):
            wrong.append((path, answer.status, given))
        if status >= 400:
            assert answer.body == missing, path
            assert "cache-control" not in answer.headers
    assert wrong == []


@pytest.mark.parametrize("base", BASES)
def test_vercel_sends_each_header_of_the_site_once(sites: dict[str, Deployment], base: str) -> None:
    site = sites[base]
    style = next((site.public / "assets").glob("style.*.css")).name
    for path in ("/", "/none/", "/gone/", f"/assets/{style}", "/photo.png"):
        headers = site.ask(base + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert ("immutable" in headers.get("cache-control", "")) == path.startswith("/assets/")
        shared = "cross-origin" if path == "/photo.png" else "same-origin"
        assert headers["cross-origin-resource-policy"] == shared
    assert "cache-control" not in site.ask(f"{base}/assets/none.css").headers


@pytest.mark.parametrize(
    "path",
    ["//elsewhere.example", "//elsewhere.example/a", "/\\elsewhere.example", "/a//b", "/a/\\b"],
)
def test_no_address_leads_to_another_site(sites: dict[str, Deployment], path: str) -> None:
    assert sites[""].ask(path).status == 404


def test_files_without_an_ending_are_sent_and_capitals_are_other_letters(
    sites: dict[str, Deployment],
) -> None:
    site = sites["/repo"]
    assert site.ask("/repo/LICENSE").body == (site.public / "LICENSE").read_bytes()
    assert site.ask("/repo").headers["location"] == "/repo/"
    assert site.ask("/repo/OLD/").status == 404


def test_an_address_with_signs_of_expressions_is_itself_alone(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", "aliases: [/v1.5/, /a-b~c/]\nwindow:"))
    world.write("content/redirects.yaml", "/x.y/: /to/nurse/\n/w.v/: gone\n")
    site = Deployment(built(world, hosts=("vercel",)))
    assert site.refused() == ""
    assert site.ask("/v1.5/").headers["location"] == "/pivots/chef-to-nurse/"
    assert site.ask("/x.y").headers["location"] == "/to/nurse/"
    assert site.ask("/w.v/").status == site.ask("/w.v").status == 410
    assert site.ask("/v105/").status == site.ask("/xay/").status == site.ask("/wav/").status == 404


@pytest.mark.parametrize("asked", ["/größe", "/gr%C3%B6%C3%9Fe"])
def test_a_base_path_of_many_letters_is_known_in_both_forms(world: World, asked: str) -> None:
    site = Deployment(built(world, "/größe", hosts=("vercel",)))
    assert site.refused() == ""
    assert site.ask(asked).headers["location"] == "/gr%C3%B6%C3%9Fe/"
    assert site.ask(f"{asked}/old").headers["location"] == "/gr%C3%B6%C3%9Fe/to/nurse/"
    assert site.ask(f"{asked}/to/nurse/").status == 200


def test_of_too_many_redirects_the_rest_are_small_pages_and_that_is_told(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.pivot("Chef", "Nurse")
    lines = (f"/old-{number:04}/: /to/nurse/\n" for number in range(1_902))
    world.write("content/redirects.yaml", "".join(lines))
    config = replace(CONFIG, hosts=("vercel",))
    [problem] = build_here(world.folder, config, world.folder / "public").problems
    assert (problem.code, problem.level) == ("host-limit", "warning")
    assert "takes 1900 redirects; 2 of this site stay small pages" in problem.message
    site = Deployment(world.folder / "public")
    assert site.refused() == ""
    assert len(site.config["routes"]) < 2_048
    assert site.ask("/old-1901/").status == 200


def test_many_addresses_that_are_gone_are_few_routes(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.pivot("Chef", "Nurse")
    lines = (f"/a-page-that-was-here-once-{number:04}/: gone\n" for number in range(3_000))
    world.write("content/redirects.yaml", "".join(lines))
    site = Deployment(built(world, hosts=("vercel",)))
    assert site.refused() == ""
    assert len(site.config["routes"]) < 150
    assert site.ask("/a-page-that-was-here-once-2999").status == 410
    assert max(len(route.get("src", "")) for route in site.config["routes"]) <= 4_096


def test_a_preview_says_so_in_its_headers(world: World, tmp_path: Path) -> None:
    world.setting('hosts=("vercel",)')
    out = str(tmp_path / "out")
    assert world.run("build", "--preview", "--out", out).returncode == 0
    config = json.loads((tmp_path / "out/.hosts/vercel/config.json").read_text("utf-8"))
    [route] = [r for r in config["routes"] if "X-Robots-Tag" in r.get("headers", {})]
    assert (route["src"], route["headers"]["X-Robots-Tag"]) == ("^/.*$", "noindex")
