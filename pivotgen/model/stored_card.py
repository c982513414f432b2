"""A stored card: what neighbours show of a pivot, as parsing leaves it in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from pivotgen.model.languages import direction_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.view import Card, Link, named
from pivotgen.model.window import Window


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card as parsing leaves it, in no language's words yet."""

    url: str
    title: str
    description: str
    window: Window
    origin: Link
    target: Link
    skills: tuple[Link, ...]
    points: tuple[str, ...]
    # The language in which it is shown, where that is not the site's own.
    voice: str = ""
    # The language of its words, where that is another one.
    language: str = ""
    # The forms of the names of its roles, under "origin" and "target".
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def shown(self, span: Callable[[Window], str], comma: str = ", ") -> Card:
        """The card as pages show it; `span` says a window in words, `comma` parts skills."""
        return Card(
            self.url,
            self.title,
            self.description,
            span(self.window),
            named(self.origin, self.forms.get("origin", {})),
            named(self.target, self.forms.get("target", {})),
            self.skills,
            self.window.months,
            self._point,
            self.points,
            self.language,
            direction_of(self.language) if self.language else "",
            comma,
            bool(self.voice) and any(skill.language for skill in self.skills),
        )

    @property
    def _point(self) -> str:
        roles, _, point = self.title.partition(":")
        # In other languages the names of roles are often inflected.
        names_both = self.origin.text in roles and self.target.text in roles
        return point.strip() or self.title if self.voice or names_both else self.title
