"""Links: nothing is read or written through a link that leads out of the site."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pivotgen.engines.pool import WorkerPool
from pivotgen.pipeline import build
from pivotgen.stages.context import Options
from pivotgen.stages.worker_pool import worker_pool
from tests.world.builds import CONFIG, build_here
from tests.world.hostile import listing
from tests.world.site import PIVOT, ROLE, World
from tests.world.warm import run_warm

SECRET = "the business of nobody else"


@pytest.fixture
def site(tmp_path: Path) -> World:
    """A site with a folder beside it that it must leave alone."""
    (tmp_path / "site").mkdir()
    outside = tmp_path / "outside"
    (outside / "more").mkdir(parents=True)
    for name in ("x.txt", "more/y.txt", "note.md"):
        (outside / name).write_text(f"{SECRET}\n")
    (outside / "pivot.md").write_text(PIVOT.replace("{a}", "Chef").replace("{b}", "Pilot"))
    (outside / "role.md").write_text(ROLE.format(name="Nurse"))
    world = World(tmp_path / "site")
    world.pivot("Chef", "Nurse")
    return world


def outside_of(site: World) -> Path:
    return site.folder.parent / "outside"


def link(site: World, path: str, target: str) -> None:
    """A link in the place of a file or a folder, if there is one."""
    place = site.folder / path
    if place.exists():
        place.rename(site.folder.parent / "aside")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


# The link, where it leads to, and the path that the problem is told for.
LEADS_OUT = {
    "an asset": ("assets/x.txt", "../../outside/x.txt", "assets/x.txt"),
    "an asset by its whole path": ("assets/x.txt", "/etc/hostname", "assets/x.txt"),
    "a device": ("assets/x.txt", "/proc/self/environ", "assets/x.txt"),
    "a folder of assets": ("assets/more", "../../outside/more", "assets/more"),
    "all assets": ("assets", "../outside", "assets"),
    "all static files": ("static", "../outside", "static"),
    "a static file": ("static/x.txt", "../../outside/x.txt", "static/x.txt"),
    "a pivot": ("content/pivots/a.md", "../../../outside/note.md", "content/pivots/a.md"),
    "a good pivot": ("content/pivots/a.md", "../../../outside/pivot.md", "content/pivots/a.md"),
    "all pivots": ("content/pivots", "../../outside", "content/pivots"),
    "all content": ("content", "../outside", "content"),
    "a role": ("content/roles/nurse.md", "../../../outside/role.md", "content/roles/nurse.md"),
    "redirects": ("content/redirects.yaml", "../../outside/x.txt", "content/redirects.yaml"),
    "a layout": ("layouts/pivot.html", "../../outside/x.txt", "layouts/pivot.html"),
    "phrases": ("layouts/phrases/en.yaml", "../../../outside/x.txt", "layouts/phrases/en.yaml"),
    "all layouts": ("layouts", "../outside", "layouts"),
    "a hidden file": ("assets/x.txt", "../.env", "assets/x.txt"),
    "a hidden folder": ("static/git", "../.git", "static/git"),
}


@pytest.mark.parametrize("name", LEADS_OUT)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_link_that_leads_out_is_an_error_at_its_own_path_and_shows_nothing(
    site: World, name: str, command: str
) -> None:
    path, target, told = LEADS_OUT[name]
    site.write(".env", f"{SECRET}\n")
    site.write(".git/config", f"{SECRET}\n")
    link(site, path, target)
    result = site.run(command)
    assert result.returncode == 1
    assert f"{told}:1:1: error[leads-outside]: this is a link that leads out" in result.stderr
    assert SECRET not in result.stderr + result.stdout
    assert not (site.folder / "public").exists()
    for form in ("json", "github", "gitlab", "sarif"):
        assert SECRET not in site.run("check", "--format", form).stdout


def test_a_link_by_way_of_another_link_leads_out_too(site: World) -> None:
    link(site, "way", "../outside")
    link(site, "assets/x.txt", "../way/x.txt")
    assert "assets/x.txt:1:1: error[leads-outside]" in site.run("build").stderr


def test_the_page_of_errors_shows_nothing_of_what_a_link_leads_to(site: World) -> None:
    from pivotgen.problems.overlay import EDITOR_URL, overlay_json

    link(site, "content/pivots/a.md", "../../../outside/note.md")
    report = build_here(site.folder, CONFIG, None)
    [problem] = report.problems
    text = (site.folder / problem.path).read_bytes()
    shown = overlay_json([problem], site.folder, EDITOR_URL, lambda path: text)
    assert SECRET.encode() not in shown


@pytest.mark.parametrize("name", ["an asset", "a folder of assets", "a good pivot", "a role"])
@pytest.mark.parametrize("setting", ['["../outside"]', '("../more", "../outside")', "[{}]"])
def test_a_place_that_the_settings_name_may_be_linked_to(
    site: World, name: str, setting: str
) -> None:
    path, target, _ = LEADS_OUT[name]
    link(site, path, target)
    site.setting(f"outside={setting.format(repr(str(outside_of(site))))}")
    result = site.run("build", "--verify")
    assert (result.returncode, result.stderr) == (0, "")


def test_content_of_another_repository_is_a_use(site: World) -> None:
    (site.folder / "content").rename(site.folder.parent / "repository")
    (site.folder / "content").symlink_to("../repository")
    assert site.run("build").returncode == 1
    site.setting('outside=["../repository"]')
    assert site.run("build", "--verify").returncode == 0
    assert site.run("new", "Baker", "Chef").returncode == 0
    assert (site.folder.parent / "repository" / "pivots" / "baker-to-chef.md").is_file()
    assert site.run("rename-role", "Nurse", "Head Nurse", "--yes").returncode == 0
    assert site.run("fmt").returncode == 0
    # A place that is not named any more is none from the next build on.
    text = (site.folder / "build.py").read_text()
    site.write("build.py", text.replace("../repository", "../another"))
    assert "content:1:1: error[leads-outside]" in site.run("build").stderr


@pytest.mark.parametrize("setting", ["'../outside'", "[]+[1]", "['']", "{'a': 1}"])
def test_places_that_are_none_are_told_as_settings(site: World, setting: str) -> None:
    site.setting(f"outside={setting}")
    assert "error[config]: outside " in site.run("build").stderr


def test_links_within_the_site_are_followed(site: World) -> None:
    site.write("vault/deep/x.txt", "one")
    link(site, "static", "vault")
    link(site, "vault/y.txt", "deep/x.txt")
    result = site.run("build", "--verify")
    assert (result.returncode, result.stderr) == (0, "")
    assert (site.read("y.txt"), site.read("deep/x.txt")) == ("one", "one")


def test_a_layout_that_is_such_a_link_does_not_hide_the_themes(site: World) -> None:
    link(site, "layouts/role.html", "../../outside/x.txt")
    assert site.run("build").stderr.count("error[") == 1


WRITES: dict[str, tuple[str, str, Callable[[World], list[str]]]] = {
    "new": ("content/pivots", "../../outside", lambda _: ["new", "Baker", "Chef"]),
    "new in content": ("content", "../outside", lambda _: ["new", "Baker", "Chef"]),
    "rename-role": (
        "content/pivots/a.md",
        "../../../outside/pivot.md",
        lambda _: ["rename-role", "Pilot", "Captain", "--yes"],
    ),
    "rename-skill": (
        "content/pivots/a.md",
        "../../../outside/pivot.md",
        lambda _: ["rename-skill", "Negotiation", "Haggling", "--yes"],
    ),
    "rename-role by its redirects": (
        "content/redirects.yaml",
        "../../outside/new.yaml",
        lambda _: ["rename-role", "Nurse", "Head Nurse", "--yes"],
    ),
    "fmt": ("content/pivots/a.md", "../../../outside/pivot.md", lambda _: ["fmt"]),
    "fmt of a file": (
        "content/pivots/a.md",
        "../../../outside/pivot.md",
        lambda site: ["fmt", f"{site.folder}/content/pivots/a.md"],
    ),
    "check --fix": (
        "content/pivots/a.md",
        "../../../outside/pivot.md",
        lambda _: ["check", "--fix", "--yes"],
    ),
    "eject": ("layouts", "../outside", lambda _: ["eject", "role.html"]),
    "eject to a link": ("layouts/role.html", "../../outside/new", lambda _: ["eject", "role.html"]),
}


@pytest.mark.parametrize("name", WRITES)
def test_no_command_writes_through_a_link_that_leads_out(site: World, name: str) -> None:
    path, target, words = WRITES[name]
    pivot = outside_of(site) / "pivot.md"
    if name.startswith(("fmt", "check")):
        # What the commands would tidy and fix.
        wrong = "tl_dr:" if name.startswith("check") else "tldr:   "
        pivot.write_text(pivot.read_text().replace("tldr:", wrong))
    link(site, path, target)
    before = listing(outside_of(site))
    site.run(*words(site))
    assert listing(outside_of(site)) == before


@pytest.mark.parametrize("name", ["README.md", ".gitignore", ".github"])
def test_init_writes_through_no_link(site: World, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / name).symlink_to("../outside/new.txt")
    before = listing(outside_of(site))
    result = site.run("init", str(folder), "--name", "A", "--base-url", "https://a.example")
    assert result.returncode == (0 if name == ".github" else 2)
    assert listing(outside_of(site)) == before


def swap_in(site: World, folder: str) -> Callable[[str, int, int], None]:
    """Puts a link to a copy in the place of a folder, when files wait to be published there."""
    place = site.folder / folder
    copy = outside_of(site) / "copy"
    shutil.copytree(place, copy)

    def swap(stage: str, done: int, total: int) -> None:
        if stage == "rendering" and not place.is_symlink():
            place.rename(site.folder.parent / "swapped")
            place.symlink_to(copy)

    return swap


@pytest.mark.parametrize("folder", ["public/pivots", "public/pivots/chef-to-nurse", "public"])
def test_a_link_that_is_placed_in_public_meanwhile_is_not_followed(
    site: World, folder: str
) -> None:
    public = site.folder / "public"
    build_here(site.folder, CONFIG, public)
    layout = site.folder / "layouts" / "pivot.html"
    layout.write_text(layout.read_text().replace("{% block main %}", "{% block main %}<p>x</p>"))
    options = Options(progress=swap_in(site, folder))
    before = listing(outside_of(site))
    report = build_here(site.folder, CONFIG, public, options)
    assert [problem.code for problem in report.problems] == ["cannot-write"]
    assert listing(outside_of(site)) == before


@pytest.mark.parametrize("workers", [1, 2])
def test_a_link_that_is_placed_among_waiting_files_is_not_followed(
    site: World, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that waits is a link, from the first page on that is rendered into it."""
    names = ("pivots", "to", "from", "skills")

    def plant(pool: WorkerPool[object], *given: object) -> object:
        for waiting in (site.folder / ".pivotgen" / ".pivotgen-unfinished").glob("*"):
            (waiting / "folders").mkdir(exist_ok=True)
            for name in names:
                (waiting / "folders" / name).symlink_to(outside_of(site))
        return original(pool, *given)  # type: ignore[arg-type]

    original = WorkerPool.map
    monkeypatch.setattr(WorkerPool, "map", plant)
    before = listing(outside_of(site))
    with worker_pool(workers) as pool:
        report = build(CONFIG, site.folder, site.folder / "public", pool)
    assert [problem.code for problem in report.problems] == ["cannot-write"]
    assert listing(outside_of(site)) == before
    monkeypatch.undo()
    assert build_here(site.folder, CONFIG, site.folder / "public").problems == []


