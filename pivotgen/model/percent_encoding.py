"""Percent-encoding: texts as addresses write them, by RFC 3986 and in NFC."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote


class _Encoding(dict[int, str]):
    """What stands for each letter. `quote` alone would ask about each of its bytes each time."""

    def __init__(self, safe: str) -> None:
        super().__init__()
        self._safe = safe

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, quote(chr(code), safe=self._safe))


_IN_PATH = _Encoding("/")
# A query or a fragment may be encoded already.
_IN_REST = _Encoding("%#/?:@!$&'()*+,;=")


def encoded_path(path: str) -> str:
    """A path without any encoding yet. UnicodeEncodeError for half of a pair of surrogates."""
    return unicodedata.normalize("NFC", path).translate(_IN_PATH)


def encoded_rest(rest: str) -> str:
    """A query or a fragment, encoded or not. UnicodeEncodeError for half of a pair."""
    return unicodedata.normalize("NFC", rest).translate(_IN_REST)
