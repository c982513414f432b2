"""Survey: what a built site consists of, file by file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import file_digest
from html import unescape
from pathlib import Path

from pivotgen.model.address import address_of, is_page_file
from pivotgen.model.delivery import Delivery
from pivotgen.model.deploying import DeployError, RefusedError
from pivotgen.model.release import Attributes, Item, Manifest

# The only name that begins with a dot and is for readers.
_WELL_KNOWN = ".well-known"
# Files at the root that hosts of static sites read; other targets would show them to readers.
_FOR_HOSTS = frozenset({"_headers", "_redirects"})
_REDIRECT = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]+)">')
# A page that leads elsewhere is far smaller.
_SMALL = 4_096


@dataclass(frozen=True, slots=True)
class Sending:
    """How the files of a site are sent by a target."""

    delivery: Delivery
    # The Cache-Control of files for which the delivery names none.
    cache: str = "public, max-age=0, must-revalidate"
    # Where the site is seen, if the target answers old addresses with redirects itself.
    redirects_to: str = ""
    _by_value: dict[Attributes, str] = field(default_factory=dict)

    def attributes(self, path: str, redirect: str) -> Attributes:
        """What is sent with a file. Other headers are the business of what stands before it."""
        headers = self.delivery.headers(address_of(path))
        cache = headers.get("Cache-Control", self.cache)
        kind = self.delivery.media_type(path)
        return Attributes((("Cache-Control", cache), ("Content-Type", kind)), redirect)

    def id(self, attributes: Attributes) -> str:
        """The id of attributes; most files share theirs with others."""
        if attributes not in self._by_value:
            self._by_value[attributes] = attributes.id
        return self._by_value[attributes]


def survey(out: Path, sending: Sending) -> Manifest:
    """Every file of a built site that is for readers. DeployError, RefusedError."""
    files, known = {}, {}
    for path in sorted(_paths(out)):
        try:
            with open(out / path, "rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
                size = file.tell()
        except OSError as error:
            raise DeployError(f"{path} cannot be read: {error.strerror}") from None
        redirect = ""
        if sending.redirects_to and size < _SMALL and is_page_file(path):
            redirect = _redirect((out / path).read_bytes(), sending.redirects_to)
        attributes = sending.attributes(path, redirect)
        name = sending.id(attributes)
        known[name] = attributes
        files[path] = Item(digest, size, name)
    return Manifest(files, known)


def _paths(out: Path) -> Iterator[str]:
    """The files for readers, relative to the folder."""
    for folder, folders, names in os.walk(out):
        folders[:] = [name for name in folders if not name.startswith(".") or name == _WELL_KNOWN]
        above = Path(folder).relative_to(out)
        for name in [*folders, *names]:
            if os.path.islink(os.path.join(folder, name)):
                raise RefusedError(
                    f"{(above / name).as_posix()} in {out.name}/ is a link",
                    "put the file itself there",
                )
        for name in names:
            path = (above / name).as_posix()
            if not name.startswith(".") and path not in _FOR_HOSTS:
                yield path


def _redirect(data: bytes, base_url: str) -> str:
    """Where a small page leads at once, as an absolute address; "" where it does not."""
    match = _REDIRECT.search(data)
    if not match:
        return ""
    url = unescape(match[1].decode())
    if not url.startswith("/"):
        return url
    # The address has the base path already.
    scheme, _, rest = base_url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}{url}"
