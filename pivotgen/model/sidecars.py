"""Sidecars: compressed copies beside files, which a site's own server sends to those who take them.

A copy has the name of its file with one more ending, such as index.html.br.
"""

from __future__ import annotations

from typing import NamedTuple

from pivotgen.model.delivery import PLAIN, Delivery
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.source import Digest

# Bytes of a file from which on it has copies: a smaller one is sent in one packet anyway.
SMALLEST = 512


class Copy(NamedTuple):
    """One copy of a file, as it was written."""

    ending: str
    digest: Digest
    # Empty when the file system could not prove a later change.
    signature: bytes = b""


class Copies(NamedTuple):
    """The copies of a file, perhaps none."""

    # The digest of the bytes and the methods that they were made from.
    made: Digest
    files: tuple[Copy, ...]


NO_COPIES = Copies(b"", ())


@dataclass(frozen=True, slots=True)
class Sidecars:
    """Which copies the files of a site have."""

    # In the order of ENCODINGS.
    endings: tuple[str, ...] = ()
    # The digest of how they are made, versions of libraries among it; empty without endings.
    method: Digest = b""
    delivery: Delivery = PLAIN

    def of(self, output: str) -> tuple[str, ...]:
        """The endings of the copies that a file under public/ has, if it is large enough."""
        return self.endings if self.endings and has_copies(output, self.delivery) else ()


NO_SIDECARS = Sidecars()


def has_copies(output: str, delivery: Delivery) -> bool:
    """Whether a file under public/ is one that gets smaller, and that servers send."""
    if not delivery.is_compressible(output):
        return False
    # What is hidden is for the server alone.
    return not any(part.startswith(".") and part != _PUBLIC for part in output.split("/"))


_PUBLIC = ".well-known"


def copy_of(output: str, ending: str) -> str:
    """The path of a copy of a file."""
    return f"{output}.{ending}"
