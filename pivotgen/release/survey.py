"""Survey: what a built site consists of, file by file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from pivotgen.model.address import HEADERS, REDIRECT_RULES, address_of
from pivotgen.model.delivery import Delivery
from pivotgen.model.deploying import DeployError, RefusedError
from pivotgen.model.release import Attributes, Item, Manifest

# The only name that begins with a dot and is for readers.
_WELL_KNOWN = ".well-known"
# What hosts of static sites read; any other target would show it to readers.
_FOR_HOSTS = frozenset({HEADERS[1:], REDIRECT_RULES[1:]})
_NOTHING = sha256().hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How the files of a site are sent by a target."""

    delivery: Delivery
    # The Cache-Control of files for which the delivery names none.
    cache: str = "public, max-age=0, must-revalidate"
    # Where the files at old addresses lead, as whole addresses.
    moves: Mapping[str, str] = field(default_factory=dict)
    # Whether the target itself answers old addresses, with a file or without.
    redirects: bool = False
    # Whether what only a server of one's own can use is sent too: its rules, in files with a dot in
    # front, and compressed copies.
    hidden: bool = False
    # The endings of compressed copies.
    copies: tuple[str, ...] = ()
    _ids: dict[Attributes, str] = field(default_factory=dict)

    def attributes(self, path: str) -> Attributes:
        """What is sent with a file. Other headers are the business of what stands before it."""
        headers = self.delivery.headers(address_of(path))
        cache = headers.get("Cache-Control", self.cache)
        kind = self.delivery.media_type(path)
        given = (("Cache-Control", cache), ("Content-Type", kind))
        return Attributes(given, self.moves.get(path, ""))

    def id(self, attributes: Attributes) -> str:
        """The id of attributes; most files share theirs with others."""
        if attributes not in self._ids:
            self._ids[attributes] = attributes.id
        return self._ids[attributes]


def survey(out: Path, sending: Sending) -> Manifest:
    """Every file of a built site that a target gets. DeployError, RefusedError."""
    paths = set(_paths(out))
    if not sending.hidden:
        paths = seen_by_readers(paths, sending)
    sizes = {path: _digest_of(out / path, path) for path in sorted(paths)}
    if sending.redirects:
        # Where a site has no small pages at its old addresses, the answer is nothing but a header.
        sizes |= {path: (_NOTHING, 0) for path in sending.moves if path not in sizes}
    files, known = {}, {}
    for path, (digest, size) in sizes.items():
        attributes = sending.attributes(path)
        name = sending.id(attributes)
        known[name] = attributes
        files[path] = Item(digest, size, name)
    return Manifest(files, known)


def _digest_of(file: Path, path: str) -> tuple[str, int]:
    """The digest and the size of a file."""
    try:
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest(), stream.tell()
    except OSError as error:
        raise DeployError(f"{path} cannot be read: {error.strerror}") from None


def _paths(out: Path) -> Iterator[str]:
    """The files to send, relative to the folder."""
    for folder, folders, names in os.walk(out):
        above = Path(folder).relative_to(out)
        for name in [*folders, *names]:
            if os.path.islink(os.path.join(folder, name)):
                raise RefusedError(
                    f"{(above / name).as_posix()} in {out.name}/ is a link",
                    "put the file itself there",
                )
        for name in names:
            path = (above / name).as_posix()
            if path not in _FOR_HOSTS:
                yield path


def seen_by_readers(paths: Collection[str], sending: Sending) -> set[str]:
    """Those without what only a server reads or chooses: hidden files, and compressed copies."""
    return {path for path in paths if not (_is_hidden(path) or _is_copy(path, paths, sending))}


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part != _WELL_KNOWN for part in path.split("/"))


def _is_copy(path: str, paths: Collection[str], sending: Sending) -> bool:
    original, _, ending = path.rpartition(".")
    return ending in sending.copies and original in paths
