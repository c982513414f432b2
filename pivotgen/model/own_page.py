"""An own page: a page of the site that is about no pivot, role or skill, such as "About us"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pivotgen.model.facts import not_a_fact
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import OwnKeys, StoredKeys, shown_keys
from pivotgen.model.pivot import Heading, Mention, NamedImage, Notes


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The facts of one file of content/pages/."""

    path: str
    # The path of its address, such as "about" or "team/editors".
    slug: str
    title: Written
    description: Written
    updated: date | None
    image: NamedImage | None
    draft: bool
    # Old addresses that redirect here.
    aliases: tuple[Written, ...]
    # Every link inside the site and every image of the text, in the order of the link placeholders
    # in its HTML.
    mentions: tuple[Mention, ...]
    # The ids of headings: what a `#fragment` may name.
    anchors: tuple[str, ...]
    # The rest is for rules of quality; the graph does not depend on it.
    headings: tuple[Heading, ...] = not_a_fact()
    passages: tuple[Written, ...] = not_a_fact()
    notes: Notes = not_a_fact()
    # What each part of the text says, for its translations.
    marks: Mapping[str, tuple[str, ...]] = not_a_fact()
    # Line and column of the key `updated`.
    updated_place: tuple[int, int] = not_a_fact()
    stored_extra: StoredKeys = not_a_fact()

    @property
    def extra(self) -> OwnKeys:
        """The site's own keys."""
        return shown_keys(self.stored_extra)


@dataclass(frozen=True, slots=True)
class OwnPageBody:
    """The text of an own page. HTML holds link placeholders (NUL number NUL)."""

    html: str
    headings: tuple[Heading, ...]
    stored_extra: StoredKeys
