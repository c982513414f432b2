"""Parse: files of content to their validated parts, or to the problems that stand in the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.content import FOLDERS, folder_of
from pivotgen.model.names import is_slug
from pivotgen.model.parsed import Parsed
from pivotgen.model.problem import Problem
from pivotgen.model.source import PAGES, PIVOTS, ROLES, Source
from pivotgen.stages.parse.own_page import parse_own_page
from pivotgen.stages.parse.parts import RESERVED
from pivotgen.stages.parse.pivot import parse_pivot
from pivotgen.stages.parse.role import parse_role

# By folder, the parser of a file. It gets the source, its path in the folder without the ending,
# the header and text, the page for its Markdown, and whether rules of quality want more parts.
PARSERS: Mapping[str, Callable[[Source, str, Document, MarkdownPage, bool], Parsed]] = {
    PIVOTS: parse_pivot,
    ROLES: parse_role,
    PAGES: parse_own_page,
}


def parse(sources: Sequence[Source], *, prose: bool = False) -> list[Parsed]:
    """The parts of each content file, or every problem that stands in the way.

    With `prose`, what rules of quality look at is among the parts.
    """
    return [_parsed(source, prose) for source in sources]


def parse_batch(_: object, sources: Sequence[Source]) -> list[Parsed]:
    """The task of a worker: `parse` without prose."""
    return parse(sources)


def parse_batch_with_prose(_: object, sources: Sequence[Source]) -> list[Parsed]:
    """The task of a worker: `parse` with prose."""
    return parse(sources, prose=True)


def _parsed(source: Source, prose: bool) -> Parsed:
    folder = folder_of(source.path)
    if not folder:
        nouns = " nor ".join(f"a {FOLDERS[name].noun}" for name in PARSERS)
        *others, last = [f"{name}/" for name in PARSERS]
        folders = f"{', '.join(others)} or {last}"
        message = f"this file is neither {nouns}"
        return _refused(source, "misplaced-file", message, f"move it to {folders}")
    # Some systems write the names of files in another form than people type them.
    stem = source.path.removeprefix(f"{folder}/").removesuffix(".md")
    slug = stem if stem.isascii() else unicodedata.normalize("NFC", stem)
    for part in slug.split("/"):
        if not is_slug(part):
            message = f"`{part}` cannot be part of an address"
            hint = "name the file in small letters, digits and single hyphens"
            return _refused(source, "bad-file-name", message, hint)
    document = split(source.path, source.data)
    if isinstance(document, Problem):
        return Parsed(source.path, source.digest, (document,))
    page = MarkdownPage(source.path, document.text, RESERVED)
    parsed = PARSERS[folder](source, slug, document, page, prose)
    problems = document.with_problems(parsed.problems)
    if not problems:
        return parsed
    mentions = tuple(link for link in page.mentions if link.line not in document.unsure)
    return parsed._replace(problems=tuple(problems), mentions=mentions)


def _refused(source: Source, code: str, message: str, hint: str) -> Parsed:
    return Parsed(source.path, source.digest, (Problem(source.path, 1, 1, code, message, hint),))
