"""Add lines to content/redirects.yaml, and leave the rest as its author typed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pivotgen.engines.redirects.lines import LINE
from pivotgen.model.address import page_address, readable, split_address
from pivotgen.model.redirect import GONE

_HEAD = "# Old addresses, and where each leads now. One a line, in alphabetical order.\n"


def add_moves(data: bytes | None, moves: Mapping[str, str | None]) -> bytes:
    """Return the file with more lines; `moves` holds the new address of each old one.

    The new address of an old one that is gone for good is None. `data` is None when there is no
    file yet. Comments stay. What led to an old address now leads to the new one, or is gone with
    it. A line of a new address is removed, because a page has that address now; a line of an old
    address gets the new one.
    """
    text = _HEAD if data is None else data.decode("utf-8-sig")
    moved = {page_address(old): new for old, new in moves.items()}
    taken = {page_address(split_address(new)[0]) for new in moved.values() if new is not None}
    lines: list[str] = []
    # The old address of each line, as people write it; "" for a comment.
    addresses: list[str] = []
    for line in text.splitlines():
        match = LINE.fullmatch(line)
        old = page_address(match[2]) if match else ""
        if match is None or old not in taken:
            lines.append(_moved_line(line, match, moved) if match else line)
            addresses.append(readable(old))
    new_lines = {readable(old): _typed(new) for old, new in moved.items()}
    for old in sorted(new_lines.keys() - set(addresses)):
        at = next((at for at, address in enumerate(addresses) if address > old), len(lines))
        lines.insert(at, f"{old}: {new_lines[old]}")
        addresses.insert(at, old)
    return "".join(f"{line}\n" for line in lines).encode()


def _moved_line(line: str, match: re.Match[str], moved: Mapping[str, str | None]) -> str:
    """The line with the new address of what has moved now, if it is about that."""
    old, (path, rest) = page_address(match[2]), split_address(match[4])
    target = page_address(path)
    if old in moved:
        new = _typed(moved[old])
    elif match[4] != GONE and target in moved:
        new = _typed(moved[target])
        new += "" if new == GONE or "#" in new else rest
    else:
        return line
    return f"{line[: match.start(4)]}{new}{line[match.end(4) :]}"


def _typed(new: str | None) -> str:
    return GONE if new is None else readable(new)
