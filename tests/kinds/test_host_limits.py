"""What is too much for a host is told before anything is published there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pivotgen.model import hosts
from pivotgen.model.problem import Level, Problem
from pivotgen.stages.shared import host_sizes
from tests.world.builds import CONFIG, build_here
from tests.world.edits import with_keys
from tests.world.site import World

MANY_SITES = {f"pictures-of-wards-{number}.example": "images" for number in range(160)}


def told(world: World, host: str, **settings: Any) -> list[Problem]:
    """The limits of a host that a site exceeds."""
    config = replace(CONFIG, hosts=(host,), **settings)
    report = build_here(world.folder, config, world.folder / "public")
    assert {problem.code for problem in report.problems} <= {"host-limit"}
    return list(report.problems)


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse", with_keys("aliases: [/cooks/]"))
    return world


@pytest.mark.parametrize("host", hosts.HOSTS)
def test_a_small_site_is_not_too_much_for_any_host(site: World, host: str) -> None:
    assert told(site, host) == []


@pytest.mark.parametrize(
    ("host", "takes"),
    [
        ("cloudflare", "Cloudflare Pages takes headers of 2000 characters"),
        ("nginx", "nginx takes headers of 4094 bytes"),
        ("apache", "Apache takes headers of 7990 bytes"),
    ],
)
def test_a_header_that_is_too_long_is_told_with_its_length(
    site: World, host: str, takes: str
) -> None:
    config = "hosts = (\n" + f'    "{host}",\n)\n'
    site.write("build.py", config + (site.folder / "build.py").read_text("utf-8"))
    many = {**MANY_SITES, **{f"more.{name}": "images" for name in MANY_SITES}}
    [problem] = told(site, host, other_sites=many)
    assert problem.message.startswith(f"{takes}, and one of this site has ")
    assert (problem.path, problem.line, problem.column) == ("build.py", 2, 6)
    assert problem.level is Level.ERROR
    assert not (site.folder / "public").exists()


@pytest.mark.parametrize("host", ["netlify", "caddy", "cloudfront", "github-pages"])
def test_other_hosts_take_long_headers(site: World, host: str) -> None:
    assert told(site, host, other_sites=MANY_SITES) == []


def test_more_redirects_than_netlify_publishes_are_told_at_their_file(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "NETLIFY_REDIRECTS", 2)
    site.write("content/redirects.yaml", "/a/: /\n/b/: gone\n")
    [problem] = told(site, "netlify")
    assert (problem.path, problem.line, problem.column) == ("content/redirects.yaml", 1, 1)
    assert problem.level is Level.WARNING
    assert "more than 2 redirects; this site has 3" in problem.message


def test_without_that_file_redirects_are_told_where_the_host_is_named(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "NETLIFY_REDIRECTS", 0)
    [problem] = told(site, "netlify")
    assert problem.path == "build.py"


def test_files_beyond_what_is_free_are_a_warning_and_beyond_all_an_error(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "CLOUDFLARE_FILES", 5)
    [problem] = told(site, "cloudflare")
    assert (problem.level, problem.path) == (Level.WARNING, "build.py")
    assert "5 files free of charge" in problem.message
    monkeypatch.setattr(hosts, "CLOUDFLARE_FILES_PAID", 6)
    [problem] = told(site, "cloudflare")
    assert problem.level is Level.ERROR


def test_pages_that_cloudflare_would_lead_out_of_the_base_path_are_told(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("about", "imprint"):
        text = "---\ntitle: A\ndescription: B\n---\nText.\n"
        site.write(f"content/pages/{name}.md", text)
    monkeypatch.setattr("pivotgen.kinds.redirect_rules.CLOUDFLARE_REDIRECTS", 9)
    [problem] = told(site, "cloudflare", base_url="https://example.com/repo")
    assert problem.level is Level.WARNING
    assert "no room for 1 rules that lead addresses without their last slash" in problem.message


def test_many_redirects_for_apache_are_a_warning(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "APACHE_REDIRECTS", 2)
    site.write("content/redirects.yaml", "/a/: /\n/b/: gone\n")
    [problem] = told(site, "apache")
    assert (problem.path, problem.level) == ("build.py", Level.WARNING)
    assert "reads all 3 redirects of .htaccess anew" in problem.message


@pytest.mark.parametrize("base", ["", "/repo"])
@pytest.mark.parametrize(
    ("host", "redirect", "says"),
    [
        ("nginx", f"/a/: /to/nurse/#{'a' * 4_100}", "nginx takes no redirect as long as"),
        ("apache", f"/a/: /to/nurse/#{'a' * 8_100}", "Apache takes no redirect as long as"),
        ("cloudfront", f"/{'a' * 600}/: gone", "CloudFront takes keys of 512 bytes and"),
        ("cloudfront", f"/a/: /to/nurse/#{'a' * 1_100}", "CloudFront takes keys of 512 bytes and"),
    ],
)
def test_a_redirect_that_is_too_long_for_a_host_is_told(
    site: World, host: str, redirect: str, says: str, base: str
) -> None:
    short = "".join(f"/a/short-one-{number}/: /to/nurse/\n" for number in range(300))
    site.write("content/redirects.yaml", f"{short}{redirect}\n")
    [problem] = told(site, host, base_url=f"https://example.com{base}")
    assert says in problem.message


def test_a_file_that_is_too_large_is_told_at_its_place_until_it_is_small(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_sizes, "CLOUDFLARE_BYTES", 1024 * 1024)
    site.write("static/film.mp4", b"0" * 1024 * 1024)
    assert told(site, "cloudflare") == []
    # Its name is the same, so no plan is made anew.
    site.write("static/film.mp4", b"0" * 1536 * 1024)
    for _ in range(2):
        [problem] = told(site, "cloudflare")
        assert (problem.path, problem.line, problem.column) == ("static/film.mp4", 1, 1)
        assert problem.message == "Cloudflare Pages takes files of 1 MiB, and this one has 1.5"
    assert told(site, "netlify") == []
    site.write("static/film.mp4", b"0" * 1024)
    assert told(site, "cloudflare") == []


def test_a_site_that_is_too_large_for_github_is_told(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = 'hosts = (\n    "github-pages",\n)\n'
    site.write("build.py", config + (site.folder / "build.py").read_text("utf-8"))
    site.write("static/film.mp4", b"0" * 4096)
    whole = sum(
        file.stat().st_size
        for folder in ("assets", "static")
        for file in (site.folder / folder).rglob("*")
        if file.is_file()
    )
    monkeypatch.setattr(host_sizes, "GITHUB_BYTES", whole)
    assert told(site, "github-pages") == []
    monkeypatch.setattr(host_sizes, "GITHUB_BYTES", whole - 1)
    assert told(site, "cloudflare") == []
    [problem] = told(site, "github-pages")
    assert problem.level is Level.WARNING
    assert (problem.path, problem.line, problem.column) == ("build.py", 2, 6)
    assert problem.message.startswith("GitHub Pages takes sites of ")
