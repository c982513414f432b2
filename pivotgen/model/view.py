"""Views: exactly what one layout may see. Plain frozen values, complete when born.

A neighbour is seen only as a `Card`, so that the text of one page can never change another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pivotgen.model.pivot import Call, Faq, Heading, Reference
from pivotgen.model.words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere on this site."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that another page may know of a pivot."""

    url: str
    title: str
    description: str
    # As text, such as "3–9 months".
    window: str
    # The role it leaves; the link goes to the paths out of it.
    origin: Link
    # The role it reaches; the link goes to the paths into it.
    target: Link
    skills: tuple[Link, ...]

    def __hash__(self) -> int:
        # Two cards of one address are hardly ever together, and the address is quick to hash.
        return hash(self.url)


@dataclass(frozen=True, slots=True)
class Related:
    """A neighbour worth going to next, and why."""

    card: Card
    # In words, such as "also needs: systems thinking".
    reason: str


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says about itself to browsers, crawlers and link previews."""

    # Path of the page on the site, such as "/pivots/a-to-b/".
    url: str
    # The same, absolute.
    canonical: str
    # For the title element; the headline is the view's own.
    title: str
    description: str
    # Open Graph type: "website" or "article".
    kind: str
    # From the home page to this one, this one included.
    crumbs: tuple[Link, ...]
    # The day the content last changed, only where somebody wrote it down.
    updated: date | None = None
    # False for pages that search engines should leave out, such as 404.
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Chrome:
    """What every page of the site shares."""

    name: str
    base_url: str
    language: str
    # What layouts say to readers: `words["skip"]`, `words.say("from_role", role=name)`,
    # `words.count("pivots", 2)`.
    words: Words
    # The call to action of pages that have none of their own.
    call: Call
    # Organisation behind the site, and its home page.
    organisation: str
    organisation_url: str
    # The editor who answers for the text.
    editor: str
    editor_url: str
    # Fingerprinted addresses of assets/, by their path under assets/: "style.css", "explorer.js".
    assets: Mapping[str, str]
    # Whether the site has feeds (it has when at least one pivot is dated).
    feeds: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page of a list that is too long for one page."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class PivotView:
    """/pivots/<slug>/ (layout: pivot.html)."""

    head: Head
    card: Card
    # Inline HTML, one per point.
    tldr: tuple[str, ...]
    # HTML of the body; its headings start at level 2.
    body: str
    headings: tuple[Heading, ...]
    faqs: tuple[Faq, ...]
    references: tuple[Reference, ...]
    call: Call
    # Other paths into the same role.
    siblings: tuple[Related, ...]
    # Where the role it reaches can go next.
    onward: tuple[Related, ...]
    # Pivots that ask for the same skills; only where the two lists above are not enough.
    kindred: tuple[Related, ...]
    # The reverse pivot.
    back: Card | None
    draft: bool = False


@dataclass(frozen=True, slots=True)
class RoleView:
    """/to/<role>/ and /from/<role>/ (layout: role.html), one page of a long list."""

    head: Head
    # "to" (paths into the role) or "from" (paths out of it).
    side: str
    name: str
    description: str
    field: str
    aliases: tuple[str, ...]
    # HTML of the role's description; only on the first page of the "to" side.
    body: str
    cards: tuple[Card, ...]
    # How many cards all pages of this list hold together.
    total: int
    # The same role from the other side, and how many paths it has.
    other_side: Link
    other_total: int
    # The skills its pivots name most, most frequent first.
    skills: tuple[Link, ...]
    pages: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillView:
    """/skills/<skill>/ (layout: skill.html), one page of a long list."""

    head: Head
    name: str
    cards: tuple[Card, ...]
    total: int
    # Roles that pivots with this skill start from, and roles they reach; only on the first page.
    origins: tuple[Link, ...]
    targets: tuple[Link, ...]
    pages: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role as the explorer lists it."""

    name: str
    field: str
    into: Link | None
    into_total: int
    out: Link | None
    out_total: int


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of work and its roles, both in alphabetical order; the name may be empty."""

    name: str
    roles: tuple[RoleEntry, ...]


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill as the explorer lists it."""

    link: Link
    total: int


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """/ (layout: explorer.html) and the further pages of its list of pivots."""

    head: Head
    cards: tuple[Card, ...]
    total: int
    # Only on the first page.
    fields: tuple[FieldEntry, ...] = ()
    skills: tuple[SkillEntry, ...] = ()
    pages: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingView:
    """/404.html (layout: missing.html)."""

    head: Head
    # A few places to go instead.
    roles: tuple[Link, ...] = field(default=())


View = PivotView | RoleView | SkillView | ExplorerView | MissingView
