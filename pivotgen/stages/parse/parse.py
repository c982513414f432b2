"""Parse: files of content to their validated parts, or to the problems that stand in the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.markdown.engine import Markdown, PluginError, fault_of_plugin, packaged
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.engines.settings import SETTINGS_FILE
from pivotgen.model.content import FOLDERS, folder_of, header_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.markdown import MarkdownSettings
from pivotgen.model.names import is_slug
from pivotgen.model.own_code import OwnCode
from pivotgen.model.parsed import Parsed, ParseOptions
from pivotgen.model.problem import Problem
from pivotgen.model.source import (
    PAGES,
    PIVOTS,
    ROLES,
    Source,
    is_translation,
    translation_of,
)
from pivotgen.stages.parse.conflicts import without_conflicts
from pivotgen.stages.parse.own_page import parse_own_page
from pivotgen.stages.parse.parts import RESERVED, named_by
from pivotgen.stages.parse.pivot import parse_pivot
from pivotgen.stages.parse.role import parse_role
from pivotgen.stages.parse.translation import parse_translation
from pivotgen.stages.worker_memory import WorkerMemory

# By folder, the parser of a file. It gets the source, its path in the folder without the ending,
# the header and text, the page for its Markdown, and what else parsing depends on.
PARSERS: Mapping[str, Callable[[Source, str, Document, MarkdownPage, ParseOptions], Parsed]] = {
    PIVOTS: parse_pivot,
    ROLES: parse_role,
    PAGES: parse_own_page,
}


@dataclass(frozen=True, slots=True)
class ParseBatch:
    """Some content files to parse, the Markdown they are in, and what else parsing depends on."""

    markdown: MarkdownSettings
    sources: tuple[Source, ...]
    options: ParseOptions
    # The site's own plugins, for a worker that does not see its folder.
    code: OwnCode | None = None


_PLAIN = ParseOptions()


def parse(
    sources: Sequence[Source], markdown: Markdown | None = None, options: ParseOptions = _PLAIN
) -> list[Parsed]:
    """The parts of each content file, or every problem that stands in the way."""
    return [_parsed(source, markdown or packaged(), options) for source in sources]


def parse_batch(memory: WorkerMemory, batch: ParseBatch) -> list[Parsed]:
    """The task of a worker: `parse`, each text with the quotation marks of its language."""
    settings, options = batch.markdown, batch.options
    if batch.code:
        settings = replace(settings, plugins_from=memory.code.folder(batch.code))
    return [
        _parsed(source, memory.markdown(settings, translation_of(source.path)[1]), options)
        for source in batch.sources
    ]


def fault_of_plugins(markdown: MarkdownSettings) -> Problem | None:
    """What is wrong with the site's own plugins, when one of them cannot be added."""
    if not markdown.plugins:
        return None
    try:
        Markdown(markdown)
    except PluginError as error:
        return Problem.of_file(SETTINGS_FILE, "config", *fault_of_plugin(error))
    return None


def _parsed(source: Source, markdown: Markdown, options: ParseOptions) -> Parsed:
    folder = folder_of(source.path)
    if not folder:
        nouns = " nor ".join(f"a {FOLDERS[name].noun}" for name in PARSERS)
        *others, last = [f"{name}/" for name in PARSERS]
        folders = f"{', '.join(others)} or {last}"
        message = f"this file is neither {nouns}"
        return _refused(source, "misplaced-file", message, f"move it to {folders}")
    # Some systems write the names of files in another form than people type them.
    original, language = translation_of(source.path)
    stem = (original or source.path).removeprefix(f"{folder}/").removesuffix(".md")
    slug = stem if stem.isascii() else unicodedata.normalize("NFC", stem)
    for part in slug.split("/"):
        if not is_slug(part):
            message = f"`{part}` cannot be part of an address"
            hint = "name the file in small letters, digits and single hyphens"
            if is_translation(source.path):
                hint = "only the code of a language may stand behind a dot, as in about.fr.md"
            return _refused(source, "bad-file-name", message, hint)
    data, conflicts = without_conflicts(source.path, source.data)
    document = split(source.path, data)
    if isinstance(document, Problem):
        return Parsed(source.path, source.digest, (*conflicts, document))
    page = MarkdownPage(source.path, document.text, RESERVED, markdown)
    try:
        parser = parse_translation if language else PARSERS[folder]
        parsed = parser(source, slug, document, page, options)
    except PluginError as error:
        return _refused(source, "config", *fault_of_plugin(error))
    problems = [*conflicts, *document.with_problems(parsed.problems)]
    if not problems:
        return parsed
    named = named_by(page, document, header_of(source.path))
    return parsed._replace(problems=tuple(problems), named=named)


def _refused(source: Source, code: str, message: str, hint: str) -> Parsed:
    return Parsed(source.path, source.digest, (Problem.of_file(source.path, code, message, hint),))
