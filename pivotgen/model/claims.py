"""Claims: who has each file of the finished site, so that no two sources write the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pivotgen.model.address import output_of, page_address


class Claims:
    """Who has each file; names that differ only by case are one, as on many systems and hosts.

    An address is a folder with an index.html in it, and no file can be a folder too: where there
    is a feed.xml, nobody can have the address /feed.xml/.
    """

    def __init__(self, owners: Mapping[str, str]) -> None:
        """`owners` gives who has each file that the site makes without being asked."""
        self._files = {file.casefold(): owner for file, owner in owners.items()}
        self._folders: dict[str, str] = {}

    def take(self, address: str, owner: str) -> str | None:
        """Who has this address already, or None: then it belongs to `owner` from now on."""
        file = output_of(page_address(address)).casefold()
        folders = list(_folders(file))
        for one in (file, *folders):
            if (there := self._files.get(one)) is not None:
                return there
        if (there := self._folders.get(file)) is not None:
            return there
        self._files[file] = owner
        for one in folders:
            self._folders.setdefault(one, owner)
        return None


def _folders(file: str) -> Iterator[str]:
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file
