"""Catalogue: the names of a site for an editor, as the last check of the whole site found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import NamedTuple

from pivotgen.engines.packing import unpack
from pivotgen.memory.card_rows import split_card
from pivotgen.memory.ledger import Ledger, open_ledger
from pivotgen.model.extra import DeclaredKeys
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Pivot
from pivotgen.model.role import RoleText
from pivotgen.model.source import PAGES, PIVOTS, ROLES
from pivotgen.model.stored_card import StoredCard

# The number of cards in one query of the ledger.
_BATCH = 500


class RoleFile(NamedTuple):
    """The file that describes a role, and its description."""

    path: str
    description: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The names of a site, and what an editor shows beside them."""

    # The number of pivots from and to each role, by the role's name.
    pivots_from: Mapping[str, int] = field(default_factory=dict)
    pivots_to: Mapping[str, int] = field(default_factory=dict)
    # The number of pivots that name each skill.
    skills: Mapping[str, int] = field(default_factory=dict)
    # The roles with a file of their own, by name.
    role_files: Mapping[str, RoleFile] = field(default_factory=dict)
    # The title of each pivot and own page, by the path of its file.
    titles: Mapping[str, str] = field(default_factory=dict)
    # The fragments that a link to a file may have, by the path of the file.
    anchors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # The names of the authors in the settings, by key.
    authors: Mapping[str, str] = field(default_factory=dict)
    # The keys that the settings declare.
    extra: DeclaredKeys = None

    def roles(self) -> list[str]:
        """Return the names of all roles in alphabetical order."""
        return sorted({*self.pivots_from, *self.pivots_to, *self.role_files})


def read_catalogue(memory: Path, old: Catalogue, with_problems: Iterable[str]) -> Catalogue:
    """Return the names in the ledger of the folder `memory`, or `old` when it has none.

    The files `with_problems` keep their titles of `old`: a file has problems most of the time while
    somebody writes it, and then the ledger does not have it.
    """
    with open_ledger(memory) as ledger:
        pivots = [unpack(Pivot, facts) for _, facts in ledger.inputs.facts(PIVOTS)]
        roles = [unpack(RoleText, facts) for _, facts in ledger.inputs.facts(ROLES)]
        pages = [unpack(OwnPage, facts) for _, facts in ledger.inputs.facts(PAGES)]
        titles = _titles(ledger, [pivot.path for pivot in pivots])
        titles |= {page.path: page.title.text for page in pages}
    if not titles and not roles:
        return old
    titles |= {path: old.titles[path] for path in with_problems if path in old.titles}
    anchors = {role.path: tuple(heading.anchor for heading in role.headings) for role in roles}
    anchors |= {page.path: page.anchors for page in pages}
    return Catalogue(
        pivots_from=Counter(pivot.origin.text for pivot in pivots),
        pivots_to=Counter(pivot.target.text for pivot in pivots),
        skills=Counter(skill.text for pivot in pivots for skill in pivot.skills),
        role_files={role.name.text: RoleFile(role.path, role.description) for role in roles},
        titles=titles,
        anchors={pivot.path: pivot.anchors for pivot in pivots} | anchors,
        authors=old.authors,
        extra=old.extra,
    )


def _titles(ledger: Ledger, paths: list[str]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for start in range(0, len(paths), _BATCH):
        cards = ledger.inputs.part("cards", paths[start : start + _BATCH])
        packed = ((path, split_card(value)[0]) for path, value in cards.items())
        titles |= {path: unpack(StoredCard, card).title for path, card in packed}
    return titles
