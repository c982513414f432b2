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

from pivotgen.engines.encoding import misencoded
from pivotgen.engines.header.yaml_errors import explained
from pivotgen.engines.header.yaml_limits import overfull, too_deep, trick
from pivotgen.engines.header.yaml_nodes import Field, Loader, end, place
from pivotgen.model.edit import Edit, quoted
from pivotgen.model.problem import Problem

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"\n---[ \t]*(?:\n|\Z)")
# libyaml counts these as line ends and editors do not, so every later line number would be wrong.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file taken apart; `body_offset` is what to add to a line of the body."""

    fields: dict[str, Field]
    body: str
    body_offset: int
    text: str

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a key's value; the top of the file when the key is not given."""
        return place(self.fields[key].value) if key in self.fields else (1, 1)


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
        return Problem(
            path,
            text.count("\n", 0, at) + 1,
            at - text.rfind("\n", 0, at),
            "invisible-character",
            f"there is an invisible character (U+{ord(found.group()):04X}) here",
            "delete it; it often comes along when text is pasted",
            edits=_deleted(path, text),
        )
    handler = _Handler(path, text)
    try:
        parsed, _ = frontmatter.parse(text, handler=handler)
    except _FaultError as fault:
        return fault.problem
    fields = cast(dict[str, Field], parsed)
    return Document(fields, handler.body, handler.body_offset, text)


def listed(path: str, document: Document, name: str, text: str) -> Edit:
    """The edit that adds `text` to the list under the top-level key `name`, which it may make."""
    field = document.fields.get(name)
    if field is None or not isinstance(field.value, yaml.SequenceNode):
        line = document.body_offset
        return Edit(path, line, 1, line, 1, f"{name}:\n  - {quoted(text)}\n")
    if field.value.flow_style:
        line, column = end(field.value)
        # Before the bracket.
        return Edit(path, line, column - 1, line, column - 1, f", {quoted(text)}")
    line, column = end(field.value.value[-1])
    # A block of lines ends where the next line starts, any other value on its own line.
    line += column > 1
    indent = " " * field.value.start_mark.column
    return Edit(path, line, 1, line, 1, f"{indent}- {quoted(text)}\n")


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


class _FaultError(Exception):
    """Carries one problem out of python-frontmatter's callbacks."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


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
        opening = _OPEN.match(text)
        # The header may be empty, so its end may begin with the line break of its start.
        closing = _CLOSE.search(text, opening.end() - 1) if opening else None
        if opening is None or closing is None:
            raise _FaultError(_unfenced(self.path, text))
        self.body = text[closing.end() :]
        self.body_offset = text.count("\n", 0, closing.end())
        return text[opening.end() : closing.start() + 1], self.body

    def load(self, fm: str, **kwargs: object) -> dict[str, Field]:
        if overfull(fm):
            raise _FaultError(too_deep(self.path))
        try:
            loader = Loader(fm)
            try:
                node = loader.get_single_node()
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise _FaultError(explained(self.path, fm, error)) from None
        except RecursionError:
            raise _FaultError(too_deep(self.path)) from None
        if node is None:
            return {}
        if problem := trick(self.path, fm, node):
            raise _FaultError(problem)
        return _fields(self.path, node)


def _unfenced(path: str, text: str) -> Problem:
    if re.match(r"---[ \t]*(\n|\Z)", text):
        return Problem(
            path,
            1,
            1,
            "unclosed-frontmatter",
            "the frontmatter that starts here is never closed",
            "put a line with only --- after the last key",
        )
    return Problem(
        path,
        1,
        1,
        "no-frontmatter",
        "the file does not start with frontmatter",
        "make --- the very first line, then the keys, then --- again",
    )


def _fields(path: str, node: yaml.Node) -> dict[str, Field]:
    if not isinstance(node, yaml.MappingNode):
        raise _FaultError(
            Problem(
                path,
                *place(node),
                "frontmatter-not-keys",
                "the frontmatter is not made of `key: value` lines",
                "start each line with a key, such as `title:`",
            )
        )
    fields: dict[str, Field] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _FaultError(Problem(path, *place(key), "yaml-syntax", "a key must be a word"))
        if key.value in fields:
            first, _ = place(fields[key.value].key)
            raise _FaultError(
                Problem(
                    path,
                    *place(key),
                    "duplicate-key",
                    f"`{key.value}` is already given on line {first}",
                    "keep one of the two",
                )
            )
        fields[key.value] = Field(key, value)
    return fields
