"""Unknown names: names that nothing gives a value, also where the walk does not come.

The walk follows no macro that is never called and no block that another one replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pivotgen.engines.layouts.template_check.findings import Findings, did_you_mean
from pivotgen.engines.layouts.template_check.layout_file import LayoutFile
from pivotgen.engines.layouts.template_check.layout_set import GIVEN


def check_names(
    files: Iterable[LayoutFile], functions: Mapping[str, Any], findings: Findings
) -> None:
    """Add a problem for each name that has no value in any of the files.

    `files` are all layouts of one page. `functions` are those that every layout can call.
    """
    files = list(files)
    known = {*GIVEN, *functions}.union(*(file.assigned for file in files))
    for file in files:
        unknown = file.expected - known - file.asked
        for node in file.reads:
            if node.name in unknown:
                hint = unknown_name_hint(node.name, known)
                message = f"there is no `{node.name}` here"
                findings.add((file.name, node.lineno), node.name, message, hint)


def unknown_name_hint(name: str, known: Iterable[str]) -> str:
    """Which of the known names is near, and what every layout sees."""
    return f"{did_you_mean(name, known)}a layout sees `view`, `site` and `graph`"
