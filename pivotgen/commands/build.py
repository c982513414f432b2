"""`build`: builds content/ into public/."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.source import SOURCE_FOLDERS
from pivotgen.pipeline import Options, Report
from pivotgen.pipeline import build as run_build
from pivotgen.stages.worker_pool import worker_pool


def fault_of_folder(site: Path, folder: Path) -> str:
    """Why nothing may be built into a folder, in plain words; "" when it may.

    Pages would mix with sources: the next build would take what this one wrote for its own.
    """
    place, real_site = folder.resolve(), site.resolve()
    if real_site.is_relative_to(place):
        return f"{folder} holds the site itself; name a folder for the built files alone"
    for name in SOURCE_FOLDERS:
        # The folder of the site, and where it is when it is a link.
        sources = {real_site / name, (site / name).resolve()}
        for source in sources:
            if place.is_relative_to(source) or source.is_relative_to(place):
                return f"{folder} would mix with {name}/, which the site is built from"
    return ""


def build(
    config: Config, site: Path, out: Path, options: Options, workers: int | None = None
) -> Report:
    """Build the site into `out`. Where there is an error, nothing is written.

    `workers` is the number of processes that work at once; None chooses it.
    """
    with worker_pool(workers) as pool:
        return run_build(config, site, out, pool, options)


def build_and_verify(
    config: Config, site: Path, out: Path, options: Options, workers: int | None = None
) -> Report:
    """Build the site into `out`, then again from nothing into a temporary folder, and compare.

    Each file of `out` that differs from the second build is a problem of the report.
    """
    with worker_pool(workers) as pool:
        report = run_build(config, site, out, pool, options)
        if any_errors(report.problems):
            return report
        folder = Path(tempfile.mkdtemp(prefix="pivotgen-"))
        try:
            clean = replace(options, memory=folder)
            run_build(config, site, folder / "public", pool, clean)
            report.problems += _differences(folder / "public", out)
        finally:
            shutil.rmtree(folder)
    return report


def _differences(expected: Path, actual: Path) -> Iterator[Problem]:
    """A problem for each file of `expected` that is missing or different in `actual`."""
    for file in sorted(expected.rglob("*")):
        name = file.relative_to(expected).as_posix()
        path = actual / name
        if file.is_file() and not (path.is_file() and path.read_bytes() == file.read_bytes()):
            message = "this file is not what a clean build makes"
            hint = "build with --clean, and report this as a fault of pivotgen"
            yield Problem(f"{actual.name}/{name}", 1, 1, "not-reproduced", message, hint)
