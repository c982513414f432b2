"""Frontmatter: bytes of a Markdown file to YAML nodes that know their place, and the body.

python-frontmatter drives the split; our handler refuses what the library passes over in silence
(an unclosed block, a list for a header) and keeps the body's indentation and line numbers.
Values stay YAML nodes: which type a value has is the schema's decision, never YAML's guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from pivotgen.engines.encoding import misencoded
from pivotgen.model.edit import Edit, quoted
from pivotgen.model.problem import Problem

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"\n---[ \t]*(?:\n|\Z)")
# libyaml counts these as line ends and editors do not, so every later line number would be wrong.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# More brackets than any header needs; deeper nesting could exhaust the parser.
_MOST_BRACKETS = 400
# Far more levels than any header needs; whoever walks the nodes may recurse.
_DEEPEST = 40
_STANDARD_TAGS = "tag:yaml.org,2002:"
NULL = f"{_STANDARD_TAGS}null"
_TEXT, _SEQUENCE, _MAPPING = (f"{_STANDARD_TAGS}{kind}" for kind in ("str", "seq", "map"))
# How YAML 1.2 writes nothing.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# What starts a tag, an anchor or an alias where a value may begin, and what comes before a value.
_TRICKS = "!&*"
_BEFORE_VALUE = "\n[{,:?-"

# Where values may stand inside each other more deeply than a header needs.
_INDENT = 12
_NESTED = re.compile(rf"\n[ ?-]{{{_INDENT}}}")


class _Loader(yaml.CSafeLoader):
    """libyaml's parser; only its nodes are used, so no value is ever converted."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node without one: what matters is only whether there is a value at all."""
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        return NULL if value in _NULLS else _TEXT


class Field(NamedTuple):
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

    def __init__(
        self,
        line: int,
        column: int,
        code: str,
        message: str,
        hint: str,
        edits: tuple[Edit, ...] = (),
    ) -> None:
        super().__init__(message)
        self.place = (line, column, code, message, hint, edits)


class _Handler(YAMLHandler):
    """One file's handler; it holds what the library does not return."""

    def __init__(self, path: str, whole: str) -> None:
        super().__init__()
        self.path = path
        # The library strips the text before it splits it, which would move every line.
        self.whole = whole
        self.body = ""
        self.body_offset = 0

    def detect(self, text: str) -> bool:
        return True

    def split(self, text: str) -> tuple[str, str]:
        text = self.whole
        start = _OPEN.match(text)
        # The header may be empty, so its end may begin with the line break of its start.
        end = _CLOSE.search(text, start.end() - 1) if start else None
        if start is None or end is None:
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
        self.body = text[end.end() :]
        self.body_offset = text.count("\n", 0, end.end())
        return text[start.end() : end.start() + 1], self.body

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
            raise _explained(self.path, error, fm) from None
        except RecursionError:
            raise _FaultError(
                2, 1, "yaml-syntax", "the frontmatter is nested too deeply", ""
            ) from None
        if node is None:
            return {}
        if _is_tricky(fm):
            _refuse_tricks(self.path, node, fm)
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
    except UnicodeDecodeError:
        problem = misencoded(path, data)
        assert problem
        return problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Printable text has none; most text is, and that is quick to see.
    printable = text.replace("\n", "").isprintable()
    if not printable and (found := _INVISIBLE.search(text)):
        at = found.start()
        return _problem(
            path,
            text.count("\n", 0, at) + 1,
            at - text.rfind("\n", 0, at),
            "invisible-character",
            f"there is an invisible character (U+{ord(found.group()):04X}) here",
            "delete it; it often comes along when text is pasted",
            _deleted(path, text),
        )
    handler = _Handler(path, text)
    try:
        parsed, _ = frontmatter.parse(text, handler=handler)
    except _FaultError as fault:
        return _problem(path, *fault.place)
    fields = cast(dict[str, Field], parsed)
    return Document(fields, handler.body, handler.body_offset, text)


