"""TODO marks: they stand for text that is not written yet. A published file may not have one."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An underscore may be Markdown around the word.
_TODO = re.compile(r"(?<![^\W_])TODO(?![^\W_])")


def todos(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column (from 1) of every `TODO` in the text of a file.

    Comments in the frontmatter count too, because they also mark unfinished text.
    """
    if "TODO" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        for match in _TODO.finditer(line):
            yield number, match.start() + 1
