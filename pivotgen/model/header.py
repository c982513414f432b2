"""Headers: declares the frontmatter of each kind of file.

These dataclasses are the only place where a key is declared. `engines/header/declarations.py` reads
them. The checks of a header, the JSON Schema and the table in `docs/frontmatter.md` use its result.
A field has `yaml=` where its name in YAML cannot be a Python name.
"""

from __future__ import annotations

from dataclasses import MISSING, field
from datetime import date
from typing import Any, ClassVar, NamedTuple

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_keys import NO_KEYS, OwnKeys
from pivotgen.model.window import Window


class Written(NamedTuple):
    """A text and its place in the file. Lines and columns count from 1."""

    text: str
    line: int
    column: int
    # Just after its last character or quote; 0 for a text of several lines or with escapes.
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """What is declared about one key besides its type."""

    description: str
    example: str
    # The name in YAML, where it differs from the Python field.
    yaml: str = ""
    # The form of a text: "text", "name", "inline" (Markdown without blocks), "markdown", "url",
    # "slug", "path", "file" (of assets/ or static/), "author" (a key of the settings) or "choice"
    # (one of the texts below).
    form: str = "text"
    choices: tuple[str, ...] = ()


def key(
    description: str,
    *,
    example: str,
    yaml: str = "",
    form: str = "text",
    default: Any = MISSING,
) -> Any:
    """Return a dataclass field that declares one key; it is required without a `default`."""
    metadata = {"key": Key(description, example, yaml, form)}
    return field(default=default, metadata=metadata)


# The keys of several kinds of file are declared by functions, because a dataclass keeps the field
# that it is given.


def updated_key() -> Any:
    """Return the field of the day of the last change."""
    description = "The day the text last changed in substance; nothing is guessed without it."
    return key(description, example="2026-11-23", default=None)


def image_key() -> Any:
    """Return the field of the picture of a page that is shared."""
    description = "The picture beside the page where it is shared: a file of assets/ or static/."
    return key(description, example="/assets/ward-at-night.jpg", form="file", default=None)


def image_alt_key() -> Any:
    """Return the field of the words for that picture."""
    description = "What that picture shows, for readers who cannot see it; the title without it."
    return key(description, example="A ward at night, with one lamp on", default=None)


def draft_key(what: str = "page") -> Any:
    """Return the field that keeps a page, or a description, back."""
    description = f"`true` keeps the {what} out of the published site."
    return key(description, example="true", default=False)


def allow_key() -> Any:
    """Return the field of the rules that are silent in a file."""
    description = "Rules of `check` that are silent in this file, each with the reason."
    return key(description, example="", default=())


def region_key() -> Any:
    """Return the field of the country that a page is about."""
    description = "The country whose facts the page tells, as a sentence names it."
    return key(description, example="the United States", default=None)


