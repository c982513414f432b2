"""`translate`: begins a translation with the source beside each TODO, and notes what is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pivotgen.checks._marks import marks_in, marks_text
from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.header.schema import read_header
from pivotgen.engines.packing import unpack
from pivotgen.memory.fingerprint import digest
from pivotgen.model.config import Config
from pivotgen.model.content import FOLDERS, folder_of, header_of
from pivotgen.model.edit import Change, quote_if_needed
from pivotgen.model.header import Written
from pivotgen.model.own_page import OwnPage
from pivotgen.model.parsed import ParseOptions
from pivotgen.model.pivot import Prose
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleText
from pivotgen.model.source import (
    PIVOTS,
    ROLES,
    Source,
    is_translation,
    translation_of,
    translation_path,
)
from pivotgen.stages.parse.parse import parse

_TODO = "TODO"


def begin(config: Config, site: Path, path: str, language: str) -> Change | list[Problem]:
    """A new file with a TODO for each text of the source at `path`, or what is wrong with that.

    ValueError says what is wrong with the names.
    """
    if not folder_of(path) or is_translation(path) or not (site / path).is_file():
        raise ValueError(f"{path} is no content file of this site that could be translated")
    if language not in config.every_language[1:]:
        there = ", ".join(config.every_language[1:]) or "none"
        raise ValueError(f"`{language}` is no other language of this site (there is: {there})")
    target = translation_path(path, language)
    if (site / target).exists():
        raise ValueError(f"{target} is there already; `translate --done` notes what is translated")
    data = (site / path).read_bytes()
    document = split(path, data)
    if isinstance(document, Problem):
        return [document]
    header, problems = read_header(path, document.fields, FOLDERS[folder_of(path)].header)
    marks = marks_of(path, data)
    if header is None or isinstance(marks, list):
        return problems or (marks if isinstance(marks, list) else [])
    lines = [*_header(path, header), f"translated: {marks_text(marks)}"]
    text = "\n".join(["---", *lines, "---", *_body(document)])
    return Change(target, None, text.encode())


def done(site: Path, path: str, keys: Sequence[str]) -> Change | list[Problem]:
    """The translation at `path` with the marks of its source as it is now; of `keys` alone if any.

    ValueError says what is wrong with the names.
    """
    source, _ = translation_of(path)
    if not source or not (site / path).is_file():
        raise ValueError(f"{path} is no translation of this site")
    if not (site / source).is_file():
        raise ValueError(f"there is no {source}, which {path} translates")
    marks = marks_of(source, (site / source).read_bytes())
    if isinstance(marks, list):
        return marks
    if unknown := [key for key in keys if key not in marks]:
        raise ValueError(f"`{unknown[0]}` is no part of {source}; there are {', '.join(marks)}")
    old = (site / path).read_bytes()
    document = split(path, old)
    if isinstance(document, Problem):
        return [document]
    header, problems = read_header(path, document.fields, header_of(path))
    if header is None:
        return problems
    if keys:
        before = marks_in(header.translated.text) if header.translated else {}
        marks = {**before, **{key: marks[key] for key in keys}}
    new = _with_marks(document, marks)
    return Change(path, old, new.encode())


def marks_of(path: str, data: bytes) -> Mapping[str, Sequence[str]] | list[Problem]:
    """The marks of a source, or what is wrong with it."""
    source = Source(path, data, digest(data))
    [parsed] = parse([source], options=ParseOptions(prose=True))
    if not parsed.facts:
        return list(parsed.problems)
    if path.startswith(f"{PIVOTS}/"):
        return unpack(Prose, parsed.prose).marks
    if path.startswith(f"{ROLES}/"):
        return unpack(RoleText, parsed.facts).marks
    return unpack(OwnPage, parsed.facts).marks


def _with_marks(document: Document, marks: Mapping[str, Sequence[str]]) -> str:
    line = f"translated: {marks_text(marks)}"
    lines = document.text.split("\n")
    for number, text in enumerate(lines[: document.body_offset]):
        if text.startswith("translated:"):
            lines[number] = line
            break
    else:
        lines.insert(document.body_offset - 1, line)
    return "\n".join(lines)


def _header(path: str, header: Any) -> Iterator[str]:
    """The keys of a translation, each text with a TODO before that of the source."""
    is_pivot, is_role = path.startswith(f"{PIVOTS}/"), path.startswith(f"{ROLES}/")
    if not is_role:
        yield f"title: {_text(header.title)}"
    yield f"description: {_text(header.description)}"
    yield "draft: true  # delete this line to publish the translation"
    if not is_role and header.image_alt:
        yield f"image_alt: {_text(header.image_alt)}"
    if not is_pivot:
        return
    yield "tldr:"
    yield from (f"  - {_text(point)}" for point in header.tldr)
    if becomes := [skill for skill in header.skills if skill.becomes]:
        yield "becomes:"
        yield from (f"  - {_text(skill.becomes)}" for skill in becomes)
    yield "faqs:"
    for faq in header.faqs:
        yield f"  - question: {_text(faq.question)}"
        yield "    answer: |"
        yield from (f"      {line}".rstrip() for line in _todo(faq.answer.text).split("\n"))
    if header.cta:
        words = ("heading", "text", "label")
        given = [(key, value) for key in words if (value := getattr(header.cta, key))]
        yield from ["cta:"] * bool(given)
        yield from (f"  {key}: {_text(value)}" for key, value in given)


def _body(document: Document) -> Iterator[str]:
    """The text of the source, with a TODO at the start of each block."""
    is_start = True
    for line in document.body.split("\n"):
        if is_start and line.strip():
            marks = line[: len(line) - len(line.lstrip("#>-*0123456789. "))]
            yield f"{marks}{_TODO} {line[len(marks) :]}"
        else:
            yield line
        is_start = not line.strip()


def _text(written: Written) -> str:
    return quote_if_needed(_todo(written.text))


def _todo(text: str) -> str:
    return f"{_TODO} {text.rstrip()}"
