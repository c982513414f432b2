"""A site generator that takes part, and its folder of work."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_SITES = Path(__file__).parent / "sites"


@dataclass(frozen=True, slots=True)
class Tool:
    """One generator: how it is set up, run and told apart."""

    name: str
    # What to run, given the folder of work.
    command: Callable[[Path], list[str]]
    version: Callable[[], str]
    # The layout of a pivot page, relative to the folder of work.
    layout: str
    # What it keeps from one build to the next, beside public/.
    memory: tuple[str, ...]
    # Whether benchmarks/sites/ has its settings and layouts; pivotgen's are those of a corpus.
    own_site: bool = True
    # A folder that has to be in reach, such as installed packages.
    packages: Path | None = None
    # What is done to its folder before the first build.
    finish: Callable[[Path], None] = lambda folder: None

    def prepare(self, corpus: Path, folder: Path) -> None:
        """Lay out the folder of work: the content and assets of `corpus` under this tool's site."""
        if self.own_site:
            shutil.copytree(_SITES / self.name.lower(), folder)
            for name in ("content", "assets"):
                shutil.copytree(corpus / name, folder / name, dirs_exist_ok=True)
        else:
            shutil.copytree(corpus, folder)
        if self.packages:
            (folder / self.packages.name).symlink_to(self.packages)
        self.finish(folder)

    def forget(self, folder: Path) -> None:
        """Take away all that earlier builds left, so that the next one is cold."""
        for name in ("public", *self.memory):
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
