"""Parsed content: everything that a graph is made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_page import OwnPage
from pivotgen.model.parsed import Named
from pivotgen.model.picture import PictureFile
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.role import RoleText
from pivotgen.stages.link.voices import NO_TRANSLATIONS, Translations


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """Everything that a graph is made from. Pivots are by path and in the order of paths."""

    facts: LazyParts[Pivot]
    prose: LazyParts[Prose]
    # The number of each pivot's file in the ledger.
    numbers: Mapping[str, int]
    texts: Sequence[RoleText]
    pages: Sequence[OwnPage]
    # The path in assets/ of each output that is an asset.
    assets: Mapping[str, str]
    # Content files that are in none of the above, because they have problems of their own, and
    # what they name.
    unread: Mapping[str, Named] = field(default_factory=dict)
    # The names of authors by their keys.
    authors: Mapping[str, str] = field(default_factory=dict)
    # The pictures of assets/ and static/ by path.
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    # The hosts of other sites whose pictures texts may show.
    image_hosts: Collection[str] = ()
    # The other languages of the site, and all translations.
    translations: Translations = NO_TRANSLATIONS
    # The site's own language.
    language: str = ""
