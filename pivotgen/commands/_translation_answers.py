"""Translation answers: what an editor is words in translations and in files of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pivotgen.commands._catalogue import Catalogue
from pivotgen.engines.editor.cursor import Cursor
from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.header.schema import read_header
from pivotgen.model.content import header_of
from pivotgen.model.names import slug_of
from pivotgen.model.problem import Problem
from pivotgen.model.workspace import Completion, Hover, LineRange, Position, lines_of

_TOP_KEY = re.compile(r"([\w-]+)\s*:")
_ITEM = re.compile(r"\s*-(?:\s|$)")
_HEADING = re.compile(r"#{1,6}\s")
_FENCE = re.compile(r"\s*(?:```|~~~)")
# A line of a file of names, below the line of its kind.
_NAME = re.compile(r"(\s+)([^\s:#]*)")
# More of a section than this is no help in a small box.
_MOST = 1_500


def source_hover(path: str, text: str, cursor: Cursor, source: tuple[str, str]) -> Hover | None:
    """What the source of a translation says at the cursor; `source` is its path and its text."""
    document = split(source[0], source[1].encode(errors="replace"))
    if isinstance(document, Problem):
        return None
    lines = lines_of(text)
    end = next((at for at, line in enumerate(lines[1:], 2) if line.rstrip() == "---"), 0)
    if cursor.line > end > 0:
        words = _section(document.body, _headings(lines[end : cursor.line]))
    else:
        words = _value(source[0], document, _keys(cursor), _item(lines, cursor.line))
    if not words:
        return None
    return Hover(f"**{source[0]}**\n\n{words[:_MOST]}", cursor.range_in(path))


def _keys(cursor: Cursor) -> tuple[str, ...]:
    return (*cursor.keys, cursor.word) if cursor.kind == "key" else cursor.keys


def _item(lines: list[str], line: int) -> int:
    """Which item of its list a line of the header belongs to, from 0."""
    count = 0
    for above in reversed(lines[1:line]):
        if _ITEM.match(above):
            count += 1
        elif _TOP_KEY.match(above):
            break
    return max(count - 1, 0)


def _value(path: str, document: Document, keys: tuple[str, ...], item: int) -> str:
    """The text of a key of the source; of a list, that of one item."""
    declared: type[Any] = header_of(path)
    header, _ = read_header(path, document.fields, declared)
    if header is None or not keys:
        return ""
    if keys[0] == "becomes":
        turned = [skill for skill in getattr(header, "skills", ()) if skill.becomes]
        wanted = turned[item : item + 1]
        return "".join(f"{skill.name.text}: {skill.becomes.text}" for skill in wanted)
    value: Any = getattr(header, keys[0], None)
    if isinstance(value, tuple) and not hasattr(value, "text"):
        value = value[item] if item < len(value) else None
    for name in keys[1:]:
        value = getattr(value, name, None)
    parts = [value] if hasattr(value, "text") else _parts(value)
    return "\n\n".join(part.text for part in parts if hasattr(part, "text"))


def _parts(value: object) -> list[Any]:
    """The question and the answer of an item, or the words of a call to action."""
    names = "question", "answer", "heading", "text", "label"
    return [getattr(value, name, None) for name in names]


def _headings(lines: list[str]) -> int:
    is_code, count = False, 0
    for line in lines:
        is_code ^= bool(_FENCE.match(line))
        count += not is_code and bool(_HEADING.match(line))
    return count


def _section(body: str, number: int) -> str:
    """The section below a heading, counted from 1; 0 is what stands before all of them."""
    lines = body.splitlines()
    return "\n".join(
        line for at, line in enumerate(lines) if _headings(lines[: at + 1]) == number
    ).strip()


def slug_completions(catalogue: Catalogue, position: Position, text: str) -> Iterator[Completion]:
    """The roles or skills that a file of names lacks, where a line begins."""
    lines = lines_of(text)
    match = _NAME.fullmatch(lines[position.line - 1]) if position.line <= len(lines) else None
    if match is None:
        return
    kind, known = _kind_above(lines, position.line), set(_slugs(lines))
    start = match.end(1) + 1
    range_ = LineRange(position.path, position.line, start, start + len(match[2]))
    for slug, name in sorted(_source_names(catalogue, kind).items()):
        if slug not in known:
            yield Completion(kind.removesuffix("s"), slug, f"{slug}: ", range_, name)


def slug_hover(catalogue: Catalogue, position: Position, text: str) -> Hover | None:
    """The name in the site's own language of a role or a skill in a file of names."""
    lines = lines_of(text)
    match = _NAME.match(lines[position.line - 1]) if position.line <= len(lines) else None
    if match is None:
        return None
    name = _source_names(catalogue, _kind_above(lines, position.line)).get(match[2])
    if name is None:
        return None
    start = match.end(1) + 1
    return Hover(name, LineRange(position.path, position.line, start, start + len(match[2])))


def _kind_above(lines: list[str], line: int) -> str:
    """The kind of names that a line belongs to, such as "roles"; "" for none."""
    above = (match for each in reversed(lines[:line]) if (match := _TOP_KEY.match(each)))
    first = next(above, None)
    return first[1] if first else ""


def _slugs(lines: list[str]) -> Iterator[str]:
    return (match[2] for line in lines if ":" in line and (match := _NAME.match(line)))


def _source_names(catalogue: Catalogue, kind: str) -> dict[str, str]:
    names = {"roles": catalogue.roles(), "skills": sorted(catalogue.skills)}.get(kind, [])
    return {slug_of(name): name for name in names}
