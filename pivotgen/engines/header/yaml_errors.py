"""Syntax: what libyaml says of a header that it cannot read, in words for its writer."""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.header.yaml_nodes import FIRST_LINE, Loader, spot
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem

# What libyaml says, and what a writer needs to hear.
_WORDS = (
    (
        "mapping values are not allowed",
        "there is a second `: ` in this value, so YAML takes it for another key",
        'put the whole value in "double quotes"',
    ),
    (
        "found unexpected end of stream",
        "a quote is opened here and never closed",
        "close it, or double a quote that belongs to the text",
    ),
    (
        "found character that cannot start any token",
        "this character cannot start a value",
        "indent with spaces rather than tabs; put text that starts with @ or ` in quotes",
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes starts a code that YAML does not know",
        "use single quotes, or write two backslashes",
    ),
    (
        "found undefined alias",
        "`*` at the start of a value makes it a YAML alias",
        "put the text in quotes",
    ),
    (
        "did not find expected alphabetic or numeric",
        "`*` or `&` at the start of a value means something else to YAML",
        "put the text in quotes",
    ),
    (
        "did not find expected ',' or",
        "this list or mapping in brackets is never closed",
        "close the bracket, or write one `- item` per line",
    ),
    (
        "could not find expected ':'",
        "this line is neither a `key: value` line nor part of the value above",
        "add the colon, or indent the line under its key",
    ),
    (
        "exceeded maximum nesting depth",
        "the frontmatter is nested too deeply",
        "",
    ),
    (
        "did not find expected key",
        "this line does not fit under the key above it",
        "line it up with the other keys; put a value that has quotes inside it in quotes whole",
    ),
)
# Faults that libyaml notices long after the character that made them.
_AT_START = (
    "found unexpected end of stream",
    "did not find expected ','",
    "did not find expected alphabetic",
)
# Faults that quotes around the whole value mend.
_QUOTES_MEND = (
    "mapping values are not allowed",
    "found character that cannot start any token",
    "found undefined alias",
    "did not find expected alphabetic or numeric",
)
# A `key: value` or `- value` line: what comes before the value, and the value. A capital is a
# misspelt key where a line begins, and a word of a text elsewhere.
_VALUED = re.compile(r"( *)((?:- +)?)((?:[a-z]+: +|(?<! )[A-Za-z]+: +)?)(\S.*?) *")


def explained(path: str, header: str, error: yaml.MarkedYAMLError) -> Problem:
    """The problem that libyaml had with the text of a header."""
    said = error.problem or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    message, hint = f"YAML cannot read this: {said}", ""
    for start, plain, mend in _WORDS:
        if said.startswith(start):
            message, hint = plain, mend
            break
    if said.startswith(_AT_START):
        mark = error.context_mark or mark
    at = spot(mark) if mark else (FIRST_LINE, 1)
    mends = mark is not None and said.startswith(_QUOTES_MEND)
    edits = in_quotes(path, header, at) if mends else ()
    return Problem(path, *at, "yaml-syntax", message, hint, edits=edits)


def in_quotes(path: str, header: str, at: tuple[int, int]) -> tuple[Edit, ...]:
    """Edits that put quotes around the whole value of a line, where YAML then reads further."""
    number, lines = at[0], header.split("\n")
    line = lines[number - FIRST_LINE]
    match = _VALUED.fullmatch(line)
    if match is None or not (match[2] or match[3]):
        return ()
    value = match[4]
    quote = next((one for one in ('"', "'") if one not in value), "")
    if not quote or "\\" in value or " #" in value or value[0] in "\"'[{|>?-#":
        return ()
    lines[number - FIRST_LINE] = f"{line[: match.start(4)]}{quote}{value}{quote}"
    try:
        yaml.compose("\n".join(lines), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is None or spot(error.problem_mark) <= at:
            return ()
    start, end = match.start(4) + 1, match.end(4) + 1
    return (
        Edit(path, number, start, number, start, quote),
        Edit(path, number, end, number, end, quote),
    )
