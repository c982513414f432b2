"""Built: the site as it is now, built for a target, or why it is not to be deployed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path

from pivotgen.commands.build import BuildOptions, build_with
from pivotgen.commands.lock import LockState, lock_state, state_from
from pivotgen.engines.git import commit_of
from pivotgen.engines.pool import WorkerPool
from pivotgen.model.address import output_of, readable
from pivotgen.model.address_shape import pages_above
from pivotgen.model.config import Config
from pivotgen.model.delivery import delivery_of
from pivotgen.model.deploying import Progress
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import LOCK
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.redirect import Redirect
from pivotgen.model.release import Manifest, Release
from pivotgen.model.render_context import Blobs
from pivotgen.model.sending import Sending
from pivotgen.model.stored import StoredSite, digest_and_size
from pivotgen.model.targets import S3, Azure, Folder, Server, Target
from pivotgen.pipeline import Options, Outlook
from pivotgen.pipeline import build as run_build
from pivotgen.release.survey import manifest_of_files, survey
from pivotgen.stages.worker_memory import WorkerMemory

# Browsers ask again each time; a cache that is told of changes may answer for a day without asking.
_ASKED_AGAIN = "public, max-age=0, must-revalidate"
_TOLD = "public, max-age=0, s-maxage=86400, must-revalidate"


def always(address: str) -> bool:
    """Where nobody keeps count of addresses."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a site is built for a target."""

    # Of the scheduler whose workers do it; "" for those of this machine.
    cluster: str = ""
    # The settings of a caller, if they are not build.py's.
    given: Config | None = None
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A built site, or what keeps it from being deployed."""

    problems: tuple[Problem, ...] = ()
    manifest: Manifest | None = None
    release: Release = field(default_factory=lambda: Release(""))
    # Every old address.
    moves: tuple[Redirect, ...] = ()
    # Whether somebody has said what becomes of an address that is no page any more.
    is_answered: Callable[[str], bool] = always


def built(site: Path, config: Config, target: Target, how: How) -> Built:
    """Build the site in a folder for a target. DeployError, RefusedError."""
    options = BuildOptions(progress=how.progress, cluster=how.cluster)
    report = build_with(site, config, how.given, options)
    if not report.ok:
        return Built(problems=report.problems)
    state = lock_state(config, site)
    want = survey(report.out, sending_of(config, target, state.moves))
    return release_of(site, target, state, want, report.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """What a site is built into where its files go to a store."""

    target: S3 | Azure
    # What the store has: every key, with the bytes that it has.
    listing: Mapping[str, int]
    # The workers who put them there.
    pool: WorkerPool[WorkerMemory]


def built_in_store(site: Path, config: Config, depot: Depot, progress: Progress) -> Built:
    """Build the site on a cluster whose workers put its files into the store of a target.

    DeployError.
    """
    target, listing = depot.target, depot.listing
    stored = StoredSite(Blobs(target, sending_of(config, target, ())), config.base_url, listing)
    states: list[LockState] = []
    files: dict[str, tuple[str, int]] = {}

    def after(outlook: Outlook) -> None:
        states.append(state_from(outlook, site))
        takes = stored.blobs.sending.takes
        rows = outlook.ledger.pages.rows(outlook.root)
        files.update(
            (row.output, digest_and_size(row.signature or b"")) for row in rows if takes(row.output)
        )

    # A store has no copies: whatever stands before it compresses.
    options = Options(store=stored, after=after, sidecars=False, progress=progress)
    report = run_build(config, site, None, depot.pool, options)
    problems = tuple(report.problems)
    if any_errors(problems):
        return Built(problems=problems)
    want = manifest_of_files(files, sending_of(config, target, states[-1].moves))
    return release_of(site, target, states[-1], want, problems)


def release_of(
    site: Path,
    target: Target,
    state: LockState,
    want: Manifest,
    problems: tuple[Problem, ...],
) -> Built:
    """A built site as a release, with what is wrong with its lock."""
    # Where a target is seen at an address of its own, nobody has linked to its pages.
    is_public = not target.url
    stale = _stale_lock(site, state) if is_public else ()
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    return Built(
        problems=(*problems, *stale),
        manifest=want,
        release=Release(want.id, when, len(want.files), commit_of(site)),
        moves=state.moves,
        is_answered=_answered(site, state) if is_public else always,
    )


def sending_of(config: Config, target: Target, moves: tuple[Redirect, ...]) -> Sending:
    return Sending(
        delivery=delivery_of(config),
        cache=_TOLD if target.purge else _ASKED_AGAIN,
        moves={
            output_of(move.old): f"{config.base_url}{move.new}"
            for move in moves
            if move.new is not None
        },
        redirects=isinstance(target, S3) and target.website,
        hidden=isinstance(target, Folder | Server),
        copies=config.sidecars,
    )


def _stale_lock(site: Path, state: LockState) -> tuple[Problem, ...]:
    """What is wrong with a lock that lacks what readers are about to get."""
    differences = state.differences
    if not differences or not (site / LOCK).is_file():
        return ()
    new = sum(not difference.since for difference in differences)
    return (
        Problem.of_file(
            LOCK,
            "stale-lock",
            f"{LOCK} is not up to date: {new} new, {len(differences) - new} changed, such as "
            f"{readable(differences[0].address)}",
            "run `pivotgen lock`, and commit the file",
        ),
    )


def _answered(site: Path, state: LockState) -> Callable[[str], bool]:
    """Whether an address is known: in the lock, among the moves, or a part of a list."""
    if not (site / LOCK).is_file():
        return always
    known = {*state.lock.lines, *(move.old for move in state.moves)}
    return lambda address: address in known or bool(pages_above(address))
