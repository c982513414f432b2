"""`eject`: copies a file of the theme into the site, to be changed there."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from pivotgen.commands._origin import origin_line
from pivotgen.disk.places import Places
from pivotgen.edits.save import save
from pivotgen.model.edit import Change
from pivotgen.stages.site_files import THEME_FOLDERS, files_below, theme_folder


def eject(site: Path, name: str) -> str:
    """Copy the theme's file `name`, such as "pivot.html", into the site, and return its path there.

    ValueError says why that is not possible.
    """
    path = _path(name)
    data = (theme_folder() / path).read_bytes()
    if (site / path).exists():
        message = f"{path} is in the site already, and takes the place of the theme's file"
        raise ValueError(message)
    change = Change(path, None, origin_line(path, data) + data)
    for problem in save(Places(site), [change], with_folders=True):
        raise ValueError(f"{path} cannot be written: {problem.message}")
    return path


def _path(name: str) -> str:
    """The path of the theme's file with this name, with or without its folder."""
    theme = theme_folder()
    paths = sorted(path for folder in THEME_FOLDERS for path in files_below(theme, folder))
    names = {path.partition("/")[2]: path for path in paths}
    if path := names.get(name) or next((path for path in paths if path == name), ""):
        return path
    near = get_close_matches(name, [*names, *paths], 1, 0.5)
    hint = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(names)}"
    raise ValueError(f"the theme has no file `{name}`; {hint}")
