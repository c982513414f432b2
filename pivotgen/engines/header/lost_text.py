"""Lost text: what YAML would leave out of a file that is no header, told as in a header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml

from pivotgen.engines.header.cut_text import cut_texts
from pivotgen.engines.header.escapes import escape_problems
from pivotgen.engines.header.faults import Reading
from pivotgen.engines.header.yaml_limits import marks, may_have_marks, too_deep
from pivotgen.engines.header.yaml_nodes import FIRST_LINE, Field
from pivotgen.model.problem import Problem

# A header starts below a line of its own, and such a file does not.
_ABOVE = FIRST_LINE - 1


def lost_text(path: str, text: str, root: yaml.MappingNode) -> list[Problem]:
    """The places of a YAML file that do not hold what their author typed.

    `root` is what YAML made of the text.
    """
    reading = Reading(path, text.replace("\r\n", "\n"))
    problems = [fault.problem for fault in marks(reading)] if may_have_marks(text) else []
    # An alias may stand for very many values, and whoever nests them deeply is told of that.
    if not problems and not too_deep(path, text, root):
        problems = [*_cut(reading, root)]
    return [_moved(problem) for problem in problems]


def _cut(reading: Reading, root: yaml.MappingNode) -> Iterator[Problem]:
    fields = [Field(key, value) for key, value in root.value]
    if " #" in reading.text or "\t#" in reading.text:
        yield from cut_texts(reading, fields)
    if "\\" in reading.text:
        yield from escape_problems(reading.path, reading.lines, [*_texts(root)])


def _texts(root: yaml.MappingNode) -> Iterator[yaml.ScalarNode]:
    """Every value, and those that stand in a value."""
    for _, value in root.value:
        inner = value.value if isinstance(value, yaml.MappingNode) else [(None, value)]
        yield from (node for _, node in inner if isinstance(node, yaml.ScalarNode))


def _moved(problem: Problem) -> Problem:
    edits = tuple(
        replace(edit, line=edit.line - _ABOVE, end_line=edit.end_line - _ABOVE)
        for edit in problem.edits
    )
    return replace(problem, line=problem.line - _ABOVE, edits=edits)
