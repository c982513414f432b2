"""Server: connects a workspace with one editor over two streams, by the Language Server Protocol.

The event loop receives the messages and answers short questions. Checks and renamings, which parse
many files, run in threads.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from pivotgen.engines.editor.questions import FIX_ALL, code_actions, complete, definition, hover
from pivotgen.engines.editor.renaming import prepare_rename, rename
from pivotgen.engines.editor.session import Session, new_session
from pivotgen.model.workspace import WorkspaceApi


def serve(workspace: WorkspaceApi, incoming: BinaryIO, outgoing: BinaryIO) -> int:
    """Answer one editor until it leaves; return the exit status that the protocol asks for.

    It is 1 when the editor ends the session without a request to shut down.
    """
    server = LanguageServer(
        "pivotgen",
        version("pivotgen"),
        # The editor sends whole texts. pygls would count the lines of a partial change by Python's
        # line ends, which are not those of the protocol.
        text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
    )
    session = new_session(server, workspace)
    is_shut_down = False

    def shut_down(_: Any) -> None:
        nonlocal is_shut_down
        is_shut_down = True

    server.feature(lsp.SHUTDOWN)(shut_down)
    _register(server, session)
    server.start_io(incoming, outgoing)
    session.threads.stop()
    return 0 if is_shut_down else 1


def _register(server: LanguageServer, session: Session) -> None:
    """Register the function for each message, and what the editor must know about it."""
    completion = lsp.CompletionOptions(trigger_characters=["(", "/", "#", " "])
    actions = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL])
    renaming = lsp.RenameOptions(prepare_provider=True)
    for message, function, options in (
        (lsp.INITIALIZED, _start, None),
        (lsp.TEXT_DOCUMENT_DID_OPEN, _changed, None),
        (lsp.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
        (lsp.TEXT_DOCUMENT_DID_SAVE, _saved, None),
        (lsp.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
        (lsp.TEXT_DOCUMENT_COMPLETION, complete, completion),
        (lsp.TEXT_DOCUMENT_HOVER, hover, None),
        (lsp.TEXT_DOCUMENT_DEFINITION, definition, None),
        (lsp.TEXT_DOCUMENT_CODE_ACTION, code_actions, actions),
        (lsp.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename, None),
        (lsp.TEXT_DOCUMENT_RENAME, rename, renaming),
    ):
        server.feature(message, options)(partial(function, session))


async def _start(session: Session, _: lsp.InitializedParams) -> None:
    session.checks.start()


def _changed(
    session: Session, params: lsp.DidOpenTextDocumentParams | lsp.DidChangeTextDocumentParams
) -> None:
    if path := session.documents.update(params.text_document.uri):
        session.checks.file_changed(path)


def _saved(session: Session, _: lsp.DidSaveTextDocumentParams) -> None:
    session.checks.file_saved()


def _closed(session: Session, params: lsp.DidCloseTextDocumentParams) -> None:
    if path := session.documents.close(params.text_document.uri):
        session.checks.file_closed(path)
