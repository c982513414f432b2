"""Names: what two spellings of one name share, and the form that a name has in an address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A slug of ASCII letters; `is_slug` knows those of other scripts too.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters and digits in another width, font or place: "Ａ", "𝐀", "²", "Ⅱ", "ﬁ".
_DRESSED = re.compile(
    "[\u00aa\u00b2\u00b3\u00b9\u00ba\u2070-\u209c\u2160-\u217f\u2460-\u24ff\ufb00-\ufb06"
    "\uff01-\uffef\U0001d400-\U0001d7ff]+"
)
# Signs that tell names apart, such as those of C++, C#, F*, .NET and Q&A, each with its words.
_SIGNS = re.compile(
    r"(?P<pp>\+\+)|(?P<plus>\+)|(?<=[^\W\d_])(?P<sharp>[#♯])|(?P<and>&)"
    r"|(?<![^\s(/,&])(?P<dot>\.)(?=[^\W_])|(?<=(?<!\w)[^\W\d_])(?P<star>\*)(?!\w)"
)
_HAS_SIGN = re.compile(r"[+#♯&.*]")
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Marks between the letters of a name that some writers leave out.
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_'’·・;()]|(?<!\d)[.,:/]|[.,:/](?!\d)")
# Shorter words often end in an s that makes another word of them: AWS, News, JS.
_PLURAL = re.compile(r"(?<=[^\W\d_]{4})(?<!s)s$")
# Of these nobody doubts that they are plurals.
_CERTAIN_PLURAL = re.compile(r"(?<=[^\W\d_]{5})(?<!s)s$")
_ACCENTS = re.compile("(?<=[a-zα-ως])[\u0300-\u036f]+")


@lru_cache(maxsize=65_536)
def slug_of(name: str) -> str:
    """The address form of a role's or a skill's name: "UX Designer" is "ux-designer".

    It keeps what tells names apart: the letters and marks of every script, and signs such as those
    of C++ and C#. It is in NFC, and "" when the name has no letter and no digit.
    """
    text = _folded(name)
    if _HAS_SIGN.search(text) and any(map(str.isalnum, text)):
        text = _SIGNS.sub(_words, text)
    if text.isascii():
        return re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    return unicodedata.normalize("NFC", _letters(text))


def is_slug(text: str) -> bool:
    """Whether a text can be a part of an address as it is."""
    return bool(SLUG.fullmatch(text)) or (not text.isascii() and text == slug_of(text))


def is_file_name(stem: str, name: str) -> bool:
    """Whether a file with this name, without its ending, may describe the role `name`.

    A name with letters beyond ASCII can be written in ASCII in many ways, so any is right.
    """
    slug = slug_of(name)
    return stem == slug or (not slug.isascii() and bool(SLUG.fullmatch(stem)))


def spelling_of(name: str) -> str:
    """What two spellings of one name share: case, blanks and hyphens do not count."""
    # Between digits a hyphen may stand for a point: 3.1 is not 31.
    return re.sub(r"(?<!\d)-|-(?!\d)", "", slug_of(name))


def spellings_of(name: str) -> tuple[str, ...]:
    """What two names share that are spellings of one: `spelling_of`, and that of its singular.

    Two names are spellings of one where they have any of these in common.
    """
    spelling = spelling_of(name)
    return (spelling, spelling[:-1]) if _PLURAL.search(slug_of(name)) else (spelling,)


def words_of(name: str) -> list[str]:
    """The words of a name in small letters, without their signs."""
    return _letters(_folded(name)).split("-")


def without_accents(spelling: str) -> str:
    """The spelling with plain Latin and Greek letters, because many writers leave accents out."""
    if spelling.isascii():
        return spelling
    return _ACCENTS.sub("", unicodedata.normalize("NFD", spelling))


def is_certain(spelling: str, other: str) -> bool:
    """Whether two spellings of one name differ in nothing that could have a meaning.

    A sign has one: nobody but the writer knows whether "Yahoo!" means "Yahoo".
    """
    return _bare(spelling) == _bare(other)


def _folded(name: str) -> str:
    """The name in small letters, each letter in its usual form."""
    if name.isascii():
        return name.lower()
    plain = _DRESSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), name)
    small = unicodedata.normalize("NFC", plain).lower()
    # The small form of the Turkish İ is an i with a second dot.
    return unicodedata.normalize("NFC", small.replace("i\u0307", "i"))


def _words(match: re.Match[str]) -> str:
    return "-and-" if match.lastgroup == "and" else str(match.lastgroup)


def _letters(text: str) -> str:
    """The letters, digits and marks of a text, with a hyphen for all that parts them."""
    parts: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        is_mark = category in ("Mn", "Mc") and not _VARIATIONS.match(character)
        if category[0] in "LN" or (is_mark and parts and parts[-1] != "-"):
            parts.append(character)
        # Signs that only shape or join what is around them part nothing.
        elif category != "Cf" and category[0] != "M" and parts and parts[-1] != "-":
            parts.append("-")
    return "".join(parts).rstrip("-")


def _bare(name: str) -> str:
    return _CERTAIN_PLURAL.sub("", _SEPARATORS.sub("", _folded(name)))
