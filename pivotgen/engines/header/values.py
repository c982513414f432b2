"""Values: turns one YAML node into the text, boolean, day or window that is declared."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import Any

import yaml

from pivotgen.engines.header import fixes
from pivotgen.engines.header.forms import (
    BOOLEANS,
    DAY,
    WINDOW,
    day_of,
    is_of_form,
    url_hint,
    window_of,
)
from pivotgen.engines.header.numbers import read_number
from pivotgen.engines.header.yaml_nodes import start_of, to_written
from pivotgen.model.address import is_typed_address
from pivotgen.model.header import Key, Written
from pivotgen.model.limits import LONGEST
from pivotgen.model.names import slug_of
from pivotgen.model.problem import Problem
from pivotgen.model.window import Window

# Forms of text that may hold any characters.
_FREE_FORMS = frozenset({"text", "name", "inline", "markdown", "author"})
# Spaces of one width or without a break, and the blanks that YAML leaves.
_KEPT_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f]")
_BLANKS = re.compile(r"[ \t\n]+")
# The YAML styles of text that starts on the line below.
_BLOCK_STYLES = ("|", ">")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I)
# How similar a misspelling must be to a choice, as a ratio of difflib.
_SIMILAR = 0.75
# Spellings of true and false in other formats.
_BOOLEAN_SPELLINGS = dict.fromkeys(("true", "yes", "on"), "true") | dict.fromkeys(
    ("false", "no", "off"), "false"
)


def read_free_text(node: yaml.Node, key: Key, value_type: Any) -> Written | None:
    """Return the text of a node that cannot be wrong, or None when `read_value` has to check it.

    Most values are such texts, and this check is fast.
    """
    if (
        value_type is not Written
        or key.form not in _FREE_FORMS
        or not isinstance(node, yaml.ScalarNode)
    ):
        return None
    if node.style in _BLOCK_STYLES:
        return None
    text = _text_of(node, key)
    return to_written(node, text) if text.strip() and len(text) <= LONGEST[key.form] else None


def read_value(
    path: str, node: yaml.Node, label: str, key: Key, value_type: Any
) -> Written | bool | int | float | date | Window | Problem:
    """Return the value of a node, or the problem with it; `label` names it in the message."""
    if value_type is Written:
        return _read_text(path, node, label, key)
    if value_type is bool:
        return _read_boolean(path, node, label)
    if value_type is date:
        return _read_day(path, node, label)
    if value_type in (int, float):
        return read_number(path, node, label, value_type)
    return _read_window(path, node, label)


def _text_of(node: yaml.ScalarNode, key: Key) -> str:
    value = str(node.value)
    if key.form == "markdown":
        return value
    if "  " not in value and value.isprintable() and value == value.strip():
        # Most texts have no other blanks.
        return value
    joined = " ".join(value.split())
    if joined == value or key.form == "name" or not _KEPT_BLANK.search(value):
        return joined
    # A no-break space inside a sentence was typed on purpose. Inside a name it would make another.
    return _BLANKS.sub(" ", value).strip()


def _read_text(path: str, node: yaml.Node, label: str, key: Key) -> Written | Problem:
    if not isinstance(node, yaml.ScalarNode):
        actual = "a list" if isinstance(node, yaml.SequenceNode) else "`key: value` lines"
        return Problem(
            path,
            *start_of(node),
            "wrong-type",
            f"{label} must be text, not {actual}",
            "put text that has `: ` in it in quotes",
            edits=fixes.remove_brackets(path, node) or fixes.quote_pair(path, node),
        )
    text = _text_of(node, key)
    if not text.strip():
        return Problem(
            path,
            *start_of(node),
            "empty-value",
            f"{label} is empty",
            "write the text, or drop it",
        )
    if len(text) > LONGEST[key.form]:
        return too_long(path, node, label, len(text), LONGEST[key.form])
    if not is_of_form(key, text):
        return _form_problem(path, node, label, key, text)
    if key.form == "markdown" and node.style in _BLOCK_STYLES:
        # The text starts on the line below its mark; its own lines are counted from there.
        return Written(text, start_of(node)[0] + 1, 1)
    return to_written(node, text)


def too_long(path: str, node: yaml.Node, label: str, length: int, most: int) -> Problem:
    """Return the problem of a text that is longer than it may be."""
    message = f"{label} has {length:,} letters, and {most:,} are the most"
    hint = "say it in a few words, and the rest in the text of the page"
    return Problem(path, *start_of(node), "too-long", message, hint)


def _form_problem(path: str, node: yaml.ScalarNode, label: str, key: Key, text: str) -> Problem:
    """Return the problem of a text that is not of its form."""
    form = key.form
    if form == "choice":
        return _no_choice(path, node, label, key, text)
    if form == "url":
        return Problem(
            path,
            *start_of(node),
            "bad-url",
            f"{label} is not a web address",
            url_hint(text),
            edits=fixes.insert_before(path, node, "https://") if _DOMAIN.fullmatch(text) else (),
        )
    if form == "slug":
        slug = slug_of(text)
        return Problem(
            path,
            *start_of(node),
            "bad-slug",
            f"{label} cannot be part of an address",
            "use small letters, digits and single hyphens",
            edits=fixes.replace_word(path, node, slug or None),
        )
    if form == "file":
        return Problem(
            path,
            *start_of(node),
            "bad-path",
            f"{label} is not a file of this site",
            "copy the picture into assets/, and write /assets/ and its name",
        )
    return Problem(
        path,
        *start_of(node),
        "bad-path",
        f"{label} is not an address of this site",
        "start it with a slash, such as /old/address/",
        edits=fixes.insert_before(path, node, "/") if is_typed_address(f"/{text}") else (),
    )


def _no_choice(path: str, node: yaml.ScalarNode, label: str, key: Key, text: str) -> Problem:
    """Return the problem of a text that is none of those to choose from."""
    by_spelling = {choice.casefold(): choice for choice in key.choices}
    similar = get_close_matches(text.casefold(), by_spelling, 2, _SIMILAR)
    # An edit is safe only when no other choice can be meant.
    meant = by_spelling[similar[0]] if similar else ""
    choices = ", ".join(f"`{choice}`" for choice in key.choices)
    return Problem(
        path,
        *start_of(node),
        "unknown-choice",
        f"{label} cannot be `{text}`",
        f"did you mean `{meant}`? it is one of {choices}" if meant else f"use one of {choices}",
        edits=fixes.replace_word(path, node, meant if len(similar) == 1 else None),
    )


def _read_boolean(path: str, node: yaml.Node, label: str) -> bool | Problem:
    if isinstance(node, yaml.ScalarNode) and node.value in BOOLEANS:
        return BOOLEANS[node.value]
    return Problem(
        path,
        *start_of(node),
        "wrong-type",
        f"{label} must be true or false",
        "write true or false, without quotes",
        edits=fixes.replace_value(path, node, _BOOLEAN_SPELLINGS.get(str(node.value).casefold())),
    )


def _read_day(path: str, node: yaml.Node, label: str) -> date | Problem:
    text = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    if day := day_of(text):
        return day
    if DAY.fullmatch(text):
        return Problem(
            path,
            *start_of(node),
            "bad-date",
            f"there is no day {text}",
            "check the month and the day",
        )
    return Problem(
        path,
        *start_of(node),
        "bad-date",
        f"{label} must be a day",
        "write it as year-month-day, such as 2026-11-23",
        edits=fixes.replace_value(path, node, _iso_date(str(node.value))),
    )


def _iso_date(text: str) -> str | None:
    """Return an ISO 8601 date for a day such as 2026/1/31; None for any other text."""
    match = re.fullmatch(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", text.strip())
    try:
        return str(date(*map(int, match.groups()))) if match else None
    except ValueError:
        return None


def _read_window(path: str, node: yaml.Node, label: str) -> Window | Problem:
    if isinstance(node, yaml.MappingNode):
        parts = {str(key.value): str(value.value) for key, value in node.value}
        text = f"{parts.get('min')}–{parts.get('max')} {parts.get('unit')}"
        is_window = set(parts) == {"min", "max", "unit"}
    else:
        text, is_window = str(node.value), isinstance(node, yaml.ScalarNode)
    if is_window and (window := window_of(text)):
        return window
    match = WINDOW.fullmatch(text.strip()) if is_window else None
    if match is None:
        return Problem(
            path,
            *start_of(node),
            "bad-window",
            f"{label} is not a span of time",
            "write it as `3–9 months` or `{min: 3, max: 9, unit: months}`",
        )
    low, high = int(match[1]), int(match[2] or match[1])
    return Problem(
        path,
        *start_of(node),
        "bad-window",
        f"{label} does not grow from {low} to {high}",
        "put the shorter time first, and start at 1 or more",
    )
