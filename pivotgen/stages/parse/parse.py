"""Parse: files of content to their validated parts, or to the problems that stand in the way."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence

from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.header.values import SLUG
from pivotgen.model.parsed import Parsed
from pivotgen.model.problem import Problem
from pivotgen.model.source import PIVOTS, ROLES, Source
from pivotgen.stages.parse.pivot import parse_pivot
from pivotgen.stages.parse.role import parse_role

# By folder, the parser of a file: its source, its name without the ending, its parts so far, and
# whether rules of quality want more of them.
PARSERS: Mapping[str, Callable[[Source, str, Document, bool], Parsed]] = {
    PIVOTS: parse_pivot,
    ROLES: parse_role,
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
    folder, name = posixpath.split(source.path)
    stem = name.removesuffix(".md")
    if folder not in PARSERS:
        return _refused(
            source,
            "misplaced-file",
            "this file is neither a pivot nor a role",
            "move it to content/pivots/ or content/roles/",
        )
    if not SLUG.fullmatch(stem):
        return _refused(
            source,
            "bad-file-name",
            f"`{stem}` cannot be part of an address",
            "name the file in small letters, digits and single hyphens",
        )
    document = split(source.path, source.data)
    if isinstance(document, Problem):
        return Parsed(source.path, source.digest, (document,))
    return PARSERS[folder](source, stem, document, prose)


def _refused(source: Source, code: str, message: str, hint: str) -> Parsed:
    return Parsed(source.path, source.digest, (Problem(source.path, 1, 1, code, message, hint),))
