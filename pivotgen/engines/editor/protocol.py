"""Translation: places, problems and edits to the Protocol's and back.

Ours count lines and characters from 1; an editor counts from 0, in the code units it asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types as lsp

from pivotgen.model.edit import Edit
from pivotgen.model.problem import Level, Problem
from pivotgen.model.workspace import Renamed, Suggestion, lines_of

# How many code units of the editor a text takes.
Units = Callable[[str], int]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KINDS = {
    "key": lsp.CompletionItemKind.Property,
    "role": lsp.CompletionItemKind.Class,
    "skill": lsp.CompletionItemKind.Value,
    "file": lsp.CompletionItemKind.File,
    "part": lsp.CompletionItemKind.Reference,
}
_WORD = re.compile(r"[\w-]+|\S")


def place(position: lsp.Position, lines: Sequence[str], units_of: Units) -> tuple[int, int]:
    """The line and column of an editor's position; past the end of a line, its end."""
    words = lines[position.line] if position.line < len(lines) else ""
    count = 0
    for column, character in enumerate(words, 1):
        if count >= position.character:
            return position.line + 1, column
        count += units_of(character)
    return position.line + 1, len(words) + 1


def stretch(
    start: tuple[int, int], end: tuple[int, int], lines: Sequence[str], units_of: Units
) -> lsp.Range:
    """The range from one place to just before another."""
    return lsp.Range(_position(start, lines, units_of), _position(end, lines, units_of))


def _position(place: tuple[int, int], lines: Sequence[str], units_of: Units) -> lsp.Position:
    line, column = place
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    return lsp.Position(line - 1, units_of(words[: column - 1]))


def diagnostic(problem: Problem, lines: Sequence[str], units_of: Units) -> lsp.Diagnostic:
    """A problem as the editor shows it, under the word that it is about."""
    start = (problem.line, problem.column)
    words = lines[problem.line - 1] if problem.line <= len(lines) else ""
    word = _WORD.match(words, problem.column - 1)
    end = (problem.line, word.end() + 1 if word else problem.column + 1)
    severe = problem.level is Level.ERROR
    return lsp.Diagnostic(
        range=stretch(start, end, lines, units_of),
        message=f"{problem.message}\n{problem.hint}".rstrip(),
        severity=lsp.DiagnosticSeverity.Error if severe else lsp.DiagnosticSeverity.Warning,
        code=problem.code,
        source="pivotgen",
    )


def completion(one: Suggestion, number: int, where: lsp.Range) -> lsp.CompletionItem:
    """A suggestion for a stretch of the text; the editor keeps to the order of the numbers."""
    return lsp.CompletionItem(
        label=one.label,
        kind=_KINDS[one.kind],
        detail=one.detail or None,
        documentation=markdown(one.explanation) if one.explanation else None,
        # In the order they come in; an editor would sort keys by the alphabet.
        sort_text=f"{number:05}",
        filter_text=one.label,
        text_edit=lsp.TextEdit(where, one.text),
    )


def markdown(text: str) -> lsp.MarkupContent:
    """Text that the editor shows as Markdown."""
    return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)


def text_edit(edit: Edit, text: str, units_of: Units) -> lsp.TextEdit:
    """An edit of a text, with the line ends of that text."""
    start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
    new = edit.text.replace("\n", "\r\n") if "\r\n" in text else edit.text
    return lsp.TextEdit(stretch(start, end, lines_of(text), units_of), new)


def steps(
    renamed: Renamed, uri_of: Callable[[str], str], units_of: Units
) -> Iterator[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile]:
    """Every change of a renaming, with the files that it makes and moves; `uri_of` a path."""
    gone = next((one for one in renamed.changes if one.new is None), None)
    for change in renamed.changes:
        old = change.old
        if change is gone:
            continue
        if gone and change.path == renamed.file:
            yield lsp.RenameFile(uri_of(gone.path), uri_of(change.path))
            old = gone.old
        elif old is None:
            yield lsp.CreateFile(uri_of(change.path))
        if old != change.new:
            edits = _rewritten(old or b"", change.new or b"", units_of)
            document = lsp.OptionalVersionedTextDocumentIdentifier(uri_of(change.path))
            yield lsp.TextDocumentEdit(document, edits)


def _rewritten(old: bytes, new: bytes, units_of: Units) -> list[lsp.TextEdit]:
    """The edits, line by line, that make one text of another."""
    before = _LINE.findall(old.decode("utf-8-sig", "replace"))
    after = _LINE.findall(new.decode("utf-8-sig", "replace"))
    edits = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            end = lsp.Position(j, 0)
            if j == len(before) and before and not before[-1].endswith(("\r", "\n")):
                end = lsp.Position(j - 1, units_of(before[-1]))
            start = min(lsp.Position(i, 0), end)
            edits.append(lsp.TextEdit(lsp.Range(start, end), "".join(after[k:m])))
    return edits
