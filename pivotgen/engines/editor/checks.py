"""Checks: find problems in the background and send them to the editor.

An open file is checked after every change, and the whole site after a pause.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from pivotgen.engines.editor.documents import Documents
from pivotgen.engines.editor.threads import Threads
from pivotgen.model.problem import Problem
from pivotgen.model.workspace import WorkspaceApi

# The seconds without a change after which the whole site is checked.
_PAUSE = 0.3


class Checks:
    """The background checks of one editor's session, and the problems they found."""

    def __init__(
        self,
        server: LanguageServer,
        workspace: WorkspaceApi,
        documents: Documents,
        threads: Threads,
    ) -> None:
        self._server = server
        self._workspace = workspace
        self._documents = documents
        self._threads = threads
        # By path: the problems of an open file by itself, and what a check of the site adds.
        self._file_problems: dict[str, list[Problem]] = {}
        self._site_problems: dict[str, list[Problem]] = {}
        # Changed files that are not checked yet.
        self._changed: set[str] = set()
        self._file_changed = asyncio.Event()
        self._site_changed = asyncio.Event()
        self._names_known = asyncio.Event()
        # The loop keeps only weak references to its tasks.
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start both kinds of checks; the event loop must be running."""
        self._tasks = [
            asyncio.create_task(self._check_files()),
            asyncio.create_task(self._check_site()),
        ]
        self._site_changed.set()

    def file_changed(self, path: str) -> None:
        """Check a file that was opened or changed, and later the site."""
        self._changed.add(path)
        self._file_changed.set()
        self._site_changed.set()

    def file_saved(self) -> None:
        """Check the site, because a file on disk has changed."""
        self._site_changed.set()

    def file_closed(self, path: str) -> None:
        """Forget the problems of a closed file, and check the site without its open text."""
        self._file_problems.pop(path, None)
        self._site_changed.set()

    async def wait_for_names(self, seconds: float) -> bool:
        """Wait until a check of the site knows its names; whether it does after `seconds`."""
        try:
            await asyncio.wait_for(self._names_known.wait(), seconds)
        except TimeoutError:
            return False
        return True

    @property
    def names_known(self) -> bool:
        """Whether a check of the whole site has ended."""
        return self._names_known.is_set()

    async def problems_of(self, path: str) -> list[Problem]:
        """Return the problems of an open file, with those of the site unless it has changed."""
        problems = await self._threads.try_run(self._workspace.problems_of, path) or []
        if self._site_changed.is_set():
            return problems
        return sorted({*problems, *self._site_problems.get(path, ())})

    async def _check_files(self) -> None:
        while True:
            await self._file_changed.wait()
            self._file_changed.clear()
            while self._changed:
                path = self._changed.pop()
                version = self._documents.version(path)
                problems = await self._threads.try_run(self._workspace.problems_of, path)
                is_current = version == self._documents.version(path)
                if problems is not None and is_current and self._documents.is_open(path):
                    self._file_problems[path] = problems
                    self._publish(path)

    async def _check_site(self) -> None:
        while True:
            await self._site_changed.wait()
            while self._site_changed.is_set():
                self._site_changed.clear()
                await asyncio.sleep(_PAUSE)
            versions = self._documents.versions()
            problems = await self._threads.try_run(self._workspace.check)
            if problems is None:
                continue
            by_path: defaultdict[str, list[Problem]] = defaultdict(list)
            for problem in problems:
                by_path[problem.path].append(problem)
            for path in sorted({*by_path, *self._site_problems}):
                # A file that has changed since the check began is checked again soon.
                if versions.get(path, 0) == self._documents.version(path):
                    await self._set_site_problems(path, by_path[path])
            self._names_known.set()

    async def _set_site_problems(self, path: str, problems: list[Problem]) -> None:
        own = await self._threads.try_run(self._workspace.problems_of, path) or []
        self._site_problems[path] = [problem for problem in problems if problem not in own]
        self._publish(path)

    def _publish(self, path: str) -> None:
        """Send the editor all problems of a file; they replace those it has."""
        own, further = self._file_problems.get(path, ()), self._site_problems.get(path, ())
        diagnostics = self._documents.diagnostics(path, sorted({*own, *further}))
        self._server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(self._documents.uri_of(path), diagnostics)
        )
