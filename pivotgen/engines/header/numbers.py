"""Numbers: turns a YAML node into the number that is declared, or the problem with it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from pivotgen.engines.header import fixes
from pivotgen.engines.header.yaml_nodes import start_of
from pivotgen.model.problem import Problem

# So many digits a number of any program keeps.
_DIGITS = "(?:0|[1-9][0-9]{0,14})"
WHOLE = re.compile(f"-?{_DIGITS}")
NUMBER = re.compile(rf"-?{_DIGITS}(?:\.[0-9]{{1,15}})?")
# With three digits behind it, a comma may be meant to part thousands.
_DECIMAL_COMMA = re.compile(rf"-?{_DIGITS},[0-9]{{1,2}}")


def read_number(path: str, node: yaml.Node, label: str, kind: Any) -> int | float | Problem:
    """The number of a node; `kind` is int or float, and `label` names it in the message."""
    text = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    if kind is int:
        if WHOLE.fullmatch(text):
            return int(text)
        noun, example = "a whole number", "12"
    else:
        if NUMBER.fullmatch(text):
            # A page shows 3 as it was typed, and not as 3.0.
            return float(text) if "." in text else int(text)
        noun, example = "a number", "12.5"
    fixed = text.replace(",", ".") if kind is float and _DECIMAL_COMMA.fullmatch(text) else None
    return Problem(
        path,
        *start_of(node),
        "wrong-type",
        f"{label} must be {noun}",
        f"write it in digits alone, such as {example}",
        edits=fixes.replace_value(path, node, fixed),
    )
