"""`init`: creates a new site with layouts, assets, settings and a few pivots."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

_STARTER = "pivotgen/starter"
_IGNORED = "# What pivotgen makes; the sources are enough to make it again.\npublic/\n.pivotgen/\n"


def init(folder: Path) -> int:
    """Create a new site in `folder`, and return how many files it has.

    ValueError says why that is not possible there.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ValueError(f"{folder} is not an empty folder; name a new one")
    try:
        for source, name in _files():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        (folder / ".gitignore").write_text(_IGNORED, "utf-8")
    except OSError as error:
        raise ValueError(f"cannot write to {folder}: {error.strerror or error}") from None
    return sum(path.is_file() for path in folder.rglob("*"))


def _files() -> Iterator[tuple[Path, Path]]:
    """Each file that a new site starts with, and its path in that site.

    An installed wheel has them in a folder of their own. In a checkout they are files of its own
    site, and pyproject.toml lists those that go into a wheel.
    """
    package = Path(__file__).parent.parent
    if (package / "starter").is_dir():
        yield from _inside(package / "starter", Path())
        return
    project = tomllib.loads((package.parent / "pyproject.toml").read_text("utf-8"))
    parts = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in parts.items():
        name = Path(target).relative_to(_STARTER)
        if (file := package.parent / source).is_dir():
            yield from _inside(file, name)
        else:
            yield file, name


def _inside(folder: Path, name: Path) -> Iterator[tuple[Path, Path]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file, name / file.relative_to(folder)
