"""Reading: how long a text takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words that most people read in a minute, and characters of scripts without blanks.
_WORDS, _CHARACTERS = 230, 500
# From how many bytes a character on, on average, a text may be in another script.
_MANY = 1.2
# Chinese and Japanese are written without blanks between words.
_NO_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def minutes_of(texts: Iterable[str]) -> int:
    """How many whole minutes it takes to read the texts, at least one."""
    text = " ".join(texts)
    # To count blanks takes a tenth of the time that it takes to split the text at them.
    minutes = (text.count(" ") + 1) / _WORDS
    # So few letters beyond ASCII are quotation marks and accents.
    if len(text.encode()) > _MANY * len(text):
        minutes += len(_NO_BLANKS.findall(text)) / _CHARACTERS
    return max(1, round(minutes))
