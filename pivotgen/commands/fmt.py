"""`fmt`: formats the frontmatter of pivots and roles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pivotgen.engines.header.format import format_file
from pivotgen.model.edit import Change
from pivotgen.model.header import PivotHeader, RoleHeader
from pivotgen.model.problem import Problem

_HEADERS = {"content/pivots": PivotHeader, "content/roles": RoleHeader}


def format_files(site: Path, files: Sequence[Path] = ()) -> tuple[list[Change], list[Problem]]:
    """Return the changes to `files`, or to all pivots and roles, and the problems.

    A file with a problem cannot be read, so it has no change. Nothing is written here. Raises
    ValueError for a file that is neither a pivot nor a role of this site.
    """
    changes, problems = [], []
    for path in [_path_in_site(site, file) for file in files] or _all_paths(site):
        data = (site / path).read_bytes()
        new = format_file(path, data, _HEADERS[path.rpartition("/")[0]])
        if isinstance(new, Problem):
            problems.append(new)
        elif new != data:
            changes.append(Change(path, data, new))
    return changes, problems


def _all_paths(site: Path) -> list[str]:
    return sorted(
        file.relative_to(site).as_posix()
        for folder in _HEADERS
        for file in (site / folder).glob("*.md")
        if file.is_file() and not file.name.startswith(".")
    )


def _path_in_site(site: Path, file: Path) -> str:
    path = Path(*file.absolute().parts)
    if path.is_relative_to(site) and path.relative_to(site).parent.as_posix() in _HEADERS:
        return path.relative_to(site).as_posix()
    raise ValueError(f"{file} is neither a pivot nor a role of this site")
