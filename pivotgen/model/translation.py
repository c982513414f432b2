"""A translation: what one file says of another in a further language, and the names in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pivotgen.model.facts import not_a_fact
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.pivot import Faq, Heading, Mention, Notes

# The forms of a name that phrases may ask for, such as {"of": "du chef de produit"}.
Forms = Mapping[str, str]
NO_FORMS: Forms = {}


@dataclass(frozen=True, slots=True)
class Translation:
    """The facts of one translation. What is not language is in the facts of its source."""

    path: str
    # The path of the file that it translates, which need not exist.
    source: str
    language: str
    # Of a pivot whose address differs from that of its source, else "".
    slug: str
    published: date | None
    updated: date | None
    draft: bool
    aliases: tuple[Written, ...]
    mentions: tuple[Mention, ...]
    # The ids of headings and questions: what a `#fragment` may name.
    anchors: tuple[str, ...]
    image_alt: str
    # Of a page of the site's own or a role; a pivot has both on its card.
    title: Written | None
    description: Written | None
    # Of a role: its other names, and what else readers type for it.
    names: tuple[Written, ...]
    typed: tuple[Written, ...]
    # Where the slug is written.
    place: tuple[int, int] = not_a_fact()


@dataclass(frozen=True, slots=True)
class TranslatedCard:
    """What a translation changes of the card of its pivot."""

    title: str
    description: str
    # Each with its fragment.
    questions: tuple[tuple[str, str], ...]
    points: tuple[str, ...]
    slug: str
    draft: bool


@dataclass(frozen=True, slots=True)
class TranslationProse:
    """What rules of quality know of a translation beside its facts."""

    title: str
    description: str
    headings: tuple[Heading, ...]
    faqs: tuple[Faq, ...]
    # How many points it has, and in how many words it says what skills become.
    points: int
    becomes: int
    passages: tuple[Written, ...]
    notes: Notes
    # What each part of the text is, to compare it later; and what it was translated from.
    marks: Mapping[str, tuple[str, ...]]
    translated: Written | None
    # Where its title, its questions and its points begin.
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedThing:
    """The name of a role, a skill or a field of work in a language, with its forms."""

    name: Written
    forms: Forms = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, by slug."""

    language: str
    path: str
    roles: Mapping[str, NamedThing] = field(default_factory=dict)
    skills: Mapping[str, NamedThing] = field(default_factory=dict)
    # Fields of work.
    fields: Mapping[str, NamedThing] = field(default_factory=dict)
