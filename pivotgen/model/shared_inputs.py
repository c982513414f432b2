"""Shared inputs: what many pages are made from: settings, phrases, layouts and assets."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from pivotgen.model.address import (
    ASSETS,
    DIGEST_DIGITS,
    address_of,
    asset_address,
    split_address,
    static_address,
    typed_address,
)
from pivotgen.model.asset import Replacement
from pivotgen.model.closure import Closure
from pivotgen.model.config import Config
from pivotgen.model.delivery import Delivery
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import StyleSheet
from pivotgen.model.phrases import Phrases
from pivotgen.model.picture import PictureFile, ShareImage
from pivotgen.model.sidecars import Sidecars
from pivotgen.model.source import STATIC, Digest
from pivotgen.model.translation import Names

# The theme's picture for shared pages; a site may have its own under this name.
THEME_IMAGE = "assets/share.png"


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
    # The path under public/ of each file of assets/. The published name has a digest in it, so
    # that browsers may keep the file for ever.
    outputs: Mapping[str, str]
    # What is written anew in each style sheet that names other files.
    replacements: Mapping[str, tuple[Replacement, ...]]
    # The pictures of assets/ and static/ by path.
    pictures: Mapping[str, PictureFile]
    # Digest of content/redirects.yaml, or nothing.
    redirects: Digest
    # The hosts that get files of their own.
    hosts: tuple[str, ...]
    # Digest of pivots.lock, or nothing.
    lock: Digest
    # How the files of the site are sent.
    delivery: Delivery
    # The compressed copies beside files.
    sidecars: Sidecars
    # Whether search engines are kept out of every page.
    preview: bool
    # Compiled layouts, where they had to be compiled to be checked.
    code: Mapping[str, bytes]
    # Phrases of all languages, and the names of all but the site's own, by their codes.
    voices: Mapping[str, Phrases]
    names: Mapping[str, Names]

    @property
    def static(self) -> list[str]:
        """The files of static/."""
        return [path for path in self.files if path.startswith(f"{STATIC}/")]

    @property
    def theme_style(self) -> StyleSheet | None:
        """The stylesheet of the theme's values, or None where the settings change none."""
        text = self.config.theme.style
        if not text:
            return None
        digest = sha256(text.encode()).hexdigest()[:DIGEST_DIGITS]
        return StyleSheet(asset_address("assets/theme.css", digest), text)

    @property
    def image_file(self) -> str:
        """The file of the picture for shared pages that name none; "" when there is none."""
        return self.file_of(self.config.image) if self.config.image else THEME_IMAGE

    def file_of(self, url: str) -> str:
        """The file of assets/ or static/ behind an address of this site, or ""."""
        path = split_address(url)[0]
        if path.startswith(ASSETS):
            return unquote(path[1:])
        address = typed_address(path)
        files = (file for file in self.static if static_address(file) == address)
        return next(files, "")

    @property
    def share_image(self) -> ShareImage:
        """The picture for shared pages that name none of their own."""
        file, config = self.image_file, self.config
        picture = self.pictures.get(file, PictureFile(""))
        output = self.outputs.get(file)
        url = address_of(output) if output else typed_address(split_address(config.image)[0])
        return ShareImage(url, picture.width, picture.height, config.name)

    @property
    def assets(self) -> dict[str, str]:
        """The file of assets/ behind each path under public/."""
        return {output: path for path, output in self.outputs.items()}
