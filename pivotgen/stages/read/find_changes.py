"""Find changes: which files of a site may differ from what the ledger knows of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pivotgen.memory.fingerprint import digest
from pivotgen.memory.signature import settled, signature
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.source import STATIC, Digest, Source, is_hidden
from pivotgen.stages.context import BuildContext
from pivotgen.stages.read.markdown_settings import invalidate_other_markdown

# Folders of a site, and how the names of their files end.
_FOLDERS = (("assets", ""), ("content", ".md"), ("layouts", (".html", ".yaml")), (STATIC, ""))
# The signature of a text that replaces its file; no file has it.
_OVERLAID = b"overlaid"
NO_OVERLAY: Mapping[str, bytes] = MappingProxyType({})


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


def find_changes(build: BuildContext) -> Changes:
    """Compare the site's files with what the ledger knows of them: nothing, for a clean build."""
    if build.options.clean:
        build.ledger.inputs.delete_all()
    invalidate_other_markdown(build)
    known = build.ledger.inputs.known(prose=bool(build.options.rules))
    return changes_since(build.site, known, build.ledger.now, build.options.overlay)


def changes_since(
    site: Path,
    known: Iterable[tuple[str, bytes, Digest]],
    now: int,
    overlay: Mapping[str, bytes] = NO_OVERLAY,
) -> Changes:
    """Compare the visible files of a site's folders with what is known of them.

    `known` gives path, signature and digest, by path; `now` is the file system's time in
    nanoseconds. Hidden files and editors' backups do not count. The texts of `overlay`, by path,
    count as files that may always have changed, on disk or not.
    """
    listed, problems = _listed(site, now)
    if overlay:
        listed = [file for file in listed if file[0] not in overlay]
        listed = sorted([*listed, *((path, _OVERLAID, False) for path in overlay)])
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
    return Changes(tuple(suspects), tuple(gone), len(listed), tuple(problems))


def load(
    site: Path, path: str, overlay: Mapping[str, bytes] = NO_OVERLAY
) -> Source | Problem | None:
    """Read one file, or the text that replaces it; None when it has gone since it was listed."""
    if path in overlay:
        return Source(path, overlay[path], digest(overlay[path]))
    try:
        data = (site / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        hint = "open it in your editor; if that fails too, fix its permissions or bring back a copy"
        return Problem(path, 1, 1, "cannot-read", message, hint)
    return Source(path, data, digest(data))


def _listed(site: Path, now: int) -> tuple[list[tuple[str, bytes, bool]], list[Problem]]:
    """Path and signature of every file by path, and whether the signature proves anything."""
    files: list[tuple[str, bytes, bool]] = []
    problems: list[Problem] = []
    for folder, ending in _FOLDERS:
        for path, entry in _walk(site / folder, folder):
            if not path.endswith(ending) and path != REDIRECTS:
                continue
            try:
                path.encode()
                stat = entry.stat()
                files.append((path, signature(stat), settled(stat, now)))
            except UnicodeEncodeError:
                shown = path.encode(errors="replace").decode()
                message = "the name of this file is not UTF-8 text"
                problems.append(Problem(shown, 1, 1, "bad-file-name", message, "rename the file"))
            except FileNotFoundError:
                # Gone since it was listed, or a link to nothing.
                continue
    files.sort()
    return files, problems


def _walk(folder: Path, name: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        # Most names are plain, and there are many of them.
        is_odd = entry.name[0] == "." or entry.name[-1] == "~"
        if is_odd and is_hidden(path):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, path)
        elif entry.is_file():
            yield path, entry
