"""Settings: reads a site's build.py, and gives what pages depend on of it."""

from __future__ import annotations

import re
import runpy
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from pivotgen.engines.packing import pack
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem

SETTINGS_FILE = "build.py"
# The settings that are no values of every page: functions, whose code counts; names of files that
# are allowed; the declared keys, which shape how texts and layouts are read; authors, who are in
# the recipes of their pages; where links may lead, which decides what files there are; hosts
# and how files are sent, which the recipes of hosts' files have; compressed copies, which are an
# input of their own; and where the site is built and deployed to.
_NO_VALUES = (
    "active_files",
    "after_build",
    "authors",
    "checks",
    "cluster",
    "extra",
    "filters",
    "hosts",
    "hsts",
    "markdown",
    "media_types",
    "other_sites",
    "outside",
    "sidecars",
    "targets",
)


def read_settings(folder: Path) -> Config | Problem:
    """Run the build.py of `folder` and return its `config`, or what is wrong with it.

    It runs under another name than `__main__`, so that it does not start a build.
    """
    try:
        config = runpy.run_path(str(folder / SETTINGS_FILE)).get("config")
    # build.py is the site's own program, so an exception is a mistake of its author and not ours.
    except (Exception, SystemExit) as error:
        return _problem(folder, error)
    if isinstance(config, Config):
        return config
    message = "there is no `config` here"
    return Problem.of_file(SETTINGS_FILE, "config", message, "add `config = Config(…)`")


def place_in_settings(folder: Path, text: str) -> tuple[int, int]:
    """Line and column in build.py of a text in quotes, or of the setting of that name.

    The top of the file where there is neither.
    """
    name = re.escape(text)
    settings = (folder / SETTINGS_FILE).read_text("utf-8", "replace")
    for number, line in enumerate(settings.splitlines(), 1):
        if match := re.search(rf"""["']({name})["']|\b({name})\s*=(?!=)""", line):
            return number, match.start(match.lastindex or 0) + 1
    return 1, 1


def forget_modules(folder: Path) -> None:
    """Forget the modules that build.py imports from its folder, so that they are read again."""
    for name in _modules(folder):
        # `__main__` is build.py itself where that was started, and nothing imports it.
        if name != "__main__":
            del sys.modules[name]


def code_of(functions: Iterable[Callable[..., Any]], folder: Path) -> list[bytes]:
    """What the site's own functions depend on; nothing where there are none.

    These are the texts of build.py and of every loaded module in its folder, the installed packages
    that the functions are from, and the code of the functions themselves.
    """
    functions = list(functions)
    parts: list[bytes] = []
    for function in functions:
        compiled = getattr(function, "__code__", None)
        parts += [getattr(function, "__qualname__", "").encode()]
        parts.append(compiled.co_code if compiled else b"")
    if not parts:
        return []
    # Looking through the modules takes milliseconds, and most sites have no functions.
    files = {*files_of(folder), *_package_files(functions)}
    for file in sorted(file for file in files if file.is_file()):
        name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
        parts += [name.encode(), file.read_bytes()]
    return parts


def files_of(folder: Path) -> list[Path]:
    """build.py of a folder, and the files of every loaded module in it."""
    return sorted({folder / SETTINGS_FILE, *_modules(folder).values()})


def packages_of(functions: Iterable[Callable[..., Any]]) -> list[bytes]:
    """The names and the texts of the files of installed packages that functions are from."""
    files = sorted(_package_files(functions))
    return [part for file in files for part in (file.name.encode(), file.read_bytes())]


def _package_files(functions: Iterable[Callable[..., Any]]) -> set[Path]:
    packages = {
        str(getattr(function, "__module__", None)).partition(".")[0] for function in functions
    }
    files: set[Path] = set()
    for name in packages - {"builtins", "__main__"}:
        file = Path(getattr(sys.modules.get(name), "__file__", None) or "/")
        if "site-packages" in file.parts:
            files |= set(file.parent.rglob("*.py") if file.name == "__init__.py" else (file,))
    return {file for file in files if file.is_file()}


def settings_values(config: Config) -> bytes:
    """The settings that every page may show, packed."""
    names = [field.name for field in fields(config) if field.name not in _NO_VALUES]
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


def _problem(folder: Path, error: Exception | SystemExit) -> Problem:
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
