"""A TODO: the mark of what is still to be written. A published file may not hold one."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An underscore may be Markdown around the word.
_TODO = re.compile(r"(?<![^\W_])TODO(?![^\W_])")


def todos(text: str) -> Iterator[tuple[int, int]]:
    """Line and column of every `TODO` in a file's text, comments of the frontmatter included.

    Whoever left one in a comment did not think the page was done either.
    """
    if "TODO" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        for found in _TODO.finditer(line):
            yield number, found.start() + 1
