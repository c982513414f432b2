"""YAML errors: explains to a writer why libyaml cannot read a header."""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.header.yaml_nodes import FIRST_LINE, Loader, place_of
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem

# How a message of libyaml begins, with our message and our hint for it.
_EXPLANATIONS = (
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
# Errors that libyaml reports long after the character that caused them.
_AT_START = (
    "found unexpected end of stream",
    "did not find expected ','",
    "did not find expected alphabetic",
)
# Errors that quotes around the whole value can fix.
_FIXED_BY_QUOTES = (
    "mapping values are not allowed",
    "found character that cannot start any token",
    "found undefined alias",
    "did not find expected alphabetic or numeric",
)
# A `key: value` or `- value` line: its indentation, its dash, its key and its value. A word with a
# capital letter is a misspelt key only at the start of a line. Elsewhere it is part of a text.
_VALUE_LINE = re.compile(r"( *)((?:- +)?)((?:[a-z]+: +|(?<! )[A-Za-z]+: +)?)(\S.*?) *")


def syntax_problem(path: str, header: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return the problem for an error of libyaml; `header` is the text it could not read."""
    reason = error.problem or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    message, hint = f"YAML cannot read this: {reason}", ""
    for beginning, our_message, our_hint in _EXPLANATIONS:
        if reason.startswith(beginning):
            message, hint = our_message, our_hint
            break
    if reason.startswith(_AT_START):
        mark = error.context_mark or mark
    place = place_of(mark) if mark else (FIRST_LINE, 1)
    can_fix = mark is not None and reason.startswith(_FIXED_BY_QUOTES)
    edits = quote_value(path, header, place) if can_fix else ()
    return Problem(path, *place, "yaml-syntax", message, hint, edits=edits)


def quote_value(path: str, header: str, place: tuple[int, int]) -> tuple[Edit, ...]:
    """Return the edits that put quotes around the whole value on the line of `place`.

    There are no edits unless YAML then reads `header` beyond `place`.
    """
    number, lines = place[0], header.split("\n")
    line = lines[number - FIRST_LINE]
    match = _VALUE_LINE.fullmatch(line)
    if match is None or not (match[2] or match[3]):
        return ()
    value = match[4]
    quote = next((mark for mark in ('"', "'") if mark not in value), "")
    if not quote or "\\" in value or " #" in value or value[0] in "\"'[{|>?-#":
        return ()
    lines[number - FIRST_LINE] = f"{line[: match.start(4)]}{quote}{value}{quote}"
    try:
        yaml.compose("\n".join(lines), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is None or place_of(error.problem_mark) <= place:
            return ()
    start, end = match.start(4) + 1, match.end(4) + 1
    return (
        Edit(path, number, start, number, start, quote),
        Edit(path, number, end, number, end, quote),
    )
