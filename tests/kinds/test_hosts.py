"""A site on real servers: what each answers, with the files that the build made for it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pivotgen.model.delivery import delivery_of
from tests.world.absent import lacking
from tests.world.builds import CONFIG, build_here
from tests.world.host_table import BASES, COOK, TABLE
from tests.world.hosting import (
    SERVERS,
    apache,
    ask,
    built,
    cloudfront,
    cloudfront_headers,
    open_to_servers,
    site_with_moves,
)
from tests.world.site import World

# Cloudflare has no other answer for what is gone.
GONE = {"cloudflare": 404}
# This wrangler fails at it, unlike the host.
FAILS = {
    ("cloudflare", "", path)
    for path in (COOK[:-1], f"{COOK}index.html", "/%C3%BCber/uns/index.html")
} | {("cloudflare", base, path) for base in BASES for path in ("/_headers", "/_redirects")}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("hosts")
    open_to_servers(folder)
    return site_with_moves(folder)


@pytest.fixture(scope="module")
def sites(world: World) -> dict[str, Path]:
    """The folder of the site for each base path, with the files of all hosts that redirect."""
    return {base: built(world, base, hosts=(*SERVERS, "netlify")) for base in BASES}


@pytest.fixture(scope="module", params=SERVERS)
def host(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def ports(
    host: str, sites: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    folder = tmp_path_factory.mktemp("server")
    open_to_servers(folder)
    with SERVERS[host](sites, folder) as ports:
        yield ports


def upper(address: str) -> str:
    """Percent-encoding in capitals; both mean the same."""
    head, *rest = address.split("%")
    return head + "".join(f"%{part[:2].upper()}{part[2:]}" for part in rest)


@pytest.mark.parametrize("base", BASES)
def test_every_server_gives_the_answers_of_one_table(
    host: str, ports: Mapping[str, int], sites: Mapping[str, Path], base: str
) -> None:
    wrong = []
    for path, asked, what in TABLE:
        if (base and path.startswith("//")) or (host, base, path) in FAILS:
            continue
        status = GONE.get(host, asked) if asked == 410 else asked
        answer = ask(ports[base], base + path)
        # Both are permanent; Caddy adds a slash with the second.
        given = 301 if answer.status == 308 else answer.status
        is_move = 300 <= answer.status < 400
        said = upper(answer.location) if is_move else answer.headers.get("content-type", "")
        wanted = base + what if status == 301 else what
        if (given, said) != (status, wanted):
            wrong.append((path, answer.status, said))
        cached = answer.headers.get("cache-control", "")
        if status < 400 and (status == 200 or host != "cloudflare"):
            assert cached == "public, max-age=0, must-revalidate", path
        if status >= 400:
            assert answer.body == (sites[base] / "404.html").read_bytes(), path
            assert cached in ("", "no-store"), path
    assert wrong == []


def test_apache_takes_its_file_as_a_part_of_its_settings_too(
    sites: Mapping[str, Path], tmp_path: Path
) -> None:
    open_to_servers(tmp_path)
    with apache(sites, tmp_path, included=True) as ports:
        for base in BASES:
            assert ask(ports[base], f"{base}/old").location == f"{base}/to/nurse/"
            assert ask(ports[base], f"{base}/gone/").status == 410
            assert ask(ports[base], f"{base}/to/nurse/index.html").location == f"{base}/to/nurse/"
            assert "content-security-policy" in ask(ports[base], f"{base}/").headers


@pytest.mark.parametrize("base", BASES)
def test_the_answers_of_cloudfront_get_the_headers_of_the_site(world: World, base: str) -> None:
    public = built(world, base, hosts=("cloudfront",))
    style = next((public / "assets").glob("style.*.css")).name
    rows = [("/", 200), ("/photo.png", 200), ("/none/", 404), (f"/assets/{style}", 200)]
    rows.append((f"/assets/none.{style}", 404))
    headers = cloudfront_headers(public, [(f"{base}{path}", status) for path, status in rows])
    policy = headers[0]["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    for (path, status), given in zip(rows, headers, strict=True):
        wanted = {name.lower(): value for name, value in delivery_of(CONFIG).headers(path).items()}
        if status == 404:
            wanted.pop("cache-control", None)
        assert given == {**wanted, "content-security-policy": policy}, path


@pytest.mark.parametrize("base", BASES)
def test_every_server_sends_the_headers_of_the_site(
    ports: Mapping[str, int], sites: Mapping[str, Path], base: str
) -> None:
    style = next((sites[base] / "assets").glob("style.*.css")).name
    kept = ask(ports[base], f"{base}/assets/{style}")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/none/", "/gone/", f"/assets/{style}"):
        headers = ask(ports[base], base + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["cross-origin-resource-policy"] == "same-origin"
    assert ask(ports[base], f"{base}/photo.png").headers["cross-origin-resource-policy"] == (
        "cross-origin"
    )


@pytest.mark.parametrize("base", BASES)
def test_the_function_of_cloudfront_answers_as_the_servers_do(world: World, base: str) -> None:
    public = built(world, base, hosts=("cloudfront",))
    assert not (public / ".hosts/cloudfront/redirects.json").exists()
    answers = cloudfront(public, [base + path for path, _, _ in TABLE])
    for (path, status, what), answer in zip(TABLE, answers, strict=True):
        if status == 301:
            assert answer["statusCode"] == 301, path
            assert answer["headers"]["location"]["value"] == base + what
        elif status == 410 or path.startswith("/.h"):
            assert answer["statusCode"] == status, path
        elif status == 200:
            # The path of the object, which is stored without the base path.
            assert answer["uri"] == f"{path}index.html" if path.endswith("/") else path


def test_redirects_that_a_function_has_no_room_for_are_in_a_store(world: World) -> None:
    node = shutil.which("node") or lacking("node", "apt-get install nodejs")
    lines = "".join(f"/old-address-number-{number}/: /to/nurse/\n" for number in range(300))
    before = (world.folder / "content/redirects.yaml").read_text("utf-8")
    world.write("content/redirects.yaml", before + lines)
    try:
        public = built(world, "", hosts=("cloudfront",))
    finally:
        world.write("content/redirects.yaml", before)
    folder = public / ".hosts/cloudfront"
    store = json.loads((folder / "redirects.json").read_text("utf-8"))["data"]
    assert {"key": "/gone", "value": "gone"} in store
    program = (folder / "request.js").read_text("utf-8")
    assert len(program.encode()) < 10_240
    pairs = {row["key"]: row["value"] for row in store}
    stub = f"const cf = {{kvs: () => ({{get: async key => ({json.dumps(pairs)})[key]}})}};"
    program = program.replace("import cf from 'cloudfront';", stub)
    program += """
    Promise.all(['/old-address-number-299', '/gone/', '/to/nurse/'].map(
        uri => handler({ request: { uri } }))).then(all => console.log(JSON.stringify(all)));
    """
    result = subprocess.run([node, "-"], input=program, capture_output=True, text=True, check=True)
    moved, gone, page = json.loads(result.stdout)
    assert moved["headers"]["location"]["value"] == "/to/nurse/"
    assert (gone["statusCode"], page["uri"]) == (410, "/to/nurse/index.html")


def test_rules_for_netlify_and_cloudflare_do_not_stand_in_each_others_way(world: World) -> None:
    rules = (built(world, "", hosts=("netlify", "cloudflare")) / "_redirects").read_text()
    lines = rules.splitlines()
    assert "/old/ /to/nurse/ 301" in lines
    assert "/old /to/nurse/ 301" in lines
    assert "/gone/ /404.html 410!" in lines
    assert len(lines) == len(set(lines))


def test_small_pages_stay_where_a_host_cannot_redirect(world: World) -> None:
    public = built(world, "", hosts=("netlify", "github-pages"))
    assert (public / "old/index.html").is_file()
    assert (public / ".nojekyll").is_file()
    # A file would be sent instead of the redirect.
    assert "/old/ /to/nurse/ 301!" in (public / "_redirects").read_text().splitlines()
    public = built(world, "", hosts=("netlify",))
    assert not (public / "old").exists()
    assert not (public / ".nojekyll").exists()


def test_a_site_that_names_no_host_is_built_as_ever(world: World) -> None:
    public = built(world)
    assert (public / "old/index.html").is_file()
    assert (public / "_headers").is_file()
    assert not any((public / name).exists() for name in ("_redirects", ".hosts", ".htaccess"))


def test_an_unknown_host_is_told_with_the_nearest_name() -> None:
    with pytest.raises(ValueError, match="no host `netlfy`; did you mean `netlify`"):
        replace(CONFIG, hosts=("netlfy",))
    with pytest.raises(ValueError, match="named twice"):
        replace(CONFIG, hosts=("nginx", "nginx"))


def test_hosts_that_come_and_go_leave_the_tree_of_a_clean_build(world: World) -> None:
    into = world.folder / "public"
    rows = [("nginx",), ("netlify", "cloudflare"), (), ("apache", "caddy"), ("cloudfront",)]
    for hosts in rows:
        config = replace(CONFIG, hosts=hosts)
        build_here(world.folder, config, into)
        assert build_here(world.folder, config, into).rendered == 0
        names = {file.name for file in into.rglob("*") if file.is_file()}
        assert ("_redirects" in names) == ("netlify" in hosts)
        assert (".htaccess" in names) == ("apache" in hosts)
        assert ("maps.conf" in names) == ("nginx" in hosts)


def test_of_too_many_redirects_cloudflare_gets_as_many_as_it_takes_and_pages_for_all(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    world.pivot("Chef", "Nurse")
    lines = (f"/old-{number:04}/: /to/nurse/\n" for number in range(1_001))
    world.write("content/redirects.yaml", "".join(lines))
    public = built(world, "", hosts=("cloudflare",))
    rules = (public / "_redirects").read_text().splitlines()
    # One for each, because the host itself leads from an address to the page below it.
    assert len(rules) == 1_001
    assert all(rule.partition(" ")[0].endswith("/") for rule in rules)
    assert (public / "old-1000/index.html").is_file()
