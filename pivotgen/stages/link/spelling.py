"""Spell: one name for each role and skill.

Two spellings of one name (case, punctuation, a plural, an alias) are errors, because they would
share an address or split a page; two names that differ by one letter are a warning.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pivotgen.model.edit import Edit, replace_text
from pivotgen.model.header import Written
from pivotgen.model.names import slug_of, spelling_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# A shorter name has too many true neighbours: "cook" and "book".
_SHORTEST = 6

# How many times more often the right name is used than its misspelling; names that are used
# equally often are two names.
_RARER = 2

# A name where it stands: the name and its file.
Use = tuple[Written, str]


class Names:
    """The names of one kind: how often each spelling is used, and where first."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.places: dict[str, Use] = {}

    def add(self, written: Written, path: str) -> None:
        """Count one use; uses come by path, and in a file by line."""
        self.count[written.text] += 1
        self.places.setdefault(written.text, (written, path))

    def by_slug(self) -> dict[str, str]:
        """The spelling behind each address, the first of several."""
        found: dict[str, str] = {}
        for name in sorted(self.places, key=lambda name: _order(self.places[name])):
            found.setdefault(slug_of(name), name)
        return found


def _order(use: Use) -> tuple[str, int]:
    written, path = use
    return path, written.line


def check_spelling(
    kind: str,
    names: Names,
    uses: Callable[[], Iterable[Use]],
    texts: Sequence[RoleText] = (),
) -> list[Problem]:
    """Problems of the names of one kind ("role" or "skill"), each at the place to mend.

    `uses` finds every use of them again; it is called only when some must be mended.
    """
    problems, right = _described(texts)
    described = frozenset(right)
    wrong: dict[str, str] = {}
    for spelling in sorted(names.count, key=lambda one: (-names.count[one], one)):
        written, path = names.places[spelling]
        key = spelling_of(spelling)
        best, where = right.setdefault(key, (spelling, _place(written, path)))
        if best != spelling:
            message = f"the {kind} `{spelling}` is written `{best}` at {where}"
            problems.append(_problem(written, path, "two-spellings", message, f"write `{best}`"))
            # Only where one of the two is right beyond doubt.
            if key in described or names.count[spelling] < names.count[best]:
                wrong[spelling] = best
    if wrong:
        problems = _mendable(problems, wrong, uses())
    return problems + _typos(kind, names.count, names.places, right)


def _mendable(
    problems: Iterable[Problem], wrong: Mapping[str, str], uses: Iterable[Use]
) -> list[Problem]:
    """The same problems, with the edits that give every wrong spelling its right one."""
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    first: dict[tuple[str, int, int], str] = {}
    for written, path in uses:
        if best := wrong.get(written.text):
            first.setdefault((path, written.line, written.column), written.text)
            edits[written.text] += replace_text(path, written, best)
    return [
        replace(one, edits=tuple(edits[first[place]]))
        if (place := (one.path, one.line, one.column)) in first and one.code == "two-spellings"
        else one
        for one in problems
    ]


def _place(written: Written, path: str) -> str:
    return f"{path}:{written.line}:{written.column}"


def _problem(
    written: Written, path: str, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Problem:
    return Problem(path, written.line, written.column, code, message, hint, level)


def _described(texts: Sequence[RoleText]) -> tuple[list[Problem], dict[str, tuple[str, str]]]:
    """Names that role files give, by key: the right spelling and its place."""
    right: dict[str, tuple[str, str]] = {}
    problems = []
    for text in texts:
        own = text.name.text
        for name in (text.name, *text.aliases):
            best, where = right.setdefault(
                spelling_of(name.text), (own, _place(text.name, text.path))
            )
            if best != own:
                message = f"`{name.text}` also names the role at {where}"
                hint = "let one of the two keep the name"
                problems.append(_problem(name, text.path, "two-spellings", message, hint))
        if slug_of(own) != text.slug:
            message = f"the role `{own}` is in a file of another name"
            hint = f"name the file {slug_of(own)}.md"
            problems.append(_problem(text.name, text.path, "bad-file-name", message, hint))
    return problems, right


def _typos(
    kind: str,
    count: Mapping[str, int],
    places: Mapping[str, Use],
    right: Mapping[str, tuple[str, str]],
) -> list[Problem]:
    """Rare names that one wrong, missing, extra or swapped letter parts from a more common one.

    Two names are compared only when they agree after one letter is left out of each (symmetric
    deletion), so the work grows with the names and not with their pairs.
    """
    alike: defaultdict[str, list[str]] = defaultdict(list)
    names = [name for name in sorted(count) if right[spelling_of(name)][0] == name]
    for name in names:
        key = spelling_of(name)
        if len(key) >= _SHORTEST:
            for form in {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}:
                alike[form].append(name)
    warned: dict[str, Problem] = {}
    for group in alike.values():
        best = min(group, key=lambda name: (-count[name], name))
        for name in group:
            rare = count[name] * _RARER <= count[best]
            if not rare or name in warned or not _one_letter(spelling_of(name), spelling_of(best)):
                continue
            written, path = places[name]
            where = _place(*places[best])
            message = f"the {kind} `{name}` is nearly the {kind} `{best}` at {where}"
            hint = f"did you mean `{best}`?"
            warned[name] = _problem(written, path, "likely-typo", message, hint, Level.WARNING)
    return [warned[name] for name in sorted(warned)]


def _one_letter(one: str, other: str) -> bool:
    """Whether one letter changed, missing, added or swapped makes `one` into `other`."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
