"""Workspace: answers an editor's questions about a site whose files it has open, saved or not."""

from __future__ import annotations

from pathlib import Path

from pivotgen.commands._catalogue import Catalogue, read_catalogue
from pivotgen.commands._editor_answers import completions_at, definition_at, hover_at, name_kind
from pivotgen.commands._translation_answers import slug_completions, slug_hover, source_hover
from pivotgen.commands.check import CheckOptions, Unsaved, check
from pivotgen.commands.rename import RenameRequest, Renaming, plan_renaming
from pivotgen.disk.places import Places
from pivotgen.engines.editor.cursor import Cursor, cursor_at
from pivotgen.memory.fingerprint import digest
from pivotgen.model.config import Config
from pivotgen.model.parsed import ParseOptions
from pivotgen.model.problem import Problem
from pivotgen.model.source import (
    PHRASES,
    Source,
    is_translation,
    language_of_names,
    translation_of,
)
from pivotgen.model.workspace import Completion, Hover, LineRange, Position, RenameTarget
from pivotgen.stages.parse.parse import parse
from pivotgen.stages.read.find_changes import source_files
from pivotgen.stages.shared.inputs import theme_phrases
from pivotgen.stages.site_files import read_source


class Workspace:
    """A site and the texts of the files that are open in an editor."""

    def __init__(self, config: Config, site: Path) -> None:
        self.site = site
        self._config = config
        self._places = Places(site, config.outside)
        # Not the ledger of builds: that one must not contain texts that are not saved.
        self._memory = site / ".pivotgen" / "editor"
        self._open_texts: dict[str, str] = {}
        authors = {key: author.name for key, author in config.authors.items()}
        self._catalogue = Catalogue(authors=authors, extra=config.declared_keys)

    def set_text(self, path: str, text: str | None) -> None:
        """Set the text of an open file; None when the file is closed."""
        if text is None:
            self._open_texts.pop(path, None)
        else:
            self._open_texts[path] = text

    def text(self, path: str) -> str:
        """Return a file as the editor has it, or else as it is on disk; "" when there is none."""
        if path in self._open_texts:
            return self._open_texts[path]
        try:
            return read_source(self.site, path).decode("utf-8-sig", "replace")
        except OSError:
            return ""

    def problems_of(self, path: str) -> list[Problem]:
        """Return the problems that an open file has by itself. This is fast enough for every key.

        The list is empty when the file is not open.
        """
        if path not in self._open_texts:
            return []
        if _is_layout(path):
            return [problem for problem in self._layout_problems() if problem.path == path]
        if not _is_content(path):
            return []
        data = self._open_texts[path].encode(errors="replace")
        options = ParseOptions(extra=self._config.declared_keys)
        [parsed] = parse([Source(path, data, digest(data))], options=options)
        return sorted(parsed.problems)

    def check(self) -> list[Problem]:
        """Return the problems of the whole site, with the open texts in place of their files.

        This also updates the names that the other answers use.
        """
        unsaved = Unsaved(self._overlay(), self._memory)
        report = check(self.site, self._config, CheckOptions(unsaved=unsaved))
        with_problems = {problem.path for problem in report.problems}
        self._catalogue = read_catalogue(self._memory, self._catalogue, with_problems)
        # The check reads layouts from disk. Only `problems_of` knows one that is not saved.
        return [
            problem
            for problem in report.problems
            if not _is_layout(problem.path) or self._is_saved(problem.path)
        ]

    def completions(self, position: Position) -> list[Completion]:
        """Return what could stand at a position of a content file."""
        if language_of_names(position.path):
            return [*slug_completions(self._catalogue, position, self.text(position.path))]
        if not _is_content(position.path):
            return []
        text, cursor = self.text(position.path), self._cursor(position)
        return completions_at(self._catalogue, position.path, text, cursor)

    def hover(self, position: Position) -> Hover | None:
        """Return an explanation of what stands at a position.

        In a translation it is what the source says there.
        """
        path = position.path
        if language_of_names(path):
            return slug_hover(self._catalogue, position, self.text(path))
        cursor = self._cursor(position)
        if is_translation(path) and cursor.kind != "link":
            source, _ = translation_of(path)
            hover = source_hover(path, self.text(path), cursor, (source, self.text(source)))
            if hover:
                return hover
        return hover_at(self._catalogue, path, cursor)

    def definition(self, position: Position) -> LineRange | None:
        """Return the start of the file that a link leads to or that describes a role."""
        path = definition_at(self._catalogue, position.path, self._cursor(position))
        is_file = path in self._open_texts or (_is_content(path) and (self.site / path).is_file())
        return LineRange(path, 1, 1, 1) if is_file else None

    def rename_target(self, position: Position) -> RenameTarget | None:
        """Return the role or the skill at a position, which can be renamed."""
        cursor = self._cursor(position)
        kind = name_kind(position.path, cursor)
        if not kind or not cursor.word:
            return None
        return RenameTarget(kind, cursor.word, cursor.range_in(position.path))

    def rename(self, position: Position, new: str) -> Renaming:
        """Return the changes that give the role or the skill at a position a new name everywhere.

        Nothing is written here. Raises ValueError with the reason when it is not possible.
        """
        target = self.rename_target(position)
        if target is None:
            raise ValueError("only the name of a role or a skill can be changed here")
        request = RenameRequest(target.kind, target.name, new)
        return plan_renaming(self._config, self.site, request, self._overlay())

    def _cursor(self, position: Position) -> Cursor:
        return cursor_at(self.text(position.path), position.line, position.column)

    def _layout_problems(self) -> list[Problem]:
        """Return the problems of all layouts, with the open texts in place of their files."""
        # Imported here, because Jinja takes long to load and other questions do not need it.
        from pivotgen.engines.layouts.layouts import Layouts
        from pivotgen.engines.layouts.phrases import read_phrases
        from pivotgen.kinds import layout_views

        paths = set(source_files(self._places, "layouts", ".html"))
        paths |= {path for path in self._open_texts if _is_layout(path)}
        texts = {path.removeprefix("layouts/"): self.text(path) for path in sorted(paths)}
        sources = [
            Source(path, read_source(self.site, path), b"")
            for path in source_files(self._places, PHRASES, ".yaml")
        ]
        language = self._config.language
        phrases, _ = read_phrases(sources, language, theme_phrases(language))
        views = layout_views(self._config.declared_keys)
        return Layouts(texts, self._config.filters).check(views, phrases)

    def _is_saved(self, path: str) -> bool:
        """Whether the file on disk is the same as in the editor, or is not open there."""
        if path not in self._open_texts:
            return True
        try:
            data = (self.site / path).read_bytes()
        except OSError:
            return False
        return data == self._open_texts[path].encode(errors="replace")

    def _overlay(self) -> dict[str, bytes]:
        # A copy, because another thread may open or close a file meanwhile.
        return {
            path: text.encode(errors="replace")
            for path, text in self._open_texts.copy().items()
            if _is_content(path) or language_of_names(path)
        }


def _is_content(path: str) -> bool:
    return path.startswith("content/") and path.endswith(".md")


def _is_layout(path: str) -> bool:
    return path.startswith("layouts/") and path.endswith(".html")
