"""`init --host` and `--ci`: a whole site for a host, or what a site that is there lacks for it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pivotgen.commands._host_files import service_of
from pivotgen.commands.build import build
from pivotgen.commands.check import check
from pivotgen.commands.init import Beginning, add_host, init
from pivotgen.engines.settings import read_settings
from pivotgen.model.config import Config
from pivotgen.model.hosts import HOSTS
from tests.world.warm import run_warm


def begun(folder: Path, host: str = "", service: str = "") -> Path:
    init(folder, Beginning("Moves", "https://moves.example", host=host, service=service))
    return folder


def files(folder: Path) -> set[str]:
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_site_names_its_host_and_has_no_warning(tmp_path: Path, host: str) -> None:
    site = begun(tmp_path / "site", host)
    config = read_settings(site)
    assert isinstance(config, Config)
    assert config.hosts == (host,)
    assert check(site, config).problems == ()
    assert build(site).problems == ()


@pytest.mark.parametrize(
    ("host", "service", "added"),
    [
        ("", "github", {".github/workflows/check.yml"}),
        ("", "gitlab", {".gitlab-ci.yml"}),
        ("github-pages", "", {".github/workflows/check.yml", ".github/workflows/publish.yml"}),
        ("gitlab-pages", "", {".gitlab-ci.yml"}),
        ("netlify", "", {"netlify.toml"}),
        ("netlify", "gitlab", {"netlify.toml", ".gitlab-ci.yml"}),
        ("cloudflare", "", {"cloudflare.sh", "wrangler.jsonc"}),
        ("vercel", "github", {"vercel.json", "vercel.sh", ".github/workflows/check.yml"}),
        ("nginx", "", set()),
    ],
)
def test_a_site_has_what_its_host_and_its_service_read_and_no_more(
    tmp_path: Path, host: str, service: str, added: set[str]
) -> None:
    plain = files(begun(tmp_path / "plain"))
    words = [*(["--host", host] if host else []), *(["--ci", service] if service else [])]
    assert run_warm(["init", "new", *words], tmp_path).returncode == 0
    assert files(tmp_path / "new") - plain == added


@pytest.mark.parametrize(
    ("target", "requirement", "keys"),
    [
        (
            'S3("my-site", purge=(CloudFront("E2EXAMPLE51GZ"),))',
            "pivotgen[aws,deploy]",
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        ),
        (
            'S3("my-site", purge=(Bunny(1), Fastly("abcd")))',
            "pivotgen[deploy]",
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "BUNNY_API_KEY", "FASTLY_API_TOKEN"),
        ),
        ('Azure("account")', "pivotgen[deploy]", ("AZURE_STORAGE_ACCOUNT_KEY",)),
        (
            f'Server("www", "/srv", purge=(Cloudflare("{"a" * 32}"), Webhook("https://a.example")))',
            "",
            (
                *("SSH_KNOWN_HOSTS", "SSH_PRIVATE_KEY"),
                *("CLOUDFLARE_API_TOKEN", "PIVOTGEN_WEBHOOK_SECRET"),
            ),
        ),
    ],
)
@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_a_site_with_a_target_gets_what_deploys_it_and_is_told_its_keys(
    tmp_path: Path, target: str, requirement: str, keys: tuple[str, ...], service: str
) -> None:
    site = begun(tmp_path / "site")
    with_target(site, target)
    said = run_warm(["init", "--ci", service], site).stdout
    files = {
        file.name: file.read_text("utf-8")
        for file in (*site.glob(".github/workflows/*.yml"), *site.glob(".gitlab-ci.yml"))
    }
    text = files["deploy.yml" if service == "github" else ".gitlab-ci.yml"]
    assert "pivotgen deploy\n" in text
    assert said.rstrip().endswith(f" {', '.join(keys)}, PIVOTGEN_LEDGER_KEY.")
    if service == "github":
        assert all(f"{key}: ${{{{ secrets.{key} }}}}\n" in text for key in keys)
    version = (site / "requirements.txt").read_text("utf-8").strip().partition("==")[2]
    wanted = f"Write into requirements.txt: {requirement}=={version}\n"
    assert (wanted in said) == bool(requirement)
    assert f"({requirement}" not in said
    # A second time there is nothing left to write.
    (site / "requirements.txt").write_text(f"{requirement or 'pivotgen'}\n", "utf-8")
    again = run_warm(["init", "--ci", service], site).stdout
    assert again.startswith("0 files written")
    assert "Write into" not in again


@pytest.mark.parametrize(
    "targets", ["", 'Folder("/srv/www")', 'S3("a-site"), "staging": S3("b-site")']
)
def test_a_site_whose_target_ci_cannot_reach_or_guess_is_only_checked(
    tmp_path: Path, targets: str
) -> None:
    site = begun(tmp_path / "site")
    if targets:
        with_target(site, targets, "here")
    assert run_warm(["init", "--ci", "github"], site).returncode == 0
    assert not (site / ".github/workflows/deploy.yml").exists()


def with_target(site: Path, target: str, name: str = "production") -> None:
    """Name a target in the settings."""
    settings = (site / "build.py").read_text("utf-8")
    names = "S3, Azure, Bunny, Cloudflare, CloudFront, Fastly, Folder, Server, Webhook"
    settings = settings.replace("import Config", f"import {names}, Config", 1)
    line = f'targets={{"{name}": {target}}},'
    (site / "build.py").write_text(settings.replace("Config(\n", f"Config(\n    {line}\n", 1))


def test_a_site_that_is_there_gets_the_files_and_is_told_the_rest(tmp_path: Path) -> None:
    site = begun(tmp_path / "site")
    before = (site / "build.py").read_bytes()
    said = run_warm(["init", "--host", "vercel", "--ci", "github"], site).stdout.splitlines()
    assert said[:3] == [
        "3 files written in this folder.",
        'Write into Config(…) of build.py: hosts=("vercel",),',
        "Write into .gitignore: .vercel/",
    ]
    assert (site / "build.py").read_bytes() == before
    settings = before.decode().replace("Config(", 'Config(\n    hosts=("vercel",),')
    (site / "build.py").write_text(settings)
    with (site / ".gitignore").open("a") as file:
        file.write(".vercel/\n")
    again = run_warm(["init", "--host", "vercel", "--ci", "github"], site).stdout
    assert again.startswith("0 files written in this folder.\n")
    assert "vercel.json was there already and stays as it is.\n" in again
    assert "Write into" not in again


def test_a_file_with_other_words_stays_and_nothing_is_written(tmp_path: Path) -> None:
    site = begun(tmp_path / "site")
    (site / "vercel.json").write_text("{}")
    (site / "vercel.sh").symlink_to("nowhere")
    before = files(site)
    with pytest.raises(ValueError, match=r"`vercel\.json` and `vercel\.sh` stand in the way"):
        add_host(site, "vercel", "github")
    assert files(site) == before
    assert (site / "vercel.json").read_text() == "{}"


@pytest.mark.parametrize("name", ["netlify.toml", ".github/workflows/check.yml"])
def test_a_new_site_does_not_begin_over_a_file_of_its_host(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(ValueError, match=f"`{name}` stands in the way; name a new folder"):
        begun(tmp_path, "netlify", "github")
    assert files(tmp_path) == {name}


def test_other_workflows_may_be_there(tmp_path: Path) -> None:
    other = tmp_path / ".github" / "workflows" / "other.yml"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    begun(tmp_path, "github-pages")
    assert other.read_text() == "mine"
    assert (other.parent / "publish.yml").is_file()


@pytest.mark.parametrize("pair", [("github-pages", "gitlab"), ("gitlab-pages", "github")])
def test_a_host_that_publishes_only_its_own_service_is_named_with_no_other(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    host, service = pair
    result = run_warm(["init", "site", "--host", host, "--ci", service], tmp_path)
    assert result.returncode == 2
    assert f"{host} only publishes what CI of " in result.stderr
    assert not (tmp_path / "site").exists()
    assert service_of(host, "") == service_of(host, host.partition("-")[0])


def test_a_site_with_broken_settings_gets_its_files_all_the_same(tmp_path: Path) -> None:
    site = begun(tmp_path / "site")
    (site / "build.py").write_text("config = 1 +\n")
    added = add_host(site, "netlify", "")
    assert (added.files, added.settings) == (1, ('hosts=("netlify",),',))


def test_whoever_follows_what_is_said_in_an_empty_folder_can_push_a_site(tmp_path: Path) -> None:
    result = run_warm(["init", "--host", "github-pages"], tmp_path)
    assert result.returncode == 0
    lines = [line.strip() for line in result.stdout.partition("To publish:\n")[2].splitlines()]
    assert lines[0] == "pivotgen lock"
    assert run_warm(["lock"], tmp_path).returncode == 0
    assert lines[1:3] == ["git init -b main", 'git add . && git commit -m "Publish the site"']
    who = "git config user.name A && git config user.email a@b.example"
    commands = " && ".join([lines[1], who, lines[2]])
    subprocess.run(["sh", "-c", commands], cwd=tmp_path, check=True, capture_output=True)
    kept = subprocess.run(["git", "ls-files"], cwd=tmp_path, capture_output=True, text=True)
    tracked = set(kept.stdout.splitlines())
    assert {"pivots.lock", ".github/workflows/publish.yml", "build.py"} <= tracked
    assert not {name for name in tracked if name.startswith(("public/", ".pivotgen/"))}
    assert [line.partition(" ")[0] for line in lines[3:]] == ["Push", "On", "Under"]
    # What is left is said of a repository, so git is not begun twice.
    again = run_warm(["init", "--host", "github-pages"], tmp_path).stdout
    assert "git init" not in again


def test_an_address_that_nobody_typed_is_asked_for_before_publishing(tmp_path: Path) -> None:
    hint = "Write the address of the site into build.py, as base_url."
    assert hint in run_warm(["init", "a", "--host", "netlify"], tmp_path).stdout
    named = ["init", "b", "--host", "netlify", "--base-url", "https://moves.example"]
    assert hint not in run_warm(named, tmp_path).stdout
    # There it is the host that knows.
    assert hint not in run_warm(["init", "c", "--host", "github-pages"], tmp_path).stdout


def test_without_a_host_nothing_is_said_of_publishing(tmp_path: Path) -> None:
    assert "To publish" not in run_warm(["init", "site"], tmp_path).stdout
