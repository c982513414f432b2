"""Forget: what the ledger holds and no later build can use."""

from __future__ import annotations

from pivotgen.stages.context import CHECKED, BuildContext


def forget_unused(build: BuildContext) -> None:
    """Delete the pages of folders and targets that are gone, and memos that this build did not
    look at."""
    targets = build.config.targets.values()
    known = {CHECKED, build.root, *(target.stored_root for target in targets)}
    for root in build.ledger.pages.roots.names():
        if root not in known and not (build.site / root).is_dir():
            build.ledger.pages.delete(root)
    build.ledger.memos.retain()
