"""Protocol: translates places, problems and edits from and to the Language Server Protocol.

pivotgen counts lines and characters from 1. The protocol counts from 0, and its columns are code
units of the encoding that the editor chose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types as lsp

from pivotgen.model.edit import Edit
from pivotgen.model.problem import Level, Problem
from pivotgen.model.visible import visible
from pivotgen.model.workspace import Completion, RenameResult, lines_of

# Returns the number of the editor's code units in a text.
CountUnits = Callable[[str], int]

# Line ends as the protocol defines them.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KINDS = {
    "key": lsp.CompletionItemKind.Property,
    "choice": lsp.CompletionItemKind.EnumMember,
    "author": lsp.CompletionItemKind.EnumMember,
    "role": lsp.CompletionItemKind.Class,
    "skill": lsp.CompletionItemKind.Value,
    "file": lsp.CompletionItemKind.File,
    "part": lsp.CompletionItemKind.Reference,
}
_WORD = re.compile(r"[\w-]+|\S")


def to_place(
    position: lsp.Position, lines: Sequence[str], count_units: CountUnits
) -> tuple[int, int]:
    """Return the line and the column of a position, or the end of its line when it is beyond."""
    line_text = lines[position.line] if position.line < len(lines) else ""
    count = 0
    for column, character in enumerate(line_text, 1):
        if count >= position.character:
            return position.line + 1, column
        count += count_units(character)
    return position.line + 1, len(line_text) + 1


def to_range(
    start: tuple[int, int], end: tuple[int, int], lines: Sequence[str], count_units: CountUnits
) -> lsp.Range:
    """Return the range from one place to just before another."""
    return lsp.Range(_position(start, lines, count_units), _position(end, lines, count_units))


def to_diagnostic(
    problem: Problem, lines: Sequence[str], count_units: CountUnits
) -> lsp.Diagnostic:
    """Return a problem as the editor shows it; its range is the word at its place."""
    start = (problem.line, problem.column)
    line_text = lines[problem.line - 1] if problem.line <= len(lines) else ""
    word = _WORD.match(line_text, problem.column - 1)
    end = (problem.line, word.end() + 1 if word else problem.column + 1)
    is_error = problem.level is Level.ERROR
    return lsp.Diagnostic(
        range=to_range(start, end, lines, count_units),
        message=visible(f"{problem.message}\n{problem.hint}".rstrip()),
        severity=lsp.DiagnosticSeverity.Error if is_error else lsp.DiagnosticSeverity.Warning,
        code=problem.code,
        source="pivotgen",
    )


def to_completion_item(
    completion: Completion, number: int, range_: lsp.Range
) -> lsp.CompletionItem:
    """Return a completion that replaces `range_`; `number` is its place in the list."""
    explanation = completion.explanation
    return lsp.CompletionItem(
        label=completion.label,
        kind=_KINDS[completion.kind],
        detail=completion.detail or None,
        documentation=to_markdown(explanation) if explanation else None,
        # Without this text the editor would sort the list by the alphabet.
        sort_text=f"{number:05}",
        filter_text=completion.label,
        text_edit=lsp.TextEdit(range_, completion.text),
    )


def to_markdown(text: str) -> lsp.MarkupContent:
    """Return a text that the editor shows as Markdown."""
    return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)


def to_text_edit(edit: Edit, text: str, count_units: CountUnits) -> lsp.TextEdit:
    """Return an edit of the file whose text is given, with the line ends of that file."""
    start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
    new = edit.text.replace("\n", "\r\n") if "\r\n" in text else edit.text
    return lsp.TextEdit(to_range(start, end, lines_of(text), count_units), new)


def rename_operations(
    result: RenameResult, uri_of: Callable[[str], str], count_units: CountUnits
) -> Iterator[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile]:
    """Yield the changes of a renaming, with the files that it creates and moves.

    `uri_of` returns the URI of a path. A file that is deleted has moved to `result.file`.
    """
    deleted = next((change for change in result.changes if change.new is None), None)
    for change in result.changes:
        old = change.old
        if change is deleted:
            continue
        if deleted and change.path == result.file:
            yield lsp.RenameFile(uri_of(deleted.path), uri_of(change.path))
            old = deleted.old
        elif old is None:
            yield lsp.CreateFile(uri_of(change.path))
        if old != change.new:
            edits = _line_edits(old or b"", change.new or b"", count_units)
            document = lsp.OptionalVersionedTextDocumentIdentifier(uri_of(change.path))
            yield lsp.TextDocumentEdit(document, edits)


def _position(
    place: tuple[int, int], lines: Sequence[str], count_units: CountUnits
) -> lsp.Position:
    line, column = place
    line_text = lines[line - 1] if 0 < line <= len(lines) else ""
    return lsp.Position(line - 1, count_units(line_text[: column - 1]))


def _line_edits(old: bytes, new: bytes, count_units: CountUnits) -> list[lsp.TextEdit]:
    """Return edits of whole lines that turn one text into another."""
    old_lines = _LINE.findall(old.decode("utf-8-sig", "replace"))
    new_lines = _LINE.findall(new.decode("utf-8-sig", "replace"))
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    edits = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        end = lsp.Position(old_end, 0)
        is_last = old_end == len(old_lines)
        # A last line without a line end has no next line that could end the range.
        if is_last and old_lines and not old_lines[-1].endswith(("\r", "\n")):
            end = lsp.Position(old_end - 1, count_units(old_lines[-1]))
        start = min(lsp.Position(old_start, 0), end)
        edits.append(lsp.TextEdit(lsp.Range(start, end), "".join(new_lines[new_start:new_end])))
    return edits
