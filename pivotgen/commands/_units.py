"""Units: the texts of one content file, each by its name, and a translation made of such texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.markdown.page import lines_of_code
from pivotgen.model.edit import quote_if_needed

_HEADING = re.compile(r"##(?!#)[ \t]")
# Keys of a translation that are no texts.
_KEPT = ("slug", "aliases", "published", "updated", "draft", "region", "allow")


def units_of(header: Any, document: Document) -> dict[str, str]:
    """Every text of a source or of a translation by its name, such as "faqs.2.answer"."""
    return {**dict(_of_header(header)), **dict(_sections(document))}


def _of_header(header: Any) -> Iterator[tuple[str, str]]:
    for key in ("title", "description", "image_alt"):
        if value := getattr(header, key, None):
            yield key, value.text
    for number, point in enumerate(getattr(header, "tldr", ()), 1):
        yield f"tldr.{number}", point.text
    skills = getattr(header, "skills", None)
    becomes = getattr(header, "becomes", ())
    if skills is not None:
        becomes = [skill.becomes for skill in skills if skill.becomes]
    for number, words in enumerate(becomes, 1):
        yield f"becomes.{number}", words.text
    for number, faq in enumerate(getattr(header, "faqs", ()), 1):
        yield f"faqs.{number}.question", faq.question.text
        yield f"faqs.{number}.answer", faq.answer.text.rstrip()
    if call := getattr(header, "cta", None):
        for key in ("heading", "text", "label"):
            if value := getattr(call, key):
                yield f"cta.{key}", value.text


def _sections(document: Document) -> Iterator[tuple[str, str]]:
    """What precedes the first heading of level 2, and each section; as it is typed."""
    code = lines_of_code(document.body)
    parts: list[list[str]] = [[]]
    for number, line in enumerate(document.body.split("\n")):
        if _HEADING.match(line) and number not in code:
            parts.append([])
        parts[-1].append(line)
    for number, lines in enumerate(parts):
        if text := "\n".join(lines).strip():
            yield f"section.{number}", text


def translation_text(units: Mapping[str, str], old: Document | None, marks: str) -> str:
    """The file of a translation with these texts; what is no text stays as it is in the `old`."""
    lines = ["---"]
    for key in ("title", "description"):
        lines += [f"{key}: {_line(units[key])}"] if key in units else []
    lines += _kept(old)
    lines += [f"image_alt: {_line(units['image_alt'])}"] if "image_alt" in units else []
    for key in ("tldr", "becomes"):
        if items := [text for name, text in units.items() if name.startswith(f"{key}.")]:
            lines += [f"{key}:", *(f"  - {_line(text)}" for text in items)]
    questions = [name for name in units if name.endswith(".question")]
    lines += ["faqs:"] * bool(questions)
    for name in questions:
        answer = units.get(name.replace(".question", ".answer"), "")
        lines += [f"  - question: {_line(units[name])}", "    answer: |"]
        lines += [f"      {line}".rstrip() for line in answer.split("\n")]
    if words := [name for name in units if name.startswith("cta.")]:
        lines += ["cta:", *(f"  {name[4:]}: {_line(units[name])}" for name in words)]
    lines += [f"translated: {marks}"] if marks else []
    sections = [text for name, text in units.items() if name.startswith("section.")]
    return "\n".join([*lines, "---", "\n\n".join(sections), ""])


def _line(text: str) -> str:
    return quote_if_needed(" ".join(text.split()))


def _kept(old: Document | None) -> list[str]:
    """The lines of keys that are no texts, with all that is under them."""
    if old is None:
        return []
    kept: list[str] = []
    is_kept = False
    for line in old.text.split("\n")[1 : old.body_offset - 1]:
        if line[:1].strip() and not line.startswith("#"):
            is_kept = line.partition(":")[0] in _KEPT
        kept += [line] * is_kept
    return kept
