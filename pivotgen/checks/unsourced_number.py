"""unsourced-number: a number given as a fact, on a page that says nowhere where it comes from.

Only figures in digits of the kinds that are looked up somewhere: shares, amounts of thousands,
“3 in 10”. A figure of speech is spelled out (“ninety percent done”), and small numbers in digits
are mostly times, versions and steps.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from pivotgen.model.header import Written
from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

_FIGURE = re.compile(
    # “100% sure” is a figure of speech in any spelling.
    r"(?<![\d.,])(?!100\s?[%p])\d[\d.,]*\s?(?:%|per\s?cent\b|percent\b)"
    # $80,000; $80k; €1.2 million. Under a thousand it is the price of a thing in a scene.
    r"|[$€£]\s?\d{1,3}(?:[.,]\d{3})+|[$€£]\s?\d[\d.,]*\s?(?:k\b|thousand|million|billion)"
    # 8,000 hours; a year has no separator, and “a 1,000-bed hospital” paints a scene.
    r"|\b\d{1,3}(?:,\d{3})+\b(?!-\w)"
    # 3 in 10, 7 out of 10; not 3 in 12 weeks, nor 5 in 2024.
    r"|\b\d{1,3}\s(?:in|out\sof)\s(?:every\s)?\d{1,3}\b(?!\s(?:day|week|month|year|hour|minute)s?\b)"
)
_DIGIT = re.compile(r"\d")


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each figure that neither `sources` nor a link beside it accounts for."""
    if not prose.references:
        header = Written(prose.description, *prose.places.description)
        hint = "list its source under `sources`, link to it here, or leave the number out"
        yield from _unsourced(pivot.path, [header, *prose.passages], prose.notes, hint)


def check_role(text: RoleText, today: date) -> Iterator[Problem]:
    """The same for a role's file, where a link beside the figure is the only source."""
    hint = "link to its source here, or leave the number out"
    return _unsourced(text.path, text.passages, text.notes, hint)


def _unsourced(
    path: str, passages: Sequence[Written], notes: Notes, hint: str
) -> Iterator[Problem]:
    links = [one.line for one in notes.links if one.target.startswith(("https:", "http:"))]
    starts = sorted({one.line for one in passages})
    for passage in passages:
        if not _DIGIT.search(passage.text):
            continue
        # Up to the next passage: an answer that YAML folds has more lines in the file than here.
        after = bisect_right(starts, passage.line)
        end = starts[after] if after < len(starts) else sys.maxsize
        if any(passage.line <= line < end for line in links):
            continue
        for number, text in enumerate(passage.text.split("\n")):
            if found := _FIGURE.search(text):
                message = f"nothing on this page says where “{found.group().strip()}” comes from"
                place = passage.line + number, passage.column if number == 0 else 1
                yield Problem(path, *place, "unsourced-number", message, hint, Level.WARNING)
                break
