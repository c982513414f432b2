"""A site: every published pivot, the roles and skills they name, and the edges between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from pivotgen.model.address import own_page_address, page_address
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_page import OwnPage
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.translation import Names, Translation, TranslationProse
from pivotgen.model.window import Window

NO_TIME = Window(0, 0, "week")


@dataclass(frozen=True, slots=True)
class Node:
    """What the graph knows of one pivot: little, because all pivots are in memory at once."""

    slug: str
    path: str
    # Of its file in the ledger.
    number: int
    # Slugs of the roles it leaves and reaches, and of its skills in the order they are written.
    origin: str
    target: str
    skills: tuple[str, ...]
    published: date | None
    updated: date | None
    draft: bool
    # Old addresses that redirect here.
    aliases: tuple[Written, ...]
    # What is behind the mentions of its text, in their order.
    addresses: tuple[LinkTarget, ...]
    # The key of its author, or "".
    author: str = ""
    # How long the move usually takes.
    window: Window = NO_TIME
    # Of its page, in the language of the graph.
    address: str = ""
    # Whether its text is in the language of the graph.
    own: bool = True

    @property
    def changed(self) -> date | None:
        """The day it last changed, its first day included; None where nobody wrote one down."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pivots that a pivot's page links to, each by its place in the order of slugs."""

    # Other paths into the same role.
    siblings: tuple[int, ...]
    # Paths out of the role it reaches.
    onward: tuple[int, ...]
    # Pivots that name the same skills; where there is no sibling, or links are needed.
    kindred: tuple[int, ...]
    # The reverse pivot, if there is one.
    back: int | None


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """What pivots.lock says of one page."""

    day: date
    # Whether the page still says what it said on that day.
    fits: bool


@dataclass(frozen=True, slots=True)
class Site:
    """The whole graph. Every tuple of slugs, and every mapping, is in alphabetical order.

    `pivots` and `prose` may come from disk, one by one as they are asked for: walk them
    once, and keep only what is needed of each.
    """

    nodes: Mapping[str, Node]
    roles: Mapping[str, Role]
    skills: Mapping[str, Skill]
    into: Mapping[str, tuple[str, ...]]
    out: Mapping[str, tuple[str, ...]]
    with_skill: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, Neighbours]
    # The pages of the site's own, by the path of their files.
    pages: Mapping[str, OwnPage]
    # What is behind the mentions of each role's and each own page's file, by its path.
    addresses: Mapping[str, tuple[LinkTarget, ...]]
    pivots: Mapping[str, Pivot]
    prose: Mapping[str, Prose]
    # The pictures for shared pages that pivots and own pages name, by the paths of their files.
    images: Mapping[str, ShareImage] = field(default_factory=dict)
    # The slugs of drafts, where they are shown.
    drafts: frozenset[str] = frozenset()
    # What pivots.lock says of pivots and own pages, by their paths, where rules ask.
    recorded: Mapping[str, RecordedDay] = field(default_factory=dict)
    # The language of this graph, and what its addresses begin with.
    language: str = ""
    root: str = ""
    # The paths of texts of roles and own pages that are in another language than the graph.
    foreign: frozenset[str] = frozenset()
    # The same graph in the other languages of the site, by their codes.
    voices: Mapping[str, Site] = field(default_factory=dict)
    # Of a graph in another language: its names, and its translations by the paths of their sources.
    names: Names | None = None
    translations: Mapping[str, Translation] = field(default_factory=dict)
    # What rules know of these translations, and the forms of names that phrases ask for.
    translated: Mapping[str, TranslationProse] = field(default_factory=dict)
    name_forms: tuple[tuple[str, str], ...] = ()

    def every_voice(self) -> Iterator[Site]:
        """This graph and the same in all other languages."""
        yield self
        yield from self.voices.values()

    def with_prose(self) -> Iterator[tuple[Pivot, Prose]]:
        """Every pivot with its prose. From disk, this is much quicker than to ask for each."""
        return zip(self.pivots.values(), self.prose.values(), strict=True)

    def texts(self) -> Iterator[RoleText | OwnPage]:
        """Every text that is no pivot: the files of roles, and the pages of the site's own."""
        yield from (role.text for role in self.roles.values() if role.text)
        yield from self.pages.values()

    def aliases(self) -> Iterator[tuple[str, str]]:
        """Every old address that a page lists, and the address of that page."""
        for voice in self.every_voice():
            for node in voice.nodes.values():
                for alias in node.aliases:
                    yield page_address(alias.text), node.address
            for page in voice.pages.values():
                for alias in page.aliases:
                    yield page_address(alias.text), own_page_address(page.slug, voice.root)


# The graph of no content.
NO_SITE = Site(
    nodes={},
    roles={},
    skills={},
    into={},
    out={},
    with_skill={},
    neighbours={},
    pages={},
    addresses={},
    pivots={},
    prose={},
)
