"""A page: one planned file of public/, and the recipe it is made from.

A recipe names what a page shows: the cards of content files, each by the number that the ledger
gave its file, and the few facts that only the graph knows. Cards are fetched when the page is made.
A page depends on its recipe, on those cards, on its own text and on what all pages of its kind
share, and on nothing else. Each kind of page has its recipe in its file of `kinds/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import NamedTuple, Protocol

from pivotgen.model.address import base_path_of
from pivotgen.model.asset import Replacement
from pivotgen.model.delivery import PLAIN, Delivery
from pivotgen.model.hosts import needs_small_pages
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import StoredKeys
from pivotgen.model.redirect import Redirect
from pivotgen.model.site import Site
from pivotgen.model.source import Digest
from pivotgen.model.view import Link


class Recipe(Protocol):
    """What every recipe has."""

    @property
    def shows(self) -> tuple[int, ...]:
        """The numbers of the cards that the page shows, in a fixed order."""
        ...


class Peer(NamedTuple):
    """The same page in one language."""

    # The code of the language.
    language: str
    address: str
    # Whether its text is in that language, so that search engines may list it there.
    own: bool


class Peers(NamedTuple):
    """The same page in all languages of the site, its own among them; none with one language."""

    all: tuple[Peer, ...] = ()
    # The language of the text, where that is not the page's; and the page where it is at home.
    foreign: str = ""
    source: str = ""


NO_PEERS = Peers()


class Page(NamedTuple):
    """One planned file."""

    # Path under public/, such as "pivots/a-to-b/index.html".
    output: str
    kind: str
    recipe: Recipe
    # The content file or the asset whose text it shows, or "".
    source: str = ""
    # The role among whose pivots most of its cards are, or "". Pages of one role are made together.
    near: str = ""
    # Of a list: the digest of what it says by itself, and of the addresses of its members.
    words: Digest = b""
    # The code of the language that its chrome is in; "" for files of the whole site.
    language: str = ""
    # The same page in other languages.
    peers: Peers = NO_PEERS


class Entry(NamedTuple):
    """One file of the finished site, before anybody has written its recipe."""

    address: str
    # Whose it is, in the words of a message.
    owner: str
    # The day its content last changed, where somebody wrote that down, or pivots.lock knows it.
    updated: date | None = None
    # Whether search engines may list it.
    listed: bool = False
    # Whether readers can ask for it: a link or a redirect may lead there.
    served: bool = True
    # Of a pivot: the day it was first published where somebody wrote that down, the number of its
    # card, and its author.
    published: date | None = None
    card: int | None = None
    author: Link | None = None

    @property
    def changed(self) -> date | None:
        """The day it last changed, its first day included."""
        return self.updated or self.published


def _nothing_listed() -> Iterator[Entry]:
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInputs:
    """All that the files of a site are planned from."""

    # The graph in one language.
    site: Site
    # How many pivots one page of a list holds.
    page_size: int
    # The file of assets/ behind each path under public/.
    assets: Mapping[str, str]
    # What is written anew in files of assets/.
    replacements: Mapping[str, tuple[Replacement, ...]] = field(default_factory=dict)
    # The files of static/.
    static: Sequence[str] = ()
    # The stylesheet of the theme's values, where there are any.
    theme_style: StyleSheet | None = None
    # Authors by their keys.
    authors: Mapping[str, Link] = field(default_factory=dict)
    # The hosts that get files of their own.
    hosts: tuple[str, ...] = ()
    # The address of the site, such as "https://example.com/repo"; hosts need it.
    base_url: str = ""
    # The endings of compressed copies, such as "br".
    compress: tuple[str, ...] = ()
    # Whether pages have twins in Markdown.
    twins: bool = False
    # How the files of the site are sent.
    delivery: Delivery = PLAIN
    # The site's own keys of a role without a file of its own.
    no_role_extra: StoredKeys = ()
    # Addresses that lead elsewhere now or are gone, apart from the aliases of pages.
    redirects: Sequence[Redirect] = ()
    # Makes the entries of all pages that search engines may list; each call starts anew.
    listed: Callable[[], Iterator[Entry]] = _nothing_listed
    # The latest day in pivots.lock of any pivot of a language, whether it fits or not, by the code
    # of the language. Where there is one, there are feeds, so that no edit of a text takes them
    # away.
    feed_days: Mapping[str, date] = field(default_factory=dict)
    # The graph in the site's own language, which knows all others; None where that is `site`.
    whole: Site | None = None

    @property
    def feed_day(self) -> date | None:
        """The latest day in pivots.lock of any pivot of this language."""
        return self.feed_days.get(self.site.language)

    def moves(self) -> Iterator[Redirect]:
        """Every old address of the site: the aliases of its pages, then the redirects."""
        yield from (Redirect(old, new) for old, new in (self.whole or self.site).aliases())
        yield from self.redirects

    @property
    def sites(self) -> Iterator[Site]:
        """The graph in every language, that of the site's own first."""
        return (self.whole or self.site).every_voice()

    @property
    def small_pages(self) -> bool:
        """Whether each old address that leads elsewhere has a small page that leads there."""
        moved = [(move.old, move.new) for move in self.moves() if move.new is not None]
        return needs_small_pages(self.hosts, moved, base_path_of(self.base_url))


class StyleSheet(NamedTuple):
    """A stylesheet that is made from the settings."""

    address: str
    text: str


class PlannedPage(NamedTuple):
    """One planned file with all that is needed to make it."""

    id: int
    output: str
    kind: str
    # The code of the language that its chrome is in; "" for files of the whole site.
    language: str
    source: str
    # Packed, with the same page in other languages.
    recipe: bytes
    # Of the file as it was last written; empty or None when it never was.
    digest: Digest | None
    signature: bytes | None
    # The text of its source, packed, and the digest of it; an asset has the digest alone.
    text: bytes | None
    text_digest: Digest | None
    # What pivots.lock gives it: a day, or the digest of several.
    days: str | None = None
    # Its compressed copies as they were last written, packed.
    copies: bytes | None = None
