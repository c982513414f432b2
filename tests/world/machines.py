"""Machines that build a site for its owner: those of GitHub, GitLab and the hosts, as far as their
files in the site's folder tell them what to run.

Each begins with a fresh clone and a fresh home folder, and gets pivotgen as a wheel. What a machine
does by itself, such as fetching the sources, is done here; whatever the files say is run as it
stands there.
"""

from __future__ import annotations

import compileall
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.world.hosting import NODE, node_with

KEY = "0123456789abcdef" * 4


@dataclass
class Log:
    """What a machine did."""

    # Each command with what it printed, in order.
    ran: list[tuple[str, str]] = field(default_factory=list)
    # The command that failed, or "".
    failed: str = ""
    # The folders that were uploaded, as they were then.
    uploads: dict[str, Path] = field(default_factory=dict)

    def said(self, part: str) -> str:
        """What the commands with this part in them printed."""
        return "".join(output for command, output in self.ran if part in command)

    @property
    def written(self) -> int:
        """How many files the build wrote."""
        [count] = re.findall(r"(\d+) of them written", self.said(""))
        return int(count)


@dataclass
class Machine:
    """A machine: where it works, and what stays between its runs."""

    folder: Path
    # The repository of the site, and a folder with the wheel.
    repository: Path
    wheels: Path
    secrets: Mapping[str, str] = field(default_factory=dict)

    def begin(self) -> tuple[Path, Log]:
        """A new run: an empty folder to work in, which is always the same, and an empty log."""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        (work / "home").mkdir(parents=True)
        return work, Log()

    def environment(self, work: Path, **values: str) -> dict[str, str]:
        """What commands are started with."""
        tools = self.wheels / "python" / "bin"
        return {
            "PATH": f"{tools}{os.pathsep}/usr/local/bin:/usr/bin:/bin",
            "HOME": str(work / "home"),
            "LANG": "C.UTF-8",
            "CI": "true",
            # The libraries that pivotgen needs are there; pivotgen itself comes from the wheel.
            "PYTHONPATH": str(self.wheels / "libraries"),
            "PIP_NO_INDEX": "1",
            # Of options that begin with "no", pip takes 0 for yes and 1 for no.
            "PIP_NO_COMPILE": "0",
            # Whether all libraries of the tests fit each other takes longer than all else.
            "PIP_NO_WARN_CONFLICTS": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            **values,
        }

    def clone(self, into: Path, ref: str = "main") -> str:
        """A shallow copy of the sources, and the name of its commit."""
        git("clone", "--quiet", "--depth=1", f"--branch={ref}", self.repository.as_uri(), str(into))
        return git("rev-parse", "HEAD", folder=into).strip()

    def cached(self, key: str, folder: Path, names: list[str], olds: list[str]) -> None:
        """Bring back what a run with this key has stored, or with the beginning of an older one."""
        caches = sorted(
            (self.folder / "caches").glob("*"), key=lambda path: path.stat().st_mtime_ns
        )
        wanted = [path for path in caches if path.name == _file_name(key)]
        for old in olds:
            wanted += [path for path in reversed(caches) if path.name.startswith(_file_name(old))]
        for name in names if wanted else ():
            if (wanted[0] / name).exists():
                shutil.copytree(wanted[0] / name, folder / name, dirs_exist_ok=True)

    def store(self, key: str, folder: Path, names: list[str]) -> None:
        """Store files for later runs; times stay, as in an archive."""
        for name in names:
            if (folder / name).exists():
                into = self.folder / "caches" / _file_name(key) / name
                shutil.copytree(folder / name, into, dirs_exist_ok=True)

    def run(self, log: Log, command: str, folder: Path, environment: Mapping[str, str]) -> bool:
        """Run what stands in a file, as these machines do; whether it succeeded."""
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        log.ran.append((command, done.stdout))
        if done.returncode:
            log.failed = log.failed or command
        return done.returncode == 0


def _file_name(key: str) -> str:
    return key.replace("/", "_")


