"""Walk: every visible file of a site's folders, and what keeps files from being seen.

Links are followed, to files and to folders, because a site may take its content from a vault or a
shared folder. A link that leads out of the site is an error, unless the settings name the place: it
would publish files that are nobody's business. A link that leads back to a folder around it is not
followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from pivotgen.disk.places import Places, is_below
from pivotgen.model.outside import leads_outside
from pivotgen.model.problem import Level, Problem
from pivotgen.model.source import is_hidden

# A file, by its path from the site's folder, and what the file system says of it.
Listed = tuple[str, os.stat_result]


@dataclass(slots=True)
class Walk:
    """A walk through folders of one site."""

    places: Places
    # The folder built into, where there is one: a link to it would make the site grow for ever.
    into: Path | None = None
    problems: list[Problem] = field(default_factory=list)
    # Paths of links that lead out of the site.
    refused: list[str] = field(default_factory=list)
    # Whether files may be missing because a folder or a link could not be read.
    is_partial: bool = False

    @property
    def site(self) -> Path:
        """The site's folder."""
        return self.places.site

    def files(self, folder: str) -> Iterator[Listed]:
        """Every visible file in a folder of the site, which need not exist."""
        if self.places.leads_out(folder) and (self.site / folder).exists():
            self._leads_out(folder)
            return iter(())
        return self._files(self.site / folder, folder, ())

    def file(self, path: str) -> Iterator[Listed]:
        """One file of the site, where there is one; it may be a link like all others."""
        try:
            stat = os.stat(self.site / path)
        except OSError:
            if not os.path.lexists(self.site / path):
                return
            self._cannot_read(path, "this file cannot be read", "bring back a copy, or delete it")
        else:
            if self.places.leads_out(path):
                self._leads_out(path)
            elif S_ISREG(stat.st_mode):
                yield path, stat
            else:
                self._cannot_read(path, "a file should have this name", _RENAME)

    def _files(self, folder: Path, name: str, around: tuple[str, ...]) -> Iterator[Listed]:
        """`around` are the real folders of the links that led here."""
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            # It is not there, or has gone since it was listed.
            if os.path.islink(folder):
                self._not_linked(folder, name, "it leads to nothing")
            return
        except NotADirectoryError:
            self._cannot_read(name, "this is a file, and a folder should have this name", _RENAME)
            return
        except OSError as error:
            message = f"this folder cannot be read: {error.strerror}"
            self._cannot_read(name, message, "fix its permissions, or bring back a copy")
            return
        for entry in entries:
            path = f"{name}/{entry.name}"
            # Most names are plain, and there are many of them.
            is_odd = entry.name[0] == "." or entry.name[-1] == "~"
            if is_odd and is_hidden(path):
                continue
            if entry.is_symlink():
                yield from self._link(entry, path, around)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._files(folder / entry.name, path, around)
            elif entry.is_file(follow_symlinks=False):
                yield from self._file(entry, path)

    def _file(self, entry: os.DirEntry[str], path: str) -> Iterator[Listed]:
        try:
            yield path, entry.stat()
        except FileNotFoundError:
            # Gone since it was listed.
            return
        except OSError as error:
            message = f"this file cannot be read: {error.strerror}"
            self._cannot_read(path, message, "fix the permissions of its folder")

    def _link(
        self, entry: os.DirEntry[str], path: str, around: tuple[str, ...]
    ) -> Iterator[Listed]:
        try:
            stat = entry.stat()
        except OSError as error:
            if os.path.lexists(entry.path):
                reason = "it leads to nothing"
                if not isinstance(error, FileNotFoundError):
                    reason = str(error.strerror)
                self._not_linked(entry.path, path, reason)
            return
        target = os.path.realpath(entry.path)
        if S_ISREG(stat.st_mode):
            if self.places.holds(target):
                yield path, stat
            else:
                self._leads_out(path)
        elif S_ISDIR(stat.st_mode):
            around = (*around, os.path.realpath(os.path.dirname(entry.path)))
            if any(is_below(other, target) for other in (os.path.realpath(self.site), *around)):
                self._not_followed(path, "a folder that it is in")
            elif self.into and _overlap(target, os.path.realpath(self.into)):
                self._not_followed(path, "the folder that is built into")
            elif not self.places.holds(target):
                self._leads_out(path)
            else:
                yield from self._files(Path(entry.path), path, around)

    def _leads_out(self, path: str) -> None:
        self.is_partial = True
        self.refused.append(path)
        self.problems.append(leads_outside(self.site, _shown(path)))

    def _not_linked(self, link: str | Path, path: str, reason: str) -> None:
        hint = f"it names {_shown(os.readlink(link))}; bring that back, or delete the link"
        self._cannot_read(path, f"this link cannot be followed: {reason}", hint)

    def _cannot_read(self, path: str, message: str, hint: str) -> None:
        self.is_partial = True
        self.problems.append(Problem.of_file(_shown(path), "cannot-read", message, hint))

    def _not_followed(self, path: str, where: str) -> None:
        message = f"this link leads to {where}, so it is not followed"
        hint = "delete the link, or have it lead elsewhere"
        place = _shown(path), 1, 1
        self.problems.append(Problem(*place, "cannot-read", message, hint, Level.WARNING))


_RENAME = "move the file away"


def _shown(path: str) -> str:
    """A path as a message can hold it, also where a name is not UTF-8 text."""
    return path.encode(errors="replace").decode()


def _overlap(one_folder: str, other: str) -> bool:
    return is_below(one_folder, other) or is_below(other, one_folder)
