"""Settings: a site's build.py to its Config, or to what is wrong in it."""

from __future__ import annotations

import runpy
import sys
import traceback
from dataclasses import fields
from pathlib import Path

from pivotgen.engines.packing import pack
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem

FILE = "build.py"


def settings(folder: Path) -> Config | Problem:
    """Run the build.py of `folder`; nothing happens in it but the making of `config`."""
    try:
        config = runpy.run_path(str(folder / FILE)).get("config")
    # build.py is the site's own program: whatever it raises is its author's to mend.
    except Exception as error:
        return _fault(folder, error)
    if isinstance(config, Config):
        return config
    return Problem(FILE, 1, 1, "config", "there is no `config` here", "add `config = Config(…)`")


def forget(folder: Path) -> None:
    """Have build.py's own modules read again the next time that it is run."""
    for name in _own(folder):
        # The program itself, where that is build.py, is never imported.
        if name != "__main__":
            del sys.modules[name]


def code(config: Config, folder: Path) -> list[bytes]:
    """What the site's own filters are made of: the functions themselves, and the text of build.py
    and of every module beside it that is loaded now."""
    own = {folder / FILE, *_own(folder).values()}
    parts = []
    for file in sorted(file for file in own if file.is_file()):
        parts += [file.relative_to(folder).as_posix().encode(), file.read_bytes()]
    for name, function in sorted(config.filters.items()):
        compiled = getattr(function, "__code__", None)
        parts += [name.encode(), getattr(function, "__qualname__", "").encode()]
        parts.append(compiled.co_code if compiled else b"")
    return parts


def plain(config: Config) -> bytes:
    """The settings that are values and not code, packed."""
    names = [field.name for field in fields(config) if field.name not in ("filters", "checks")]
    return pack([(name, getattr(config, name)) for name in names])


def _own(folder: Path) -> dict[str, Path]:
    """The modules of the site that are loaded now, with their files."""
    found = {}
    package = Path(__file__).parent.parent
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or "/")
        near = file.is_relative_to(folder) and not file.is_relative_to(package)
        if near and "site-packages" not in file.parts and file.suffix == ".py":
            found[name] = file
    return found


def _fault(folder: Path, error: Exception) -> Problem:
    """What went wrong in build.py, at its line there."""
    if isinstance(error, SyntaxError):
        return Problem(FILE, error.lineno or 1, error.offset or 1, "config", error.msg)
    line = 1
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(folder / FILE):
            line = frame.lineno or line
    plain_words = isinstance(error, ValueError)
    message = str(error) if plain_words else f"{type(error).__name__}: {error}"
    return Problem(FILE, line, 1, "config", message, "mend the settings")
