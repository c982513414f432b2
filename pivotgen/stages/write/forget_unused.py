"""Forget: what the ledger holds and no later build can use."""

from __future__ import annotations

from pivotgen.stages.context import CHECKED, BuildContext


def forget_unused(build: BuildContext) -> None:
    """Delete the pages of folders that are gone, and memos that this build did not look at."""
    for root in build.ledger.pages.roots.names():
        if root != CHECKED and not (build.site / root).is_dir():
            build.ledger.pages.delete(root)
    build.ledger.memos.retain()
