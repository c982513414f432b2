"""`build`: content/ to public/."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.model.problem import Problem, any_errors
from pivotgen.pipeline import Options, Report
from pivotgen.pipeline import build as carry
from pivotgen.stages.worker_pool import worker_pool


def build(
    config: Config,
    site: Path,
    out: Path,
    options: Options,
    *,
    verify: bool = False,
    workers: int | None = None,
) -> Report:
    """Build the site into `out`; with an error nothing is written.

    `verify` builds once more, aside and from nothing, and reports every file that differs.
    """
    with worker_pool(workers) as pool:
        report = carry(config, site, out, pool, options)
        if not verify or any_errors(report.problems):
            return report
        aside = Path(tempfile.mkdtemp(prefix="pivotgen-"))
        try:
            carry(config, site, aside / "public", pool, replace(options, memory=aside))
            report.problems += _differing(aside / "public", out)
        finally:
            shutil.rmtree(aside)
    return report


def _differing(right: Path, given: Path) -> list[Problem]:
    found = []
    for file in sorted(right.rglob("*")):
        path = given / (name := file.relative_to(right).as_posix())
        if file.is_file() and not (path.is_file() and path.read_bytes() == file.read_bytes()):
            message = "this file is not what a clean build makes"
            hint = "build with --clean, and report this as a fault of pivotgen"
            found.append(Problem(f"{given.name}/{name}", 1, 1, "not-reproduced", message, hint))
    return found
