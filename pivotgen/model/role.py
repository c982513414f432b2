"""A role: a node of the graph, and its description where somebody wrote one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pivotgen.model.facts import not_a_fact
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import OwnKeys, StoredKeys, shown_keys
from pivotgen.model.pivot import Heading, Mention, Notes
from pivotgen.model.view import Link


@dataclass(frozen=True, slots=True)
class RoleText:
    """One file of content/roles/: what the role is, for the pages of the role."""

    path: str
    # Of the name, in addresses; the file may have another name.
    slug: str
    name: Written
    description: str
    field: str
    aliases: tuple[Written, ...]
    # What readers type for the role and nobody shows.
    typed: tuple[Written, ...]
    draft: bool
    mentions: tuple[Mention, ...]
    # The ids of headings: what a `#fragment` may name.
    anchors: tuple[str, ...]
    stored_extra: StoredKeys
    # The rest is for rules of quality and editors; the graph does not depend on it.
    headings: tuple[Heading, ...] = not_a_fact()
    # The text of every heading and paragraph, line by line as it stands in the file.
    passages: tuple[Written, ...] = not_a_fact()
    notes: Notes = not_a_fact()
    # What each part of the text says, for its translations.
    marks: Mapping[str, tuple[str, ...]] = not_a_fact()

    @property
    def extra(self) -> OwnKeys:
        """The site's own keys."""
        return shown_keys(self.stored_extra)


@dataclass(frozen=True, slots=True)
class RoleBody:
    """The text of a role's file. HTML holds link placeholders (NUL number NUL)."""

    html: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role that at least one published pivot names."""

    name: str
    slug: str
    # The file that describes it, or None.
    text: RoleText | None
    # The forms of its name that phrases may ask for.
    forms: Mapping[str, str] = field(default_factory=dict)
    # The languages of its name and of its field of work, where they are not that of the graph.
    language: str = ""
    field_language: str = ""

    def link(self, url: str) -> Link:
        """Its name as a link."""
        return Link(self.name, url, self.language)


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that at least one published pivot names."""

    name: str
    slug: str
    # The forms of its name that phrases may ask for.
    forms: Mapping[str, str] = field(default_factory=dict)
    # The language of its name, where that is not that of the graph.
    language: str = ""

    def link(self, url: str) -> Link:
        """Its name as a link."""
        return Link(self.name, url, self.language)
