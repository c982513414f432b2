"""Spelling: each role and each skill has one name.

Two spellings of one name (they differ in case, punctuation or a plural, or one is an alias) are
errors: they would share one address, or split one page in two. Two names that differ by one
letter are a warning.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pivotgen.model.edit import Edit, replace_text
from pivotgen.model.header import Written
from pivotgen.model.names import (
    is_certain,
    is_file_name,
    slug_of,
    spelling_of,
    spellings_of,
    without_accents,
    words_of,
)
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# Shorter names often differ by one letter although both are right: "cook" and "book".
_SHORTEST = 6
# A longer text is no name. The work for a name grows with the square of its length.
_LONGEST = 100

# Words that are not longer often differ by one letter too.
_SHORT_WORD = 3

# How many times more often the right name must be used than its misspelling. Names that are used
# equally often are taken for two different names.
_RARER = 2

# One use of a name: the name as written, and its file.
Use = tuple[Written, str]


class NameUses:
    """The uses of all names of one kind: how often each spelling is used, and where first."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.first: dict[str, Use] = {}

    def add(self, written: Written, path: str) -> None:
        """Count one use. Uses have to be added by path, and within a file by line."""
        self.count[written.text] += 1
        self.first.setdefault(written.text, (written, path))

    def by_slug(self) -> dict[str, str]:
        """The name for each slug; where spellings differ, the one that is used first."""
        names: dict[str, str] = {}
        for name in sorted(self.first, key=lambda name: _order(self.first[name])):
            names.setdefault(slug_of(name), name)
        return names


def check_spelling(
    kind: str,
    names: NameUses,
    uses: Callable[[], Iterable[Use]],
    texts: Sequence[RoleText] = (),
) -> list[Problem]:
    """The problems of all names of one kind ("role" or "skill"), each at the place to correct.

    `uses` gives every use of every name. It is called only when some uses are wrong, because it
    reads all pivots again. `texts` are the files that describe roles.
    """
    problems, right = _described(texts)
    described = frozenset(right)
    wrong: dict[str, str] = {}
    for spelling in sorted(names.count, key=lambda name: (-names.count[name], name)):
        use = names.first[spelling]
        key, known = _add(right, spelling, _Known(spelling, spelling, _place(use)))
        best = known.name
        if best != spelling:
            message = f"the {kind} `{spelling}` is written `{best}` at {known.where}"
            is_same = is_certain(spelling, known.spelling)
            hint = f"write `{best}`" if is_same else f"write `{best}`, or a name with other letters"
            problems.append(_problem(use, "two-spellings", message, hint))
            # An edit is offered only where it is certain that the two are one name, and which
            # spelling is right.
            if is_same and (key in described or names.count[spelling] < names.count[best]):
                wrong[spelling] = best
    if wrong:
        problems = _with_edits(problems, wrong, uses())
    return problems + _typos(kind, names, right)


class _Known(NamedTuple):
    """A name that has been met: the right name, the spelling of it that was met, and where."""

    name: str
    spelling: str
    where: str


def _add(right: dict[str, _Known], name: str, known: _Known) -> tuple[str, _Known]:
    """Add a name unless a spelling of it is there; the key and what now stands behind it."""
    keys = spellings_of(name)
    for key in keys:
        if key in right:
            return key, right[key]
    right.update(dict.fromkeys(keys, known))
    return keys[0], known


def _order(use: Use) -> tuple[str, int]:
    written, path = use
    return path, written.line


def _described(texts: Sequence[RoleText]) -> tuple[list[Problem], dict[str, _Known]]:
    """Every name in the files of roles, by what its spellings share."""
    right: dict[str, _Known] = {}
    problems = []
    for text in texts:
        own, where = text.name.text, _place((text.name, text.path))
        for name in (text.name, *text.aliases):
            _, known = _add(right, name.text, _Known(own, name.text, where))
            if known.where != where:
                message = f"`{name.text}` also names the role at {known.where}"
                hint = "let one of the two keep the name"
                problems.append(_problem((name, text.path), "two-spellings", message, hint))
        stem = unicodedata.normalize("NFC", posixpath.basename(text.path).removesuffix(".md"))
        if not is_file_name(stem, own):
            message = f"the role `{own}` is in a file of another name"
            hint = f"name the file {slug_of(own)}.md"
            problems.append(_problem((text.name, text.path), "bad-file-name", message, hint))
    return problems, right


def _with_edits(
    problems: Iterable[Problem], wrong: Mapping[str, str], uses: Iterable[Use]
) -> list[Problem]:
    """The same problems, with the edits that replace each wrong spelling everywhere."""
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    names: dict[tuple[str, int, int], str] = {}
    for written, path in uses:
        if best := wrong.get(written.text):
            names.setdefault((path, written.line, written.column), written.text)
            edits[written.text] += replace_text(path, written, best)
    return [
        replace(problem, edits=tuple(edits[names[place]]))
        if (place := (problem.path, problem.line, problem.column)) in names
        and problem.code == "two-spellings"
        else problem
        for problem in problems
    ]


def _typos(kind: str, names: NameUses, right: Mapping[str, _Known]) -> list[Problem]:
    """Rare names that differ from a more common one by a wrong, missing, extra or swapped letter.

    Two names are compared only when they are equal after one letter or none is left out of each
    (symmetric deletion). So the work grows with the names, and not with the pairs of names.
    """
    similar: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names.count):
        key = spelling_of(name)
        is_name = _SHORTEST <= len(key) <= _LONGEST
        if key in right and right[key].name == name and is_name:
            # Without a set, whose order is another one in each process.
            shortened = (key[:at] + key[at + 1 :] for at in range(len(key)))
            for form in dict.fromkeys((key, without_accents(key), *shortened)):
                similar[form].append(name)
    warnings: dict[str, Problem] = {}
    count = names.count
    for group in similar.values():
        best = min(group, key=lambda name: (-count[name], name))
        for name in group:
            rare = count[name] * _RARER <= count[best]
            if not rare or name in warnings or not _is_near(name, best):
                continue
            where = _place(names.first[best])
            message = f"the {kind} `{name}` is nearly the {kind} `{best}` at {where}"
            hint = f"did you mean `{best}`?"
            warnings[name] = _problem(
                names.first[name], "likely-typo", message, hint, Level.WARNING
            )
    return [warnings[name] for name in sorted(warnings)]


def _is_near(name: str, other: str) -> bool:
    """Whether `name` may be a slip for `other`. Short words are not: UX and UI, C# and F#."""
    differing = set(words_of(name)) ^ set(words_of(other))
    if all(len(word) <= _SHORT_WORD for word in differing):
        return False
    a, b = spelling_of(name), spelling_of(other)
    return _one_letter(a, b) or without_accents(a) == without_accents(b)


def _one_letter(name: str, other: str) -> bool:
    """Whether one letter changed, missing, added or swapped turns `name` into `other`."""
    start = 0
    while start < min(len(name), len(other)) and name[start] == other[start]:
        start += 1
    a, b = name[start:], other[start:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _place(use: Use) -> str:
    written, path = use
    return f"{path}:{written.line}:{written.column}"


def _problem(use: Use, code: str, message: str, hint: str, level: Level = Level.ERROR) -> Problem:
    written, path = use
    return Problem(path, written.line, written.column, code, message, hint, level)
