"""Format a content file: its frontmatter in the one standard form, with every comment kept.

Keys come in the order of their declaration, a list has one item on each line, and quotes stand
only where YAML needs them. A line changes only when it must: text is folded only where a line is
too long, and the lines of folded text stay as they are while they fit. An entry stays as it was
typed where a new form would need a guess, such as a comment inside brackets or an indentation
indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from pivotgen.engines.header import frontmatter
from pivotgen.engines.header.declarations import key_order
from pivotgen.engines.header.format_header import format_header
from pivotgen.engines.header.yaml_nodes import NULL, Field
from pivotgen.engines.markdown.page import MarkdownPage, code_lines
from pivotgen.model.problem import Problem


def format_file(path: str, data: bytes, header: type[Any]) -> bytes | list[Problem]:
    """Return the file in the standard form, or the problems that make it unreadable.

    `header` is the dataclass of its frontmatter. The meaning of the file never changes.
    """
    document = frontmatter.split(path, data)
    if isinstance(document, Problem):
        return [document]
    if document.problems:
        # A new form could hide what is wrong, such as text that YAML takes for a comment.
        return [*document.problems]
    lines = document.text.split("\n")[1 : document.body_offset - 1]
    head = format_header(lines, document.fields, key_order(header))
    text = "\n".join(["---", *head, "---", _format_body(path, document.body)])
    new = frontmatter.split(path, text.encode())
    # This protects the text of an author from a bug in our code.
    if isinstance(new, Problem) or new.problems or _values(new.fields) != _values(document.fields):
        return data
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return f"{mark}{text}".replace("\n", "\r\n" if b"\r\n" in data else "\n").encode()


def _format_body(path: str, body: str) -> str:
    """Return the text without the blanks at line ends that have no meaning."""
    old = body.split("\n")
    while old and not old[-1].strip():
        old.pop()
    if not old:
        return ""
    old.append("")
    code = code_lines(body)
    new = [line if number in code else line.rstrip(" \t") for number, line in enumerate(old)]
    for number, line in enumerate(old[:-1]):
        # Two blanks before the next line of a paragraph are a line break.
        if number not in code and line.endswith("  ") and new[number] and new[number + 1]:
            new[number] += "  "
    old_text, new_text = "\n".join(old), "\n".join(new)
    # Blanks in code within a line may have a meaning, so the HTML has the last word.
    is_same = new_text == old_text or _html(path, new_text) == _html(path, old_text)
    return new_text if is_same else old_text


def _html(path: str, text: str) -> str:
    return MarkdownPage(path, text).render_blocks(text, 1).html


def _values(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: _value(field.value) for name, field in fields.items()}


def _value(node: yaml.Node) -> Any:
    """Return what a node means, without its style and its place."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return None if node.tag == NULL and not getattr(node, "style", "") else node.value
