"""Wording: one value of a header as it is best typed, on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from pivotgen.engines.header.yaml_nodes import TEXT

# Characters that a folded line gets, and those that a line may have before it is folded: whoever
# breaks lines by eye is a few words off, and that is fine.
_WIDTH = 160
TOO_LONG = 180
# A blank that a line can be broken at without a change of the folded text.
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def written(raw: str, node: yaml.ScalarNode) -> str:
    """The value on one line: without quotes where it can be, or as it was typed (`raw`)."""
    value = str(node.value)
    if not node.style and raw:
        return raw
    if not value.isprintable() or value != value.strip() or not value:
        return raw
    if _is_plain(value):
        return value
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return raw if raw.startswith("'") or "'" in value else f"'{value}'"


def foldable(value: str) -> bool:
    """Whether the value can stand on several lines that YAML folds into one again."""
    return value.isprintable() and value == value.strip() and bool(_BREAK.search(value))


def wrapped(text: str, indent: int) -> Iterator[str]:
    """Words in lines that fit; a single word may be longer."""
    line = ""
    for word in _BREAK.split(text):
        if line and indent + len(line) + 1 + len(word) > _WIDTH:
            yield f"{' ' * indent}{line}"
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield f"{' ' * indent}{line}"


def _is_plain(value: str) -> bool:
    """Whether YAML reads `value` without quotes as this very text, after a key and in a list."""
    for line in (f"k: {value}\n", f"- {value}\n"):
        try:
            node = yaml.compose(line, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            return False
        if not isinstance(node, yaml.CollectionNode):
            return False
        inner = node.value[0][1] if isinstance(node, yaml.MappingNode) else node.value[0]
        if not isinstance(inner, yaml.ScalarNode) or (inner.tag, inner.value) != (TEXT, value):
            return False
    return True
