"""Documents: the files that the editor has open, and the translation of its addresses."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from pivotgen.engines.editor.protocol import (
    CountUnits,
    to_diagnostic,
    to_place,
    to_range,
    to_text_edit,
)
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem
from pivotgen.model.workspace import LineRange, Position, WorkspaceApi, lines_of


class PositionParams(Protocol):
    """The parameters of every question about a position."""

    @property
    def text_document(self) -> lsp.TextDocumentIdentifier: ...
    @property
    def position(self) -> lsp.Position: ...


class Documents:
    """The open files of one editor. Paths are relative to the site's folder."""

    def __init__(self, server: LanguageServer, workspace: WorkspaceApi) -> None:
        self._server = server
        self._workspace = workspace
        self._root = Path(os.path.realpath(workspace.site))
        # The URI that the editor uses for each open file. Several URIs can lead to one file.
        self._uris: dict[str, str] = {}
        self._versions: defaultdict[str, int] = defaultdict(int)

    def update(self, uri: str) -> str | None:
        """Take over the text of a file that was opened or changed.

        Return its path, or None when it is outside the site.
        """
        if path := self.path_of(uri):
            self._uris[path] = uri
            text = self._server.workspace.get_text_document(uri).source
            self._workspace.set_text(path, text.removeprefix("\ufeff"))
            self._versions[path] += 1
        return path

    def close(self, uri: str) -> str | None:
        """Forget the text of a file; return its path, or None when it is outside the site."""
        if path := self.path_of(uri):
            self._workspace.set_text(path, None)
            self._uris.pop(path, None)
        return path

    def is_open(self, path: str) -> bool:
        """Whether the editor has the file open."""
        return path in self._uris

    def version(self, path: str) -> int:
        """Return how often the file was opened or changed in this session."""
        return self._versions[path]

    def versions(self) -> dict[str, int]:
        """Return the versions of all files that were open in this session, by path."""
        return dict(self._versions)

    def path_of(self, uri: str) -> str | None:
        """Return the path of a file, or None when it is outside the site."""
        file = to_fs_path(uri)
        if file is None:
            return None
        real = Path(os.path.realpath(file))
        return real.relative_to(self._root).as_posix() if real.is_relative_to(self._root) else None

    def uri_of(self, path: str) -> str:
        """Return the URI of a file, as the editor writes it if the file is open."""
        return self._uris.get(path) or from_fs_path(str(self._workspace.site / path)) or ""

    def position(self, params: PositionParams) -> Position | None:
        """Return the position that a question is about, or None when it is outside the site."""
        if (path := self.path_of(params.text_document.uri)) is None:
            return None
        return Position(path, *to_place(params.position, self._lines(path), self.count_units))

    def range(self, range_: LineRange) -> lsp.Range:
        """Return a range as the editor counts it."""
        start, end = (range_.line, range_.start), (range_.line, range_.end)
        return to_range(start, end, self._lines(range_.path), self.count_units)

    def diagnostics(self, path: str, problems: Iterable[Problem]) -> list[lsp.Diagnostic]:
        """Return the problems of one file as the editor shows them."""
        lines = self._lines(path)
        return [to_diagnostic(problem, lines, self.count_units) for problem in problems]

    def workspace_edit(self, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        """Return edits of any files as one change for the editor."""
        changes: defaultdict[str, list[lsp.TextEdit]] = defaultdict(list)
        for edit in edits:
            text = self._workspace.text(edit.path)
            changes[self.uri_of(edit.path)].append(to_text_edit(edit, text, self.count_units))
        return lsp.WorkspaceEdit(changes=dict(changes))

    @property
    def count_units(self) -> CountUnits:
        """The function that counts the editor's code units in a text."""
        return self._server.workspace.position_codec.client_num_units

    def _lines(self, path: str) -> list[str]:
        return lines_of(self._workspace.text(path))
