"""Values: one YAML node to the text, the truth, the day or the window that was declared."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import yaml

from pivotgen.engines.header import fixes as fixes
from pivotgen.engines.header.yaml_nodes import place, written
from pivotgen.model.header import Key, Window, Written
from pivotgen.model.names import slug_of
from pivotgen.model.problem import Problem

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WINDOW = re.compile(r"(\d{1,3})(?:\s*(?:–|—|-|to)\s*(\d{1,3}))?\s+(week|month|year)s?")
_PATH = re.compile(r"(/[A-Za-z0-9][A-Za-z0-9._-]*)+/?")
# Forms of text that may hold anything.
_FREE = frozenset({"text", "inline", "markdown"})
# The styles of text that starts under its mark.
_BLOCKS = ("|", ">")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I)
_BOOLEANS = {"true": True, "false": False}
# What people write for true and false elsewhere.
_MEANT = dict.fromkeys(("true", "yes", "on"), "true") | dict.fromkeys(
    ("false", "no", "off"), "false"
)


def plainly(node: yaml.Node, key: Key, kind: Any) -> Written | None:
    """A text that nothing can be wrong with, as most are; None when it takes a closer look."""
    if kind is not Written or key.form not in _FREE or not isinstance(node, yaml.ScalarNode):
        return None
    if node.style in _BLOCKS:
        return None
    text = _text_of(node, key)
    return written(node, text) if text.strip() else None


def closely(
    path: str, node: yaml.Node, label: str, key: Key, kind: Any
) -> Written | bool | date | Window | Problem:
    """The value of a node, or what is wrong with it; `label` names it in a message."""
    if kind is Written:
        return _text(path, node, label, key)
    if kind is bool:
        return _boolean(path, node, label)
    if kind is date:
        return _day(path, node, label)
    return _window(path, node, label)


def _text_of(node: yaml.ScalarNode, key: Key) -> str:
    return str(node.value) if key.form == "markdown" else " ".join(str(node.value).split())


def _text(path: str, node: yaml.Node, label: str, key: Key) -> Written | Problem:
    if not isinstance(node, yaml.ScalarNode):
        found = "a list" if isinstance(node, yaml.SequenceNode) else "`key: value` lines"
        return Problem(
            path,
            *place(node),
            "wrong-type",
            f"{label} must be text, not {found}",
            "put text that has `: ` in it in quotes",
            edits=fixes.unwrapped(path, node) or fixes.quoted(path, node),
        )
    text = _text_of(node, key)
    if not text.strip():
        return Problem(
            path,
            *place(node),
            "empty-value",
            f"{label} is empty",
            "write the text, or drop it",
        )
    if problem := _misshapen(path, node, label, key.form, text):
        return problem
    if key.form == "markdown" and node.style in _BLOCKS:
        # A block starts under its mark; every line inside it is counted from here.
        return Written(text, place(node)[0] + 1, 1)
    return written(node, text)


def _misshapen(
    path: str, node: yaml.ScalarNode, label: str, form: str, text: str
) -> Problem | None:
    """What keeps a text from being of its form."""
    if form == "url" and (hint := _astray(text)):
        return Problem(
            path,
            *place(node),
            "bad-url",
            f"{label} is not a web address",
            hint,
            edits=fixes.put_first(path, node, "https://") if _DOMAIN.fullmatch(text) else (),
        )
    if form == "slug" and not SLUG.fullmatch(text):
        slug = slug_of(text)
        return Problem(
            path,
            *place(node),
            "bad-slug",
            f"{label} cannot be part of an address",
            "use small letters, digits and single hyphens",
            edits=fixes.spelled(path, node, slug if SLUG.fullmatch(slug) else None),
        )
    if form == "path" and not _PATH.fullmatch(text):
        return Problem(
            path,
            *place(node),
            "bad-path",
            f"{label} is not an address of this site",
            "start it with a slash, such as /old/address/",
            edits=fixes.put_first(path, node, "/") if _PATH.fullmatch(f"/{text}") else (),
        )
    return None


def _astray(text: str) -> str:
    """How to make a web address of a text that is none."""
    try:
        known = urlsplit(text).scheme in {"http", "https", "mailto"}
    except ValueError:
        return "copy it anew from the browser; no site's name has brackets"
    return "" if known else "start it with https://"


def _boolean(path: str, node: yaml.Node, label: str) -> bool | Problem:
    if isinstance(node, yaml.ScalarNode) and node.value in _BOOLEANS:
        return _BOOLEANS[node.value]
    return Problem(
        path,
        *place(node),
        "wrong-type",
        f"{label} must be true or false",
        "write true or false, without quotes",
        edits=fixes.replaced(path, node, _MEANT.get(str(node.value).casefold())),
    )


def _day(path: str, node: yaml.Node, label: str) -> date | Problem:
    if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"\d{4}-\d\d-\d\d", node.value):
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            return Problem(
                path,
                *place(node),
                "bad-date",
                f"there is no day {node.value}",
                "check the month and the day",
            )
    return Problem(
        path,
        *place(node),
        "bad-date",
        f"{label} must be a day",
        "write it as year-month-day, such as 2026-11-23",
        edits=fixes.replaced(path, node, _iso(str(node.value))),
    )


def _iso(text: str) -> str | None:
    """A day written year first in another way, as it should be."""
    match = re.fullmatch(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", text.strip())
    try:
        return str(date(*map(int, match.groups()))) if match else None
    except ValueError:
        return None


def _window(path: str, node: yaml.Node, label: str) -> Window | Problem:
    if isinstance(node, yaml.MappingNode):
        parts = {str(key.value): str(value.value) for key, value in node.value}
        text = f"{parts.get('min')}–{parts.get('max')} {parts.get('unit')}"
        known = set(parts) == {"min", "max", "unit"}
    else:
        text, known = str(node.value), isinstance(node, yaml.ScalarNode)
    match = WINDOW.fullmatch(text.strip()) if known else None
    if match is None:
        return Problem(
            path,
            *place(node),
            "bad-window",
            f"{label} is not a span of time",
            "write it as `3–9 months` or `{min: 3, max: 9, unit: months}`",
        )
    low, high = int(match[1]), int(match[2] or match[1])
    if not 0 < low <= high:
        return Problem(
            path,
            *place(node),
            "bad-window",
            f"{label} does not grow from {low} to {high}",
            "put the shorter time first, and start at 1 or more",
        )
    return Window(low, high, match[3])