def listed(path: str, document: Document, name: str, text: str) -> Edit:
    """The edit that adds `text` to the list under the top-level key `name`, which it may make."""
    field = document.fields.get(name)
    if field is None or not isinstance(field.value, yaml.SequenceNode):
        line = document.body_offset
        return Edit(path, line, 1, line, 1, f"{name}:\n  - {quoted(text)}\n")
    end = field.value.end_mark
    if field.value.flow_style:
        # Before the bracket.
        line, column = end.line + 2, end.column
        return Edit(path, line, column, line, column, f", {quoted(text)}")
    last = field.value.value[-1].end_mark
    # A block of lines ends where the next line starts, any other value on its own line.
    line = last.line + (3 if last.column else 2)
    indent = " " * field.value.start_mark.column
    return Edit(path, line, 1, line, 1, f"{indent}- {quoted(text)}\n")


def _problem(
    path: str,
    line: int,
    column: int,
    code: str,
    message: str,
    hint: str,
    edits: tuple[Edit, ...] = (),
) -> Problem:
    return Problem(path, line, column, code, message, hint, edits=edits)


def _deleted(path: str, text: str) -> tuple[Edit, ...]:
    """Edits that delete invisible characters; a separator of lines becomes a blank.

    Codes from 0x80 on are letters of another encoding more often than not: their author knows.
    """
    edits = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _INVISIBLE.finditer(line):
            if "\x80" <= match.group() <= "\x9f":
                return ()
            at = match.start() + 1
            around = line[max(at - 2, 0) : at - 1] + line[at : at + 1]
            parts = match.group() in "\u2028\u2029" and " " not in around
            edits.append(Edit(path, number, at, number, at + 1, " " if parts else ""))
    return tuple(edits)


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


def _refuse_tricks(path: str, node: yaml.Node, fm: str) -> None:
    """Refuse tags and aliases anywhere: a header is plain text, and aliases can explode."""
    seen: set[int] = set()
    waiting = [(node, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > _DEEPEST:
            line, column = _start(one)
            raise _FaultError(
                line, column, "yaml-syntax", "the frontmatter is nested too deeply", ""
            )
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
                _quoted(path, fm, line - 2, column - 1) if one.tag.startswith("!") else (),
            )
        if isinstance(one, yaml.MappingNode):
            for key, value in one.value:
                waiting += ((key, depth + 1), (value, depth + 1))
        elif isinstance(one, yaml.SequenceNode):
            waiting += ((item, depth + 1) for item in one.value)


def _is_tricky(fm: str) -> bool:
    """Whether a header may hold tags, aliases or deep nesting: a quick look that misses none."""
    if "[" in fm or "{" in fm or _NESTED.search(f"\n{fm}"):
        return True
    for mark in _TRICKS:
        at = fm.find(mark)
        while at >= 0:
            before = fm[max(at - _INDENT, 0) : at].rstrip(" \t")
            if not before or before[-1] in _BEFORE_VALUE:
                return True
            at = fm.find(mark, at + 1)
    return False


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


# A `key: value` or `- value` line: what comes before the value, and the value. A capital is a
# misspelt key where a line begins, and a word of a text elsewhere.
_VALUED = re.compile(r"( *)((?:- +)?)((?:[a-z]+: +|(?<! )[A-Za-z]+: +)?)(\S.*?) *")


def _quoted(path: str, fm: str, line: int, column: int) -> tuple[Edit, ...]:
    """Edits that put quotes around the whole value of a line, where YAML then reads further."""
    lines = fm.split("\n")
    match = _VALUED.fullmatch(lines[line])
    if match is None or not (match[2] or match[3]):
        return ()
    value = match[4]
    quote = next((one for one in ('"', "'") if one not in value), "")
    if not quote or "\\" in value or " #" in value or value[0] in "\"'[{|>?-#":
        return ()
    lines[line] = f"{lines[line][: match.start(4)]}{quote}{value}{quote}"
    try:
        yaml.compose("\n".join(lines), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is None or (mark.line, mark.column) <= (line, column):
            return ()
    start, end = match.start(4) + 1, match.end(4) + 1
    return (
        Edit(path, line + 2, start, line + 2, start, quote),
        Edit(path, line + 2, end, line + 2, end, quote),
    )


# Faults that quotes around the whole value mend.
_QUOTES_MEND = (
    "mapping values are not allowed",
    "found character that cannot start any token",
    "found undefined alias",
    "did not find expected alphabetic or numeric",
)


def _explained(path: str, error: yaml.MarkedYAMLError, fm: str) -> _FaultError:
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
    mends = mark is not None and said.startswith(_QUOTES_MEND)
    edits = _quoted(path, fm, line - 2, column - 1) if mends else ()
    return _FaultError(line, column, "yaml-syntax", message, hint, edits)
