"""Questions: answers with completions, explanations, definitions and fixes."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types as lsp

from pivotgen.edits.apply import compatible_edits
from pivotgen.engines.editor.protocol import to_completion_item, to_markdown
from pivotgen.engines.editor.session import Session
from pivotgen.model.visible import visible

# The kind of the action that fixes a whole file, as editors name it in their settings.
FIX_ALL = "source.fixAll.pivotgen"
# The seconds that a completion waits for the first check, which learns the names of the site.
_MAX_WAIT = 5.0


async def complete(session: Session, params: lsp.CompletionParams) -> lsp.CompletionList:
    """Return what could stand at a position."""
    position = session.documents.position(params)
    if position is None:
        return lsp.CompletionList(is_incomplete=False, items=[])
    completions = session.workspace.completions(position)
    if not completions and not session.checks.names_known:
        if not await session.checks.wait_for_names(_MAX_WAIT):
            return lsp.CompletionList(is_incomplete=True, items=[])
        completions = session.workspace.completions(position)
    items = [
        to_completion_item(completion, number, session.documents.range(completion.range))
        for number, completion in enumerate(completions)
    ]
    return lsp.CompletionList(is_incomplete=False, items=items)


def hover(session: Session, params: lsp.HoverParams) -> lsp.Hover | None:
    """Return an explanation of what stands at a position."""
    position = session.documents.position(params)
    answer = session.workspace.hover(position) if position else None
    if answer is None:
        return None
    return lsp.Hover(to_markdown(answer.text), session.documents.range(answer.range))


def definition(session: Session, params: lsp.DefinitionParams) -> lsp.Location | None:
    """Return the file that the role or the link at a position leads to."""
    position = session.documents.position(params)
    target = session.workspace.definition(position) if position else None
    if target is None:
        return None
    return lsp.Location(session.documents.uri_of(target.path), session.documents.range(target))


async def code_actions(session: Session, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return the fixes of the problems in a range of lines, and the fix of the whole file."""
    documents = session.documents
    path = documents.path_of(params.text_document.uri)
    if path is None:
        return []
    version = documents.version(path)
    problems = await session.checks.problems_of(path)
    if version != documents.version(path):
        return []
    only = params.context.only
    first, last = params.range.start.line, params.range.end.line
    actions = [
        lsp.CodeAction(
            title=visible(problem.hint or problem.message),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=documents.diagnostics(path, [problem]),
            is_preferred=True,
            edit=documents.workspace_edit(problem.edits),
        )
        for problem in problems
        if problem.edits and first <= problem.line - 1 <= last and _is_wanted("quickfix", only)
    ]
    edits = [edit for edits in compatible_edits(problems).values() for edit in edits]
    if edits and _is_wanted(FIX_ALL, only):
        title = "Fix all problems in this file that have only one fix"
        actions.append(lsp.CodeAction(title, FIX_ALL, edit=documents.workspace_edit(edits)))
    return actions


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether the editor asked for actions of this kind; `only` may name the start of kinds."""
    return only is None or any(kind == name or kind.startswith(f"{name}.") for name in only)
