"""The theme: what a site does not replace comes with pivotgen, and changes with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pivotgen.commands.eject import eject
from pivotgen.stages import site_files
from pivotgen.stages.site_files import theme_folder
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.site import ROOT, World


@pytest.fixture
def bare(world: World) -> World:
    """A site without layouts and assets of its own."""
    shutil.rmtree(world.folder / "layouts")
    shutil.rmtree(world.folder / "assets")
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    return world


def test_a_site_without_layouts_is_built_with_those_of_the_theme(bare: World) -> None:
    assert bare.run("build").returncode == 0
    public = bare.tree()
    for name in ("layouts", "assets"):
        shutil.copytree(ROOT / name, bare.folder / name)
    assert bare.run("build", "--clean").returncode == 0
    assert bare.tree() == public


def test_files_of_the_theme_are_replaced_one_by_one_and_come_back(bare: World) -> None:
    out = bare.folder / "public"
    replaced = {
        "layouts/head.html": '<meta name="verify" content="1">',
        "layouts/skill.html": "{{ view.name }}",
        "layouts/phrases/en.yaml": (ROOT / "layouts/phrases/en.yaml")
        .read_text("utf-8")
        .replace("skip: Skip to content", "skip: Jump"),
        "assets/style.css": "body { color: black; }",
        "assets/own.js": "1;",
    }
    states: list[dict[str, bytes]] = []
    for path, text in replaced.items():
        bare.write(path, text)
        assert not build_here(bare.folder, CONFIG, out).problems
        assert tree(out) == clean_build(bare.folder, CONFIG)[0], path
        states.append(tree(out))
    assert b'<meta name="verify"' in states[0]["index.html"]
    assert states[1]["skills/negotiation/index.html"] == b"Negotiation"
    assert b">Jump</a>" in states[2]["index.html"]
    for path in reversed(replaced):
        states.pop()
        (bare.folder / path).unlink()
        assert not build_here(bare.folder, CONFIG, out).problems
        assert tree(out) == (states[-1] if states else clean_build(bare.folder, CONFIG)[0]), path


def test_a_copy_is_the_original_under_a_line_that_says_where_it_is_from(bare: World) -> None:
    for name, path in (
        ("pivot.html", "layouts/pivot.html"),
        ("assets/style.css", "assets/style.css"),
        ("phrases/en.yaml", "layouts/phrases/en.yaml"),
        ("icon.svg", "assets/icon.svg"),
        ("explorer.js", "assets/explorer.js"),
    ):
        assert bare.run("eject", name).returncode == 0
        first, _, rest = (bare.folder / path).read_bytes().partition(b"\n")
        assert b"Copied from pivotgen" in first
        assert rest == (ROOT / path).read_bytes()
    assert bare.run("eject", "share.png").returncode == 0
    assert (bare.folder / "assets/share.png").read_bytes() == (
        ROOT / "assets/share.png"
    ).read_bytes()
    result = bare.run("check", "--strict")
    assert "theme-changed" not in result.stderr
    assert bare.run("build").returncode == 0


def test_what_is_there_is_not_written_over_and_a_wrong_name_is_told(bare: World) -> None:
    bare.write("layouts/pivot.html", "mine")
    result = bare.run("eject", "pivot.html")
    assert (result.returncode, "in the site already" in result.stderr) == (2, True)
    assert (bare.folder / "layouts/pivot.html").read_text() == "mine"
    result = bare.run("eject", "pivto.html")
    assert (result.returncode, "did you mean `pivot.html`?" in result.stderr) == (2, True)


def test_a_new_version_builds_what_an_old_one_ejected_and_check_shows_the_difference(
    bare: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old-theme"
    for name in ("layouts", "assets"):
        shutil.copytree(ROOT / name, old / name)
    # The version before had another partial, and fewer phrases.
    parts = (old / "layouts/_parts.html").read_text("utf-8")
    (old / "layouts/_parts.html").write_text(parts.replace('class="chips"', 'class="tags"'))
    phrases = (old / "layouts/phrases/en.yaml").read_text("utf-8")
    (old / "layouts/phrases/en.yaml").write_text(
        phrases.replace("written: Written by {editor}.\n", "")
    )
    with monkeypatch.context() as before:
        for module in ("pivotgen.commands.eject", "pivotgen.stages.site_files"):
            before.setattr(f"{module}.theme_folder", lambda: old)
        eject(bare.folder, "_parts.html")
        eject(bare.folder, "phrases/en.yaml")
    assert site_files.theme_folder() == theme_folder()
    built = bare.run("build")
    assert built.returncode == 0, built.stderr
    assert "`written` is missing; readers see “Written by {editor}.”" in built.stderr
    assert 'class="tags"' in bare.read("to/nurse/index.html")
    assert "Written by The AICareerPivot editors." in bare.read("index.html")
    checked = bare.run("check")
    assert checked.returncode == 0
    assert "layouts/_parts.html:1:1: warning[theme-changed]" in checked.stderr
    assert "layouts/phrases/en.yaml:1:1: warning[theme-changed]" in checked.stderr
    assert '-<ul class="tags">' in checked.stdout
    assert '+<ul class="chips">' in checked.stdout
    assert "+written: Written by {editor}." in checked.stdout
    # A warning is told by every build.
    assert bare.run("build").stderr == built.stderr


EXPLORE = "{{ parts.explore(phrases, site.home) }}"


def test_a_fault_of_the_theme_that_a_partial_brings_about_says_whose_file_it_is(
    bare: World,
) -> None:
    bare.write("layouts/_parts.html", "{% macro chips(links) %}{% endmacro %}")
    stderr = bare.run("build").stderr
    line = (ROOT / "layouts/pivot.html").read_text("utf-8").splitlines().index(EXPLORE) + 1
    assert f"layouts/pivot.html:{line}:10: error[layout]: `parts.explore` does not" in stderr
    assert f"    {EXPLORE}" in stderr
    assert "this is the theme's file; `pivotgen eject pivot.html` copies it into the site" in stderr
