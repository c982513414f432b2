"""Read: the folders of a site to what changed in them. The only reader of inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pivotgen.memory.fingerprint import digest
from pivotgen.memory.signature import settled, signature
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.source import Digest, Source

# Folders of a site, and how the names of their files end.
_FOLDERS = (("assets", ""), ("content", ".md"), ("layouts", (".html", ".yaml")))
# Stands for the signature of a text that lies over its file; no file has it.
_LAID_OVER = b"laid over"


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


def read(
    site: Path,
    known: Iterable[tuple[str, bytes, Digest]],
    now: int,
    overlay: Mapping[str, bytes] | None = None,
) -> Changes:
    """Compare the visible files of content/, layouts/ and assets/ with what is known of them.

    `known` gives path, signature and digest, by path; `now` is the file system's time. Hidden
    files and editors' backups are not there. The texts of `overlay`, by path, count as files that
    may always have changed, on disk or not.
    """
    listed, problems = _listed(site, now)
    if overlay:
        listed = [row for row in listed if row[0] not in overlay]
        listed = sorted([*listed, *((path, _LAID_OVER, False) for path in overlay)])
    suspects: list[Suspect] = []
    gone: list[str] = []
    before = iter(known)
    old = next(before, None)
    for path, sign, proves in listed:
        while old and old[0] < path:
            gone.append(old[0])
            old = next(before, None)
        same = old is not None and old[0] == path
        if not (same and old and old[1] == sign):
            suspects.append(
                Suspect(path, old[2] if same and old else None, sign if proves else b"")
            )
        if same:
            old = next(before, None)
    if old:
        gone += [old[0], *(row[0] for row in before)]
    return Changes(tuple(suspects), tuple(gone), len(listed), tuple(problems))


def load(
    site: Path, suspect: Suspect, overlay: Mapping[str, bytes] | None = None
) -> Source | Problem | None:
    """Read one file, or the text that lies over it; None when it has gone since it was listed."""
    if overlay and suspect.path in overlay:
        text = overlay[suspect.path]
        return Source(suspect.path, text, digest(text))
    try:
        data = (site / suspect.path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        hint = "open it in your editor; if that fails too, mend its rights or bring back a copy"
        return Problem(suspect.path, 1, 1, "cannot-read", message, hint)
    return Source(suspect.path, data, digest(data))


def _listed(site: Path, now: int) -> tuple[list[tuple[str, bytes, bool]], list[Problem]]:
    """Path and signature of every file by path, and whether the signature proves anything."""
    found: list[tuple[str, bytes, bool]] = []
    problems: list[Problem] = []
    for folder, ending in _FOLDERS:
        for path, entry in _walk(site / folder, folder):
            if not path.endswith(ending) and path != REDIRECTS:
                continue
            try:
                path.encode()
                stat = entry.stat()
                found.append((path, signature(stat), settled(stat, now)))
            except UnicodeEncodeError:
                shown = path.encode(errors="replace").decode()
                message = "the name of this file is not UTF-8 text"
                problems.append(Problem(shown, 1, 1, "bad-file-name", message, "rename the file"))
            except FileNotFoundError:
                # Gone since it was listed, or a link to nothing.
                continue
    found.sort()
    return found, problems


def _walk(folder: Path, name: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, f"{name}/{entry.name}")
        elif entry.is_file():
            yield f"{name}/{entry.name}", entry
