"""Claims: the owner of each file of the finished site, so that no two sources write one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pivotgen.model.address import output_of, page_address


class Claims:
    """The owners. Names that differ only by case are one name, as on many systems and hosts.

    An address is a folder with an index.html in it, and no file can be a folder too: where there
    is a feed.xml, no page can have the address /feed.xml/.
    """

    def __init__(self, owners: Mapping[str, str]) -> None:
        """`owners` gives the owner of each file that the site has in any case."""
        self._files = {file.casefold(): owner for file, owner in owners.items()}
        self._folders: dict[str, str] = {}

    def take(self, address: str, owner: str) -> str | None:
        """The owner of this address; None when it had none, and then it belongs to `owner`."""
        file = output_of(page_address(address)).casefold()
        folders = list(_folders(file))
        for path in (file, *folders):
            if (other := self._files.get(path)) is not None:
                return other
        if (other := self._folders.get(file)) is not None:
            return other
        self._files[file] = owner
        for folder in folders:
            self._folders.setdefault(folder, owner)
        return None


def _folders(file: str) -> Iterator[str]:
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file
