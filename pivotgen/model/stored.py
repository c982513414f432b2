"""Stored: a site that is built into a store of objects, where no file of it is on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from pivotgen.model.address import output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.redirect import Redirect
from pivotgen.model.release import Item
from pivotgen.model.render_context import Blobs

_SIZE = 8


def blob_proof(data: bytes) -> bytes:
    """What tells the blob of a file: SHA-256 of its bytes, and how many there are."""
    return sha256(data).digest() + len(data).to_bytes(_SIZE)


def digest_and_size(proof: bytes) -> tuple[str, int]:
    """The digest in hexadecimal digits and the size that a proof tells."""
    return proof[:-_SIZE].hex(), int.from_bytes(proof[-_SIZE:])


@dataclass(frozen=True, slots=True)
class StoredSite:
    """Where the files of a site go, and what is there already."""

    blobs: Blobs
    # The address of the site.
    base_url: str
    # Every key of the store, with the bytes that it has.
    listing: Mapping[str, int]

    @property
    def root(self) -> str:
        """The name under which the ledger knows it."""
        return self.blobs.target.stored_root

    def with_moves(self, moves: Iterable[Redirect]) -> StoredSite:
        """The same with the old addresses of the plan, whose files may be answers of the store."""
        leads = {
            output_of(move.old): f"{self.base_url}{move.new}"
            for move in moves
            if move.new is not None
        }
        return replace(self, blobs=self._sending(leads))

    def blobs_of(self, outputs: Iterable[str]) -> Blobs:
        """Where some files go: as a message without the old addresses of all others."""
        moves = self.blobs.sending.moves
        return self._sending({path: moves[path] for path in outputs if path in moves})

    def has(self, output: str, proof: bytes | None) -> bool:
        """Whether the blob of a file is there, if the target gets the file at all."""
        sending = self.blobs.sending
        if not sending.takes(output):
            return True
        if not proof:
            return False
        item = Item(*digest_and_size(proof), sending.id(sending.attributes(output)))
        return self.listing.get(item.blob) == item.size

    def _sending(self, moves: Mapping[str, str]) -> Blobs:
        return replace(self.blobs, sending=replace(self.blobs.sending, moves=moves))
