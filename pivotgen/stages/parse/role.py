"""Parse a role: one file of content/roles/ to its parts, or to its problems."""

from __future__ import annotations

from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.header import RoleHeader
from pivotgen.model.names import slug_of
from pivotgen.model.parsed import Parsed, ParseOptions
from pivotgen.model.role import RoleBody, RoleText
from pivotgen.model.source import Source
from pivotgen.stages.parse.marks import header_marks, section_marks
from pivotgen.stages.parse.parts import (
    RESERVED,
    nameless,
    notes,
    packed_parts,
    partly_read,
    read_header,
    unfinished,
)
from pivotgen.stages.parse.words import words_of_file


def parse_role(
    source: Source, stem: str, document: Document, page: MarkdownPage, options: ParseOptions
) -> Parsed:
    """The parts of a role's file; rules of quality find all they want among the facts."""
    header, extra, problems = read_header(source, document, RoleHeader, options)
    body = page.render_blocks(document.body, document.body_offset + 1)
    problems += page.contents.problems
    if header is None:
        problems += partly_read(page, document, RoleHeader, ("name", "aliases", "typed"))
        return Parsed(source.path, source.digest, tuple(problems))
    problems += nameless(source.path, (header.name, *header.aliases, *header.typed))
    problems += unfinished(source.path, document, draft=header.draft)
    text = RoleText(
        path=source.path,
        slug=slug_of(header.name.text),
        name=header.name,
        description=page.quoted(header.description),
        field=header.field.text if header.field else "",
        aliases=header.aliases,
        typed=header.typed,
        draft=header.draft,
        mentions=tuple(page.contents.mentions),
        anchors=(*(heading.anchor for heading in body.headings), *RESERVED),
        stored_extra=extra,
        headings=body.headings,
        passages=tuple(page.contents.passages),
        notes=notes(page, header.allow),
        marks={**header_marks(header), "sections": section_marks(document, body, page)},
    )
    parsed = packed_parts(source, problems, text, RoleBody(body.html))
    texts = (header.name.text, header.description.text, text.field)
    return parsed._replace(words=words_of_file(page.contents, texts, extra=extra))
