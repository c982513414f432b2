"""Renaming: gives a role or a skill a new name in every file, as an editor asks."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from pivotgen.engines.editor.protocol import rename_operations
from pivotgen.engines.editor.session import Session
from pivotgen.model.visible import visible


def prepare_rename(
    session: Session, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder | None:
    """Return the name at a position that can be changed, or None."""
    position = session.documents.position(params)
    target = session.workspace.rename_target(position) if position else None
    if target is None:
        return None
    return lsp.PrepareRenamePlaceholder(session.documents.range(target.range), target.name)


async def rename(session: Session, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """Return all changes for a new name; a JsonRpcException tells why it is not possible."""
    position = session.documents.position(params)
    if position is None:
        return None
    try:
        result = await session.threads.run(session.workspace.rename, position, params.new_name)
    except ValueError as error:
        raise _refusal(str(error)) from None
    if result.problems:
        problem = result.problems[0]
        place = f"{problem.path}:{problem.line}:{problem.column}"
        raise _refusal(f"fix {place} first: {problem.message}")
    documents = session.documents
    operations = list(rename_operations(result, documents.uri_of, documents.count_units))
    needs_files = not all(isinstance(step, lsp.TextDocumentEdit) for step in operations)
    if needs_files and not _can_move_files(session.server.client_capabilities):
        raise _refusal(
            "this editor cannot create and rename files; `pivotgen rename-role` and "
            "`pivotgen rename-skill` can"
        )
    return lsp.WorkspaceEdit(document_changes=operations)


def _can_move_files(capabilities: lsp.ClientCapabilities) -> bool:
    workspace = capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    operations: Sequence[str] = (edit.resource_operations if edit else None) or ()
    return {"create", "rename"} <= set(operations)


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(visible(message), lsp.LSPErrorCodes.RequestFailed)
