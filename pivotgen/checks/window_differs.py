"""window-differs: a text that gives the whole move another time than its `window`.

Pages are full of other spans (a course, a probation, years in the old job), so a span counts only
where the sentence says that the move itself takes it, or where it answers “How long does it
take?”. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.header import Window, Written
from pivotgen.model.pivot import Faq, Pivot, Prose
from pivotgen.model.problem import Level, Problem

_MONTHS = {"week": 12 / 52, "month": 1.0, "year": 12.0}
# “About a year” for thirteen months is no contradiction.
_SLACK = 1.15

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: float(number) for number, word in enumerate(_WORDS.split(), 1)}
_NUMBERS |= {"a": 1.0, "an": 1.0, "half a": 0.5, "twenty-four": 24.0, "thirty": 30.0}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b"


def _span(name: str) -> str:
    """The pattern of a span of time; its groups end in `name`, so that several fit in one."""
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
# Not a bare “take”: “those who move take a year off” is about something else.
_TAKES = (
    r"(?:(?:will|can|may|might|should|could|would)\s(?:\w+\s)?(?:take|last|require)"
    r"|takes|took|lasts|lasted|requires|required)"
)
# Words between, all within one sentence and short, so that the span still belongs to the verb.
_NEAR = r"[^.?!;:]{0,30}?"
_CLAIM = re.compile(
    rf"\b{_MOVE}\b[^.?!;:,]{{0,40}}?\b{_TAKES}\b{_NEAR}{_span('0')}"
    rf"|\b(?:plan|allow|budget|reckon|expect)\b{_NEAR}{_span('1')}\s(?:for|to\smake)"
    rf"\s(?:the|this|your)\s(?:whole\s|entire\s|full\s)?{_MOVE}\b"
    rf"|\bmake\sthe\s{_MOVE}\sin{_NEAR}{_span('2')}"
    rf"|{_span('3')}\s(?:from\s)?(?:start\sto\sfinish|end\sto\send)",
    re.I,
)
_UNIT = re.compile(r"week|month|year", re.I)
_ANY = re.compile(_span("0"), re.I)
_HOW_LONG = re.compile(
    rf"how\s(?:long|many\s(?:weeks|months|years))\b.{{0,40}}\b(?:it|this|{_MOVE}|becoming\s[^?]{{1,60}})"
    r"\s(?:usually\s|typically\s|really\s|realistically\s|normally\s)?takes?"
    r"(?:\s(?:to\s(?:become|move|switch|make|change|get\sthere|go\sfrom|be\shired)\b[^?]{0,80}"
    r"|in\s(?:total|all)))?\s*\?",
    re.I,
)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning where a span of the whole move lies outside the window."""
    header = [Written(prose.title, *prose.places.title)]
    header.append(Written(prose.description, *prose.places.description))
    for passage in [*header, *prose.passages]:
        # Most passages name no span, and looking for that is far quicker than for a claim.
        if not _UNIT.search(passage.text):
            continue
        for found in _CLAIM.finditer(passage.text):
            span = next(_spans(found))
            if not _agrees(span, prose.window):
                line = passage.line + passage.text.count("\n", 0, found.end())
                column = passage.column if line == passage.line else 1
                yield _problem(pivot, prose.window, (line, column), _span_text(found))
    for faq, place in zip(prose.faqs, prose.places.faqs, strict=True):
        if said := _other_answer(faq, prose.window):
            yield _problem(pivot, prose.window, place, said)


def _other_answer(faq: Faq, window: Window) -> str:
    """The first span of an answer to “How long does it take?” when none of them agrees."""
    if not _HOW_LONG.fullmatch(faq.question):
        return ""
    found = list(_ANY.finditer(faq.answer_text))
    if any(_agrees(span, window) for one in found for span in _spans(one)):
        return ""
    return _span_text(found[0]) if found else ""


def _spans(found: re.Match[str]) -> Iterator[tuple[float, float]]:
    """The span of a match in months, from its shorter to its longer end."""
    parts = found.groupdict()
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


def _span_text(found: re.Match[str]) -> str:
    span = _ANY.search(found.group())
    return " ".join(span.group().split()) if span else found.group()


def _problem(pivot: Pivot, window: Window, place: tuple[int, int], said: str) -> Problem:
    message = f"the move takes “{said}” here, and {window} in `window`"
    hint = "let the text and the window say the same"
    return Problem(pivot.path, *place, "window-differs", message, hint, Level.WARNING)
