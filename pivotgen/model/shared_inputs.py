"""Shared inputs: what many pages are made from: settings, phrases, layouts and assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pivotgen.model.address import asset_address, output_of
from pivotgen.model.closure import Closure
from pivotgen.model.config import Config
from pivotgen.model.phrases import Phrases
from pivotgen.model.source import STATIC, Digest

# Hexadecimal digits of a file's digest in its published name.
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class SharedInputs:
    """What pages share, as digests where nobody has needed more yet."""

    site: Path
    config: Config
    phrases: Phrases
    # By the name of the layout.
    closures: Mapping[str, Closure]
    # Digest of the settings, and of each file of layouts/, assets/ and static/ by path.
    settings: Digest
    files: Mapping[str, Digest]
    # Digest of content/redirects.yaml, or nothing.
    redirects: Digest
    # Whether search engines are kept out of every page.
    preview: bool
    # Compiled layouts, where they had to be compiled to be checked.
    code: Mapping[str, bytes]

    @property
    def static(self) -> list[str]:
        """The files of static/."""
        return [path for path in self.files if path.startswith(f"{STATIC}/")]

    @property
    def assets(self) -> dict[str, str]:
        """The file of assets/ behind each path under public/.

        The published name has the digest in it, so that browsers may keep the file for ever.
        """
        return {
            output_of(asset_address(path, digest.hex()[:_DIGITS])): path
            for path, digest in self.files.items()
            if path.startswith("assets/")
        }
