"""Rename links: the edits that lead links to the pages of a role or skill under its new name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from pivotgen.engines.markdown.code_places import without_code_spans
from pivotgen.engines.markdown.page import lines_of_code
from pivotgen.model.address import (
    page_address,
    readable,
    role_address,
    skill_address,
    split_address,
    typed_address,
)
from pivotgen.model.edit import Edit
from pivotgen.model.pivot import Mention


def moved_addresses(kind: str, before: str, after: str) -> dict[str, str]:
    """The old addresses of the pages of a role or skill, each with the new one.

    `kind` is "role" or "skill"; `before` and `after` are slugs.
    """
    if kind == "skill":
        return {skill_address(before): skill_address(after)}
    return {
        role_address("to", before): role_address("to", after),
        role_address("from", before): role_address("from", after),
    }


def link_edits(
    moves: Mapping[str, str],
    files: Mapping[str, str],
    mentions: Mapping[str, Sequence[Mention]],
    data: Mapping[str, bytes],
) -> Iterator[Edit]:
    """The edits of all links to pages that move.

    `moves` has the new address of each page that moves, and `files` the new path of each file
    that moves. `mentions` and `data` are the links and the bytes of every source, by its path.
    """
    for path, links in mentions.items():
        folder = posixpath.dirname(path)
        for target in sorted({split_address(link.target)[0] for link in links}):
            file = posixpath.normpath(posixpath.join(folder, target))
            address = page_address(target)
            if file in files:
                folder_part = "".join(target.rpartition("/")[:2])
                new = f"{folder_part}{posixpath.basename(files[file])}"
            elif target.startswith("/") and address in moves:
                new = readable(moves[address])
            else:
                continue
            yield from _edits(path, data[path], target, new)


def _edits(path: str, data: bytes, target: str, new: str) -> Iterator[Edit]:
    """An edit at each place where Markdown names `target`: in a link or in its definition.

    Code shows what its author typed, and stays.
    """
    encoded = re.escape(typed_address(target))
    link = re.compile(rf"(?:\]\(|\]:)\s*<?({re.escape(target)}|(?i:{encoded}))(?=[)>#?\s])")
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    code = lines_of_code(text)
    for number, line in enumerate(without_code_spans(text).split("\n"), 1):
        if number - 1 in code:
            continue
        for match in link.finditer(f"{line}\n"):
            yield Edit(path, number, match.start(1) + 1, number, match.end(1) + 1, new)
