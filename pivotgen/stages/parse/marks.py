"""Marks: what each part of a text says, in six digits, so that a translation can be compared.

Blanks do not count. A part is the title, the description, each point, each question with its
answer, and each section; so whoever translates is told which of them has changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.markdown.page import MarkdownPage, Rendered

_DIGITS = 6


def mark_of(*texts: str) -> str:
    """The mark of some texts together."""
    whole = "\n".join(" ".join(unicodedata.normalize("NFC", text).split()) for text in texts)
    return sha256(whole.encode()).hexdigest()[:_DIGITS]


def header_marks(header: Any) -> Mapping[str, tuple[str, ...]]:
    """The marks of a header, by the name of the key: one, or one for each item."""
    marks: dict[str, tuple[str, ...]] = {}
    for key in ("title", "description", "image_alt"):
        if value := getattr(header, key, None):
            marks[key] = (mark_of(value.text),)
    if points := getattr(header, "tldr", ()):
        marks["tldr"] = tuple(mark_of(point.text) for point in points)
    if becomes := _becomes(header):
        marks["becomes"] = becomes
    if faqs := getattr(header, "faqs", ()):
        # A question and its answer have a mark each, so that either is told by itself.
        marks["faqs"] = tuple(
            f"{mark_of(faq.question.text)}{mark_of(faq.answer.text)}" for faq in faqs
        )
    if call := getattr(header, "cta", None):
        words = [value.text if value else "" for value in (call.heading, call.text, call.label)]
        marks["cta"] = (mark_of(*words),)
    return marks


def section_marks(document: Document, body: Rendered, page: MarkdownPage) -> tuple[str, ...]:
    """The marks of the sections of a body: what precedes the first heading, then each section of
    level 2 with its parts."""
    lines = document.text.split("\n")
    starts = [
        line
        for line, heading in zip(page.contents.heading_lines, body.headings, strict=False)
        if heading.level == 2
    ]
    bounds: Sequence[int] = [document.body_offset + 1, *starts, len(lines) + 1]
    return tuple(
        mark_of("\n".join(lines[first - 1 : last - 1])) for first, last in pairwise(bounds)
    )


def _becomes(header: Any) -> tuple[str, ...]:
    """Of a source these are the words beside its skills, of a translation its list."""
    if skills := getattr(header, "skills", ()):
        return tuple(mark_of(skill.becomes.text) for skill in skills if skill.becomes)
    return tuple(mark_of(each.text) for each in getattr(header, "becomes", ()))
