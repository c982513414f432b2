"""unsourced-number: a number given as a fact without a source.

Only numbers in digits count, and only kinds that people look up: percentages, amounts of a
thousand or more, “3 in 10”. Numbers in words are often figures of speech (“ninety percent done”),
and small numbers in digits are mostly times, versions and steps.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from pivotgen.model.header import Written
from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

_NUMBER = re.compile(
    # Percentages, but not 100%: “100% sure” is a figure of speech.
    r"(?<![\d.,])(?!100\s?[%p])\d[\d.,]*\s?(?:%|per\s?cent\b|percent\b)"
    # $80,000; $80k; €1.2 million. Smaller amounts are mostly prices of things in a story.
    r"|[$€£]\s?\d{1,3}(?:[.,]\d{3})+|[$€£]\s?\d[\d.,]*\s?(?:k\b|thousand|million|billion)"
    # 8,000 hours. A year has no separator, and “a 1,000-bed hospital” is only a description.
    r"|\b\d{1,3}(?:,\d{3})+\b(?!-\w)"
    # 3 in 10, 7 out of 10; not 3 in 12 weeks, nor 5 in 2024.
    r"|\b\d{1,3}\s(?:in|out\sof)\s(?:every\s)?\d{1,3}\b(?!\s(?:day|week|month|year|hour|minute)s?\b)"
)
_DIGIT = re.compile(r"\d")


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each number without `sources` on the page or a link beside the number."""
    if not prose.references:
        header = Written(prose.description, *prose.places.description)
        hint = "list its source under `sources`, link to it here, or leave the number out"
        yield from _unsourced(pivot.path, [header, *prose.passages], prose.notes, hint)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for a role or an own page, where only a link beside the number can be the source."""
    hint = "link to its source here, or leave the number out"
    return _unsourced(text.path, text.passages, text.notes, hint)


def _unsourced(
    path: str, passages: Sequence[Written], notes: Notes, hint: str
) -> Iterator[Problem]:
    links = [link.line for link in notes.links if link.target.startswith(("https:", "http:"))]
    starts = sorted({passage.line for passage in passages})
    for passage in passages:
        if not _DIGIT.search(passage.text):
            continue
        # A passage ends where the next one starts. Its text may have fewer lines than the file,
        # because YAML can fold them.
        after = bisect_right(starts, passage.line)
        end = starts[after] if after < len(starts) else sys.maxsize
        if any(passage.line <= line < end for line in links):
            continue
        for number, text in enumerate(passage.text.split("\n")):
            if match := _NUMBER.search(text):
                message = f"nothing on this page says where “{match.group().strip()}” comes from"
                place = passage.line + number, passage.column if number == 0 else 1
                yield Problem(path, *place, "unsourced-number", message, hint, Level.WARNING)
                break