def extra_key() -> Any:
    """Return the field of the site's own keys."""
    description = "The site's own keys, which layouts see as `view.extra`."
    return key(description, example="", default=NO_KEYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillHeader:
    """A skill that carries over, and what it turns into; the text of `SHORT` may stand for all."""

    SHORT: ClassVar[str] = "name"
    name: Written = key("The skill, as other pivots call it.", example="Debugging", form="name")
    becomes: Written | None = key(
        "What it turns into in the new role, in a few words that fit this move alone.",
        example="problem diagnosis when sign-ups fall",
        default=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqHeader:
    """A question a reader asks, and its answer."""

    question: Written = key(
        "The question, as a reader would ask it.", example="Do I need a degree?"
    )
    answer: Written = key(
        "The answer, shown under the question and given to search engines word for word.",
        example="No. Employers ask for a portfolio first.",
        form="markdown",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceHeader:
    """Where a fact comes from."""

    title: Written = key("The name of the source.", example="Occupational Outlook Handbook")
    url: Written = key("Its address.", example="https://www.bls.gov/ooh/", form="url")
    accessed: date = key("The day somebody last read it.", example="2026-11-23")


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceHeader:
    """A rule of `check` that is off in this file."""

    rule: Written = key("The name of the rule, as `check` prints it.", example="thin-section")
    reason: Written = key(
        "Why it is wrong here, for the next writer.", example="The move really is this short."
    )
    until: date | None = key(
        "The last day it is silent; without it, always.", example="2027-03-01", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHeader:
    """A call to action for this page alone; a missing part comes from build.py."""

    heading: Written | None = key(
        "The heading above the call.", example="Is this pivot realistic for you?", default=None
    )
    text: Written | None = key(
        "One or two sentences; `{from}` and `{to}` stand for the role names.",
        example="See how your background maps to {to}.",
        default=None,
    )
    label: Written | None = key("The words on the button.", example="Start free", default=None)
    url: Written | None = key(
        "Where the button leads.", example="https://example.com/start", form="url", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotHeader:
    """The frontmatter of one pivot: content/pivots/<slug>.md."""

    title: Written = key(
        "The headline: both roles and a point of view.",
        example="From Software Engineer to Product Manager: Trading the How for the Why",
    )
    description: Written = key(
        "The deck under the headline; also the description in search results and link previews.",
        example="Engineers bring credibility with the build team; the shift is owning the why.",
    )
    origin: Written = key(
        "The role the reader has now, spelled as on every other page.",
        example="Software Engineer",
        yaml="from",
        form="name",
    )
    target: Written = key(
        "The role the reader moves to, spelled as on every other page.",
        example="Product Manager",
        yaml="to",
        form="name",
    )
    window: Window = key(
        "How long the move usually takes: an estimate, text or `{min: 3, max: 9, unit: months}`.",
        example="3–9 months",
    )
    author: Written | None = key(
        "Who wrote it: the key of one of the authors in build.py.",
        example="ana",
        form="author",
        default=None,
    )
    published: date | None = key(
        "The day the page was first published; feeds and search engines show it.",
        example="2026-05-04",
        default=None,
    )
    updated: date | None = updated_key()
    image: Written | None = image_key()
    image_alt: Written | None = image_alt_key()
    draft: bool = draft_key()
    slug: Written | None = key(
        "The last part of the address, when it is not the file's name.",
        example="software-engineer-to-product-manager",
        form="slug",
        default=None,
    )
    aliases: tuple[Written, ...] = key(
        "Old addresses of this page; each one redirects here.",
        example="/pivots/swe-to-pm/",
        form="path",
        default=(),
    )
    tldr: tuple[Written, ...] = key(
        "The page in a few points, one sentence each.",
        example="Technical credibility is a real advantage with build teams.",
        form="inline",
    )
    skills: tuple[SkillHeader, ...] = key(
        "Skills that carry over: each a name, or its name and what it becomes in the new role.",
        example="Systems thinking",
        form="name",
    )
    faqs: tuple[FaqHeader, ...] = key("Questions readers ask about this move.", example="")
    sources: tuple[ReferenceHeader, ...] = key(
        "Where the facts on the page come from.", example="", default=()
    )
    cta: CallHeader | None = key("A call to action of this page's own.", example="", default=None)
    region: Written | None = region_key()
    allow: tuple[SilenceHeader, ...] = allow_key()
    extra: OwnKeys = extra_key()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeader:
    """The frontmatter of one role: content/roles/<slug>.md."""

    name: Written = key(
        "The role's name, as pivots write it.", example="Product Manager", form="name"
    )
    field: Written | None = key(
        "The field of work the explorer lists it under.",
        example="Technology",
        form="name",
        default=None,
    )
    description: Written = key(
        "What the role is for, in one sentence.",
        example="Decides what a product should do next, and answers for whether it worked.",
    )
    aliases: tuple[Written, ...] = key(
        "Other names of the same role; a pivot that uses one is told the right name.",
        example="Product Owner",
        form="name",
        default=(),
    )
    typed: tuple[Written, ...] = key(
        "What else readers type for it: the finder knows it, and no page shows it.",
        example="PM",
        form="name",
        default=(),
    )
    draft: bool = draft_key("description")
    allow: tuple[SilenceHeader, ...] = allow_key()
    extra: OwnKeys = extra_key()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeader:
    """The frontmatter of a page of the site's own: content/pages/<path>.md."""

    title: Written = key("The headline.", example="About us")
    description: Written = key(
        "The deck under the headline; also the description in search results and link previews.",
        example="Who writes these pages, and where the facts come from.",
    )
    updated: date | None = updated_key()
    image: Written | None = image_key()
    image_alt: Written | None = image_alt_key()
    draft: bool = draft_key()
    aliases: tuple[Written, ...] = key(
        "Old addresses of this page; each one redirects here.",
        example="/about-us/",
        form="path",
        default=(),
    )
    allow: tuple[SilenceHeader, ...] = allow_key()
    extra: OwnKeys = extra_key()
