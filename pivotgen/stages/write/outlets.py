"""Outlets: what becomes of the bytes of a rendered file: a file that waits, a message, or a blob.

A worker beside the site stages what it rendered. One that does not see the site sends it back, and
the build stages it; or it puts it where a deploy takes it from.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.parallel import in_parallel
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.model.deploying import ObjectStore
from pivotgen.model.page import PlannedPage
from pivotgen.model.release import Attributes, Item
from pivotgen.model.render_context import Blobs, SentBack, StagingArea
from pivotgen.model.sidecars import NO_COPIES, Copies
from pivotgen.model.source import Digest
from pivotgen.model.stored import blob_proof, digest_and_size
from pivotgen.stages.staging_folders import FileStat, StagingFolders
from pivotgen.stages.write.staging import stage_file
from pivotgen.stages.write.staging_copies import StagedCopies, compressed_copies

# Pages get to a third with the least work; more would take longer than sending it.
_LEVEL = 1


class Taken(NamedTuple):
    """What is known of a file once its bytes are taken."""

    digest: Digest
    # Of the file that waits; None where none does.
    stat: FileStat | None = None
    copies: StagedCopies = StagedCopies()
    # What a store has; see `model/stored.py`.
    blob: bytes = b""


class Body(NamedTuple):
    """The bytes of a file, and of its compressed copies where they may be others than before."""

    data: bytes
    copies: tuple[tuple[str, bytes], ...] | None


class NoOutlet:
    """Where it only matters whether files can be rendered."""

    def take(self, page: PlannedPage, data: bytes) -> Taken:
        """What is known of a file with these bytes."""
        return Taken(digest(data))

    def end(self) -> bytes:
        """What is sent back beside the files of a batch; most often nothing."""
        return b""


class FolderOutlet(NoOutlet):
    """Files wait beside the folder that is built into."""

    def __init__(self, staging: StagingArea, folders: StagingFolders) -> None:
        self._staging = staging
        self._folders = folders

    def take(self, page: PlannedPage, data: bytes) -> Taken:
        """OSError when there is no room, or no right to write."""
        return Taken(*stage_file(page, data, self._staging, self._folders))


class MessageOutlet(NoOutlet):
    """Files are sent back."""

    def __init__(self, how: SentBack) -> None:
        self._how = how
        self._bodies: list[Body] = []

    def take(self, page: PlannedPage, data: bytes) -> Taken:
        known = digest(data)
        self._bodies.append(Body(data, self._copies(page, data, known)))
        return Taken(known)

    def end(self) -> bytes:
        return zlib.compress(pack(self._bodies), _LEVEL)

    def _copies(
        self, page: PlannedPage, data: bytes, known: Digest
    ) -> tuple[tuple[str, bytes], ...] | None:
        endings = self._how.sidecars.of(page.output)
        before = unpack(Copies, page.copies) if page.copies else NO_COPIES
        is_same = endings and before.made == digest_of([known, self._how.sidecars.method])
        if not endings or (is_same and not self._how.write_all):
            return None
        return tuple(compressed_copies(page.output, data, endings))


class StoreOutlet(NoOutlet):
    """Files are put into a store, as blobs that nobody sees yet."""

    def __init__(self, store: ObjectStore, blobs: Blobs) -> None:
        self._store = store
        self._sending = blobs.sending
        self._bodies: dict[str, tuple[bytes, Attributes]] = {}

    def take(self, page: PlannedPage, data: bytes) -> Taken:
        proof = blob_proof(data)
        if self._sending.takes(page.output):
            attributes = self._sending.attributes(page.output)
            item = Item(*digest_and_size(proof), self._sending.id(attributes))
            # What a copy cannot have, its blob does not need.
            self._bodies[item.blob] = data, Attributes(attributes.headers)
        return Taken(digest(data), blob=proof)

    def end(self) -> bytes:
        """DeployError when the store does not take them."""

        def put(blob: str) -> None:
            self._store.put(blob, *self._bodies[blob])

        in_parallel(put, list(self._bodies))
        return b""


def bodies_of(packed: bytes) -> tuple[Body, ...]:
    """What a message outlet has sent."""
    return unpack(tuple[Body, ...], zlib.decompress(packed))
