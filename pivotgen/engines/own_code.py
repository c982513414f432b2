"""Own code: takes a site's own functions along to workers that do not see its folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pivotgen.engines.settings import SETTINGS_FILE, files_of, forget_modules, packages_of
from pivotgen.engines.settings import read_settings as read
from pivotgen.model.cluster import WorkerDiffersError
from pivotgen.model.config import Config
from pivotgen.model.own_code import OwnCode

_DIGEST = 16


def own_code(config: Config, site: Path) -> OwnCode | None:
    """The code of the functions that workers call; None where the site has none."""
    functions = _functions(config)
    if not functions:
        return None
    files = tuple(
        (file.relative_to(site).as_posix(), file.read_bytes())
        for file in files_of(site)
        if file.is_file() and file.is_relative_to(site)
    )
    packages = _digest(packages_of(functions))
    key = _digest([packages, *(part for path, data in files for part in (path.encode(), data))])
    return OwnCode(key, files, packages)


class UnpackedCode:
    """The own code of the site that a process works for, in a folder."""

    def __init__(self) -> None:
        self._key = b""
        self._folder: TemporaryDirectory[str] | None = None

    def folder(self, code: OwnCode) -> str:
        """The folder that takes the place of the site's. ClusterError where packages differ."""
        if self._folder and self._key == code.key:
            return str(Path(self._folder.name).resolve())
        self._forget()
        self._folder = TemporaryDirectory(prefix="pivotgen-code-")
        # Links in the way to it would make the names of its modules others than those of files.
        root = Path(self._folder.name).resolve()
        for path, data in code.files:
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        # Settings import what lies beside them.
        sys.path.insert(0, str(root))
        config = read(root)
        if not isinstance(config, Config):
            raise WorkerDiffersError(
                f"a worker cannot run {SETTINGS_FILE}: {config.message}",
                f"install on all machines what {SETTINGS_FILE} imports",
            )
        if _digest(packages_of(_functions(config))) != code.packages:
            raise WorkerDiffersError(
                f"a worker has another version of a package that {SETTINGS_FILE} takes functions "
                "from",
                "install the same on all machines",
            )
        self._key = code.key
        return str(root)

    def _forget(self) -> None:
        if self._folder:
            root = Path(self._folder.name).resolve()
            forget_modules(root)
            sys.path[:] = [path for path in sys.path if path != str(root)]
            self._folder.cleanup()
            self._folder, self._key = None, b""


def _functions(config: Config) -> list[Callable[..., Any]]:
    return [*(config.filters[name] for name in sorted(config.filters)), *config.markdown]


def _digest(parts: Iterable[bytes]) -> bytes:
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8) + part)
    return whole.digest()[:_DIGEST]
