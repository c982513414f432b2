"""Translation headers: declares the frontmatter of translations.

A translation has what is language and nothing else. All other keys of the file that it translates
count for it too; `INHERITED` names them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pivotgen.model.header import (
    FaqHeader,
    SilenceHeader,
    Written,
    allow_key,
    draft_key,
    image_alt_key,
    key,
    region_key,
    updated_key,
)
from pivotgen.model.lazy_dataclass import dataclass


def translated_key() -> Any:
    """Return the field of what a translation was made from."""
    description = "What the text was translated from; `pivotgen translate --done` writes it."
    return key(description, example="title 3fa9c1", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWordsHeader:
    """The words of a call to action in another language; it leads where that of the source does."""

    heading: Written | None = key(
        "The heading above the call.", example="Est-ce pour vous ?", default=None
    )
    text: Written | None = key(
        "One or two sentences; `{from}` and `{to}` stand for the role names.",
        example="Voyez ce que votre parcours vaut.",
        default=None,
    )
    label: Written | None = key("The words on the button.", example="Commencer", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotTranslationHeader:
    """The frontmatter of a translated pivot: content/pivots/<slug>.<language>.md."""

    INHERITED: ClassVar[tuple[str, ...]] = (
        *("from", "to", "window", "author", "image"),
        *("skills", "sources", "extra"),
    )
    title: Written = key("The headline.", example="De développeur à chef de produit : …")
    description: Written = key(
        "The deck under the headline; also the description in search results and link previews.",
        example="Le chemin qui va du comment au pourquoi.",
    )
    published: date | None = key(
        "The day the translation was first published.", example="2026-05-04", default=None
    )
    updated: date | None = updated_key()
    image_alt: Written | None = image_alt_key()
    draft: bool = draft_key()
    slug: Written | None = key(
        "The last part of the address, when it is not that of the source.",
        example="developpeur-vers-chef-de-produit",
        form="slug",
        default=None,
    )
    aliases: tuple[Written, ...] = key(
        "Old addresses of this page; each one redirects here.",
        example="/fr/dev-vers-chef/",
        form="path",
        default=(),
    )
    tldr: tuple[Written, ...] = key(
        "The page in a few points, one sentence each.",
        example="La crédibilité technique est un atout réel.",
        form="inline",
    )
    becomes: tuple[Written, ...] = key(
        "What skills turn into: a line for each skill whose source says so, in the same order.",
        example="le diagnostic d’un recul des inscriptions",
        default=(),
    )
    faqs: tuple[FaqHeader, ...] = key("The questions, in the order of the source.", example="")
    cta: CallWordsHeader | None = key(
        "The words of the page's own call to action.", example="", default=None
    )
    region: Written | None = region_key()
    allow: tuple[SilenceHeader, ...] = allow_key()
    translated: Written | None = translated_key()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTranslationHeader:
    """The frontmatter of a translated role: content/roles/<slug>.<language>.md."""

    INHERITED: ClassVar[tuple[str, ...]] = ("name", "field", "extra")
    description: Written = key(
        "What the role is for, in one sentence.",
        example="Décide de ce que le produit doit faire ensuite.",
    )
    aliases: tuple[Written, ...] = key(
        "Other names of the same role in this language.",
        example="Product owner",
        form="name",
        default=(),
    )
    typed: tuple[Written, ...] = key(
        "What else readers of this language type for it; the finder knows it, no page shows it.",
        example="PO",
        form="name",
        default=(),
    )
    draft: bool = draft_key()
    allow: tuple[SilenceHeader, ...] = allow_key()
    translated: Written | None = translated_key()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTranslationHeader:
    """The frontmatter of a translated page of the site's own: content/pages/….<language>.md."""

    INHERITED: ClassVar[tuple[str, ...]] = ("image", "extra")
    title: Written = key("The headline.", example="Qui sommes-nous ?")
    description: Written = key(
        "The deck under the headline; also the description in search results and link previews.",
        example="Qui écrit ces pages, et d’où viennent les faits.",
    )
    updated: date | None = updated_key()
    image_alt: Written | None = image_alt_key()
    draft: bool = draft_key()
    aliases: tuple[Written, ...] = key(
        "Old addresses of this page; each one redirects here.",
        example="/fr/a-propos/",
        form="path",
        default=(),
    )
    allow: tuple[SilenceHeader, ...] = allow_key()
    translated: Written | None = translated_key()
