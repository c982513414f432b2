"""Builds in the process of the test: an ordinary one, and one that knows of no earlier build."""

from __future__ import annotations

import os
import runpy
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool
from tests.world.site import ROOT

# The settings of this repository's own site, as World writes them.
_SETTINGS: Config = runpy.run_path(str(ROOT / "build.py"))["config"]
assert _SETTINGS.call
_CALL = replace(_SETTINGS.call, url="https://next.example/")
CONFIG = replace(
    _SETTINGS,
    navigation=None,
    footer=(),
    image="",
    call=_CALL,
    calls={},
    languages=(),
    labels={},
    untranslated={},
)

Tree = dict[str, bytes]
DEFAULTS = Options()


def build_here(
    site: Path, config: Config, into: Path | None, options: Options = DEFAULTS
) -> Report:
    """Build the site in this process, without workers."""
    with worker_pool(1) as pool:
        return build(config, site, into, pool, options)


def clean_build(
    site: Path, config: Config, options: Options = DEFAULTS
) -> tuple[Tree, tuple[Problem, ...]]:
    """The files and the problems of a build that knows of no earlier one."""
    aside = Path(tempfile.mkdtemp(prefix="pivotgen-clean-"))
    try:
        public = aside / "public"
        report = build_here(site, config, public, replace(options, memory=aside / "memory"))
        return tree(public), tuple(report.problems)
    finally:
        shutil.rmtree(aside)


def tree(root: Path) -> Tree:
    """The bytes of every file in a folder by path, hidden files too."""
    return {
        Path(folder, name).relative_to(root).as_posix(): Path(folder, name).read_bytes()
        for folder, _, names in os.walk(root)
        for name in names
    }
