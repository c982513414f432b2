"""Literal links: the addresses of this site that a layout names word for word."""

from __future__ import annotations

import re

from pivotgen.model.closure import LayoutLink

_COMMENT = re.compile(r"\{#.*?#\}", re.S)
# An address with anything of Jinja in it is known only while a page is rendered.
_LINK = re.compile(r"""\s(?:href|src|action|poster)=(["'])(/(?!/)[^"'{}<>\s]*)\1""")


def literal_links(text: str) -> tuple[LayoutLink, ...]:
    """Each such address with its place; comments do not count."""
    blanked = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    links = []
    for match in _LINK.finditer(blanked):
        start = match.start(2)
        line = blanked.count("\n", 0, start) + 1
        column = start - (blanked.rfind("\n", 0, start) + 1) + 1
        links.append(LayoutLink(match[2], line, column))
    return tuple(links)
