"""Read YAML: the nodes of a header, and every problem that YAML has with it.

A wrong line gets a stand-in, and reading goes on. So a mistake does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from pivotgen.engines.header.diagnosis import diagnose
from pivotgen.engines.header.faults import Fault, Reading
from pivotgen.engines.header.header_lines import ODD_BLANKS, block_lines
from pivotgen.engines.header.yaml_limits import (
    has_too_many_brackets,
    marks,
    may_have_marks,
    nesting_problem,
    too_deep,
)
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, compose, place_of
from pivotgen.engines.yaml_messages import PlainWords, mark_of, plain_words
from pivotgen.model.problem import Problem

# A header with more mistakes is probably none.
_MAX_FAULTS = 40
# Where blanks have a meaning: before and after dashes, and around the colon of a key.
_BLANKS = rf"[ \t{ODD_BLANKS}]*"
_SYNTAX = re.compile(
    rf"{_BLANKS}(?:-(?:[ \t{ODD_BLANKS}]+|$))*"
    rf"(?:[A-Za-z_]\w*{_BLANKS}:(?=[ \t{ODD_BLANKS}]|$){_BLANKS})?"
)
_ODD_BLANK = re.compile(f"[{ODD_BLANKS}]")
_COMMENT = re.compile(r"([ \t]*)<!--(.*)")
_NO_COMMENT = PlainWords(
    "`<!--` starts no comment in the frontmatter", "start each line of a comment with `# `"
)


@dataclass(slots=True)
class YamlHeader:
    """A header as YAML reads it."""

    # None when it cannot be read at all.
    node: yaml.Node | None
    # The text that was read, stand-ins included.
    text: str
    problems: list[Problem] = field(default_factory=list)
    # The numbers (from 0) of lines that have a stand-in.
    replaced: set[int] = field(default_factory=set)
    is_readable: bool = True


def read_yaml(path: str, header: str, *, printable: bool = False) -> YamlHeader:
    """Return the node of a header and the problems on the way to it.

    A `printable` text has no blanks but the usual one.
    """
    result = YamlHeader(None, header)
    if has_too_many_brackets(header):
        return _unreadable(result, nesting_problem(path))
    if not printable and _ODD_BLANK.search(header):
        _replace(result, _odd_blanks(Reading(path, result.text)))
    if "<" in header and "<!--" in header:
        _replace(result, _comments(Reading(path, result.text)))
    for _ in range(_MAX_FAULTS):
        try:
            result.node = compose(result.text)
        except yaml.MarkedYAMLError as error:
            fault = diagnose(Reading(path, result.text), error)
            if fault is None or not _is_progress(result, fault):
                return _unreadable(result, fault.problem if fault else _unplaced(path, error))
            _replace(result, [fault])
            continue
        except RecursionError:
            return _unreadable(result, nesting_problem(path))
        if may_have_marks(result.text) and (faults := [*marks(Reading(path, result.text))]):
            _replace(result, faults)
            continue
        problem = too_deep(path, result.text, result.node) if result.node else None
        return _unreadable(result, problem) if problem else result
    return _unreadable(result)


def _unreadable(result: YamlHeader, *problems: Problem) -> YamlHeader:
    result.node, result.is_readable = None, False
    result.problems += problems
    return result


def _is_progress(result: YamlHeader, fault: Fault) -> bool:
    lines = result.text.split("\n")
    return any(lines[number] != line for number, line in fault.stand_ins.items())


def _replace(result: YamlHeader, faults: Iterator[Fault] | list[Fault]) -> None:
    lines = result.text.split("\n")
    for fault in faults:
        # An edit of a line that has a stand-in would not fit the line of the file.
        is_first = result.replaced.isdisjoint(fault.stand_ins)
        result.problems.append(fault.problem if is_first else fault.without_edits().problem)
        for number, line in fault.stand_ins.items():
            lines[number] = line
            result.replaced.add(number)
    result.problems = list(dict.fromkeys(result.problems))
    result.text = "\n".join(lines)


def _unplaced(path: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = mark_of(error)
    place = place_of(mark) if mark else (FIRST_LINE, 1)
    return Problem(path, *place, "yaml-syntax", *plain_words(error))


def _odd_blanks(reading: Reading) -> Iterator[Fault]:
    """Yield the lines with a blank that is none for YAML where YAML needs a blank."""
    texts = block_lines([_ODD_BLANK.sub(" ", line) for line in reading.lines])
    for number, line in enumerate(reading.lines):
        match = _SYNTAX.match(line)
        assert match
        odd = _ODD_BLANK.search(match.group())
        if odd is None or number in texts:
            continue
        fixed = f"{_ODD_BLANK.sub(' ', match.group())}{line[match.end() :]}"
        name = "a no-break space" if odd.group() in "\u00a0\u202f" else "a wide or narrow space"
        words = PlainWords(
            f"{name} (U+{ord(odd.group()):04X}) stands where a blank should be",
            "type a blank in its place; such spaces come along from other programs",
        )
        yield reading.certain((number, odd.start()), words, {number: fixed})


def _comments(reading: Reading) -> Iterator[Fault]:
    """Yield the lines that start an HTML comment."""
    texts = block_lines(reading.lines)
    end = -1
    for number, line in enumerate(reading.lines):
        match = _COMMENT.fullmatch(line)
        if match is None or number in texts or number <= end:
            continue
        rest = range(number, len(reading.lines))
        end = next((at for at in rest if "-->" in reading.lines[at]), -1)
        if end < 0 or reading.lines[end].partition("-->")[2].strip():
            # Without an end, or with text after it, only the author knows what is a comment.
            yield reading.fault((number, len(match[1])), _NO_COMMENT, {})
            end = number
            continue
        fixed = {at: _as_comment(reading.lines[at]) for at in range(number, end + 1)}
        yield reading.certain((number, len(match[1])), _NO_COMMENT, fixed)


def _as_comment(line: str) -> str:
    text = line.strip().removeprefix("<!--").removesuffix("-->").strip()
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}# {text}" if text else ""
