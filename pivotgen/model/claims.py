"""Claims: the owner of each file of the finished site, so that no two sources write one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pivotgen.model.address import output_of
from pivotgen.model.page import Entry


class Claims:
    """The owners of files. Names that differ only by case are one name, as on many systems.

    No file can be a folder too: where there is a feed.xml, no page can have the address
    /feed.xml/. A large site has many files and few addresses that somebody chose, so only the files
    that could clash with one of those are kept.
    """

    def __init__(self, entries: Callable[[], Iterable[Entry]]) -> None:
        """`entries` are the files whose addresses nobody chose; each call starts anew."""
        self._entries = entries
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def expect(self, addresses: Iterable[str]) -> None:
        """Find the owners of all that these addresses may clash with, before they are taken."""
        files = {output_of(address).casefold() for address in addresses}
        if not files:
            return
        folders = {folder for file in files for folder in _folders(file)}
        for entry in self._entries():
            file = output_of(entry.address).casefold()
            if file in files or file in folders or not files.isdisjoint(_folders(file)):
                self._claim(file, entry.owner)

    def take(self, address: str, owner: str) -> str | None:
        """The owner of an expected address; None when it had none: then it belongs to `owner`."""
        file = output_of(address).casefold()
        for path in (file, *_folders(file)):
            if (other := self._files.get(path)) is not None:
                return other
        if (other := self._folders.get(file)) is not None:
            return other
        self._claim(file, owner)
        return None

    def _claim(self, file: str, owner: str) -> None:
        self._files[file] = owner
        for folder in _folders(file):
            self._folders.setdefault(folder, owner)


def _folders(file: str) -> Iterator[str]:
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file
