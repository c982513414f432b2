"""`fmt`: the frontmatter of pivots and roles in its one tidy form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pivotgen.engines.header.format import tidy
from pivotgen.model.edit import Change
from pivotgen.model.header import PivotHeader, RoleHeader
from pivotgen.model.problem import Problem

_KINDS = {"content/pivots": PivotHeader, "content/roles": RoleHeader}


def tidied(site: Path, files: Sequence[Path] = ()) -> tuple[list[Change], list[Problem]]:
    """What would change in `files`, or in all pivots and roles, and the files we cannot read.

    ValueError names a file that is neither a pivot nor a role of this site.
    """
    changes, problems = [], []
    for path in [_inside(site, file) for file in files] or _all(site):
        data = (site / path).read_bytes()
        new = tidy(path, data, _KINDS[path.rpartition("/")[0]])
        if isinstance(new, Problem):
            problems.append(new)
        elif new != data:
            changes.append(Change(path, data, new))
    return changes, problems


def _all(site: Path) -> list[str]:
    return sorted(
        file.relative_to(site).as_posix()
        for folder in _KINDS
        for file in (site / folder).glob("*.md")
        if file.is_file() and not file.name.startswith(".")
    )


def _inside(site: Path, file: Path) -> str:
    path = Path(*file.absolute().parts)
    if path.is_relative_to(site) and path.relative_to(site).parent.as_posix() in _KINDS:
        return path.relative_to(site).as_posix()
    raise ValueError(f"{file} is neither a pivot nor a role of this site")
