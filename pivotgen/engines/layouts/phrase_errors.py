"""Phrase errors: why a file of phrases cannot be read, in plain words instead of libyaml's."""

from __future__ import annotations

import yaml

from pivotgen.engines.yaml_messages import PlainWords, plain_words
from pivotgen.model.problem import Problem

_QUOTE = 'put the whole text in "double quotes"'
# How libyaml's message starts, the plain message, and the hint: where a phrase is no value.
_PLAIN = (
    (
        "mapping values are not allowed",
        "there is a second `: ` here, so YAML takes the text before it for another name",
        _QUOTE,
    ),
    (
        "found unexpected end of stream",
        "a quote is opened here and never closed",
        "close it, or write a quote that belongs to the text twice",
    ),
    (
        "found character that cannot start any token",
        "this character cannot start a text",
        f"indent with spaces rather than tabs, or {_QUOTE}",
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes starts a code that YAML does not know",
        "use single quotes, or write two backslashes",
    ),
    ("found undefined alias", "`*` at the start of a text means something else to YAML", _QUOTE),
    (
        "did not find expected alphabetic or numeric",
        "`*` or `&` at the start of a text means something else to YAML",
        _QUOTE,
    ),
    ("did not find expected ',' or", "a bracket is opened here and never closed", _QUOTE),
    (
        "could not find expected ':'",
        "this line is not a name, a colon and a text",
        "add the colon, or indent the line under its name",
    ),
    (
        "did not find expected key",
        "the text before this has ended already",
        f"{_QUOTE}, or start a new name in the first column",
    ),
    (
        "did not find expected <document start>",
        "this line starts further to the left than the first one",
        "start every name in the first column",
    ),
    ("found a tab character", "a tab cannot indent a line", "indent with spaces"),
    ("did not find expected node content", "a bracket before this is never closed", _QUOTE),
    ("exceeded maximum nesting depth", "this is nested too deeply", ""),
    ("but found another document", "`---` starts a second document", "leave the line out"),
)
# Faults that libyaml notices long after the character that made them.
_AT_START = (
    "could not find expected ':'",
    "found unexpected end of stream",
    "did not find expected ','",
    "did not find expected alphabetic",
)


def syntax_error(path: str, error: yaml.YAMLError) -> Problem:
    """The problem for a file that is not YAML. The place is where the fault begins."""
    reason = str(getattr(error, "problem", ""))
    words = plain_words(error)
    for start, message, hint in _PLAIN:
        if reason.startswith(start):
            words = PlainWords(message, hint)
            break
    mark: yaml.Mark | None = getattr(error, "problem_mark", None)
    if reason.startswith(_AT_START):
        mark = getattr(error, "context_mark", None) or mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(path, *place, "phrases", words.message, words.hint)


def unquoted_brace(path: str, node: yaml.Node) -> Problem:
    """The problem for a text such as `{role}` without quotes, which YAML reads as a mapping."""
    message = "a brace at the start of a text means something else to YAML"
    place = node.start_mark.line + 1, node.start_mark.column + 1
    return Problem(path, *place, "phrases", message, _QUOTE)
