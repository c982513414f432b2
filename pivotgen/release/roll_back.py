"""Roll back: brings an earlier release back, from what the target itself has of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import NoReturn

from pivotgen.model.deploying import RefusedError
from pivotgen.model.release import Item, Release, State
from pivotgen.model.schedule import Schedule
from pivotgen.release.carry_out import Tools
from pivotgen.release.deploy import Limits, deploy
from pivotgen.release.look import manifest_of


def roll_back(wanted: str, tools: Tools, limits: Limits) -> Schedule:
    """Bring a kept release back, or the one before the current one where `wanted` is "".

    RefusedError when the target has no such release; otherwise as `deploy`.
    """
    release = kept_release(tools.lease.state, wanted)
    want = manifest_of(tools.store, release.id)
    if want is None:
        raise RefusedError(f"the release {release.id} cannot be read any more")
    # Whoever names a release wants exactly its pages.
    limits = replace(
        limits,
        deletes=sys.maxsize,
        is_older=Limits().is_older,
        is_answered=Limits().is_answered,
    )
    return deploy(want, release, replace(tools, body=_lost), limits)


def kept_release(state: State, wanted: str) -> Release:
    """The release that is meant. RefusedError when there is none, or more than one."""
    kept = [release for release in state.kept if release.id != state.current or wanted]
    fitting = [release for release in kept if release.id.startswith(wanted)]
    if wanted and len(fitting) == 1:
        return fitting[0]
    if kept and not wanted:
        return kept[0]
    known = ", ".join(f"{release.id} ({release.when})" for release in state.kept)
    hint = f"kept are: {known}" if known else "nothing was deployed there yet"
    if not wanted:
        raise RefusedError("there is no earlier release to go back to", hint)
    raise RefusedError(f"there is no release {wanted} to go back to", hint)


def _lost(path: str, item: Item) -> NoReturn:
    raise RefusedError(
        f"the target has lost {path} of this release, so it cannot be brought back",
        "deploy the sources of that day instead; nothing was changed",
    )
