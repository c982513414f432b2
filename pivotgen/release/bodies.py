"""Bodies: the bytes of a built site, as they were when it was surveyed."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from pivotgen.model.deploying import DeployError
from pivotgen.model.release import Item

# Files of more bytes are not read into memory at once.
_LARGE = 8 << 20


def bodies_of(out: Path) -> Callable[[str, Item], bytes | Path]:
    """What gives the bytes of a file in a folder, or its path where it is large.

    It raises a DeployError where they are others than they were.
    """

    def body(path: str, item: Item) -> bytes | Path:
        file = out / path
        if item.size == 0:
            # A redirect without a page of its own is no file.
            return b""
        try:
            if item.size > _LARGE and file.stat().st_size == item.size:
                return file
            data = file.read_bytes()
        except OSError as error:
            raise DeployError(f"{path} cannot be read: {error.strerror}") from None
        if sha256(data).hexdigest() != item.digest:
            raise DeployError(
                f"{path} was changed while it was deployed",
                "see that no other build is at work, and deploy again",
            )
        return data

    return body


def body_in_store(path: str, item: Item) -> bytes | Path:
    """The bytes of a file that workers have put into the store, and that is not there all the same.

    DeployError, unless it has no bytes.
    """
    if item.size == 0:
        return b""
    raise DeployError(
        f"{path} is not in the store any more",
        "another deploy has cleaned up meanwhile; deploy again, which makes it anew",
    )
