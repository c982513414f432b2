"""Find changes: which files of a site may differ from what the ledger knows of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pivotgen.disk.places import Places, is_below
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.signature import settled, signature
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import LOCK
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.source import (
    NO_OVERLAY,
    STATIC,
    Digest,
    Overlay,
    Source,
    language_of_names,
)
from pivotgen.model.unfit import code_point, unfit_in_name
from pivotgen.problems.build_failures import read_problem
from pivotgen.stages.context import BuildContext
from pivotgen.stages.read.parse_settings import invalidate_other_texts
from pivotgen.stages.read.unlisted import no_pivots, wrong_ending
from pivotgen.stages.read.walk import Listed, Walk
from pivotgen.stages.site_files import is_of_theme, read_source, theme_folder

# Folders of a site, and how the names of their files end.
_FOLDERS = (("assets", ""), ("content", ".md"), ("layouts", (".html", ".yaml")), (STATIC, ""))
# The signature of a text that replaces its file; no file has it.
_OVERLAID = b"overlaid"
_NOT_UTF8 = "the name of this file is not UTF-8 text"


class Suspect(NamedTuple):
    """A file that may have changed, as the last build knew it and as it looks now."""

    path: str
    known: Digest | None
    # What would prove it unchanged next time; empty when nothing could yet.
    signature: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """How the folders differ from what is known of them."""

    suspects: tuple[Suspect, ...]
    gone: tuple[str, ...]
    # Files in all.
    total: int
    problems: tuple[Problem, ...]
    # Whether files may be missing because a folder or a link could not be read.
    is_partial: bool = False


def find_changes(build: BuildContext) -> Changes:
    """Compare the site's files with what the ledger knows of them: nothing, for a clean build."""
    if build.options.clean:
        build.ledger.forget_sources()
    invalidate_other_texts(build)
    known = build.ledger.inputs.known(prose=bool(build.options.rules))
    walk = Walk(build.places, build.into)
    return changes_since(walk, known, build.ledger.now, build.options.overlay)


def changes_since(
    walk: Walk,
    known: Iterable[tuple[str, bytes, Digest]],
    now: int,
    overlay: Overlay = NO_OVERLAY,
) -> Changes:
    """Compare the visible files of a site's folders with what is known of them.

    `known` gives path, signature and digest, by path; `now` is the file system's time in
    nanoseconds. Hidden files and editors' backups do not count. The texts of `overlay`, by path,
    count as files that may always have changed, on disk or not.
    """
    listed = _listed(walk, now)
    if overlay:
        listed = [file for file in listed if file[0] not in overlay]
        present = (path for path, text in overlay.items() if text is not None)
        listed = sorted([*listed, *((path, _OVERLAID, False) for path in present)])
    suspects: list[Suspect] = []
    gone: list[str] = []
    before = iter(known)
    old = next(before, None)
    for path, signature_now, proves in listed:
        while old and old[0] < path:
            gone.append(old[0])
            old = next(before, None)
        if old and old[0] == path:
            if old[1] != signature_now:
                suspects.append(Suspect(path, old[2], signature_now if proves else b""))
            old = next(before, None)
        else:
            suspects.append(Suspect(path, None, signature_now if proves else b""))
    if old:
        gone += [old[0], *(path for path, _, _ in before)]
    problems = list(walk.problems)
    # A folder that cannot be read and files with other endings say by themselves what is missing.
    if not any(problem.path.startswith("content") for problem in problems):
        problems += no_pivots((path for path, _, _ in listed), _names(walk.site))
    return Changes(tuple(suspects), tuple(gone), len(listed), tuple(problems), walk.is_partial)


def load(site: Path, path: str, overlay: Overlay = NO_OVERLAY) -> Source | Problem | None:
    """Read one file, or the text that replaces it; None when it has gone since it was listed."""
    if path in overlay:
        text = overlay[path]
        return None if text is None else Source(path, text, digest(text))
    try:
        data = read_source(site, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return read_problem(path, error)
    return Source(path, data, digest(data))


def _names(site: Path) -> list[str]:
    """The names of the folders beside build.py."""
    return [entry.name for entry in os.scandir(site) if os.path.isdir(entry)]


def source_files(
    places: Places, folder: str, ending: str, problems: list[Problem] | None = None
) -> list[str]:
    """The paths of the visible files in a folder of the site whose names end so, in order.

    What keeps files from being seen is added to the `problems`.
    """
    walk = Walk(places)
    listed = sorted(path for path, _ in _with_theme(walk, folder) if path.endswith(ending))
    if problems is not None:
        problems += walk.problems
    return listed


def _listed(walk: Walk, now: int) -> list[tuple[str, bytes, bool]]:
    """Path and signature of every source by path, and whether the signature proves anything."""
    files: list[tuple[str, bytes, bool]] = []
    for folder, ending in _FOLDERS:
        for path, stat in _with_theme(walk, folder):
            if character := unfit_in_name(path):
                walk.problems.append(_unfit_name(path, character))
                continue
            if path.endswith(ending) or path == REDIRECTS or language_of_names(path):
                files.append((path, signature(stat), settled(stat, now)))
            elif misnamed := wrong_ending(path):
                walk.problems.append(misnamed)
    files += ((path, signature(stat), settled(stat, now)) for path, stat in walk.file(LOCK))
    files.sort()
    return files


def _unfit_name(path: str, character: str) -> Problem:
    """The problem of a file whose name holds a character that no name may hold."""
    message = f"the name of this file has an invisible character ({code_point(character)}) in it"
    shown = path.encode(errors="replace").decode()
    if shown != path:
        message = _NOT_UTF8
    return Problem.of_file(shown, "bad-file-name", message, "rename the file")


def _with_theme(walk: Walk, folder: str) -> Iterator[Listed]:
    """The files of one folder of the site, and those of the theme that it does not replace."""
    if not is_of_theme(folder):
        yield from walk.files(folder)
        return
    own = dict(walk.files(folder))
    yield from own.items()
    # The theme was installed with pivotgen, perhaps by way of links.
    theme = Walk(Places(theme_folder(), ("/",)))
    for path, stat in theme.files(folder):
        # Where a link was refused, reading the theme's file would read what the link leads to.
        if path not in own and not any(is_below(path, link) for link in walk.refused):
            yield path, stat
