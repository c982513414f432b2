"""A page: one planned file of public/, and the recipe it is made from.

A recipe names what a page shows: the cards of content files, each by the number that the ledger
gave its file, and the few facts that only the graph knows. Cards are fetched when the page is made.
It is all that a page depends on beside those cards, its own text and what every page of its kind
shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pivotgen.model.source import Digest
from pivotgen.model.view import FieldEntry, Link, SkillEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotRecipe:
    """/pivots/<slug>/: its own card, and those of its neighbours."""

    card: int
    siblings: tuple[int, ...]
    onward: tuple[int, ...]
    kindred: tuple[int, ...]
    # The reverse pivot, if there is one.
    back: int | None
    # The addresses behind the numbered gaps of its text.
    addresses: tuple[str, ...]
    updated: date | None
    draft: bool

    @property
    def shows(self) -> tuple[int, ...]:
        back = () if self.back is None else (self.back,)
        return (self.card, *self.siblings, *self.onward, *self.kindred, *back)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """One page of a list of pivots: its number (from 1), and what the whole list has."""

    # Address of the list's first page.
    base: str
    number: int
    pages: int
    total: int
    # Cards on this page.
    shows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRecipe:
    """/to/<role>/ and /from/<role>/."""

    part: ListPart
    # "to" or "from".
    side: str
    slug: str
    name: str
    description: str
    field: str
    aliases: tuple[str, ...]
    # The addresses behind the numbered gaps of its text, where it has one.
    addresses: tuple[str, ...]
    other_total: int
    skills: tuple[Link, ...]

    @property
    def shows(self) -> tuple[int, ...]:
        return self.part.shows


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRecipe:
    """/skills/<skill>/."""

    part: ListPart
    name: str
    origins: tuple[Link, ...]
    targets: tuple[Link, ...]

    @property
    def shows(self) -> tuple[int, ...]:
        return self.part.shows


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerRecipe:
    """/, and the further pages of its lists."""

    part: ListPart
    # How many roles the whole site has.
    roles: int
    fields: tuple[FieldEntry, ...]
    skills: tuple[SkillEntry, ...]

    @property
    def shows(self) -> tuple[int, ...]:
        return self.part.shows


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRecipe:
    """/404.html."""

    roles: tuple[Link, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRecipe:
    """A file of assets/, copied."""

    path: str
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectRecipe:
    """An old address, and where it leads now."""

    url: str
    # Of the pivot, where it leads to one.
    card: int | None

    @property
    def shows(self) -> tuple[int, ...]:
        return () if self.card is None else (self.card,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapRecipe:
    """sitemap.xml or one part of it: addresses, each with the day it changed where known."""

    entries: tuple[tuple[str, date | None], ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndexRecipe:
    """sitemap.xml of a site whose sitemap has parts."""

    names: tuple[str, ...]
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecipe:
    """feed.xml and feed.json: the pivots that changed last, and when."""

    shows: tuple[int, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmsRecipe:
    """llms.txt."""

    shows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRecipe:
    """robots.txt."""

    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadersRecipe:
    """_headers."""

    shows: tuple[int, ...] = ()


Recipe = (
    PivotRecipe
    | RoleRecipe
    | SkillRecipe
    | ExplorerRecipe
    | MissingRecipe
    | AssetRecipe
    | RedirectRecipe
    | SitemapRecipe
    | SitemapIndexRecipe
    | FeedRecipe
    | LlmsRecipe
    | RobotsRecipe
    | HeadersRecipe
)

# What a file is, and the recipe that says how it is made. The first five have a layout.
KINDS: dict[str, type[Recipe]] = {
    "pivot": PivotRecipe,
    "role": RoleRecipe,
    "skill": SkillRecipe,
    "explorer": ExplorerRecipe,
    "missing": MissingRecipe,
    "asset": AssetRecipe,
    "redirect": RedirectRecipe,
    "sitemap": SitemapRecipe,
    "sitemap-index": SitemapIndexRecipe,
    "atom": FeedRecipe,
    "json-feed": FeedRecipe,
    "llms": LlmsRecipe,
    "robots": RobotsRecipe,
    "headers": HeadersRecipe,
}
WITH_LAYOUT = ("pivot", "role", "skill", "explorer", "missing")


@dataclass(frozen=True, slots=True)
class Page:
    """One planned file."""

    # Path under public/, such as "pivots/a-to-b/index.html".
    output: str
    kind: str
    recipe: Recipe
    # The content file or the asset whose text it shows, or "".
    source: str = ""


class Planned(NamedTuple):
    """One planned file, as it is needed to make it."""

    id: int
    output: str
    kind: str
    source: str
    # Packed.
    recipe: bytes
    # Of the file as it was last written; empty or None when it never was.
    digest: Digest | None
    signature: bytes | None
    # The text of its source, packed, and the digest of it; an asset has the digest alone.
    text: bytes | None
    text_digest: Digest | None
