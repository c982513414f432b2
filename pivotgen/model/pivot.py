"""A pivot: one validated move from a role to another, in four parts.

`Pivot` holds the facts that the graph is made from. `Card` (model/view.py) holds what neighbours
show of it, and `Asked` (there too) what it is looked up by. `Body` holds what only the pivot's own
page shows. Editing a body can therefore not reach a neighbour, and editing a title cannot move an
edge of the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pivotgen.model.facts import not_a_fact
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import OwnKeys, StoredKeys, shown_keys
from pivotgen.model.window import Window


@dataclass(frozen=True, slots=True)
class Mention:
    """A link or an image as it was written in Markdown, before its target is looked up."""

    # The target as typed, such as "other-pivot.md#the-mindset-shift". Only what would mean
    # something else is percent-encoded, such as a # in the name of a file.
    target: str
    line: int = not_a_fact()
    column: int = not_a_fact()
    image: bool = False


@dataclass(frozen=True, slots=True)
class NamedImage:
    """The picture that a file names for the page where it is shared, and what it shows."""

    mention: Mention
    alt: str


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Any link or image of a text, also one that leaves the site; only rules of quality use it."""

    # The words of the link, or an image's alternative text.
    text: str
    # The address as it stands in the HTML.
    target: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was meant as Markdown, and that readers see as it was typed or not at all."""

    # Such as "strong" for two stars that are never closed; the rules of quality know them all.
    kind: str
    text: str
    line: int
    column: int
    # Whether it stands at this very place, in a text with blocks.
    can_be_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """One rule that a writer has silenced in one file, and why."""

    rule: Written
    reason: str
    # The last day it holds; None is for ever.
    until: date | None


@dataclass(frozen=True, slots=True)
class Notes:
    """What only rules of quality know of a file: no page shows any of it."""

    links: tuple[Hyperlink, ...]
    # The line of every heading: those of the body first, then those inside answers.
    headings: tuple[int, ...]
    silences: tuple[Silence, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Line and column where parts of a pivot's header stand."""

    title: tuple[int, int]
    description: tuple[int, int]
    published: tuple[int, int]
    updated: tuple[int, int]
    # One for each question.
    faqs: tuple[tuple[int, int], ...]
    # The address of each source.
    references: tuple[tuple[int, int], ...]
    # The address of the page's own call to action.
    call: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pivot:
    """The facts of one pivot."""

    path: str
    slug: str
    origin: Written
    target: Written
    window: Window
    skills: tuple[Written, ...]
    published: date | None
    updated: date | None
    # The key of its author.
    author: Written | None
    image: NamedImage | None
    draft: bool
    # Old addresses that redirect here.
    aliases: tuple[Written, ...]
    # Every link inside the site and every image of the text, in the order of the link placeholders
    # in its HTML.
    mentions: tuple[Mention, ...]
    # The ids of headings and questions: what a `#fragment` may name.
    anchors: tuple[str, ...]
    # Where the slug is written: its key, or the top of the file.
    place: tuple[int, int] = not_a_fact()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: its level (2 to 6), its id and its text."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Faq:
    """A question and its answer: once as HTML, and once as the text a reader sees."""

    anchor: str
    question: str
    answer: str
    answer_text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of facts."""

    title: str
    url: str
    accessed: date


@dataclass(frozen=True, slots=True)
class Call:
    """A call to action; an empty field is filled from the site's own."""

    heading: str = ""
    text: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What only the pivot's own page shows. HTML holds link placeholders (NUL number NUL)."""

    tldr: tuple[str, ...]
    html: str
    headings: tuple[Heading, ...]
    faqs: tuple[Faq, ...]
    references: tuple[Reference, ...]
    call: Call
    stored_extra: StoredKeys
    # What each skill of the card becomes in the new role, or "".
    becomes: tuple[str, ...]
    # How long it takes to read.
    minutes: int
    # The country whose facts it tells, or "".
    region: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """What rules of quality know of a pivot beside its facts; it is made only for them."""

    title: str
    description: str
    window: Window
    headings: tuple[Heading, ...]
    faqs: tuple[Faq, ...]
    references: tuple[Reference, ...]
    # What each skill becomes in the new role, where the file says so.
    becomes: tuple[Written, ...]
    call: Call
    stored_extra: StoredKeys
    # The text of every heading, paragraph, point and answer, line by line as it stands in the
    # file; those of the body come first.
    passages: tuple[Written, ...]
    notes: Notes
    places: Places
    # What each part of the text says, for its translations.
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def extra(self) -> OwnKeys:
        """The site's own keys."""
        return shown_keys(self.stored_extra)
