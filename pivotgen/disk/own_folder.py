"""Own folder: a folder that pivotgen writes to for itself, such as .pivotgen/.

It may have come with a site from somebody else. So nothing is written through a link in it, and a
folder of another user is not used.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISREG


def own_folder(folder: Path, site: Path | None = None) -> None:
    """Create a folder, or see that it may be used. OSError says why not.

    Inside `site` no part of its path may be a link; elsewhere somebody chose it.
    """
    folder = folder.absolute()
    parts = [folder]
    is_inside = site is not None and folder.is_relative_to(site.absolute())
    if site and is_inside:
        inside = folder.relative_to(site.absolute()).parts
        parts = [site.absolute().joinpath(*inside[: end + 1]) for end in range(len(inside))]
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
    for part in parts:
        if is_inside and part.is_symlink():
            raise OSError(errno.ELOOP, "this is a link, and links are not followed here", str(part))
        try:
            part.mkdir()
        except FileExistsError:
            if not part.is_dir():
                raise
            _refuse_others(part, site)


def own_file(file: Path) -> None:
    """Delete a file that is not one of ours alone: a link, a second name of a file, another user's.

    What a link leads to is left alone. OSError when it cannot be deleted.
    """
    try:
        stat = os.lstat(file)
    except FileNotFoundError:
        return
    if not S_ISREG(stat.st_mode) or stat.st_nlink > 1 or stat.st_uid not in (os.geteuid(), 0):
        file.unlink()


def _refuse_others(folder: Path, site: Path | None) -> None:
    owners = {os.geteuid(), 0}
    if os.geteuid() == 0 and site:
        # In a container root builds what belongs to the user outside; whoever owns the site's
        # folder can change build.py too.
        owners.add(site.stat().st_uid)
    if folder.stat().st_uid not in owners:
        raise PermissionError(errno.EPERM, "this folder belongs to another user", str(folder))
