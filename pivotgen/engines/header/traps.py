"""Traps: what YAML reads without an error, but not as the writer meant it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import yaml

from pivotgen.engines.header.cut_text import cut_texts
from pivotgen.engines.header.declarations import known_keys
from pivotgen.engines.header.diagnosis import CURLY, TEXT_ABOVE, curly_quotes, missing_colon
from pivotgen.engines.header.escapes import escape_problems
from pivotgen.engines.header.faults import Fault, Reading
from pivotgen.engines.header.header_lines import block_lines, header_line
from pivotgen.engines.header.yaml_nodes import Field
from pivotgen.engines.yaml_messages import PlainWords
from pivotgen.model.problem import Problem

# A curly quote at the start of a value.
_CURLY_QUOTES = "“„”‘’«"
# The indentation of list items.
_ITEM = re.compile(r"\n( *)- ")
# A colon without a blank; most are in addresses.
_COLON = re.compile(r":[^\s/]")
_JOINED_ITEM = PlainWords(
    "this line is indented further than the item above, so YAML makes one text of both",
    "start it in the same column as the item above",
)
_HTML_COMMENT = PlainWords(
    "`<!--` starts no comment in the frontmatter, so it would be shown",
    "start the comment with ` # `",
)
_COMMENT_AT_END = re.compile(r"(.*\S)[ \t]*<!--\s*(.*?)\s*-->\s*")


def traps(reading: Reading, fields: Sequence[Field]) -> list[Problem]:
    """Return the places of a header that do not hold what their author typed.

    Each kind has a fast test first, because most headers have none of them.
    """
    problems: list[Problem] = []
    header = reading.text
    if _may_be_cut(header):
        problems += cut_texts(reading, fields)
    if _may_have_curly_quotes(header):
        problems += _problems(_curly(reading))
    if _may_have_comments(header):
        problems += _problems(_comments(reading))
    if _may_have_escapes(header) or _may_be_joined(header, fields):
        scalars = [*_scalars(node for field in fields for node in field)]
        problems += escape_problems(reading.path, reading.lines, scalars)
        problems += _problems(_joined(reading, scalars))
    return problems


def may_be_misread(header: str) -> bool:
    """Whether any of these tests says so of a header in which each text is on one line."""
    return (
        _may_be_cut(header)
        or _may_have_curly_quotes(header)
        or _may_have_comments(header)
        or _may_have_escapes(header)
        or _may_lack_blank(header)
    )


def _may_be_cut(header: str) -> bool:
    return "#" in header and (" #" in header or "\t#" in header)


def _may_have_curly_quotes(header: str) -> bool:
    return not header.isascii() and any(_starts_value(quote, header) for quote in _CURLY_QUOTES)


def _starts_value(quote: str, header: str) -> bool:
    """Whether a value of a header may start with this quote."""
    return quote in header and (f": {quote}" in header or f"- {quote}" in header)


def _may_have_comments(header: str) -> bool:
    return "<" in header and "<!--" in header


def _may_have_escapes(header: str) -> bool:
    return "\\" in header and '"' in header


def _may_lack_blank(header: str) -> bool:
    """Whether a known key may stand in front of a colon without a blank."""
    return bool(_COLON.search(header) and _no_blank().search(header))


def _may_be_joined(header: str, fields: Sequence[Field]) -> bool:
    """Whether a text may hold a line that looks like an item or a key of its own."""
    return (
        any(_has_lines(field.value) for field in fields)
        or len(set(_ITEM.findall(header))) > 1
        or _may_lack_blank(header)
    )


def _has_lines(node: yaml.Node) -> bool:
    """Whether a value is a text of more than one line, and no block of text."""
    is_text = isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">")
    return is_text and node.start_mark.line != node.end_mark.line


def _problems(faults: Iterable[Fault]) -> Iterator[Problem]:
    return (fault.problem for fault in faults)


@cache
def _no_blank() -> re.Pattern[str]:
    """Return the pattern of a line with a known key and no blank after its colon."""
    return re.compile(rf"^ *(?:- +)?(?:{'|'.join(known_keys())}):(?!//)\S", re.M)


def _scalars(nodes: Iterable[yaml.Node]) -> Iterator[yaml.ScalarNode]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            waiting += (part for pair in node.value for part in pair)
        else:
            waiting += node.value


def _curly(reading: Reading) -> Iterator[Fault]:
    texts = block_lines(reading.lines)
    for number, line in enumerate(reading.lines):
        parts = header_line(line)
        if not parts.starts_value or number in texts:
            continue
        if fixed := curly_quotes(line, parts):
            yield reading.fault(
                (number, parts.value_column), CURLY, {number: fixed}, "curly-quotes"
            )


def _comments(reading: Reading) -> Iterator[Fault]:
    texts = block_lines(reading.lines)
    for number, line in enumerate(reading.lines):
        at = line.find("<!--")
        # What comes after a number sign is a comment of YAML.
        if at < 0 or number in texts or re.search(r"(?:^|\s)#", line[:at]):
            continue
        match = _COMMENT_AT_END.fullmatch(line)
        is_plain = header_line(line).value[:1] not in ("'", '"')
        fixed = {number: f"{match[1]}  # {match[2]}"} if match and is_plain else {}
        yield reading.fault((number, at), _HTML_COMMENT, fixed)


def _joined(reading: Reading, scalars: Sequence[yaml.ScalarNode]) -> Iterator[Fault]:
    """Yield the lines of plain texts that look like an item or a key of their own."""
    for node in scalars:
        if node.style:
            continue
        first = node.start_mark.line
        # A known key inside the text, and not the key before it.
        if _no_blank().match(reading.lines[first]) and (fault := missing_colon(reading, first)):
            yield fault
        for number in range(first + 1, node.end_mark.line + 1):
            parts = header_line(reading.lines[number])
            if parts.dash < 0:
                continue
            above = header_line(reading.lines[first])
            if above.dash < 0:
                yield reading.fault((number, parts.indent), TEXT_ABOVE, {})
                continue
            fixed = f"{' ' * above.indent}{reading.lines[number].lstrip()}"
            yield reading.fault((number, parts.indent), _JOINED_ITEM, {number: fixed})