def test_a_file_that_goes_is_not_removed_behind_a_link(site: World) -> None:
    site.write("static/files/x.txt", "x")
    public = site.folder / "public"
    build_here(site.folder, CONFIG, public)
    (public / "files").rename(outside_of(site) / "files")
    (public / "files").symlink_to(outside_of(site) / "files")
    (site.folder / "static" / "files" / "x.txt").unlink()
    before = listing(outside_of(site))
    assert build_here(site.folder, CONFIG, public).removed == 0
    assert listing(outside_of(site)) == before
    # The folder of a page may itself be such a link.
    site.write("static/files/x.txt", "x")
    assert build_here(site.folder, CONFIG, public).problems
    assert listing(outside_of(site)) == before


def test_settings_of_another_user_in_a_folder_above_are_not_run(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = site.folder / "mark"
    site.write("build.py", f"open({str(mark)!r}, 'w')\n")
    inside = site.folder / "content" / "pivots"
    if os.geteuid() == 0:
        os.chown(site.folder / "build.py", 12345, -1)
        result = run_in(inside, "check")
        assert result.returncode == 2
        assert "belongs to another user, so it is not run" in result.stderr
        assert not mark.exists()
        # Whoever names it, or stands in its folder, trusts it.
        run_in(site.folder, "check")
        assert mark.exists()
    else:
        from pivotgen.cli import _site

        me = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: me + 1)
        with pytest.raises(Exception, match="belongs to another user"):
            _site._refuse_others(site.folder / "build.py")


def run_in(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_warm([*words], folder)
