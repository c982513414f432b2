"""Frontmatter: splits a Markdown file into the YAML nodes of its header and its body.

The library python-frontmatter calls our handler for each part. The handler reports what the library
would ignore (an unclosed header, a header that is a list) and keeps indentation and line numbers.
Values stay YAML nodes, because the schema and not YAML decides which type a value has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.header.faults import Reading
from pivotgen.engines.header.plain_header import PlainFields, plain_fields
from pivotgen.engines.header.read_yaml import read_yaml
from pivotgen.engines.header.traps import traps
from pivotgen.engines.header.values import too_long
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, Field, end_of, start_of
from pivotgen.engines.invisible import (
    invisible_problem,
    is_printable,
    is_printable_but_for_blanks,
    without_invisible,
)
from pivotgen.model.edit import Edit, quote_if_needed
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.limits import LONGEST_KEY
from pivotgen.model.problem import Problem

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"\n---[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of a Markdown file. All line ends are "\\n"."""

    # Of a plain header what stands in it, and of any other the nodes, by the name of the key.
    plain: PlainFields | None
    nodes: dict[str, Field]
    body: str
    # The number of lines before the body.
    body_offset: int
    # The whole file.
    text: str
    # What is wrong with its characters and with the YAML of its header.
    problems: tuple[Problem, ...] = ()
    # Lines that are not as they were typed. Another problem there may only come from that.
    unsure: frozenset[int] = frozenset()

    @property
    def fields(self) -> dict[str, Field]:
        """The nodes of the header by the name of the key; those of a plain one are read here."""
        if self.plain is None:
            return self.nodes
        handler = _Handler("", self.text, printable=is_printable(self.text.encode()))
        return handler.nodes(handler.split(self.text)[0])

    def with_problems(self, others: Iterable[Problem]) -> list[Problem]:
        """Return the problems of the document, and those of the others that are sure."""
        if not self.problems:
            return list(others)
        return [*self.problems, *(other for other in others if other.line not in self.unsure)]

    def place(self, key: str) -> tuple[int, int]:
        """Return the place of the value of a key; the top of the file when the key is not there."""
        if self.plain is None:
            return start_of(self.nodes[key].value) if key in self.nodes else (1, 1)
        value = self.plain.get(key)
        if isinstance(value, list):
            return start_of(self.fields[key].value)
        return (value.line, value.column) if value else (1, 1)


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
    invisible = None
    printable = is_printable(data)
    if not printable:
        closing = _CLOSE.search(text)
        header_lines = text.count("\n", 0, closing.start()) + 1 if closing else 0
        if invisible := invisible_problem(path, text, header_lines):
            text = without_invisible(text, header_lines)
    handler = _Handler(path, text, printable=printable)
    handler.may_be_plain = printable or is_printable_but_for_blanks(data)
    try:
        frontmatter.parse(text, handler=handler)
    except _ProblemError as error:
        return invisible or error.problem
    problems = [*([invisible] if invisible else []), *handler.problems]
    unsure = handler.replaced | {problem.line for problem in problems}
    if invisible:
        unsure |= {edit.line for edit in invisible.edits}
    if not handler.is_readable:
        unsure |= set(range(1, handler.body_offset + 1))
    return Document(
        handler.plain,
        handler.fields,
        handler.body,
        handler.body_offset,
        text,
        tuple(problems),
        frozenset(unsure),
    )


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


class _ProblemError(Exception):
    """Carries one problem out of the callbacks of python-frontmatter."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Handler(YAMLHandler):
    """Handles one file for python-frontmatter, and keeps what the library does not return."""

    def __init__(self, path: str, text: str, *, printable: bool) -> None:
        super().__init__()
        self.path = path
        self.printable = printable
        # Whether no character of the header needs a look by itself.
        self.may_be_plain = printable
        # The library strips its own copy of the text, which would change every line number.
        self.text = text
        self.body = ""
        self.body_offset = 0
        self.problems: list[Problem] = []
        # The lines of the file that have a stand-in.
        self.replaced: set[int] = set()
        self.is_readable = True
        self.plain: PlainFields | None = None
        self.fields: dict[str, Field] = {}

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

    def load(self, fm: str, **kwargs: object) -> dict[str, object]:
        self.plain = plain_fields(fm) if self.may_be_plain else None
        if self.plain is None:
            self.fields = self.nodes(fm)
        # The library would only copy what it is given.
        return {}

    def nodes(self, fm: str) -> dict[str, Field]:
        """The nodes of a header by the name of the key; its problems are kept."""
        result = read_yaml(self.path, fm, printable=self.printable)
        self.problems += result.problems
        self.replaced |= {number + FIRST_LINE for number in result.replaced}
        self.is_readable = result.is_readable
        if result.node is None:
            return {}
        fields = self._fields(result.node)
        # Where a line has a stand-in, it would be wrong about that line.
        misread = traps(Reading(self.path, result.text), list(fields.values()))
        self.problems += [trap for trap in misread if trap.line not in self.replaced]
        return fields

    def _fields(self, node: yaml.Node) -> dict[str, Field]:
        if not isinstance(node, yaml.MappingNode):
            message = "the frontmatter is not made of `key: value` lines"
            hint = "start each line with a key, such as `title:`"
            self._report(node, "frontmatter-not-keys", message, hint)
            self.is_readable = False
            return {}
        fields: dict[str, Field] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._report(key, "yaml-syntax", "a key must be a word", "")
            elif len(key.value) > LONGEST_KEY:
                name = f"the key `{key.value[:20]}…`"
                self.problems.append(too_long(self.path, key, name, len(key.value), LONGEST_KEY))
            elif key.value in fields:
                first, _ = start_of(fields[key.value].key)
                message = f"`{key.value}` is already given on line {first}"
                self._report(key, "duplicate-key", message, "keep one of the two")
            else:
                fields[key.value] = Field(key, value)
        return fields

    def _report(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, *start_of(node), code, message, hint))


def _delimiter_problem(path: str, text: str) -> Problem:
    """Return the problem of a file whose header does not begin or does not end."""
    if re.match(r"---[ \t]*(\n|\Z)", text):
        return Problem.of_file(
            path,
            "unclosed-frontmatter",
            "the frontmatter that starts here is never closed",
            "put a line with only --- after the last key",
        )
    return Problem.of_file(
        path,
        "no-frontmatter",
        "the file does not start with frontmatter",
        "make --- the very first line, then the keys, then --- again",
    )