def git(*words: str, folder: Path | None = None) -> str:
    """What git prints."""
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "protocol.file.allow=always"]
    command = ["git", *who, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


class GitHub(Machine):
    """Runs workflows. Actions are those few that the files use."""

    def workflow(self, name: str, event: Mapping[str, Any], ref: str = "main") -> Log:
        """Run every job of a workflow whose condition holds, up to what is published."""
        work, log = self.begin()
        text = git("show", f"{ref}:.github/workflows/{name}", folder=self.repository)
        for job in yaml.safe_load(text)["jobs"].values():
            context = {
                "github.repository": "owner/site",
                "github.ref": f"refs/heads/{ref}",
                "github.sha": git("rev-parse", ref, folder=self.repository).strip(),
                **{f"secrets.{name}": value for name, value in self.secrets.items()},
                **event,
            }
            if self._holds(job.get("if", ""), context):
                self._job(job, context, work / "workspace", log)
        return log

    def _holds(self, condition: str, context: Mapping[str, Any]) -> bool:
        if not condition:
            return True
        left, sign, right = condition.split()
        return bool((context[left] == context[right]) == (sign == "=="))

    def _job(self, job: Any, context: dict[str, Any], work: Path, log: Log) -> None:
        stored: list[tuple[str, list[str]]] = []
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        for step in job["steps"]:
            given = {
                key: self._filled(value, context) for key, value in step.get("with", {}).items()
            }
            if "run" in step:
                values = {k: self._filled(v, context) for k, v in step.get("env", {}).items()}
                environment = self.environment(work.parent, GITHUB_ACTIONS="true", **values)
                place = work / step.get("working-directory", ".")
                if not self.run(log, self._filled(step["run"], context), place, environment):
                    return
            elif (action := step["uses"].partition("@")[0]) == "actions/checkout":
                # What is sent is merged; the base of a pull request is what is published.
                is_base = given.get("ref") == "base"
                ref = "main" if is_base else str(context.get("sent", "main"))
                self.clone(work / given.get("path", "."), ref)
            elif action == "actions/configure-pages":
                context["steps.pages.outputs.base_url"] = "https://owner.github.io/site"
            elif action == "actions/cache":
                names = given["path"].split()
                self.cached(given["key"], work, names, given["restore-keys"].split())
                stored.append((given["key"], names))
            elif action in ("actions/upload-pages-artifact", "actions/upload-artifact"):
                assert given["include-hidden-files"] == "True"
                shutil.copytree(work / given["path"], work.parent / action.partition("/")[2])
                log.uploads[action.partition("/")[2]] = work.parent / action.partition("/")[2]
            else:
                assert action in ("actions/setup-python", "actions/deploy-pages"), action
        for key, names in stored:
            self.store(key, work, names)

    def _filled(self, text: object, context: Mapping[str, Any]) -> str:
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: str(context.get(match[1], "")), str(text))


class GitLab(Machine):
    """Runs pipelines."""

    def pipeline(self, ref: str, *, merge_request: bool) -> Log:
        """Run every job whose rules hold."""
        work, log = self.begin()
        # The first run of a machine is remembered, so that a job finds what another one stored.
        values = {
            "CI_PIPELINE_SOURCE": "merge_request_event" if merge_request else "push",
            "CI_COMMIT_BRANCH": "" if merge_request else ref,
            "CI_DEFAULT_BRANCH": "main",
            "CI_COMMIT_REF_SLUG": ref,
            **self.secrets,
        }
        text = git("show", f"{ref}:.gitlab-ci.yml", folder=self.repository)
        whole = yaml.safe_load(text)
        for name, job in whole.items():
            if name.startswith(".") or "script" not in job:
                continue
            job = {**whole[job["extends"]], **job}
            if any(self._holds(rule["if"], values) for rule in job["rules"]):
                self._job(name, job, work, log, {**whole["variables"], **values}, ref)
        return log

    def _holds(self, rule: str, values: Mapping[str, str]) -> bool:
        left, right = rule.split(" == ")
        wanted = right.strip('"') if right.startswith('"') else values[right[1:]]
        return values[left[1:]] == wanted

    def _job(
        self, name: str, job: Any, work: Path, log: Log, values: dict[str, str], ref: str
    ) -> None:
        folder = work / name
        self.clone(folder, ref)
        values = {**values, "CI_PROJECT_DIR": str(folder)}
        filled = {key: _expanded(value, values) for key, value in values.items()}
        environment = self.environment(work, **filled)
        caches = [(self._key(part["key"], folder, filled), part["paths"]) for part in job["cache"]]
        for key, names in caches:
            self.cached(key, folder, [path.strip("/") for path in names], [])
        is_done = self.run(
            log, "\n".join([*job["before_script"], *job["script"]]), folder, environment
        )
        for command in job.get("after_script", ()):
            self.run(log, command, folder, environment)
        if is_done:
            for key, names in caches:
                self.store(key, folder, [path.strip("/") for path in names])
        artifacts = job.get("artifacts", {})
        for path in artifacts.get("paths", ()):
            log.uploads[name] = folder / path
        if report := artifacts.get("reports", {}).get("codequality"):
            log.uploads["codequality"] = folder / report

    def _key(self, key: Any, folder: Path, values: Mapping[str, str]) -> str:
        if isinstance(key, str):
            return _expanded(key, values)
        return "-".join(str(hash((folder / name).read_bytes())) for name in key["files"])


def _expanded(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda match: values.get(match[1], ""), str(text))


