"""raw-mark: marks that were meant as Markdown, and that readers see as they were typed.

Parsing notes them, because only the engine knows what it left alone. Code and escaped characters
are never among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.edit import Edit
from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Mark, Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# By kind, what is wrong with a mark, and how to put it right.
_SAYINGS = {
    "attributes": (
        "`{}` is of another program",
        "delete it; headings get their ids from their words",
    ),
    "callout": (
        "`{}` starts no callout",
        "write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION], alone on its line",
    ),
    "code": ("this backtick is never closed", "close it, or write \\` to show it"),
    "comment": ("readers see the comment `{}`", "delete it: a text has no comments"),
    "container": ("`{}` is a box of another program", "write a quote that starts with > [!NOTE]"),
    "contents": ("`{}` is a list of contents of another program", "delete it"),
    "heading": ("a heading needs a blank after `{}`", "write {} and a blank"),
    "highlight": ("`{}` is highlighting of another program", "write **two stars** around it"),
    "inline_note": (
        "`{}` is a footnote of another program",
        "write [^1] here, and [^1]: and the note on a line of its own",
    ),
    "shortcode": ("`{}` is a shortcode of another program", "delete it, or say it in Markdown"),
    "strikethrough": ("`{}` strikes nothing through", "close it, or write \\~ to show it"),
    "strong": (
        "`{}` does not make anything bold",
        "put both right at the words, without a blank inside, and a blank or a full stop outside; "
        "or write \\*\\* to show them",
    ),
    "table": (
        "this line is meant as part of a table",
        "put a line such as |---|---| under its head",
    ),
    "task": ("`{}` is no task without a list", "write - {} and the task"),
}
# What to put in front of a mark, or after it, where nothing else could be meant.
_FIXES = {"task": ("- ", ""), "heading": ("", " ")}


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each mark that readers see."""
    return _raw(pivot.path, prose.notes)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for the file of a role or of an own page."""
    return _raw(text.path, text.notes)


def _raw(path: str, notes: Notes) -> Iterator[Problem]:
    for mark in notes.marks:
        if mark.kind not in _SAYINGS:
            continue
        message, hint = (text.replace("{}", mark.text) for text in _SAYINGS[mark.kind])
        place = path, mark.line, mark.column
        yield Problem(*place, "raw-mark", message, hint, Level.WARNING, _edits(path, mark))


def _edits(path: str, mark: Mark) -> tuple[Edit, ...]:
    if mark.kind not in _FIXES or not mark.can_be_fixed:
        return ()
    before, after = _FIXES[mark.kind]
    start = mark.line, mark.column
    end = mark.line, mark.column + len(mark.text)
    return (Edit(path, *start, *end, f"{before}{mark.text}{after}"),)
