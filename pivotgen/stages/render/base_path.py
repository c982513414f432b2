"""Base path: the path of `base_url` before every address of a finished page.

Inside the house every address is relative to the site. A site that is not at the root of its host
needs the path of its `base_url` in front of each of them; here it is put into the finished bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Tags that are remembered: most stand on many pages.
_KEPT = 16_384
# The rest of a tag. An end in quotes does not end it. No part of it is tried twice.
_REST = rb"""[^>"']*+ (?: (?: "[^"]*+" | '[^']*+' ) [^>"']*+ )*+ >"""
# A tag with attributes. Comments, and elements whose content is no markup, are matched whole.
_TAG = re.compile(
    rb"""<(?: !--.*?--> | (?P<raw>script|style|textarea|title)\b (?P<rest>"""
    + _REST
    + rb") .*? </(?P=raw) | [a-z][^\s/>]*+[\s/]"
    + _REST
    + rb")",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    rb"""(?P<name>[^\s"'<>/=]++) (?:\s*+=\s*+ (?:"(?P<double>[^"]*+)" | '(?P<single>[^']*+)'
    | (?P<bare>[^\s"'<>=`]++)))?""",
    re.VERBOSE,
)
# Attributes that hold one address, and those that hold several with their sizes.
_ADDRESS = frozenset(
    (b"href", b"src", b"action", b"formaction", b"poster", b"cite", b"data", b"xlink:href")
)
_CANDIDATES = frozenset((b"srcset", b"imagesrcset"))
# An address of this site, and not one that begins with the name of a host.
_OWN = re.compile(rb"\s*(?=/(?![/\\]))")
# The moment and the address of a page that leads elsewhere.
_REFRESH = re.compile(rb"\s*\d+\s*[;,]\s*(?:url\s*=\s*)?(?=/(?![/\\]))", re.IGNORECASE)
# A candidate of a list: an address, which a comma may end, or a size and a comma after it.
_CANDIDATE = re.compile(rb"([\s,]*+)(\S*[^\s,])((?:,|[^,]*))")


def with_base_path(html: bytes, base: bytes) -> bytes:
    """The page with `base`, such as b"/repo", before every address of this site."""

    def put(match: re.Match[bytes]) -> bytes:
        end = match.end("rest") - match.start() if match["raw"] else None
        return _tag(match[0][:end], base) + (match[0][end:] if end else b"")

    return _TAG.sub(put, html)


@lru_cache(_KEPT)
def _tag(tag: bytes, base: bytes) -> bytes:
    if b"/" not in tag or tag.startswith(b"<!"):
        return tag
    name = re.match(rb"<[^\s/>]*", tag)
    start = name.end() if name else 0
    return tag[:start] + _ATTRIBUTE.sub(lambda match: _attribute(match, base), tag[start:])


def _attribute(match: re.Match[bytes], base: bytes) -> bytes:
    kind = next((kind for kind in ("double", "single", "bare") if match[kind] is not None), "")
    if not kind:
        return match[0]
    name, value = match["name"].lower(), match[kind]
    if name in _ADDRESS:
        value = _put(_OWN, value, base)
    elif name in _CANDIDATES:
        value = _CANDIDATE.sub(lambda part: part[1] + _put(_OWN, part[2], base) + part[3], value)
    elif name == b"content":
        value = _put(_REFRESH, value, base)
    start, end = match.start(kind) - match.start(), match.end(kind) - match.start()
    return match[0][:start] + value + match[0][end:]


def _put(before: re.Pattern[bytes], value: bytes, base: bytes) -> bytes:
    """The value with `base` behind what matches at its start, where that matches."""
    match = before.match(value)
    return value[: match.end()] + base + value[match.end() :] if match else value
