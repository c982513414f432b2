"""`build`: builds content/ into public/."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pivotgen.commands._after_build import fault_after_build
from pivotgen.commands._build_pool import build_pool, cluster_pool
from pivotgen.commands._open import at_address, settings_of, site_folder
from pivotgen.engines.pool import WorkerPool
from pivotgen.model.cluster import ClusterError
from pivotgen.model.config import Config
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.report import BuildReport, SiteError
from pivotgen.model.source import SOURCE_FOLDERS
from pivotgen.pipeline import Options, Report
from pivotgen.pipeline import build as run_build
from pivotgen.stages.context import Progress
from pivotgen.stages.worker_memory import WorkerMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How a site is built."""

    # The folder to build into; public/ of the site when not named.
    out: str | Path | None = None
    # The address of the site instead of that of the settings.
    base_url: str = ""
    # Include drafts.
    drafts: bool = False
    # Keep search engines out of every page.
    preview: bool = False
    # Make and write every file again, whatever is there.
    clean: bool = False
    # Build once more, aside, and compare every byte.
    verify: bool = False
    # Processes that work at once; None chooses the number.
    workers: int | None = None
    # The scheduler of a cluster whose workers do it instead, such as "tls://10.0.0.7:8786".
    cluster: str = ""
    # The folder of what builds remember; .pivotgen/ of the site when not named.
    memory: str | Path | None = None
    # Told a stage, how much of it is done, and how much there is.
    progress: Progress = lambda stage, done, total: None


_PLAIN = BuildOptions()


def build(
    folder: str | Path, config: Config | None = None, options: BuildOptions = _PLAIN
) -> BuildReport:
    """Build the site in `folder`, redoing only what changed, and say what was done.

    Without a `config` the settings are those of the folder's build.py, which is run for them. What
    is wrong with the site is among the problems of the report; with an error among them nothing is
    written, and the last good site stays. Nothing is printed. Afterwards `after_build` of the
    settings is called, if there was no error; a fault in it is a problem too.

    SiteError when the folder is none of a site, or cannot be built into what the options name.
    """
    site = site_folder(folder)
    _refuse_folders(site, _out(site, options), _memory(options))
    settings = settings_of(site, config)
    if isinstance(settings, Problem):
        return BuildReport(problems=(settings,), out=_out(site, options))
    return build_with(site, at_address(settings, options.base_url), config, options)


def build_with(
    site: Path, settings: Config, given: Config | None, options: BuildOptions
) -> BuildReport:
    """Build a site with settings that were read; `given` are those of a caller, where they are not
    build.py's. SiteError when they cannot reach a cluster."""
    out, memory = _out(site, options), _memory(options)
    how = Options(
        drafts=options.drafts,
        preview=options.preview,
        clean=options.clean,
        memory=memory,
        progress=options.progress,
    )
    try:
        pool = (
            cluster_pool(site, given, settings, options.cluster)
            if options.cluster
            else build_pool(site, given, options.workers)
        )
    except ClusterError as error:
        return BuildReport(problems=(error.problem(),), out=out)
    with pool:
        report = run_build(settings, site, out, pool, how)
        if options.verify and not any_errors(report.problems):
            report.problems += _verified(settings, site, out, pool, how)
    done = _build_report(report, settings, out, how)
    if settings.after_build and done.ok:
        # The ledger is free again, so the function may build or check the site itself.
        fault = fault_after_build(site, settings.after_build, done)
        done = replace(done, problems=tuple(sorted([*done.problems, fault]))) if fault else done
    return done


def _out(site: Path, options: BuildOptions) -> Path:
    return Path(options.out or site / "public").absolute()


def _memory(options: BuildOptions) -> Path | None:
    return Path(options.memory).absolute() if options.memory else None


def _verified(
    settings: Config, site: Path, out: Path, pool: WorkerPool[WorkerMemory], how: Options
) -> list[Problem]:
    """What a build that knows of no earlier one makes otherwise."""
    aside = Path(tempfile.mkdtemp(prefix="pivotgen-"))
    try:
        run_build(settings, site, aside / "public", pool, replace(how, memory=aside))
        return list(_differences(aside / "public", out))
    finally:
        shutil.rmtree(aside)


def _refuse_folders(site: Path, out: Path, memory: Path | None) -> None:
    """SiteError when nothing may be built into `out`, or remembered in `memory`."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise SiteError(f"{out} is not a folder of its own; move it, or name another")
    for folder in (out, memory):
        if folder and (fault := _fault_of_folder(site, folder)):
            raise SiteError(fault)


def _fault_of_folder(site: Path, folder: Path) -> str:
    """Why nothing may be built into a folder, in plain words; "" when it may.

    Pages would mix with sources: the next build would take what this one wrote for its own.
    """
    place = folder.resolve()
    if site.is_relative_to(place):
        return f"{folder} holds the site itself; name a folder for the built files alone"
    for name in SOURCE_FOLDERS:
        # The folder of the site, and where it is when it is a link.
        for source in {site / name, (site / name).resolve()}:
            if place.is_relative_to(source) or source.is_relative_to(place):
                return f"{folder} would mix with {name}/, which the site is built from"
    return ""


def _build_report(report: Report, config: Config, out: Path, how: Options) -> BuildReport:
    """What the stages noted, as a value for others."""
    return BuildReport(
        problems=tuple(report.problems),
        out=out,
        base_url=config.base_url,
        drafts=how.drafts,
        preview=how.preview,
        files=report.files,
        rendered=report.rendered,
        written=tuple(report.written_files),
        removed=tuple(report.removed_files),
        written_copies=report.written_copies,
        parsed=report.parsed,
        reasons=report.reasons,
        seconds=report.seconds,
    )


def _differences(expected: Path, actual: Path) -> Iterator[Problem]:
    """A problem for each file of `expected` that is missing or different in `actual`."""
    for file in sorted(expected.rglob("*")):
        name = file.relative_to(expected).as_posix()
        path = actual / name
        if file.is_file() and not (path.is_file() and path.read_bytes() == file.read_bytes()):
            message = "this file is not what a clean build makes"
            hint = "build with --clean, and report this as a fault of pivotgen"
            yield Problem.of_file(f"{actual.name}/{name}", "not-reproduced", message, hint)
