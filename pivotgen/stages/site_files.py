"""Site files: where a file of a site is read, in the site itself or in the theme.

The theme is the layouts, phrases and assets that come with pivotgen. A file of the site with the
same name takes the place of the theme's file, one by one.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pivotgen.disk.inside import is_inside
from pivotgen.disk.places import Places

# The folders that the theme has files for.
THEME_FOLDERS = ("assets", "layouts")
# The folders whose files are published as they are.
PUBLISHED_FOLDERS = ("assets/", "static/")


@cache
def theme_folder() -> Path:
    """The folder that holds the theme's assets/ and layouts/.

    An installed wheel has it inside the package; in a checkout it is the top of the repository.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent


def is_of_theme(path: str) -> bool:
    """Whether the theme may have a file of this path, such as "layouts/pivot.html"."""
    return path.partition("/")[0] in THEME_FOLDERS


def source_path(site: Path, path: str) -> Path:
    """The file behind a path of the site; where neither has one, the path in the site."""
    own = site / path
    # A folder that may not be looked into is told by whoever lists it.
    if is_of_theme(path) and not os.path.isfile(own):
        theirs = theme_folder() / path
        return theirs if theirs.is_file() else own
    return own


def read_source(site: Path, path: str) -> bytes:
    """The bytes of the file behind a path of the site. OSError when there is none."""
    return source_path(site, path).read_bytes()


def read_published(places: Places, path: str) -> bytes:
    """The bytes of a file that is published as it is, by its path in the site.

    The path may be one that a ledger says. ValueError when it is in no folder of such files, or is
    really elsewhere; OSError when there is no such file.
    """
    file = source_path(places.site, path)
    is_ours = path.startswith(PUBLISHED_FOLDERS) and is_inside(path)
    if not is_ours or (file == places.site / path and places.leads_out(path)):
        raise ValueError(f"{path} is no file that a site may publish")
    return file.read_bytes()


def files_below(site: Path, folder: str) -> set[str]:
    """The paths of all files below a folder of the site, with those of the theme."""
    roots = (site, theme_folder()) if is_of_theme(folder) else (site,)
    return {
        file.relative_to(root).as_posix()
        for root in roots
        for file in (root / folder).rglob("*")
        if file.is_file()
    }
