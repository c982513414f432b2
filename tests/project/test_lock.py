"""What the tests install is named by version and digest, for all that pyproject.toml asks for."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.world.site import ROOT

LOCKED = ROOT / "tests" / "locked"
ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;]+)[^\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}[^\n]*\n)+)", re.M
)


def _entries() -> dict[str, str]:
    text = (LOCKED / "requirements.txt").read_text("utf-8")
    lines: list[tuple[str, str, str]] = ENTRY.findall(text)
    entries: dict[str, str] = {canonicalize_name(name): number for name, number, _ in lines}
    assert len(lines) == len(re.findall(r"^\S", text, re.M)), "an entry has no digest"
    return entries


def test_all_that_the_tests_need_is_locked_in_a_version_that_is_allowed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    entries = _entries()
    for requirement in map(Requirement, needed):
        assert requirement.specifier.contains(entries[canonicalize_name(requirement.name)])


def test_what_is_installed_here_is_what_the_lock_names() -> None:
    installed = {name: version(name) for name in ("jinja2", "markdown-it-py", "pyyaml", "pytest")}
    entries = _entries()
    assert installed == {name: entries[name] for name in installed}


def test_what_node_runs_has_a_digest() -> None:
    packages = json.loads((LOCKED / "package-lock.json").read_text("utf-8"))["packages"]
    others = {name: package for name, package in packages.items() if name}
    assert others
    assert all("integrity" in package for package in others.values())