class Netlify(Machine):
    """Installs requirements.txt, and runs the command of a context."""

    def build(self, context: str, ref: str = "main") -> Log:
        work, log = self.begin()
        site = work / "site"
        self.clone(site, ref)
        config = netlify_build(site, context)
        address = "https://deploy-preview-1--site.netlify.app"
        environment = self.environment(work, CONTEXT=context, DEPLOY_PRIME_URL=address)
        if self.run(log, "pip install --quiet -r requirements.txt", site, environment):
            self.run(log, config["command"], site, environment)
        log.uploads["site"] = site / Path(config["publish"]).relative_to(site)
        return log


class Cloudflare(Machine):
    """Runs the build command that its owner typed."""

    def build(self, ref: str = "main") -> Log:
        work, log = self.begin()
        self.clone(work / "site", ref)
        address = "https://0123abcd.site.pages.dev"
        environment = self.environment(
            work, CF_PAGES="1", CF_PAGES_BRANCH=ref, CF_PAGES_URL=address
        )
        self.run(log, "sh cloudflare.sh", work / "site", environment)
        text = (work / "site" / "wrangler.jsonc").read_text("utf-8")
        folder = json.loads(without_comments(text))["pages_build_output_dir"]
        log.uploads["site"] = work / "site" / folder
        return log


class Vercel(Machine):
    """Runs the commands of vercel.json, and publishes .vercel/output."""

    def build(self, kind: str, ref: str = "main") -> Log:
        work, log = self.begin()
        site = work / "site"
        self.clone(site, ref)
        names = [".pivotgen", "public"]
        self.cached(f"vercel-{ref}", site, names, [])
        commands = json.loads((site / "vercel.json").read_text("utf-8"))
        values = {"VERCEL_ENV": kind, "VERCEL_URL": "site-1a2b3c.vercel.app", **self.secrets}
        environment = self.environment(work, **values)
        if self.run(log, commands["installCommand"], site, environment) and self.run(
            log, commands["buildCommand"], site, environment
        ):
            config = json.loads((site / ".vercel/output/config.json").read_text("utf-8"))
            assert config["cache"] == [f"{name}/**" for name in names]
            self.store(f"vercel-{ref}", site, names)
        log.uploads["site"] = site / ".vercel" / "output" / "static"
        return log


def netlify_build(site: Path, context: str) -> dict[str, Any]:
    """What Netlify's own program reads in the settings of a site for a context."""
    program = NODE / "@netlify" / "config" / "bin.js"
    command = [node_with(program), str(program), "--offline", f"--context={context}"]
    done = subprocess.run(
        [*command, f"--cwd={site}"], capture_output=True, text=True, timeout=60, check=True
    )
    build: dict[str, Any] = json.loads(done.stdout)["config"]["build"]
    return build


def without_comments(text: str) -> str:
    """JSON of a file with whole lines of comments."""
    return re.sub(r"(?m)^\s*//.*\n", "", text)


# The pip of an environment is the one among the libraries: bringing each a copy takes seconds.
PIP = 'exec "$(dirname "$0")/python" -m pip "$@"'
PYTHON = f"""python="$(dirname "$0")/python"
if [ "$1 $2" = "-m venv" ]; then
    "$python" -m venv --without-pip "$3"
    printf '%s\\n' '#!/bin/sh' '{PIP}' > "$3/bin/pip"
    exec chmod +x "$3/bin/pip"
fi
exec "$python" "$@\""""


def _program(file: Path, script: str) -> None:
    file.write_text(f"#!/bin/sh\nset -e\n{script}\n", "utf-8")
    file.chmod(0o755)


def wheels_with(wheel: Path, folder: Path) -> Path:
    """A folder with the wheel, the libraries that it needs, and a Python with `pip`."""
    libraries = folder / "libraries"
    libraries.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "pivotgen" not in path.name and path.suffix != ".pth":
            (libraries / path.name).symlink_to(path)
    tools = folder / "python" / "bin"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tools.parent)], check=True)
    _program(tools / "pip", PIP)
    (tools / "python3").unlink()
    _program(tools / "python3", PYTHON)
    _compiled(wheel, folder / wheel.name)
    return folder


def _compiled(wheel: Path, into: Path) -> None:
    """A copy of the wheel that has its code compiled, which each machine would do anew."""
    inside = into.with_suffix("")
    shutil.unpack_archive(wheel, inside, "zip")
    compileall.compile_dir(
        inside, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )
    [record] = inside.glob("*.dist-info/RECORD")
    compiled = [file.relative_to(inside).as_posix() for file in inside.rglob("*.pyc")]
    record.write_text(record.read_text() + "".join(f"{path},,\n" for path in compiled))
    shutil.make_archive(str(inside), "zip", inside)
    inside.with_name(f"{inside.name}.zip").rename(into)
    shutil.rmtree(inside)
