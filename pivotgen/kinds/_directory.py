"""Directories: all roles or all skills of a site in the order of their names, and their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Generic, TypeVar

from pivotgen.model.address import list_page_address, role_address, skill_address, with_rest
from pivotgen.model.languages import direction_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Site
from pivotgen.model.view import Link

# Names that one page lists: as many as a reader can take in. No page grows with the site.
LISTED = 240
# From this many names on, a page has an index of their letters.
WITH_LETTERS = 100
# Stands for all names that begin with a digit or a sign.
_NO_LETTER = "0–9"

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role as lists of roles show it."""

    name: str
    # Its page: the paths into it, or those out of it where none lead there.
    url: str
    field: str
    # What somebody wrote about it in one sentence, or "".
    description: str
    into: Link | None
    into_total: int
    out: Link | None
    out_total: int
    # Whether the description is in the site's own language, and the page in another.
    foreign: bool = False
    # The languages of the name and of the field, where they are not the page's.
    language: str = ""
    field_language: str = ""

    @property
    def direction(self) -> str:
        """How a name in that language is read."""
        return direction_of(self.language) if self.language else ""


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill as lists of skills show it."""

    link: Link
    total: int


@dataclass(frozen=True, slots=True)
class Group(Generic[E]):
    """Those entries of one page that begin with a letter; without letters there is one group."""

    letter: str
    # The id of the group on its page, or "".
    anchor: str
    entries: tuple[E, ...]


def role_entries(site: Site) -> list[RoleEntry]:
    """Every role, by name."""
    entries = []
    for slug, role in site.roles.items():
        into, out = len(site.into.get(slug, ())), len(site.out.get(slug, ()))
        text = role.text
        to_role = role.link(role_address("to", slug, site.root)) if into else None
        from_role = role.link(role_address("from", slug, site.root)) if out else None
        entries.append(
            RoleEntry(
                name=role.name,
                url=role_address("to" if into else "from", slug, site.root),
                field=text.field if text else "",
                description=text.description if text else "",
                into=to_role,
                into_total=into,
                out=from_role,
                out_total=out,
                foreign=text is not None and text.path in site.foreign,
                language=role.language,
                field_language=role.field_language,
            )
        )
    return sorted(entries, key=lambda entry: name_order(entry.name))


def skill_entries(site: Site) -> list[SkillEntry]:
    """Every skill, by name."""
    entries = [
        SkillEntry(skill.link(skill_address(slug, site.root)), len(site.with_skill[slug]))
        for slug, skill in site.skills.items()
    ]
    return sorted(entries, key=lambda entry: name_order(entry.link.text))


def name_order(name: str) -> tuple[str, str]:
    """What names are sorted by: accents, capitals and signs at the start do not matter at first."""
    letters = (char for char in unicodedata.normalize("NFD", name) if not _is_mark(char))
    key = "".join(letters).casefold()
    start = next((at for at, char in enumerate(key) if char.isalnum()), 0)
    return key[start:], name


def letter_of(name: str) -> str:
    """The letter under which a name is found."""
    first = name_order(name)[0][:1].upper()
    return first if first.isalpha() else _NO_LETTER


def grouped(
    entries: Sequence[E], name_of: Callable[[E], str], *, by_letter: bool
) -> tuple[Group[E], ...]:
    """The entries by their letters, or all in one group."""
    if not by_letter:
        return (Group("", "", tuple(entries)),)
    groups = groupby(entries, lambda entry: letter_of(name_of(entry)))
    return tuple(Group(letter, _anchor(letter), tuple(members)) for letter, members in groups)


def letters(names: Iterable[str], base: str) -> Iterator[Link]:
    """Each letter, leading to where it begins on the pages of the list at `base`, or on this page.

    `names` are those of the whole list, in its order. Without a `base` all are on this page.
    """
    last = ""
    for number, name in enumerate(names):
        letter = letter_of(name)
        if letter != last:
            page = list_page_address(base, number // LISTED + 1) if base else ""
            yield Link(letter, with_rest(page, f"#{_anchor(letter)}"))
        last = letter


def pages_of(total: int) -> int:
    """How many pages list that many names."""
    return max(1, -(-total // LISTED))


def _anchor(letter: str) -> str:
    return f"letter-{'0' if letter == _NO_LETTER else letter.lower()}"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"
