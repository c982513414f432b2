"""Words: the digest of what a page says, the same whatever engine, layout or machine shows it.

pivots.lock holds such digests for years. Another digest of the same words would lose the day of
every page, so what this file does must not change; a test holds it to digests of today.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from pivotgen.model.source import Digest

# Enough that no two pages of a site share one by chance.
_BYTES = 8
_BLANKS = re.compile(r"[ \t\r]+")
# Marks that typing programs exchange for one another.
_QUOTES = (("“", '"'), ("”", '"'), ("„", '"'), ("’", "'"), ("‘", "'"))


def words_digest(texts: Iterable[str], targets: Iterable[str] = ()) -> Digest:
    """The digest of texts that readers see, and of where they lead.

    Blanks and the forms of quotation marks do not count.
    """
    whole = "\n".join([_plain(" ".join(filter(None, texts))), *targets])
    return sha256(whole.encode()).digest()[:_BYTES]


def joined(own: Digest, of_file: Digest) -> Digest:
    """The digest of a page that says something by itself, or shows a file, or both."""
    return sha256(own + of_file).digest()[:_BYTES] if own and of_file else own or of_file


def _plain(text: str) -> str:
    """A text with single blanks, plain quotation marks, and letters in one form."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        for quote, plain in _QUOTES:
            text = text.replace(quote, plain)
    # To split a long text into words takes as long as everything else here.
    text = text.replace("\n", " ")
    if "  " in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    return text.strip(" ")
