"""Built: the site as it is now, built for a target, or why it is not to be deployed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pivotgen.commands.build import BuildOptions, build
from pivotgen.commands.lock import LockState, lock_state
from pivotgen.engines.git import commit_of
from pivotgen.model.address import (
    output_of,
    readable,
)
from pivotgen.model.address_shape import pages_above
from pivotgen.model.config import Config
from pivotgen.model.delivery import delivery_of
from pivotgen.model.deploying import Progress
from pivotgen.model.lock import LOCK
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import Redirect
from pivotgen.model.release import Manifest, Release
from pivotgen.model.targets import S3, Folder, Server, Target
from pivotgen.release.survey import Sending, survey

# Browsers ask again each time; a cache that is told of changes may answer for a day without asking.
_ASKED_AGAIN = "public, max-age=0, must-revalidate"
_TOLD = "public, max-age=0, s-maxage=86400, must-revalidate"


def always(address: str) -> bool:
    """Where nobody keeps count of addresses."""
    return True


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


def built(site: Path, config: Config, target: Target, progress: Progress) -> Built:
    """Build the site in a folder for a target. DeployError, RefusedError."""
    report = build(site, config, BuildOptions(progress=progress))
    if not report.ok:
        return Built(problems=report.problems)
    state = lock_state(config, site)
    # Where a target is seen at an address of its own, nobody has linked to its pages.
    is_public = not target.url
    stale = _stale_lock(site, state) if is_public else ()
    want = survey(report.out, _sending(config, target, state.moves))
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    return Built(
        problems=(*report.problems, *stale),
        manifest=want,
        release=Release(want.id, when, len(want.files), commit_of(site)),
        moves=state.moves,
        is_answered=_answered(site, state) if is_public else always,
    )


def _sending(config: Config, target: Target, moves: tuple[Redirect, ...]) -> Sending:
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
        Problem(
            LOCK,
            1,
            1,
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
