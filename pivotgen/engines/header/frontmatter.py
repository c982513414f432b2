"""Frontmatter: splits a Markdown file into the YAML nodes of its header and its body.

The library python-frontmatter calls our handler for each part. The handler reports what the library
would ignore (an unclosed header, a header that is a list) and keeps indentation and line numbers.
Values stay YAML nodes, because the schema and not YAML decides which type a value has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.header.yaml_errors import syntax_problem
from pivotgen.engines.header.yaml_limits import (
    has_too_many_brackets,
    limit_problem,
    nesting_problem,
)
from pivotgen.engines.header.yaml_nodes import Field, Loader, end_of, start_of
from pivotgen.model.edit import Edit, quote_if_needed
from pivotgen.model.problem import Problem

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"\n---[ \t]*(?:\n|\Z)")
# Characters that no editor shows. libyaml rejects most of them. It counts some as line ends, which
# would make every later line number wrong.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of a Markdown file. All line ends are "\\n"."""

    # By the name of the key.
    fields: dict[str, Field]
    body: str
    # The number of lines before the body.
    body_offset: int
    # The whole file.
    text: str

    def place(self, key: str) -> tuple[int, int]:
        """Return the place of the value of a key; the top of the file when the key is not there."""
        return start_of(self.fields[key].value) if key in self.fields else (1, 1)


def split(path: str, data: bytes) -> Document | Problem:
    """Return the parts of a Markdown file, or the problem that makes it unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = encoding_problem(path, data)
        assert problem
        return problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Printable text, as most is, has no invisible characters. This check is faster than a search.
    printable = text.replace("\n", "").isprintable()
    if not printable and (match := _INVISIBLE.search(text)):
        at = match.start()
        return Problem(
            path,
            text.count("\n", 0, at) + 1,
            at - text.rfind("\n", 0, at),
            "invisible-character",
            f"there is an invisible character (U+{ord(match.group()):04X}) here",
            "delete it; it often comes along when text is pasted",
            edits=_delete_invisible(path, text),
        )
    handler = _Handler(path, text)
    try:
        parsed, _ = frontmatter.parse(text, handler=handler)
    except _ProblemError as error:
        return error.problem
    fields = cast(dict[str, Field], parsed)
    return Document(fields, handler.body, handler.body_offset, text)


def add_to_list(path: str, document: Document, name: str, text: str) -> Edit:
    """Return the edit that adds `text` to the list under the top-level key `name`.

    The edit adds the key too when it is not there.
    """
    field = document.fields.get(name)
    if field is None or not isinstance(field.value, yaml.SequenceNode):
        line = document.body_offset
        return Edit(path, line, 1, line, 1, f"{name}:\n  - {quote_if_needed(text)}\n")
    if field.value.flow_style:
        line, column = end_of(field.value)
        # The new item goes before the closing bracket.
        return Edit(path, line, column - 1, line, column - 1, f", {quote_if_needed(text)}")
    line, column = end_of(field.value.value[-1])
    # A block of text ends at the start of the next line. Any other value ends on its own line.
    line += column > 1
    indent = " " * field.value.start_mark.column
    return Edit(path, line, 1, line, 1, f"{indent}- {quote_if_needed(text)}\n")


def _delete_invisible(path: str, text: str) -> tuple[Edit, ...]:
    """Return edits that delete invisible characters; a line separator becomes a space.

    There are no edits where a code from 0x80 to 0x9f occurs. It usually comes from a letter in
    another encoding, and only the author knows which letter.
    """
    edits = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _INVISIBLE.finditer(line):
            if "\x80" <= match.group() <= "\x9f":
                return ()
            at = match.start() + 1
            neighbours = line[max(at - 2, 0) : at - 1] + line[at : at + 1]
            is_space = match.group() in "\u2028\u2029" and " " not in neighbours
            edits.append(Edit(path, number, at, number, at + 1, " " if is_space else ""))
    return tuple(edits)


class _ProblemError(Exception):
    """Carries one problem out of the callbacks of python-frontmatter."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Handler(YAMLHandler):
    """Handles one file for python-frontmatter, and keeps what the library does not return."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path = path
        # The library strips its own copy of the text, which would change every line number.
        self.text = text
        self.body = ""
        self.body_offset = 0

    def detect(self, text: str) -> bool:
        return True

    def split(self, text: str) -> tuple[str, str]:
        text = self.text
        opening = _OPEN.match(text)
        # The header may be empty, so the search begins at the line break of the opening ---.
        closing = _CLOSE.search(text, opening.end() - 1) if opening else None
        if opening is None or closing is None:
            raise _ProblemError(_delimiter_problem(self.path, text))
        self.body = text[closing.end() :]
        self.body_offset = text.count("\n", 0, closing.end())
        return text[opening.end() : closing.start() + 1], self.body

    def load(self, fm: str, **kwargs: object) -> dict[str, Field]:
        if has_too_many_brackets(fm):
            raise _ProblemError(nesting_problem(self.path))
        try:
            loader = Loader(fm)
            try:
                node = loader.get_single_node()
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise _ProblemError(syntax_problem(self.path, fm, error)) from None
        except RecursionError:
            raise _ProblemError(nesting_problem(self.path)) from None
        if node is None:
            return {}
        if problem := limit_problem(self.path, fm, node):
            raise _ProblemError(problem)
        return _fields(self.path, node)


def _delimiter_problem(path: str, text: str) -> Problem:
    """Return the problem of a file whose header does not begin or does not end."""
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
        raise _ProblemError(
            Problem(
                path,
                *start_of(node),
                "frontmatter-not-keys",
                "the frontmatter is not made of `key: value` lines",
                "start each line with a key, such as `title:`",
            )
        )
    fields: dict[str, Field] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _ProblemError(
                Problem(path, *start_of(key), "yaml-syntax", "a key must be a word")
            )
        if key.value in fields:
            first, _ = start_of(fields[key.value].key)
            raise _ProblemError(
                Problem(
                    path,
                    *start_of(key),
                    "duplicate-key",
                    f"`{key.value}` is already given on line {first}",
                    "keep one of the two",
                )
            )
        fields[key.value] = Field(key, value)
    return fields
