"""similar-skills: two names that are probably the same skill.

Two names are similar when their words have the same stems in any order (“Managing stakeholders”,
“Stakeholder management”). Words such as “skills” do not count (“Communication skills”,
“Communication”). A name of two or more words is also similar to one with a word more (“Customer
empathy”, “Deep customer empathy”). Names that differ only by case, a plural or one letter are
reported when a site is linked, and not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.names import slug_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

_IGNORED_WORDS = (
    "a an the of and or in on with to for at by your skill skills ability abilities strong good "
    "excellent basic advanced general effective knowledge"
)
_IGNORED = frozenset(_IGNORED_WORDS.split())
# Some signs make another name of a word: C, C++ and C#, NET and .NET.
_WORD = re.compile(r"(?:(?<!\S)\.)?\w+[+#*]*")
# A name of more words is a sentence. The work for a name grows with the square of their number.
_MOST_WORDS = 20
# Endings that make another word of a stem. A stem keeps at least four letters.
_ENDING = re.compile(r"(?<=\w{4})(?:ements?|ments?|ations?|ings?|ions?|ers?|ors?|es|ed|e|s)$")


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at the first use of the rarer of two names."""
    # Skills by the stems of their names, and by these stems without one.
    whole: dict[frozenset[str], str] = {}
    shortened: dict[frozenset[str], str] = {}
    for skill in sorted(site.skills, key=lambda slug: (-len(site.with_skill[slug]), slug)):
        stems = _stems(site.skills[skill].name)
        if not stems:
            continue
        fewer = [stems - {stem} for stem in sorted(stems)] if 2 < len(stems) <= _MOST_WORDS else []
        near = whole.get(stems) or shortened.get(stems)
        near = near or next((whole[part] for part in fewer if part in whole), None)
        if near:
            yield _problem(site, skill, near)
        whole.setdefault(stems, skill)
        for part in fewer:
            shortened.setdefault(part, skill)


def _problem(site: Site, skill: str, near: str) -> Problem:
    pivot = site.pivots[site.with_skill[skill][0]]
    written = next(name for name in pivot.skills if slug_of(name.text) == skill)
    other = site.pivots[site.with_skill[near][0]]
    name = site.skills[near].name
    message = f"the skill `{written.text}` is much like `{name}` in {other.path}"
    hint = f"write `{name}` if they are one"
    place = written.line, written.column
    return Problem(pivot.path, *place, "similar-skills", message, hint, Level.WARNING)


def _stems(name: str) -> frozenset[str]:
    words = (word for word in _WORD.findall(name.casefold()) if word not in _IGNORED)
    return frozenset(_ENDING.sub("", word) for word in words)
