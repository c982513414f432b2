"""Parse an own page: one file of content/pages/ to its parts, or to its problems."""

from __future__ import annotations

from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.header import PageHeader
from pivotgen.model.own_page import OwnPage, OwnPageBody
from pivotgen.model.parsed import Parsed, ParseOptions
from pivotgen.model.source import Source
from pivotgen.stages.parse.marks import header_marks, section_marks
from pivotgen.stages.parse.parts import (
    RESERVED,
    empty_body,
    image_without_file,
    named_image,
    notes,
    packed_parts,
    partly_read,
    read_header,
    unfinished,
)
from pivotgen.stages.parse.words import words_of_file


def parse_own_page(
    source: Source, slug: str, document: Document, page: MarkdownPage, options: ParseOptions
) -> Parsed:
    """The parts of a page's file; rules of quality find all they want among the facts."""
    header, extra, problems = read_header(source, document, PageHeader, options)
    body = page.render_blocks(document.body, document.body_offset + 1)
    problems += [*empty_body(source.path, document), *page.contents.problems]
    if header is None:
        problems += partly_read(page, document, PageHeader)
        return Parsed(source.path, source.digest, tuple(problems))
    problems += image_without_file(source.path, header.image, header.image_alt)
    problems += unfinished(source.path, document, draft=header.draft)
    facts = OwnPage(
        path=source.path,
        slug=slug,
        title=header.title._replace(text=page.quoted(header.title)),
        description=header.description._replace(text=page.quoted(header.description)),
        updated=header.updated,
        image=named_image(header.image, header.image_alt),
        draft=header.draft,
        aliases=header.aliases,
        mentions=tuple(page.contents.mentions),
        anchors=(*(heading.anchor for heading in body.headings), *RESERVED),
        headings=body.headings,
        passages=tuple(page.contents.passages),
        notes=notes(page, header.allow),
        marks={**header_marks(header), "sections": section_marks(document, body, page)},
        updated_place=document.place("updated"),
        stored_extra=extra,
    )
    parsed = packed_parts(source, problems, facts, OwnPageBody(body.html, body.headings, extra))
    texts = (header.title.text, header.description.text)
    words = words_of_file(page.contents, texts, facts.image, extra)
    return parsed._replace(words=words)
