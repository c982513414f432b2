"""Script: the addresses of other files that a script names, each with its place."""

from __future__ import annotations

import re
from functools import lru_cache

from pivotgen.engines.assets.text import AssetText
from pivotgen.model.asset import Reference

# An address in quotes, without escapes.
_ADDRESS = r"""["'](?P<{}>[^"'\\\n]+)["']"""
# What comes first at a place counts: so nothing in a comment or in a text is taken for an import.
# A name before it, or a dot, makes `import` another word.
_PART = re.compile(
    r"""//[^\n]*
    | /\*.*?\*/
    | (?<![\w$.]) import \s* (?:[\w$\s{},*]*? from \s*)? """
    + _ADDRESS.format("statement")
    + r"""
    | (?<![\w$.]) import \s* \( \s* """
    + _ADDRESS.format("call")
    + r""" \s* [,)]
    | (?<![\w$.]) export \s* (?: \*[\w$\s]* | \{[^}"'`]*\} ) \s* from \s* """
    + _ADDRESS.format("export")
    + r"""
    | (?<![\w$.]) new \s+ URL \s* \( \s* """
    + _ADDRESS.format("beside")
    + r""" \s* , \s* import\.meta\.url
    | (?<![\w$.]) importScripts \s* \( \s* """
    + _ADDRESS.format("worker")
    + r"""
    | "(?P<double>(?:\\.|[^"\\\n])*)"
    | '(?P<single>(?:\\.|[^'\\\n])*)'
    | `(?P<template>(?:\\.|[^`\\])*)`""",
    re.DOTALL | re.VERBOSE,
)
# Scripts whose addresses are kept: what they name and what they load is asked one after the other.
_KEPT = 64
_IMPORTS = ("statement", "call", "export", "beside", "worker")


@lru_cache(_KEPT)
def script_references(data: bytes) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """The addresses that a script imports, which count from its own; and all other texts in it."""
    text = AssetText(data)
    imports, texts = list[Reference](), list[Reference]()
    for match in _PART.finditer(text.text):
        name = match.lastgroup
        # A comment.
        if name is None:
            continue
        start, end = match.span(name)
        reference = Reference(match[name], *text.place(start), 0, end - start)
        (imports if name in _IMPORTS else texts).append(reference)
    return tuple(imports), tuple(texts)
