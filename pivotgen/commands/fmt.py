"""`fmt`: formats the frontmatter of content files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pivotgen.disk.places import Places
from pivotgen.engines.header.format import format_file
from pivotgen.model.content import FOLDERS, folder_of, header_of
from pivotgen.model.edit import Change
from pivotgen.model.outside import leads_outside
from pivotgen.model.problem import Problem
from pivotgen.stages.read.find_changes import source_files


def format_files(places: Places, files: Sequence[Path] = ()) -> tuple[list[Change], list[Problem]]:
    """Return the changes to `files`, or to all content files, and the problems.

    A file with a problem cannot be read, so it has no change. Nothing is written here. Raises
    ValueError for a file that is no content of this site.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    named = [_path_in_site(places.site, file) for file in files]
    for path in named or _all_paths(places, problems):
        if places.leads_out(path):
            problems.append(leads_outside(places.site, path))
            continue
        data = (places.site / path).read_bytes()
        new = format_file(path, data, header_of(path))
        if isinstance(new, list):
            problems += new
        elif new != data:
            changes.append(Change(path, data, new))
    return changes, problems


def _all_paths(places: Places, problems: list[Problem]) -> list[str]:
    lists = [source_files(places, folder, ".md", problems) for folder in FOLDERS]
    return [path for paths in lists for path in paths]


def _path_in_site(site: Path, file: Path) -> str:
    path = Path(*file.absolute().parts)
    if path.is_relative_to(site) and folder_of(path.relative_to(site).as_posix()):
        return path.relative_to(site).as_posix()
    nouns = " nor ".join(f"a {folder.noun}" for folder in FOLDERS.values())
    raise ValueError(f"{file} is neither {nouns} of this site")
