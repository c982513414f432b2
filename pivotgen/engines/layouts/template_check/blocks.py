"""Blocks: those of a layout that no layout above it has, so that they are shown nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from pivotgen.engines.layouts.template_check.findings import Findings, did_you_mean, listed
from pivotgen.engines.layouts.template_check.layout_file import LayoutFile


def check_blocks(files: Sequence[LayoutFile], findings: Findings) -> None:
    """Add a problem for each block that is shown nowhere.

    `files` are a layout and all that it extends, from the layout itself upwards.
    """
    if not all(file.parent for file in files[:-1]):
        # A layout that extends another one only under a condition may show its own blocks.
        return
    shown_by_name = {name for file in files for name in file.shown_of_self}
    for position, file in enumerate(files[:-1]):
        above = files[position + 1 :]
        names = list(dict.fromkeys(block.name for other in above for block in other.blocks))
        for block in file.outer_blocks:
            if block.name not in names and block.name not in shown_by_name:
                owners = listed([other.name for other in above])
                has = f"{owners} {'has' if len(above) == 1 else 'have'} {listed(names) or 'none'}"
                hint = did_you_mean(block.name, names) + has
                message = f"no layout above has a block `{block.name}`"
                findings.add((file.name, block.lineno), block.name, message, hint)
