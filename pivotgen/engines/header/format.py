"""Tidy: the one way to write a frontmatter, with every comment kept.

Keys come in the order of their declaration, lists are one item a line, and quotes are where YAML
needs them. A line that is fine stays: text is folded only where a line is too long, and lines of
folded text stay as they are while they fit. What we would have to guess about (a comment inside
brackets, an indentation indicator) stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from pivotgen.engines.header import frontmatter
from pivotgen.engines.header.declarations import order
from pivotgen.engines.header.format_header import Header
from pivotgen.engines.header.yaml_nodes import NULL, Field
from pivotgen.engines.markdown.page import MarkdownPage, code_lines
from pivotgen.model.problem import Problem


def tidy(path: str, data: bytes, header: type[Any]) -> bytes | Problem:
    """The file in its tidy form; a Problem when it cannot be read. What it means never changes."""
    document = frontmatter.split(path, data)
    if isinstance(document, Problem):
        return document
    lines = document.text.split("\n")[1 : document.body_offset - 1]
    head = Header(lines, document.fields).tidied(order(header))
    body = _body(path, document.body)
    text = "\n".join(["---", *head, "---", body])
    new = frontmatter.split(path, text.encode())
    # A fault of ours must not cost anybody a word.
    if isinstance(new, Problem) or _meaning(new.fields) != _meaning(document.fields):
        return data
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return f"{mark}{text}".replace("\n", "\r\n" if b"\r\n" in data else "\n").encode()


def _meaning(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: _value(field.value) for name, field in fields.items()}


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return None if node.tag == NULL and not getattr(node, "style", "") else node.value


def _body(path: str, body: str) -> str:
    """The text without blanks at the ends of its lines, where they mean nothing."""
    given = body.split("\n")
    while given and not given[-1].strip():
        given.pop()
    if not given:
        return ""
    given.append("")
    code = code_lines(body)
    lines = [line if n in code else line.rstrip(" \t") for n, line in enumerate(given)]
    for number, line in enumerate(given[:-1]):
        # Two blanks before a further line of a paragraph are a line break.
        if number not in code and line.endswith("  ") and lines[number] and lines[number + 1]:
            lines[number] += "  "
    whole, bare = "\n".join(given), "\n".join(lines)

    def html(text: str) -> str:
        return MarkdownPage(path, text).block(text, 1).html

    # In code within a line they may mean something.
    return bare if bare == whole or html(bare) == html(whole) else whole
