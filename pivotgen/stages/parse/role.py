"""Parse a role: one file of content/roles/ to its parts, or to its problems."""

from __future__ import annotations

from pivotgen.engines.header import schema
from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.header import RoleHeader
from pivotgen.model.parsed import Parsed
from pivotgen.model.role import RoleBody, RoleText
from pivotgen.model.source import Source
from pivotgen.stages.parse.parts import notes, packed_parts, unfinished


def parse_role(
    source: Source, stem: str, document: Document, page: MarkdownPage, prose: bool
) -> Parsed:
    """The parts of a role's file; rules of quality find all they want among the facts."""
    header, problems = schema.read_header(source.path, document.fields, RoleHeader)
    body = page.render_blocks(document.body, document.body_offset + 1)
    problems += page.problems
    if header is None:
        return Parsed(source.path, source.digest, tuple(problems))
    problems += unfinished(source.path, document, draft=header.draft)
    text = RoleText(
        path=source.path,
        slug=stem,
        name=header.name,
        description=header.description.text,
        field=header.field.text if header.field else "",
        aliases=header.aliases,
        draft=header.draft,
        mentions=tuple(page.mentions),
        headings=body.headings,
        passages=tuple(page.passages),
        notes=notes(page, header.allow),
    )
    return packed_parts(source, problems, text, RoleBody(body.html))
