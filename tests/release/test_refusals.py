"""A deploy refuses what nobody may want: an older commit, a stale lock, addresses that die."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pivotgen.commands.deploy import DeployOptions, deploy
from pivotgen.engines.git import commit_of, is_older
from pivotgen.model.deploy_report import DeployReport
from pivotgen.model.release import Commit
from pivotgen.model.targets import Folder
from tests.world.builds import CONFIG
from tests.world.edits import edit
from tests.world.site import PIVOT, World

CHEF = "content/pivots/chef-to-nurse.md"


def git(folder: Path, *words: str, day: int = 1) -> str:
    """Run git as somebody; commits are made on this day of the year."""
    when = f"2026-01-{day:02} 12:00:00 +0000"
    who = dict.fromkeys(("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"), "a")
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{name}": value for name, value in who.items()},
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_DATE": when,
    }
    result = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return result.stdout.strip()


@pytest.fixture
def site(world: World) -> World:
    for name in ("Chef", "Baker"):
        world.pivot(name, "Nurse")
    return world


def put(site: World, options: DeployOptions | None = None, **given: object) -> DeployReport:
    target = replace(Folder("www", verify=False), **given)  # type: ignore[arg-type]
    config = replace(CONFIG, targets={"production": target})
    return deploy(site.folder, config, options or DeployOptions())


def words(site: World, page: str = "chef-to-nurse") -> str:
    return (site.folder / f"www/public/pivots/{page}/index.html").read_text("utf-8")


@pytest.fixture
def history(site: World) -> tuple[World, list[str]]:
    """A site with three commits, of which the last one is deployed."""
    (site.folder / ".gitignore").write_text("public/\nwww/\n.pivotgen/\n")
    git(site.folder, "init", "-q", "-b", "main")
    commits = []
    text = "Some text."
    for day, other in enumerate(("First.", "Second.", "Third."), 1):
        edit(site, CHEF, text, other)
        text = other
        git(site.folder, "add", "-A")
        git(site.folder, "commit", "-qm", text, day=day)
        commits.append(git(site.folder, "rev-parse", "HEAD"))
    assert put(site).problems == ()
    return site, commits


def test_an_older_commit_is_refused_and_may_be_insisted_on(
    history: tuple[World, list[str]],
) -> None:
    site, commits = history
    git(site.folder, "checkout", "-q", commits[0])
    report = put(site)
    [problem] = report.problems
    assert problem.code == "deploy-refused"
    assert f"readers have a newer commit, {commits[2][:9]} of 2026-01-03" in problem.message
    assert "--older" in problem.hint
    assert "Third." in words(site)
    assert put(site, DeployOptions(older=True)).problems == ()
    assert "First." in words(site)
    git(site.folder, "checkout", "-q", commits[1])
    assert put(site).problems == ()
    assert "Second." in words(site)


def test_a_way_back_is_no_older_commit(history: tuple[World, list[str]]) -> None:
    site, _ = history
    edit(site, CHEF, "Third.", "Fourth.")
    git(site.folder, "commit", "-qam", "4", day=4)
    assert put(site).problems == ()
    assert put(site, DeployOptions(rollback="")).problems == ()
    assert "Third." in words(site)
    # What is deployed now is older than the folder, so the folder may be deployed.
    assert put(site).problems == ()
    assert "Fourth." in words(site)


def test_a_clone_with_the_last_commit_alone_tells_by_its_time(
    history: tuple[World, list[str]], tmp_path: Path
) -> None:
    site, commits = history
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site.folder}", str(clone))
    here = commit_of(clone)
    assert here
    assert here.id == commits[2]
    assert not is_older(clone, here, Commit(commits[0], here.seconds - 100))
    assert is_older(clone, here, Commit("f" * 40, here.seconds + 100))
    assert not is_older(clone, here, Commit("f" * 40, here.seconds))


def test_history_tells_more_than_clocks(history: tuple[World, list[str]]) -> None:
    site, commits = history
    # A clock that was wrong made the first commit look later.
    assert not is_older(site.folder, Commit(commits[2], 1), Commit(commits[0], 99))
    assert is_older(site.folder, Commit(commits[0], 99), Commit(commits[2], 1))
    assert not is_older(site.folder, Commit(commits[0], 99), Commit(commits[0], 99))


def test_a_folder_outside_of_git_has_no_commit(tmp_path: Path) -> None:
    assert commit_of(tmp_path) is None


def test_a_stale_lock_is_refused_before_the_target_is_touched(site: World) -> None:
    assert site.run("lock").returncode == 0
    assert put(site).problems == ()
    for change in (
        lambda: edit(site, CHEF, "Some text.", "Other words."),
        lambda: site.pivot("Waiter", "Nurse"),
    ):
        before = site.tree("www/public")
        change()
        [problem] = put(site).problems
        assert (problem.code, problem.path) == ("stale-lock", "pivots.lock")
        assert site.tree("www/public") == before
        assert site.run("lock").returncode == 0
        assert put(site).problems == ()


def test_a_layout_makes_no_lock_stale(site: World) -> None:
    assert site.run("lock").returncode == 0
    edit(site, "layouts/pivot.html", "{% block main %}", "{% block main %}<p>New</p>")
    assert put(site).problems == ()


def test_a_plan_tells_a_stale_lock_beside_what_it_would_do(site: World) -> None:
    assert site.run("lock").returncode == 0
    site.pivot("Waiter", "Nurse")
    report = put(site, DeployOptions(plan=True))
    assert [problem.code for problem in report.problems] == ["stale-lock"]
    assert "pivots/waiter-to-nurse/index.html" in report.added
    assert not (site.folder / "www").exists()


def test_a_target_with_an_address_of_its_own_needs_no_lock(site: World) -> None:
    assert site.run("lock").returncode == 0
    site.pivot("Waiter", "Nurse")
    assert put(site, url="https://staging.example.com").problems == ()


def test_a_build_with_an_error_is_not_deployed(site: World) -> None:
    site.pivot("Waiter", "Nurse", PIVOT.replace("Some text.", "[a](nobody.md)"))
    assert [problem.code for problem in put(site).problems] == ["dead-link"]
    assert not (site.folder / "www").exists()


def test_an_address_that_the_lock_does_not_know_is_not_lost(site: World) -> None:
    assert put(site).problems == ()
    (site.folder / "content/pivots/baker-to-nurse.md").unlink()
    assert site.run("lock").returncode == 0
    [problem] = put(site).problems
    assert "pivots.lock lacks them" in problem.message
    assert words(site, "baker-to-nurse")
    # Every page that went with the file needs a line.
    answers = "/pivots/baker-to-nurse/: /to/nurse/\n/from/baker/: gone\n/to/baker/: gone\n"
    site.write("content/redirects.yaml", answers)
    assert site.run("lock").returncode == 0
    assert [problem.message for problem in put(site).problems] == []
    assert "/to/nurse/" in words(site, "baker-to-nurse")


def test_the_lock_has_old_addresses_that_a_host_answers_for_without_a_file(site: World) -> None:
    site.setting('hosts=("nginx",)')
    site.write("content/redirects.yaml", "/was/: /to/nurse/\n")
    assert site.run("lock").returncode == 0
    assert "\n/was/ - " in (site.folder / "pivots.lock").read_text("utf-8")
    assert site.run("lock", "--check").returncode == 0


@pytest.mark.parametrize("deletes", [None, 24, 25])
def test_many_deletes_are_asked_about_first(world: World, deletes: int | None) -> None:
    for number in range(30):
        world.pivot(f"Cook {number}", "Nurse")
    assert put(world).problems == ()
    for number in range(25):
        (world.folder / f"content/pivots/cook-{number}-to-nurse.md").unlink()
    before = set((world.folder / "www/public").rglob("*.html"))
    questions: list[str] = []

    def refuse(question: str) -> bool:
        questions.append(question)
        return False

    report = put(world, DeployOptions(max_deletes=deletes, confirm=refuse))
    assert [problem.code for problem in report.problems] == ["deploy-refused"]
    [question] = questions
    count = question.split()[1]
    assert f"--max-deletes {count}" in report.problems[0].hint
    assert set((world.folder / "www/public").rglob("*.html")) == before
    assert put(world, DeployOptions(max_deletes=int(count))).problems == ()
    assert len(set((world.folder / "www/public").rglob("*.html"))) < len(before)
