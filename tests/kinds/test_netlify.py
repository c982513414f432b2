"""What Netlify's own programs make of a site's files: its parsers, and what finds the rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pivotgen.model.address import path_of
from pivotgen.model.delivery import delivery_of
from tests.world.builds import CONFIG
from tests.world.host_table import BASES, TABLE
from tests.world.hosting import built, netlify, site_with_moves
from tests.world.site import World

HOSTS = [("netlify",), ("netlify", "cloudflare", "nginx", "apache")]
# Those that only a rule answers for.
OLD = ("/old", "/chain/", "/cooks/", "/gr%C3%B6%C3%9Fe", "/part/", "/deep/er/")
# Those of other hosts, and what only the host itself leads elsewhere.
HIDDEN = ("/.hosts/Caddyfile", "/.htaccess")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return site_with_moves(tmp_path_factory.mktemp("netlify"))


@pytest.mark.parametrize("hosts", HOSTS, ids=len)
@pytest.mark.parametrize("base", BASES)
def test_netlify_finds_for_each_address_what_the_table_says(
    world: World, hosts: Sequence[str], base: str
) -> None:
    public = built(world, base, hosts=hosts)
    rows = [row for row in TABLE if not row[0].startswith("//")]
    told = netlify(public, [f"{base}{path}" for path, _, _ in rows])
    assert told["errors"] == []
    for (path, status, what), answer in zip(rows, told["answers"], strict=True):
        rule = answer["rule"]
        if path.startswith(OLD):
            assert (rule["status"], rule["to"]) == (301, f"{base}{what}"), path
        elif status == 410 or (path in HIDDEN and len(hosts) > 1):
            given = rule["status"], rule["to"], rule["force"]
            assert given == (410 if status == 410 else 404, "/404.html", True), path
        elif base:
            # The file lies at the root.
            assert (rule["status"], rule["to"]) == (200, path_of(path)), path
        else:
            assert rule is None, path


@pytest.mark.parametrize("base", BASES)
def test_netlify_sends_the_headers_of_the_site(world: World, base: str) -> None:
    public = built(world, base, hosts=("netlify",))
    style = next((public / "assets").glob("style.*.css")).name
    paths = ["/", "/photo.png", "/none/", f"/assets/{style}", "/pivots/ward.png", "/sitemap.xml"]
    told = netlify(public, [f"{base}{path}" for path in paths])
    delivery = delivery_of(CONFIG)
    for path, answer in zip(paths, told["answers"], strict=True):
        policy = answer["headers"].pop("Content-Security-Policy")
        assert policy.startswith("default-src 'none'; ")
        wanted = delivery.headers(path)
        del wanted["Content-Security-Policy"]
        assert answer["headers"] == wanted, path


def test_small_pages_do_not_stand_in_the_way_of_netlify(world: World) -> None:
    public = built(world, "", hosts=("netlify", "github-pages"))
    assert (public / "old/index.html").is_file()
    old, none = netlify(public, ["/old/", "/.nojekyll"])["answers"]
    assert (old["rule"]["status"], old["rule"]["force"]) == (301, True)
    assert none["rule"]["status"] == 404


def test_rules_for_both_hosts_say_each_thing_once(world: World, tmp_path: Path) -> None:
    lines = (built(world, "", hosts=("netlify", "cloudflare")) / "_redirects").read_text()
    assert len(set(lines.splitlines())) == len(lines.splitlines())
