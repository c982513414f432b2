"""window-differs: a text that says the move takes another time than `window`.

Most times on a page are about something else (a course, a probation, years in the old job). So a
time counts only where a sentence says that the move takes it, and in the answer to “How long does
it take?”. It works for English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.header import Written
from pivotgen.model.pivot import Faq, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.window import Window

_MONTHS = {"week": 12 / 52, "month": 1.0, "year": 12.0}
# How much longer or shorter a time may be. “A year” does not contradict thirteen months.
_SLACK = 1.15

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: float(number) for number, word in enumerate(_WORDS.split(), 1)}
_NUMBERS |= {"a": 1.0, "an": 1.0, "half a": 0.5, "twenty-four": 24.0, "thirty": 30.0}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b"


def _span(name: str) -> str:
    """The pattern of a time; its groups end in `name`, so that one pattern can hold several."""
    half = r"\sand\sa\shalf"
    return (
        rf"\b(?P<low{name}>{_NUMBER})(?:\s*(?:–|—|-|to|or)\s*(?P<high{name}>{_NUMBER}))?"
        rf"(?P<half{name}>{half})?[\s-](?:full\s)?(?P<unit{name}>week|month|year)s?\b"
        rf"(?P<more{name}>{half})?(?:\s(?:or|to)\s(?P<later{name}>{_NUMBER}))?"
    )


_MOVE = (
    r"(?:move|transition|switch|pivot|crossing|career\schange|change\sof\scareer|whole\sthing"
    r"|whole\spath|whole\sroute)"
)
# Not “take” alone: “those who move take a year off” is about something else.
_TAKES = (
    r"(?:(?:will|can|may|might|should|could|would)\s(?:\w+\s)?(?:take|last|require)"
    r"|takes|took|lasts|lasted|requires|required)"
)
# The words between, within one sentence; few, so that the time still belongs to the verb.
_NEAR = r"[^.?!;:]{0,30}?"
# What ends at a mark that no claim goes beyond.
_SENTENCE = re.compile(r"[^.?!;:]+")
_CLAIM = re.compile(
    rf"\b{_MOVE}\b[^.?!;:,]{{0,40}}?\b{_TAKES}\b{_NEAR}{_span('0')}"
    rf"|\b(?:plan|allow|budget|reckon|expect)\b{_NEAR}{_span('1')}\s(?:for|to\smake)"
    rf"\s(?:the|this|your)\s(?:whole\s|entire\s|full\s)?{_MOVE}\b"
    rf"|\bmake\sthe\s{_MOVE}\sin{_NEAR}{_span('2')}"
    rf"|{_span('3')}\s(?:from\s)?(?:start\sto\sfinish|end\sto\send)",
    re.I,
)
_UNIT = re.compile(r"week|month|year", re.I)
# What every claim has besides.
_ABOUT = re.compile(rf"{_MOVE}|(?:start|end)\sto\s", re.I)
_ANY = re.compile(_span("0"), re.I)
_HOW_LONG = re.compile(
    rf"how\s(?:long|many\s(?:weeks|months|years))\b.{{0,40}}\b(?:it|this|{_MOVE}|becoming\s[^?]{{1,60}})"
    r"\s(?:usually\s|typically\s|really\s|realistically\s|normally\s)?takes?"
    r"(?:\s(?:to\s(?:become|move|switch|make|change|get\sthere|go\sfrom|be\shired)\b[^?]{0,80}"
    r"|in\s(?:total|all)))?\s*\?",
    re.I,
)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each time for the whole move that is outside the window."""
    header = [Written(prose.title, *prose.places.title)]
    header.append(Written(prose.description, *prose.places.description))
    for passage in [*header, *prose.passages]:
        for match in _claims(passage.text):
            span = next(_spans(match))
            if not _agrees(span, prose.window):
                line = passage.line + passage.text.count("\n", 0, match.end())
                column = passage.column if line == passage.line else 1
                yield _problem(pivot, prose.window, (line, column), _span_text(match))
    for faq, place in zip(prose.faqs, prose.places.faqs, strict=True):
        if span_text := _other_answer(faq, prose.window):
            yield _problem(pivot, prose.window, place, span_text)


def _claims(text: str) -> Iterator[re.Match[str]]:
    """Every place where a sentence says that the move takes a time."""
    # Quick tests first, because most passages name no time, and few sentences with one are claims.
    if not _UNIT.search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        if _UNIT.search(text, start, end) and _ABOUT.search(text, start, end):
            yield from _CLAIM.finditer(text, start, end)


def _other_answer(faq: Faq, window: Window) -> str:
    """The first time in an answer to “How long does it take?” if none of its times agrees."""
    if not _HOW_LONG.fullmatch(faq.question):
        return ""
    matches = list(_ANY.finditer(faq.answer_text))
    if any(_agrees(span, window) for match in matches for span in _spans(match)):
        return ""
    return _span_text(matches[0]) if matches else ""


def _spans(match: re.Match[str]) -> Iterator[tuple[float, float]]:
    """The shortest and the longest time of a match, in months."""
    parts = match.groupdict()
    for number in range(4):
        if unit := parts.get(f"unit{number}"):
            months = _MONTHS[unit.lower()]
            low = _number(parts[f"low{number}"])
            high = _number(parts[f"high{number}"] or parts[f"later{number}"] or "") or low
            half = 0.5 if parts[f"half{number}"] or parts[f"more{number}"] else 0.0
            yield (low + half) * months, (high + half) * months


def _number(text: str) -> float:
    text = " ".join(text.lower().split())
    return float(text) if text.isdigit() else _NUMBERS.get(text, 0.0)


def _agrees(span: tuple[float, float], window: Window) -> bool:
    months = _MONTHS[window.unit]
    shortest, longest = window.minimum * months, window.maximum * months
    return span[0] <= longest * _SLACK and span[1] * _SLACK >= shortest


def _span_text(match: re.Match[str]) -> str:
    span = _ANY.search(match.group())
    return " ".join(span.group().split()) if span else match.group()


def _problem(pivot: Pivot, window: Window, place: tuple[int, int], span: str) -> Problem:
    message = f"the move takes “{span}” here, and {window} in `window`"
    hint = "let the text and the window say the same"
    return Problem(pivot.path, *place, "window-differs", message, hint, Level.WARNING)
