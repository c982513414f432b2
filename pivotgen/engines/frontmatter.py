"""Frontmatter: bytes of a Markdown file to YAML nodes that know their place, and the body.

python-frontmatter drives the split; our handler refuses what the library passes over in silence
(an unclosed block, a list for a header) and keeps the body's indentation and line numbers.
Values stay YAML nodes: which type a value has is the schema's decision, never YAML's guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from pivotgen.model.problem import Problem

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
# libyaml counts these as line ends and editors do not, so every later line number would be wrong.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# More brackets than any header needs; deeper nesting could exhaust the parser.
_MOST_BRACKETS = 400
_STANDARD_TAGS = "tag:yaml.org,2002:"


class _Loader(yaml.CSafeLoader):
    """libyaml's parser; only its nodes are used, so no value is ever converted."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a header: its own node and its value's node."""

    key: yaml.ScalarNode
    value: yaml.Node


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file taken apart; `body_offset` is what to add to a line of the body."""

    fields: dict[str, Field]
    body: str
    body_offset: int
    text: str

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a key's value; the top of the file when the key is not given."""
        return _start(self.fields[key].value) if key in self.fields else (1, 1)


class _FaultError(Exception):
    """Carries one problem out of python-frontmatter's callbacks."""

    def __init__(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.place = (line, column, code, message, hint)


class _Handler(YAMLHandler):
    """One file's handler; it holds what the library does not return."""

    def __init__(self, whole: str) -> None:
        super().__init__()
        # The library strips the text before it splits it, which would move every line.
        self.whole = whole
        self.body = ""
        self.body_offset = 0

    def detect(self, text: str) -> bool:
        return True

    def split(self, text: str) -> tuple[str, str]:
        text = self.whole
        match = _BLOCK.match(text)
        if match is None:
            if re.match(r"---[ \t]*(\n|\Z)", text):
                raise _FaultError(
                    1,
                    1,
                    "unclosed-frontmatter",
                    "the frontmatter that starts here is never closed",
                    "put a line with only --- after the last key",
                )
            raise _FaultError(
                1,
                1,
                "no-frontmatter",
                "the file does not start with frontmatter",
                "make --- the very first line, then the keys, then --- again",
            )
        self.body = text[match.end() :]
        self.body_offset = text.count("\n", 0, match.end())
        return match.group(1), self.body

    def load(self, fm: str, **kwargs: object) -> dict[str, Field]:
        if fm.count("[") + fm.count("{") > _MOST_BRACKETS:
            raise _FaultError(2, 1, "yaml-syntax", "the frontmatter is nested too deeply", "")
        try:
            loader = _Loader(fm)
            try:
                node = loader.get_single_node()
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise _explained(error) from None
        except RecursionError:
            raise _FaultError(
                2, 1, "yaml-syntax", "the frontmatter is nested too deeply", ""
            ) from None
        if node is None:
            return {}
        _refuse_tricks(node, fm)
        if not isinstance(node, yaml.MappingNode):
            line, column = _start(node)
            raise _FaultError(
                line,
                column,
                "frontmatter-not-keys",
                "the frontmatter is not made of `key: value` lines",
                "start each line with a key, such as `title:`",
            )
        return _fields(node)


def split(path: str, data: bytes) -> Document | Problem:
    """Take a Markdown file apart; a Problem when the file cannot be read as one."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        return _problem(
            path,
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
            "not-utf8",
            f"the byte 0x{data[error.start]:02x} is not UTF-8 text",
            "save the file as UTF-8 in your editor",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _INVISIBLE.search(text):
        at = found.start()
        return _problem(
            path,
            text.count("\n", 0, at) + 1,
            at - text.rfind("\n", 0, at),
            "invisible-character",
            f"there is an invisible character (U+{ord(found.group()):04X}) here",
            "delete it; it often comes along when text is pasted",
        )
    handler = _Handler(text)
    try:
        parsed, _ = frontmatter.parse(text, handler=handler)
    except _FaultError as fault:
        return _problem(path, *fault.place)
    fields = cast(dict[str, Field], parsed)
    return Document(fields, handler.body, handler.body_offset, text)


def _problem(path: str, line: int, column: int, code: str, message: str, hint: str) -> Problem:
    return Problem(path, line, column, code, message, hint)


def _start(node: yaml.Node) -> tuple[int, int]:
    """Place of a header node in the file: the header starts on the file's second line."""
    return node.start_mark.line + 2, node.start_mark.column + 1


def _fields(node: yaml.MappingNode) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for key, value in node.value:
        line, column = _start(key)
        if not isinstance(key, yaml.ScalarNode):
            raise _FaultError(line, column, "yaml-syntax", "a key must be a word", "")
        if key.value in fields:
            first = fields[key.value].key.start_mark.line + 2
            raise _FaultError(
                line,
                column,
                "duplicate-key",
                f"`{key.value}` is already given on line {first}",
                "keep one of the two",
            )
        fields[key.value] = Field(key, value)
    return fields


def _refuse_tricks(node: yaml.Node, fm: str) -> None:
    """Refuse tags and aliases anywhere: a header is plain text, and aliases can explode."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            raise _alias(fm)
        seen.add(id(one))
        if not one.tag.startswith(_STANDARD_TAGS) or one.tag.startswith(f"{_STANDARD_TAGS}python"):
            line, column = _start(one)
            raise _FaultError(
                line,
                column,
                "yaml-tag",
                f"`{one.tag}` is a YAML tag, which pivotgen does not use",
                "put the text in quotes if it should start with an exclamation mark",
            )
        if isinstance(one, yaml.MappingNode):
            for key, value in one.value:
                waiting += (key, value)
        elif isinstance(one, yaml.SequenceNode):
            waiting += one.value


def _alias(fm: str) -> _FaultError:
    for token in yaml.scan(fm, Loader=_Loader):
        if isinstance(token, yaml.AliasToken):
            line, column = token.start_mark.line + 2, token.start_mark.column + 1
            break
    else:
        line, column = 2, 1
    return _FaultError(
        line,
        column,
        "yaml-alias",
        "`*` at the start of a value makes it a YAML alias, which pivotgen does not use",
        "write the text out, or put it in quotes if it should start with a star",
    )


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


def _explained(error: yaml.MarkedYAMLError) -> _FaultError:
    said = error.problem or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    message, hint = f"YAML cannot read this: {said}", ""
    for start, plain, mend in _WORDS:
        if said.startswith(start):
            message, hint = plain, mend
            break
    if said.startswith(_AT_START):
        mark = error.context_mark or mark
    line = mark.line + 2 if mark else 2
    column = mark.column + 1 if mark else 1
    return _FaultError(line, column, "yaml-syntax", message, hint)
