"""Claims: the owner of each file of the finished site, so that no two sources write one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pivotgen.model.address import output_of
from pivotgen.model.page import Entry


class Claims:
    """The owners of files. Names that differ only by case are one name, as on many systems.

    No file can be a folder too: where there is a feed.xml, no page can have the address
    /feed.xml/. Only the files that could clash with the addresses in question are kept, because a
    large site has many files and few addresses that somebody chose.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        """`addresses` are all that will be claimed for somebody who chose them."""
        self._wanted = {output_of(address).casefold() for address in addresses}
        self._wanted_folders = {folder for file in self._wanted for folder in _folders(file)}
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """Note the owners of files whose addresses nobody chose."""
        for entry in entries:
            file = output_of(entry.address).casefold()
            may_clash = file in self._wanted or file in self._wanted_folders
            if may_clash or any(folder in self._wanted for folder in _folders(file)):
                self._claim(file, entry.owner)

    def take(self, address: str, owner: str) -> str | None:
        """The owner of this address; None when it had none, and then it belongs to `owner`."""
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
