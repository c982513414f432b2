"""Reading: how long a text takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words that most people read in a minute, and characters of scripts without blanks.
_WORDS, _CHARACTERS = 230, 500
# Chinese and Japanese are written without blanks between words.
_NO_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def minutes_of(texts: Iterable[str]) -> int:
    """How many whole minutes it takes to read the texts, at least one."""
    text = " ".join(texts)
    minutes = len(text.split()) / _WORDS
    if not text.isascii() and (characters := len(_NO_BLANKS.findall(text))):
        minutes += characters / _CHARACTERS
    return max(1, round(minutes))
