"""YAML messages: says in plain words why libyaml cannot read a text.

Headers, phrases and redirects share these words, so that no message of libyaml reaches a writer.
"""

from __future__ import annotations

from typing import NamedTuple

import yaml


class PlainWords(NamedTuple):
    """What is wrong, and how to correct it."""

    message: str
    hint: str


_IN_QUOTES = 'put the whole text in "double quotes"'
_COLON = PlainWords(
    "there is a second `: ` in this value, so YAML takes it for another key",
    'put the whole value in "double quotes"',
)
_NOT_A_KEY = PlainWords(
    "this line is neither a `key: value` line nor part of the value above",
    "add the colon, or indent the line under its key",
)
_MISPLACED = PlainWords(
    "this line does not fit under the line above it",
    "line it up with the others of its kind; put a value that has quotes inside it in quotes whole",
)
_QUOTE = PlainWords(
    "a quote is opened here and never closed",
    "close it, or double a quote that belongs to the text",
)
_ESCAPE = PlainWords(
    "a backslash in double quotes starts a code that YAML does not know",
    "use single quotes, or write two backslashes",
)
_FIRST_CHARACTER = PlainWords("this character cannot start a value", _IN_QUOTES)
_STAR = PlainWords("`*` or `&` at the start of a value means something else to YAML", _IN_QUOTES)
_BRACKET = PlainWords(
    "a bracket is opened here and never closed",
    "close the bracket, or write one `- item` per line",
)
_BLOCK = PlainWords(
    "`|` or `>` at the start of a value begins a text on the lines below",
    f"{_IN_QUOTES}, or start it on the next line",
)
_EXCLAMATION = PlainWords("`!` at the start of a value means something else to YAML", _IN_QUOTES)
_PERCENT = PlainWords("`%` at the start of a line means something else to YAML", "take it out")
_DASH = PlainWords(
    "a dash with a blank after it starts an item of a list",
    "put the item on a line of its own, or the whole text in quotes",
)
_QUESTION_MARK = PlainWords(
    "a question mark with a blank after it means something else to YAML", _IN_QUOTES
)
_FURTHER_LEFT = PlainWords(
    "this line starts further to the left than the first one",
    "start every key in the first column",
)
SECOND_DOCUMENT = PlainWords("this line ends the text for YAML", "take the line out")
_TAB = PlainWords("a tab cannot indent a line", "indent with spaces")
_TOO_DEEP = PlainWords("the values are nested too deeply", "")
_NOT_TEXT = PlainWords(
    "there is an invisible character here", "delete it; it often comes along when text is pasted"
)
# Only a fault of libyaml or of memory could raise these.
_OTHER = PlainWords("this is not YAML", "write a key, a colon, a blank and a value on each line")

# How each message of libyaml and of its binding for Python begins.
_BEGINNINGS = {
    "mapping values are not allowed": _COLON,
    "could not find expected ':'": _NOT_A_KEY,
    "did not find expected key": _MISPLACED,
    "did not find expected '-' indicator": _MISPLACED,
    "found unexpected end of stream": _QUOTE,
    "found unknown escape character": _ESCAPE,
    "did not find expected hexdecimal number": _ESCAPE,
    "found invalid Unicode character escape code": _ESCAPE,
    "found character that cannot start any token": _FIRST_CHARACTER,
    "did not find expected node content": _FIRST_CHARACTER,
    "found unexpected ':'": _COLON,
    "found undefined alias": _STAR,
    "did not find expected alphabetic or numeric": _STAR,
    "anchor value must": _STAR,
    "second occurrence": _STAR,
    "did not find expected ',' or": _BRACKET,
    "did not find expected comment or line break": _BLOCK,
    "found an indentation indicator equal to 0": _BLOCK,
    "did not find expected tag URI": _EXCLAMATION,
    "did not find URI escaped octet": _EXCLAMATION,
    "did not find expected whitespace": _EXCLAMATION,
    "did not find expected '!'": _EXCLAMATION,
    "did not find the expected '>'": _EXCLAMATION,
    "found an incorrect": _EXCLAMATION,
    "found undefined tag handle": _EXCLAMATION,
    "could not find expected directive name": _PERCENT,
    "found unexpected non-alphabetical character": _PERCENT,
    "found unknown directive name": _PERCENT,
    "found extremely long version number": _PERCENT,
    "did not find expected version number": _PERCENT,
    "did not find expected digit": _PERCENT,
    "found duplicate %": _PERCENT,
    "duplicate %TAG directive": _PERCENT,
    "found incompatible YAML document": _PERCENT,
    "block sequence entries are not allowed": _DASH,
    "mapping keys are not allowed": _QUESTION_MARK,
    "did not find expected <document start>": _FURTHER_LEFT,
    "but found another document": SECOND_DOCUMENT,
    "found unexpected document indicator": SECOND_DOCUMENT,
    "found a tab character": _TAB,
    "exceeded maximum nesting depth": _TOO_DEEP,
    "control characters are not allowed": _NOT_TEXT,
    "invalid leading UTF-8 octet": _NOT_TEXT,
    "invalid trailing UTF-8 octet": _NOT_TEXT,
    "invalid length of a UTF-8 sequence": _NOT_TEXT,
    "invalid Unicode character": _NOT_TEXT,
    "incomplete UTF-": _NOT_TEXT,
    "unexpected low surrogate area": _NOT_TEXT,
}
# Messages whose fault begins where libyaml began to read the value, and not where it stopped.
_AT_START = (
    "could not find expected ':'",
    "found unexpected end of stream",
    "did not find expected ',' or",
    "did not find expected alphabetic",
    "did not find expected comment or line break",
    "found an indentation indicator",
    "did not find expected tag URI",
    "did not find URI escaped octet",
    "did not find expected whitespace",
    "did not find expected '!'",
    "did not find the expected '>'",
    "found an incorrect",
    "could not find expected directive name",
    "found unexpected non-alphabetical character",
    "found unknown directive name",
    "found extremely long version number",
    "did not find expected version number",
    "did not find expected digit",
)


def plain_words(error: yaml.YAMLError) -> PlainWords:
    """Return the message and the hint for an error of libyaml."""
    reason = _reason(error)
    for beginning, words in _BEGINNINGS.items():
        if reason.startswith(beginning):
            return words
    return _OTHER


def mark_of(error: yaml.YAMLError) -> yaml.Mark | None:
    """Return where the fault begins; None when libyaml does not know its line."""
    problem: yaml.Mark | None = getattr(error, "problem_mark", None)
    context: yaml.Mark | None = getattr(error, "context_mark", None)
    if problem is None or (context is not None and _reason(error).startswith(_AT_START)):
        return context or problem
    return problem


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
