"""Old addresses: what to say of a link to a page that has moved, is gone or cannot be read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from pivotgen.model.address import (
    own_page_address,
    page_address,
    pivot_address,
    readable,
    split_address,
    typed_address,
)
from pivotgen.model.address_shape import is_hub
from pivotgen.model.edit import Edit
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Site
from pivotgen.model.source import PAGES, PIVOTS, is_translation

# The new address of each old one; None where that is gone for good.
Moves = Mapping[str, str | None]
# What a link cannot hold without marks around it.
_NEEDS_MARKS = re.compile(r"[\s()<>\"'\\`]")


def _aliases(site: Site) -> Moves:
    return dict(site.aliases())


def _no_file(path: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """Where old addresses lead, and what stands in a file; asked only for a link that is dead."""

    moves: Callable[[Site], Moves] = _aliases
    # None for no file.
    read: Callable[[str], bytes | None] = _no_file


# Of a site that no one has built before.
ONLY_ALIASES = OldAddresses()


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong with a link to an old address, and what to write instead."""

    message: str
    hint: str
    edits: tuple[Edit, ...] = ()


class Unpublished:
    """What no link can lead to: drafts, files that cannot be read, and old addresses.

    A link to the page of a file that has problems of its own is no second problem.
    """

    def __init__(
        self,
        paths: Collection[str],
        drafts: Collection[str],
        moves: Callable[[], Moves],
        read: Callable[[str], bytes | None],
    ) -> None:
        """`paths` are the files that cannot be read.

        `moves` is called once, and only for a link that is dead.
        """
        self.paths = paths
        self.drafts = drafts
        self._ask_moves = moves
        self._read = read
        # A pivot may be why there is a page of a role.
        self.any_pivot = any(path.startswith(f"{PIVOTS}/") for path in paths)
        self._addresses = {_likely_address(path) for path in paths}

    def may_publish(self, address: str) -> bool:
        """Whether one of the files may be why there is a page at this address."""
        return address in self._addresses or (self.any_pivot and is_hub(address))

    def advice(
        self, path: str, place: tuple[int, int], typed: str, files: Mapping[str, str]
    ) -> Advice | None:
        """What to say of a link in the file `path` to an old address; None for any other.

        `typed` is an address, or the path of a content file that is not there any more. `files` has
        the file of each address.
        """
        target, rest = split_address(typed)
        folder = posixpath.dirname(path)
        is_address = target.startswith("/")
        address = (
            page_address(target)
            if is_address
            else _likely_address(posixpath.normpath(posixpath.join(folder, target)))
        )
        if address not in self._moves:
            return None
        new = self._moves[address]
        if new is None:
            hint = "take the link out, or name a page that is there"
            return Advice(f"{readable(address)} is gone", hint)
        message = f"{readable(address)} has moved to {readable(new)}"
        page, part = split_address(new)
        if "#" in rest:
            part = ""
        file = files.get(page, "")
        # A link to a file stays such a link.
        is_file = not is_address and file.startswith((f"{PIVOTS}/", f"{PAGES}/"))
        text = posixpath.relpath(file, folder) if is_file else readable(page)
        text += readable(part)
        edits = target_edit(path, place, target, text, self._read(path))
        return Advice(message, f"write `{text}`", edits)

    @cached_property
    def _moves(self) -> Moves:
        return self._ask_moves()


def target_edit(
    path: str, place: tuple[int, int], target: str, new: str, data: bytes | None
) -> tuple[Edit, ...]:
    """The edit of what a link leads to, where the file `data` has `target` at this place."""
    line, column = place
    text = (data or b"").decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if line > len(lines) or _NEEDS_MARKS.search(new):
        return ()
    rest = lines[line - 1][column - 1 :]
    for form in (target, typed_address(target)):
        if rest.startswith(form):
            return (Edit(path, line, column, line, column + len(form), new),)
    return ()


def _likely_address(path: str) -> str:
    """The address that the name of a content file promises, or ""."""
    if is_translation(path):
        return ""
    stem = path.removesuffix(".md")
    if stem.startswith(f"{PIVOTS}/"):
        return pivot_address(stem.removeprefix(f"{PIVOTS}/"))
    return own_page_address(stem.removeprefix(f"{PAGES}/")) if stem.startswith(PAGES) else ""
