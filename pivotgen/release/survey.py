"""Survey: what a built site consists of, file by file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

from pivotgen.model.deploying import DeployError, RefusedError
from pivotgen.model.release import Item, Manifest
from pivotgen.model.sending import Sending, is_for_hosts, is_hidden

_NOTHING = sha256().hexdigest()


def survey(out: Path, sending: Sending) -> Manifest:
    """Every file of a built site that a target gets. DeployError, RefusedError."""
    paths = set(_paths(out))
    if not sending.hidden:
        paths = seen_by_readers(paths, sending)
    return manifest_of_files(
        {path: _digest_of(out / path, path) for path in sorted(paths)}, sending
    )


def manifest_of_files(sizes: Mapping[str, tuple[str, int]], sending: Sending) -> Manifest:
    """The manifest of files that a target gets, each with its digest and its size."""
    sizes = dict(sizes)
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
            if not is_for_hosts(path):
                yield path


def seen_by_readers(paths: Collection[str], sending: Sending) -> set[str]:
    """Those without what only a server reads or chooses: hidden files, and compressed copies."""
    return {path for path in paths if not (is_hidden(path) or _is_copy(path, paths, sending))}


def _is_copy(path: str, paths: Collection[str], sending: Sending) -> bool:
    original, _, ending = path.rpartition(".")
    return ending in sending.copies and original in paths
