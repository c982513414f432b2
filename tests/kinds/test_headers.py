"""The headers that a site asks its host to send, and what makes them anew."""

from __future__ import annotations

import json
import re

import pytest

from pivotgen.engines.layouts.page_needs import page_needs
from tests.world.builds import CONFIG, build_here
from tests.world.edits import edit
from tests.world.site import World


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    return world


def policy(site: World) -> str:
    assert site.run("build").returncode == 0
    match = re.search("Content-Security-Policy: (.*)", site.read("_headers"))
    assert match
    return match[1]


def test_only_what_the_site_itself_has_may_be_loaded(site: World) -> None:
    assert policy(site) == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def test_a_site_without_scripts_allows_none(site: World) -> None:
    for file in (site.folder / "layouts").glob("*.html"):
        text = re.sub("<script [^>]*src=.*</script>", "", file.read_text("utf-8"))
        site.write(f"layouts/{file.name}", text)
    assert "script-src" not in policy(site)
    assert "connect-src" not in policy(site)


CHANGES = {
    "layouts": ("layouts/head.html", '<script src="https://a.example/b.js"></script>', "script"),
    "a style inside a layout": ("layouts/head.html", "<style>p { margin: 0 }</style>", "style"),
    "a style sheet": ("assets/own.css", "p { background: url(https://a.example/b) }", "img"),
    "a font": ("assets/own.css", "@font-face { src: url(https://a.example/b) }", "font"),
    "an import": ("static/own.css", "@import 'https://a.example/b.css';", "style"),
    "a script": ("assets/own.js", "import 'https://a.example/b.js';", "script"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_file_loads_is_allowed_for_as_long_as_the_file_is_there(
    site: World, change: str
) -> None:
    path, text, directive = CHANGES[change]
    before = policy(site)
    old = (site.folder / path).read_bytes() if (site.folder / path).exists() else None
    site.write(path, text)
    after = policy(site)
    [part] = set(after.split("; ")) - set(before.split("; "))
    assert part.startswith(f"{directive}-src ")
    assert "https://a.example" in part or "sha256-" in part
    if old is None:
        (site.folder / path).unlink()
    else:
        site.write(path, old)
    assert policy(site) == before


@pytest.mark.parametrize(
    "setting",
    ["hsts=365", 'other_sites={"a.example": "analytics"}', 'media_types={".txt": "text/plain"}'],
)
def test_a_setting_of_the_headers_makes_their_file_anew_and_no_page(
    site: World, setting: str
) -> None:
    assert site.run("build").returncode == 0
    site.setting(setting)
    report = json.loads(site.run("build", "--json").stdout)
    changed = "media_types" not in setting
    assert (report["rendered"], report["written"]) == (changed, changed)
    assert site.run("build", "--verify").returncode == 0


def test_a_layout_that_no_page_is_made_of_adds_nothing(site: World) -> None:
    before = policy(site)
    site.write("layouts/unused.html", '<p onclick="a()"><img src="https://a.example/b.png">')
    assert policy(site) == before


def test_code_that_the_headers_forbid_stops_the_build(site: World) -> None:
    edit(site, "layouts/pivot.html", '<p class="deck"', '<p style="color: red" class="deck"')
    site.write("layouts/head.html", "<script>\nlet a = {{ site.name|tojson }};\n</script>")
    report = build_here(site.folder, CONFIG, site.folder / "public")
    assert [(problem.code, problem.path) for problem in report.problems] == [
        ("inline-code", "layouts/head.html"),
        ("inline-code", "layouts/pivot.html"),
    ]
    assert not (site.folder / "public").exists()


def test_no_layout_of_the_theme_has_such_code(site: World) -> None:
    for file in (site.folder / "layouts").glob("*.html"):
        assert page_needs(file.name, file.read_text("utf-8")).problems == ()


def test_cells_of_tables_are_aligned_without_a_style_in_their_tags(site: World) -> None:
    table = "| Ward | Nights | Fee |\n|:-----|:------:|----:|\n| Four | 2 | 9 |\n"
    edit(site, "content/pivots/chef-to-nurse.md", "Some text.", table)
    assert site.run("build").returncode == 0
    html = site.read("pivots/chef-to-nurse/index.html")
    assert "style=" not in html
    assert '<td class="cell-left">Four</td>\n<td class="cell-center">2</td>' in html
    style = (site.folder / "assets/style.css").read_text("utf-8")
    for side in ("left", "center", "right"):
        assert f".cell-{side} {{ text-align: {side}; }}" in style
