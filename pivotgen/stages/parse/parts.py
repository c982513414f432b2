"""Parts: what the parsers of all folders of content share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pivotgen.engines.header import schema
from pivotgen.engines.header.extra_header import header_with, own_keys
from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.header.read_plain import read_plain
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.engines.packing import pack
from pivotgen.memory.fingerprint import digest
from pivotgen.model.content import FOLDERS, folder_of
from pivotgen.model.extra import keys_on
from pivotgen.model.facts import facts_of
from pivotgen.model.header import SilenceHeader, Written
from pivotgen.model.names import slug_of
from pivotgen.model.own_keys import NO_KEYS, StoredKeys, stored_keys
from pivotgen.model.parsed import Named, Parsed, ParseOptions
from pivotgen.model.pivot import Mention, NamedImage, Notes, Silence
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.model.stored_card import StoredCard
from pivotgen.model.todo import todos
from pivotgen.model.view import Asked

H = TypeVar("H")

# Bytes in the longest name of a folder, which file systems limit to 255; and a number of letters
# that cannot be more.
_LONGEST_SLUG, _SHORT = 240, 60

# Ids that the layouts use; a heading may not take one.
RESERVED = (
    "main",
    "glance",
    "tldr",
    "skills",
    "questions",
    "paths",
    "onward",
    "kindred",
    "back",
    "sources",
)


def packed_parts(
    source: Source,
    problems: Sequence[Problem],
    facts: object,
    body: object,
    shown: tuple[StoredCard, Asked] | None = None,
) -> Parsed:
    """The parts of one file, each packed and with its digest; `shown` is what other files show."""
    packed_card, packed_asked = map(pack, shown) if shown else (b"", b"")
    packed_body = pack(body)
    return Parsed(
        path=source.path,
        source=source.digest,
        problems=tuple(problems),
        facts=pack(facts),
        card=packed_card,
        asked=packed_asked,
        body=packed_body,
        facts_digest=digest(pack(facts_of(facts))),
        card_digest=digest(packed_card),
        asked_digest=digest(packed_asked),
        body_digest=digest(packed_body),
    )


def read_header(
    source: Source, document: Document, header: type[H], options: ParseOptions
) -> tuple[H | None, StoredKeys, list[Problem]]:
    """The header of a file, its own keys, and its problems, which may leave nothing of both."""
    noun = FOLDERS[folder_of(source.path)].noun
    declared = keys_on(options.extra, noun)
    whole = header_with(header, declared)
    value = None if document.plain is None else read_plain(document.plain, whole)
    problems: list[Problem] = []
    if value is None:
        value, problems = schema.read_header(source.path, document.fields, whole)
    extra = own_keys(getattr(value, "extra", None), declared) if value else NO_KEYS
    return value, stored_keys(extra), problems


def place(written: Written) -> tuple[int, int]:
    """Line and column of a text."""
    return written.line, written.column


def notes(page: MarkdownPage, allow: Iterable[SilenceHeader]) -> Notes:
    """What only rules of quality know of a file."""
    silences = (Silence(silence.rule, silence.reason.text, silence.until) for silence in allow)
    return Notes(
        tuple(page.contents.links),
        tuple(page.contents.heading_lines),
        tuple(silences),
        tuple(page.contents.marks),
    )


def partly_read(
    page: MarkdownPage, document: Document, header: type[object], names: Iterable[str] = ()
) -> Iterator[Problem]:
    """What else is wrong in a file whose header cannot be read as a whole.

    `names` are the fields with names of roles and skills. The links of the Markdown in the header
    are recorded.
    """
    path = page.contents.path
    values, markdown = schema.read_parts(path, document.fields, header)
    for form, text in markdown:
        if form == "inline":
            page.render_inline(text.text, text.line)
        else:
            page.render_blocks(text.text, text.line)
    for field in names:
        value = values.get(field, ())
        items = (value,) if isinstance(value, Written) else value
        names_of = (item if isinstance(item, Written) else item.name for item in items)
        yield from nameless(path, tuple(names_of))
    # A value that cannot be read may have meant a draft.
    yield from unfinished(path, document, draft=values.get("draft", "draft" in document.fields))


def named_by(page: MarkdownPage, document: Document, header: type[object]) -> Named:
    """What a file with problems names."""
    values, _ = schema.read_parts(page.contents.path, document.fields, header)

    def sure(field: str) -> Written | None:
        written: Written | None = values.get(field)
        return written if written and written.line not in document.unsure else None

    return Named(
        tuple(link for link in page.contents.mentions if link.line not in document.unsure),
        sure("author"),
        named_image(sure("image"), None),
    )


def named_image(image: Written | None, alt: Written | None) -> NamedImage | None:
    """The picture that a header names for shared pages."""
    if not image:
        return None
    mention = Mention(image.text, image.line, image.column, image=True)
    return NamedImage(mention, alt.text if alt else "")


def image_without_file(path: str, image: Written | None, alt: Written | None) -> Iterator[Problem]:
    """The problem of a header that says what a picture shows, and names none."""
    if alt and not image:
        message = "`image_alt` says what a picture shows, and there is no `image`"
        hint = "add `image:` with the file, or take `image_alt` out"
        yield Problem(path, *place(alt), "missing-key", message, hint)


def empty_body(path: str, document: Document) -> Iterator[Problem]:
    """The problem of a file without a text."""
    if not document.body.strip():
        place = path, document.body_offset + 1, 1
        hint = "write its sections under the last ---"
        yield Problem(*place, "empty-body", "the page has no text", hint)


def nameless(path: str, names: Iterable[Written]) -> Iterator[Problem]:
    """Every name of a role or a skill that cannot have a page."""
    for name in names:
        if not (slug := slug_of(name.text)):
            message = f"`{name.text}` has no letter and no digit, so it cannot have an address"
            hint = "give it a name in words"
            yield Problem(path, *place(name), "bad-name", message, hint)
        elif len(slug) > _SHORT and len(slug.encode()) > _LONGEST_SLUG:
            message = "this name is too long to be part of an address"
            hint = "name it in a few words, and explain it in the text"
            yield Problem(path, *place(name), "bad-name", message, hint)


def unfinished(path: str, document: Document, *, draft: bool) -> Iterator[Problem]:
    """Every TODO of a file that is no draft."""
    if draft:
        return
    for line, column in todos(document.text):
        yield Problem(
            path,
            line,
            column,
            "todo",
            "`TODO` marks what is still to be written, and this page is not a draft",
            "write what is missing, or add `draft: true` to the frontmatter until you have",
        )
