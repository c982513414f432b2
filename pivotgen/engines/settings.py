"""Settings: reads a site's build.py, and gives what pages depend on of it."""

from __future__ import annotations

import re
import runpy
import sys
import traceback
from dataclasses import fields
from pathlib import Path

from pivotgen.engines.packing import pack
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem

SETTINGS_FILE = "build.py"


def read_settings(folder: Path) -> Config | Problem:
    """Run the build.py of `folder` and return its `config`, or what is wrong with it.

    It runs under another name than `__main__`, so that it does not start a build.
    """
    try:
        config = runpy.run_path(str(folder / SETTINGS_FILE)).get("config")
    # build.py is the site's own program, so an exception is a mistake of its author and not ours.
    except Exception as error:
        return _problem(folder, error)
    if isinstance(config, Config):
        return config
    message = "there is no `config` here"
    return Problem(SETTINGS_FILE, 1, 1, "config", message, "add `config = Config(…)`")


def place_in_settings(folder: Path, text: str) -> tuple[int, int]:
    """Line and column in build.py of a text in quotes; the top of the file when it is not there."""
    settings = (folder / SETTINGS_FILE).read_text("utf-8", "replace")
    for number, line in enumerate(settings.splitlines(), 1):
        if match := re.search(rf"""["']{re.escape(text)}["']""", line):
            return number, match.start() + 2
    return 1, 1


def forget_modules(folder: Path) -> None:
    """Forget the modules that build.py imports from its folder, so that they are read again."""
    for name in _modules(folder):
        # `__main__` is build.py itself where that was started, and nothing imports it.
        if name != "__main__":
            del sys.modules[name]


def settings_code(config: Config, folder: Path) -> list[bytes]:
    """What the site's own filters depend on.

    These are the texts of build.py and of every loaded module in its folder, and the code of the
    functions themselves.
    """
    files = {folder / SETTINGS_FILE, *_modules(folder).values()}
    parts = []
    for file in sorted(file for file in files if file.is_file()):
        parts += [file.relative_to(folder).as_posix().encode(), file.read_bytes()]
    for name, function in sorted(config.filters.items()):
        compiled = getattr(function, "__code__", None)
        parts += [name.encode(), getattr(function, "__qualname__", "").encode()]
        parts.append(compiled.co_code if compiled else b"")
    return parts


def settings_values(config: Config) -> bytes:
    """The settings that are values and not functions, packed."""
    names = [field.name for field in fields(config) if field.name not in ("filters", "checks")]
    return pack([(name, getattr(config, name)) for name in names])


def _modules(folder: Path) -> dict[str, Path]:
    """The loaded modules in the site's folder, each with its file.

    Modules of pivotgen and of installed libraries may be in that folder too; they do not count.
    """
    modules = {}
    package = Path(__file__).parent.parent
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or "/")
        is_inside = file.is_relative_to(folder) and not file.is_relative_to(package)
        if is_inside and "site-packages" not in file.parts and file.suffix == ".py":
            modules[name] = file
    return modules


def _problem(folder: Path, error: Exception) -> Problem:
    """What went wrong in build.py, at the last of its own lines that led to the error."""
    if isinstance(error, SyntaxError):
        return Problem(SETTINGS_FILE, error.lineno or 1, error.offset or 1, "config", error.msg)
    line = 1
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(folder / SETTINGS_FILE):
            line = frame.lineno or line
    # A ValueError of Config says in plain words what is wrong.
    is_plain = isinstance(error, ValueError)
    message = str(error) if is_plain else f"{type(error).__name__}: {error}"
    return Problem(SETTINGS_FILE, line, 1, "config", message, "fix the settings")
