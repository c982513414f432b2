"""similar-skills: two skills that are probably one, said in two ways.

Spellings that differ by case, a plural or one letter are told elsewhere. Here two names are alike
when their words have the same stems in any order (“Managing stakeholders”, “Stakeholder
management”), words without weight aside (“Communication skills”, “Communication”), or when one
only adds a word to two or more of the other (“Deep customer empathy”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.names import slug_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

_WEIGHTLESS = (
    "a an the of and or in on with to for at by your skill skills ability abilities strong good "
    "excellent basic advanced general effective knowledge"
)
_DROPPED = frozenset(_WEIGHTLESS.split())
_WORD = re.compile(r"\w+")
# The ends that make a verb a noun or an actor. Short stems keep theirs: “test” is not “tes”.
_ENDING = re.compile(r"(?<=\w{4})(?:ements?|ments?|ations?|ings?|ions?|ers?|ors?|es|ed|e|s)$")


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at the first use of the rarer of two names."""
    whole: dict[frozenset[str], str] = {}
    shortened: dict[frozenset[str], str] = {}
    for skill in sorted(site.skills, key=lambda one: (-len(site.with_skill[one]), one)):
        stems = _stems(site.skills[skill].name)
        if not stems:
            continue
        less = [stems - {one} for one in sorted(stems)] if len(stems) > 2 else []
        near = whole.get(stems) or shortened.get(stems)
        near = near or next((whole[one] for one in less if one in whole), None)
        if near:
            yield _problem(site, skill, near)
        whole.setdefault(stems, skill)
        for one in less:
            shortened.setdefault(one, skill)


def _problem(site: Site, skill: str, near: str) -> Problem:
    pivot = site.pivots[site.with_skill[skill][0]]
    written = next(one for one in pivot.skills if slug_of(one.text) == skill)
    other = site.pivots[site.with_skill[near][0]]
    name = site.skills[near].name
    message = f"the skill `{written.text}` is much like `{name}` in {other.path}"
    hint = f"write `{name}` if they are one"
    place = written.line, written.column
    return Problem(pivot.path, *place, "similar-skills", message, hint, Level.WARNING)


def _stems(name: str) -> frozenset[str]:
    words = (one for one in _WORD.findall(name.casefold()) if one not in _DROPPED)
    return frozenset(_ENDING.sub("", one) for one in words)
