"""Editor: a desk that speaks the Language Server Protocol over two streams.

The loop only takes messages in turn; whatever reads, parses or checks runs in a thread. The open
file is looked at after every keystroke, the whole site when the writer pauses.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from pivotgen.edits.apply import compatible_edits
from pivotgen.engines.editor import protocol as translation
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem
from pivotgen.model.workspace import Desk, Renamed, Spot, lines_of

# Seconds without a keystroke after which the whole site is checked.
_PAUSE = 0.3
# Seconds that a question about names waits for the first check to learn them.
_PATIENCE = 5.0
_FIX_ALL = "source.fixAll.pivotgen"


def serve(desk: Desk, into: BinaryIO, out: BinaryIO) -> int:
    """Answer one editor until it is done; the exit status that the protocol asks for."""
    server = _Server(desk)
    server.start_io(into, out)
    server.hands.shutdown(cancel_futures=True)
    return 0 if server.finished else 1


class _Server(LanguageServer):
    def __init__(self, desk: Desk) -> None:
        # Whole texts: stretches would be counted in lines that Python, not the protocol, splits.
        super().__init__(
            "pivotgen",
            version("pivotgen"),
            text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
        )
        self.desk = desk
        self.finished = False
        # One for what is asked about the open file, one for the whole site.
        self.hands = ThreadPoolExecutor(2)
        self._root = Path(os.path.realpath(desk.site))
        # The address by which the editor knows each open file, and how often it has changed.
        self._uris: dict[str, str] = {}
        self._turns: defaultdict[str, int] = defaultdict(int)
        # What an open file has wrong by itself, and what the site adds to that, by path.
        self._own: dict[str, list[Problem]] = {}
        self._further: dict[str, list[Problem]] = {}
        self._waiting: set[str] = set()
        self._typed, self._stale, self._learned = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._answer()

    def _answer(self) -> None:
        """Say which messages are answered, and by what."""
        for name, handler, options in (
            (lsp.INITIALIZED, self._start, None),
            (lsp.SHUTDOWN, self._finish, None),
            (lsp.TEXT_DOCUMENT_DID_OPEN, self._changed, None),
            (lsp.TEXT_DOCUMENT_DID_CHANGE, self._changed, None),
            (lsp.TEXT_DOCUMENT_DID_SAVE, self._saved, None),
            (lsp.TEXT_DOCUMENT_DID_CLOSE, self._closed, None),
            (
                lsp.TEXT_DOCUMENT_COMPLETION,
                self._complete,
                lsp.CompletionOptions(trigger_characters=["(", "/", "#", " "]),
            ),
            (lsp.TEXT_DOCUMENT_HOVER, self._hover, None),
            (lsp.TEXT_DOCUMENT_DEFINITION, self._define, None),
            (
                lsp.TEXT_DOCUMENT_CODE_ACTION,
                self._mend,
                lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, _FIX_ALL]),
            ),
            (lsp.TEXT_DOCUMENT_PREPARE_RENAME, self._renameable, None),
            (lsp.TEXT_DOCUMENT_RENAME, self._rename, lsp.RenameOptions(prepare_provider=True)),
        ):
            # The library writes on what it is given, and a method cannot be written on.
            self.feature(name, options)(partial(handler))

    # What the editor tells.

    async def _start(self, _: lsp.InitializedParams) -> None:
        self._tasks = [asyncio.create_task(self._look()), asyncio.create_task(self._check())]
        self._stale.set()

    def _finish(self, _: Any) -> None:
        self.finished = True

    def _changed(
        self, params: lsp.DidOpenTextDocumentParams | lsp.DidChangeTextDocumentParams
    ) -> None:
        if path := self._path(params.text_document.uri):
            self._uris[path] = params.text_document.uri
            document = self.workspace.get_text_document(params.text_document.uri)
            self.desk.lay(path, document.source.removeprefix("\ufeff"))
            self._turns[path] += 1
            self._waiting.add(path)
            self._typed.set()
            self._stale.set()

    def _saved(self, _: lsp.DidSaveTextDocumentParams) -> None:
        self._stale.set()

    def _closed(self, params: lsp.DidCloseTextDocumentParams) -> None:
        if path := self._path(params.text_document.uri):
            self.desk.lay(path, None)
            self._uris.pop(path, None)
            self._own.pop(path, None)
            self._stale.set()

    # What is told the editor unasked.

    async def _look(self) -> None:
        """Tell what each open file has wrong by itself, as often as it changes."""
        while True:
            await self._typed.wait()
            self._typed.clear()
            while self._waiting:
                path = self._waiting.pop()
                turn = self._turns[path]
                found = await self._do(self.desk.look, path)
                if found is not None and turn == self._turns[path] and path in self._uris:
                    self._own[path] = found
                    self._publish(path)

    async def _check(self) -> None:
        """Tell what is wrong with the site whenever the writer pauses."""
        while True:
            await self._stale.wait()
            while self._stale.is_set():
                self._stale.clear()
                await asyncio.sleep(_PAUSE)
            turns = dict(self._turns)
            found = await self._do(self.desk.check)
            if found is None:
                continue
            told: defaultdict[str, list[Problem]] = defaultdict(list)
            for problem in found:
                told[problem.path].append(problem)
            for path in sorted({*told, *self._further}):
                # A text that has changed since is about to be checked again.
                if turns.get(path, 0) == self._turns[path]:
                    own = await self._do(self.desk.look, path) or []
                    self._further[path] = [one for one in told[path] if one not in own]
                    self._publish(path)
            self._learned.set()

    async def _do(self, work: Any, *given: Any) -> Any:
        """What `work` makes in a thread; None when it fails, which the editor's log is told."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.hands, work, *given)
        # Whatever fails, the writer goes on writing, and the next keystroke tries again.
        except Exception as error:
            said = f"pivotgen could not look at this: {type(error).__name__}: {error}"
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, said))
            return None

    def _publish(self, path: str) -> None:
        problems = sorted({*self._own.get(path, ()), *self._further.get(path, ())})
        lines = self._lines(path)
        diagnostics = [translation.diagnostic(one, lines, self._units) for one in problems]
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(self._uri(path), diagnostics)
        )

    # What the editor asks.

    async def _complete(self, params: lsp.CompletionParams) -> lsp.CompletionList:
        place = self._place(params)
        if place is None:
            return lsp.CompletionList(is_incomplete=False, items=[])
        found = self.desk.suggest(*place)
        if not found and not self._learned.is_set():
            try:
                await asyncio.wait_for(self._learned.wait(), _PATIENCE)
            except TimeoutError:
                return lsp.CompletionList(is_incomplete=True, items=[])
            found = self.desk.suggest(*place)
        items = [
            translation.completion(one, number, self._range(one.spot))
            for number, one in enumerate(found)
        ]
        return lsp.CompletionList(is_incomplete=False, items=items)

    def _hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        place = self._place(params)
        found = self.desk.explain(*place) if place else None
        return (
            lsp.Hover(translation.markdown(found.text), self._range(found.spot)) if found else None
        )

    def _define(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        place = self._place(params)
        found = self.desk.define(*place) if place else None
        return lsp.Location(self._uri(found.path), self._range(found)) if found else None

    async def _mend(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        path = self._path(params.text_document.uri)
        if path is None:
            return []
        turn = self._turns[path]
        problems: list[Problem] = await self._do(self.desk.look, path) or []
        if not self._stale.is_set():
            problems = sorted({*problems, *self._further.get(path, ())})
        if turn != self._turns[path]:
            return []
        only = params.context.only
        lines, first, last = self._lines(path), params.range.start.line, params.range.end.line
        actions = [
            lsp.CodeAction(
                title=one.hint or one.message,
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[translation.diagnostic(one, lines, self._units)],
                is_preferred=True,
                edit=self._edited(one.edits),
            )
            for one in problems
            if one.edits and first <= one.line - 1 <= last and _wanted("quickfix", only)
        ]
        every = [edit for edits in compatible_edits(problems).values() for edit in edits]
        if every and _wanted(_FIX_ALL, only):
            title = "Mend everything in this file that has one right answer"
            actions.append(lsp.CodeAction(title, _FIX_ALL, edit=self._edited(every)))
        return actions

    def _renameable(self, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        place = self._place(params)
        named = self.desk.named(*place) if place else None
        return lsp.PrepareRenamePlaceholder(self._range(named[2]), named[1]) if named else None

    async def _rename(self, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        place = self._place(params)
        if place is None:
            return None
        try:
            found: Renamed = await asyncio.get_running_loop().run_in_executor(
                self.hands, self.desk.rename, *place, params.new_name
            )
        except ValueError as error:
            raise _refusal(str(error)) from None
        if found.problems:
            one = found.problems[0]
            raise _refusal(f"mend {one.path}:{one.line}:{one.column} first: {one.message}")
        return self._moved(found)

    # Between the two ways to name things.

    def _path(self, uri: str) -> str | None:
        """The path of a file from the site's folder; None for files elsewhere."""
        file = to_fs_path(uri)
        if file is None:
            return None
        real = Path(os.path.realpath(file))
        return real.relative_to(self._root).as_posix() if real.is_relative_to(self._root) else None

    def _uri(self, path: str) -> str:
        return self._uris.get(path) or from_fs_path(str(self.desk.site / path)) or ""

    @property
    def _units(self) -> translation.Units:
        return self.workspace.position_codec.client_num_units

    def _lines(self, path: str) -> list[str]:
        return lines_of(self.desk.text(path))

    def _place(
        self,
        params: lsp.CompletionParams
        | lsp.HoverParams
        | lsp.DefinitionParams
        | lsp.PrepareRenameParams
        | lsp.RenameParams,
    ) -> tuple[str, int, int] | None:
        if (path := self._path(params.text_document.uri)) is None:
            return None
        return path, *translation.place(params.position, self._lines(path), self._units)

    def _range(self, spot: Spot) -> lsp.Range:
        lines = self._lines(spot.path)
        return translation.stretch(
            (spot.line, spot.start), (spot.line, spot.end), lines, self._units
        )

    def _edited(self, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        changes: defaultdict[str, list[lsp.TextEdit]] = defaultdict(list)
        for edit in edits:
            text = self.desk.text(edit.path)
            changes[self._uri(edit.path)].append(translation.text_edit(edit, text, self._units))
        return lsp.WorkspaceEdit(changes=dict(changes))

    def _moved(self, renamed: Renamed) -> lsp.WorkspaceEdit:
        steps = list(translation.steps(renamed, self._uri, self._units))
        if any(not isinstance(step, lsp.TextDocumentEdit) for step in steps):
            self._refuse_without_files()
        return lsp.WorkspaceEdit(document_changes=steps)

    def _refuse_without_files(self) -> None:
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        can: Sequence[str] = (edit.resource_operations if edit else None) or ()
        if not {"create", "rename"} <= set(can):
            raise _refusal(
                "this editor cannot create and rename files; `pivotgen rename-role` and "
                "`pivotgen rename-skill` can"
            )


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, lsp.LSPErrorCodes.RequestFailed)
