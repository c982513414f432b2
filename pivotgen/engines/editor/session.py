"""Session: what every answer to one editor needs."""

from __future__ import annotations

from pygls.lsp.server import LanguageServer

from pivotgen.engines.editor.checks import Checks
from pivotgen.engines.editor.documents import Documents
from pivotgen.engines.editor.threads import Threads
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.workspace import WorkspaceApi


@dataclass(frozen=True, slots=True)
class Session:
    """The parts of one editor's session."""

    server: LanguageServer
    workspace: WorkspaceApi
    documents: Documents
    threads: Threads
    checks: Checks


def new_session(server: LanguageServer, workspace: WorkspaceApi) -> Session:
    """Return a session for one server; its checks have not started."""
    documents, threads = Documents(server, workspace), Threads(server)
    checks = Checks(server, workspace, documents, threads)
    return Session(server, workspace, documents, threads, checks)
