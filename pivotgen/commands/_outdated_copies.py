"""Outdated copies: files that were copied from the theme, which has another version by now."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.commands._origin import origin_of, short_digest
from pivotgen.disk.places import Places
from pivotgen.model.edit import Change
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Level, Problem
from pivotgen.stages.site_files import THEME_FOLDERS, theme_folder


@dataclass(frozen=True, slots=True)
class OutdatedCopy:
    """A copy in the site whose original in the theme has changed."""

    problem: Problem
    # From the copy, without its first line, to the present original.
    change: Change


def outdated_copies(places: Places) -> Iterator[OutdatedCopy]:
    """Every copy whose original has changed since it was made, by path."""
    site = places.site
    files = (file for folder in THEME_FOLDERS for file in (site / folder).rglob("*"))
    for file in sorted(file for file in files if file.is_file()):
        path = file.relative_to(site).as_posix()
        if places.leads_out(path):
            # A build says so.
            continue
        try:
            data = file.read_bytes()
        except OSError:
            # A build says so; it reads the same file.
            continue
        if origin := origin_of(data):
            theirs = theme_folder() / path
            original = theirs.read_bytes() if theirs.is_file() else None
            now = short_digest(original) if original is not None else ""
            if now != origin.digest:
                change = Change(path, data.partition(b"\n")[2], original)
                yield OutdatedCopy(_problem(path, origin.version, now), change)


def _problem(path: str, version: str, now: str) -> Problem:
    message = f"the theme's file has changed since this was copied from pivotgen {version}"
    hint = f"take over what you want of the difference, then write {now} into the first line"
    if not now:
        message = f"this was copied from pivotgen {version}, and the theme no longer has it"
        hint = "delete it, or delete its first line to keep it"
    return Problem.of_file(path, "theme-changed", message, hint, Level.WARNING)
