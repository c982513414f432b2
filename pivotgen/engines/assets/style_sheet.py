"""Style sheet: the addresses that a style sheet names, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pivotgen.engines.assets.text import AssetText
from pivotgen.model.asset import Reference

# Nothing else can name a file. A style sheet without these needs no parser.
_MAY_NAME = re.compile(r"\\|url\(|src\(|@import|image-set\(", re.IGNORECASE)
# The address in the text from its token on. A string ends at its quote, and what is in `url(` at
# its bracket; either may have escapes in it.
_STRING = re.compile(r"""(["'])((?:\\(?:\r\n|.)|[^\\])*?)(?:\1|\Z)""", re.DOTALL)
_URL = re.compile(r"url\(\s*((?:\\.|[^\\)\s])*)", re.DOTALL | re.IGNORECASE)
# Functions whose first string is an address, and those all of whose strings are.
_URL_FUNCTIONS = frozenset(("url", "src"))
_SETS = frozenset(("image-set", "-webkit-image-set"))
_SILENT = frozenset(("whitespace", "comment"))
# Style sheets whose addresses are kept: what they name and what they load is asked one after the
# other.
_KEPT = 64
_BAD = "this address cannot be read; put it into quotes"


@lru_cache(_KEPT)
def style_sheet_references(data: bytes) -> tuple[Reference, ...]:
    """Every address in `url()`, `src()`, `image-set()` and `@import`, in the order of the text."""
    text = AssetText(data)
    if not _MAY_NAME.search(text.text):
        return ()
    # Only style sheets that name files need the parser.
    import tinycss2

    nodes = tinycss2.parse_component_value_list(text.text)
    return tuple([_reference(text, *address) for address in _addresses(nodes)])


def _addresses(nodes: list[Any]) -> Iterator[tuple[Any, str]]:
    """The tokens that are addresses, each with the directive that allows it.

    No depth of blocks is too much, as each waits on a stack.
    """
    # What is left of each open block; whether strings in it are addresses; and what they name.
    stack: list[tuple[Iterator[Any], bool, str]] = [(iter(nodes), False, "img-src")]
    # The name of the at-rule that has just begun.
    rule = ""
    while stack:
        inside, strings, directive = stack[-1]
        node = next(inside, None)
        if node is None:
            stack.pop()
            continue
        if node.type in _SILENT:
            continue
        before, rule = rule, node.lower_value if node.type == "at-keyword" else ""
        if node.type == "function" and node.lower_name in _URL_FUNCTIONS:
            strings_in_it = (part for part in node.arguments if part.type == "string")
            address = next(strings_in_it, None)
        elif node.type in ("function", "() block", "[] block", "{} block"):
            is_set = node.type == "function" and node.lower_name in _SETS
            content = node.arguments if node.type == "function" else node.content
            of_block = "font-src" if before == "font-face" else directive
            stack.append((iter(content), is_set, of_block))
            continue
        else:
            is_address = node.type == "url" or (node.type == "error" and node.kind == "bad-url")
            is_string = node.type == "string" and (strings or before == "import")
            address = node if is_address or is_string else None
        # A namespace is a name that looks like an address.
        if address is not None and before != "namespace":
            yield address, "style-src" if before == "import" else directive


def _reference(text: AssetText, node: Any, directive: str) -> Reference:
    offset = text.offset(node.source_line, node.source_column)
    pattern, group = (_STRING, 2) if node.type == "string" else (_URL, 1)
    match = pattern.match(text.text, offset)
    if match is None or node.type == "error":
        return Reference("", node.source_line, node.source_column, 0, 0, _BAD)
    start, end = text.bytes_before(match.start(group)), text.bytes_before(match.end(group))
    place = text.place(match.start(group))
    return Reference(node.value, *place, start, end, directive=directive)
