"""What `init` writes for hosts and services of CI, run as there, up to the upload."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pivotgen.commands._targets import open_target
from pivotgen.commands.init import Beginning, init
from pivotgen.model.targets import S3
from tests.world.machines import (
    KEY,
    Cloudflare,
    GitHub,
    GitLab,
    Log,
    Machine,
    Netlify,
    Vercel,
    git,
    wheels_with,
)
from tests.world.services import moto, request
from tests.world.warm import run_warm

ABOUT = "content/pages/about.md"
PIVOT = "content/pivots/teacher-to-librarian.md"
SECRETS = {"PIVOTGEN_LEDGER_KEY": KEY}


@pytest.fixture(scope="module")
def wheels(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheels_with(wheel, tmp_path_factory.mktemp("wheels"))


def repository(folder: Path, host: str, service: str = "") -> Path:
    """A new site with its lock, in a repository."""
    site = folder / "repository"
    init(site, Beginning("My moves", "https://moves.example", host=host, service=service))
    assert run_warm(["--site", str(site), "lock"], site).returncode == 0
    git("init", "--quiet", "--initial-branch=main", folder=site)
    commit(site)
    return site


def commit(site: Path) -> None:
    git("add", "--all", folder=site)
    git("commit", "--quiet", "--message=A change", folder=site)


def change(site: Path, path: str = ABOUT, *, lock: bool = True) -> None:
    file = site / path
    file.write_text(f"{file.read_text('utf-8')}\nMore words.\n", "utf-8")
    if lock:
        assert run_warm(["--site", str(site), "lock"], site).returncode == 0
    commit(site)


def on_branch(site: Path, name: str) -> None:
    git("switch", "--quiet", "--create", name, folder=site)


PUBLISHING: dict[str, tuple[type[Machine], Callable[..., Log]]] = {
    "cloudflare": (Cloudflare, lambda machine: machine.build()),
    "github-pages": (GitHub, lambda machine: machine.workflow("publish.yml", {})),
    "gitlab-pages": (GitLab, lambda machine: machine.pipeline("main", merge_request=False)),
    "netlify": (Netlify, lambda machine: machine.build("production")),
    "vercel": (Vercel, lambda machine: machine.build("production")),
}
# Those that bring back what the last build has made.
CACHING = {"github-pages", "gitlab-pages", "vercel"}


@pytest.mark.parametrize("host", PUBLISHING)
def test_a_host_publishes_a_new_site_and_then_its_changes(
    wheels: Path, tmp_path: Path, host: str
) -> None:
    kind, publish = PUBLISHING[host]
    site = repository(tmp_path, host)
    machine = kind(tmp_path / "machine", site, wheels, SECRETS)
    first = publish(machine)
    assert first.failed == "", first.ran
    change(site)
    second = publish(machine)
    assert second.failed == "", second.ran
    assert first.written > 20
    # The page, and what has its day.
    assert (second.written <= 4) == (host in CACHING)
    [folder] = second.uploads.values()
    assert "More words" in (folder / "about/index.html").read_text("utf-8")
    assert "noindex" not in (folder / "index.html").read_text("utf-8")
    # What other files need is there.
    run_warm(["--site", str(site), "build"], site)
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    built = site / "public"
    assert names == {f.relative_to(built).as_posix() for f in built.rglob("*") if f.is_file()}


@pytest.mark.parametrize("host", PUBLISHING)
def test_nothing_is_published_that_the_lock_does_not_know(
    wheels: Path, tmp_path: Path, host: str
) -> None:
    kind, publish = PUBLISHING[host]
    site = repository(tmp_path, host)
    change(site, lock=False)
    log = publish(kind(tmp_path / "machine", site, wheels))
    assert "lock --check" in log.failed or log.failed.startswith("sh ")
    assert "/about/: its words are others than on" in log.ran[-1][1]
    assert not [folder for folder in log.uploads.values() if folder.exists()]


OWN_BRANCH = {
    "github.event.pull_request.head.repo.full_name": "owner/site",
    "github.event.pull_request.base.sha": "base",
    "sent": "idea",
}
PREVIEWING: dict[str, tuple[str, type[Machine], Callable[..., Log]]] = {
    "cloudflare": ("", Cloudflare, lambda machine: machine.build("idea")),
    "github-pages": (
        "github",
        GitHub,
        lambda machine: machine.workflow("check.yml", OWN_BRANCH, "idea"),
    ),
    "gitlab-pages": (
        "gitlab",
        GitLab,
        lambda machine: machine.pipeline("idea", merge_request=True),
    ),
    "netlify": ("", Netlify, lambda machine: machine.build("deploy-preview", "idea")),
    "vercel": ("", Vercel, lambda machine: machine.build("preview", "idea")),
}
ADDRESSES = {
    "cloudflare": "https://0123abcd.site.pages.dev",
    "github-pages": "http://localhost:8000",
    "gitlab-pages": "http://localhost:8000",
    "netlify": "https://deploy-preview-1--site.netlify.app",
    "vercel": "https://site-1a2b3c.vercel.app",
}


@pytest.mark.parametrize("host", PREVIEWING)
def test_a_preview_is_kept_out_of_search_engines_and_moves_no_day(
    wheels: Path, tmp_path: Path, host: str
) -> None:
    service, kind, preview = PREVIEWING[host]
    site = repository(tmp_path, host)
    lock = site / "pivots.lock"
    lock.write_text(re.sub(r"\d{4}-\d\d-\d\d", "2026-03-04", lock.read_text("utf-8")), "utf-8")
    on_branch(site, "idea")
    # A preview may have words that the lock does not know yet; before they are merged that is told.
    change(site, lock=False)
    log = preview(kind(tmp_path / "machine", site, wheels))
    assert log.failed.endswith("lock --check" if service else ""), log.ran
    assert bool(log.failed) == bool(service)
    [folder] = [path for path in log.uploads.values() if path.is_dir()]
    pages = [file.read_text("utf-8") for file in folder.rglob("*.html")]
    assert len(pages) > 10
    assert all('name="robots" content="noindex' in page for page in pages)
    assert "Disallow: /\n" in (folder / "robots.txt").read_text("utf-8")
    page = (folder / "pivots/teacher-to-librarian/index.html").read_text("utf-8")
    assert f'property="og:url" content="{ADDRESSES[host]}/pivots/' in page
    assert "moves.example" not in page
    assert '"dateModified":"2026-03-04"' in page.replace('": "', '":"')


FROM_A_FORK = {**OWN_BRANCH, "github.event.pull_request.head.repo.full_name": "other/site"}
HOSTILE = "open('/tmp/pivotgen-ran', 'w'); raise SystemExit('it ran')\n"


def test_a_pull_request_of_a_stranger_is_told_its_problems_and_runs_nothing(
    wheels: Path, tmp_path: Path
) -> None:
    site = repository(tmp_path, "netlify", "github")
    on_branch(site, "idea")
    text = (site / PIVOT).read_text("utf-8")
    (site / PIVOT).write_text(text.replace("tldr:", "tl_dr:"), "utf-8")
    (site / "build.py").write_text(HOSTILE, "utf-8")
    (site / "requirements.txt").write_text("hostile==1\n", "utf-8")
    commit(site)
    machine = GitHub(tmp_path / "machine", site, wheels, SECRETS)
    # The workflow of the pull request is what GitHub runs, with nothing to steal.
    log = machine.workflow("check.yml", FROM_A_FORK, "idea")
    commands = [command for command, _ in log.ran]
    assert commands[0].startswith("pip install")
    assert commands[1:] == ["pivotgen --site site check --content theirs/content --format github"]
    assert re.search(rf"^::error file={PIVOT},line=\d+,col=\d+,title=unknown-key::", log.ran[1][1])
    assert not Path("/tmp/pivotgen-ran").exists()
    assert KEY not in str(log.ran)


def test_a_pull_request_of_a_stranger_with_good_words_passes(wheels: Path, tmp_path: Path) -> None:
    site = repository(tmp_path, "netlify", "github")
    on_branch(site, "idea")
    change(site, PIVOT, lock=False)
    log = GitHub(tmp_path / "machine", site, wheels).workflow("check.yml", FROM_A_FORK, "idea")
    assert log.failed == "", log.ran
    assert log.uploads == {}


def test_a_branch_of_the_repository_is_checked_whole_with_notes_at_its_lines(
    wheels: Path, tmp_path: Path
) -> None:
    site = repository(tmp_path, "cloudflare", "github")
    on_branch(site, "idea")
    (site / "build.py").write_text("config = None\n", "utf-8")
    commit(site)
    log = GitHub(tmp_path / "machine", site, wheels).workflow("check.yml", OWN_BRANCH, "idea")
    assert log.failed == "pivotgen check --format github"
    assert log.ran[-1][1].startswith("::error file=build.py,line=1,")


def test_a_merge_request_has_a_report_of_its_problems(wheels: Path, tmp_path: Path) -> None:
    site = repository(tmp_path, "vercel", "gitlab")
    on_branch(site, "idea")
    text = (site / PIVOT).read_text("utf-8")
    (site / PIVOT).write_text(text.replace("tldr:", "tl_dr:"), "utf-8")
    commit(site)
    log = GitLab(tmp_path / "machine", site, wheels).pipeline("idea", merge_request=True)
    assert "pivotgen check" in log.failed
    [problem] = json.loads(log.uploads["codequality"].read_text("utf-8"))
    assert problem["check_name"] == "unknown-key"
    assert problem["location"]["path"] == PIVOT
    assert f"{PIVOT}:" in log.said("lock --check")


DEPLOYING: dict[str, tuple[type[Machine], Callable[..., Log]]] = {
    "github": (GitHub, lambda machine: machine.workflow("deploy.yml", {})),
    "gitlab": (GitLab, lambda machine: machine.pipeline("main", merge_request=False)),
}


@pytest.mark.parametrize("service", DEPLOYING)
def test_a_push_deploys_to_the_target_of_the_settings(
    wheels: Path, tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, deploy = DEPLOYING[service]
    (tmp_path / "store").mkdir()
    with moto(tmp_path / "store") as endpoint:
        port = int(endpoint.rpartition(":")[2])
        assert request(port, "PUT", "/bucket")[0] == 200
        site = repository(tmp_path, "")
        settings = (site / "build.py").read_text("utf-8").replace("import ", "import S3, ", 1)
        target = f'targets={{"production": S3("bucket", endpoint="{endpoint}", verify=False)}},'
        settings = settings.replace("Config(\n", f"Config(\n    {target}\n", 1)
        (site / "build.py").write_text(settings, "utf-8")
        said = run_warm(["init", "--ci", service], site).stdout
        [needed] = re.findall(r"Write into requirements.txt: (.+)", said)
        (site / "requirements.txt").write_text(f"{needed}\n", "utf-8")
        commit(site)
        keys = {"AWS_ACCESS_KEY_ID": "a-key", "AWS_SECRET_ACCESS_KEY": "a-secret"}
        machine = kind(tmp_path / "machine", site, wheels, SECRETS | keys)
        log = deploy(machine)
        assert log.failed == "", log.ran
        assert " added; " in log.said("deploy")
        change(site)
        log = deploy(machine)
        assert ": 1 changed; " in log.said("deploy")
        for name, value in keys.items():
            monkeypatch.setenv(name, value)
        stored = open_target(S3("bucket", endpoint=endpoint), site).get("about/index.html")
        assert stored
        assert b"More words." in stored.data
        assert "a-secret" not in str(log.ran)


def test_a_cache_is_not_believed_without_the_key(wheels: Path, tmp_path: Path) -> None:
    site = repository(tmp_path, "github-pages")
    machine = GitHub(tmp_path / "machine", site, wheels)
    machine.workflow("publish.yml", {})
    change(site)
    log = machine.workflow("publish.yml", {})
    assert log.failed == "", log.ran
    assert log.written > 20
    [folder] = log.uploads.values()
    assert 'href="/site/' in (folder / "index.html").read_text("utf-8")
