"""Twins: pages once more as Markdown, beside their HTML, for programs that read text.

A twin is made from the finished page, so it says what the layouts of a site say. Each kind of page
with `has_twin` has a kind of twins, which `kinds/__init__.py` puts into its table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from pivotgen.kinds._kind import AnyPageKind, TwinKind
from pivotgen.model.address import twin_address, twin_output
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Head


def twin_kind(kind: AnyPageKind) -> TwinKind:
    """The kind of the twins of these pages."""
    name = f"{kind.name}-twin"

    def entries(inputs: PlanInputs) -> Iterator[Entry]:
        if inputs.twins:
            for entry in kind.entries(inputs):
                yield Entry(twin_address(entry.address), f"the Markdown twin of {entry.owner}")

    def pages(inputs: PlanInputs) -> Iterator[Page]:
        if inputs.twins:
            for page in kind.pages(inputs):
                yield page._replace(output=twin_output(page.output), kind=name, words=b"")

    return TwinKind(
        name=name,
        recipe=kind.recipe,
        entries=entries,
        pages=pages,
        shows_asked=kind.shows_asked,
        chosen=kind.chosen,
        spoken=kind.spoken,
        of=kind,
    )


def twin_text(head: Head, language: str, markdown: str) -> str:
    """A whole twin: what the page says of itself, as YAML, and its text."""
    known = {
        "title": head.title,
        "description": head.description,
        "url": head.canonical,
        "language": language,
        "published": head.published.isoformat() if head.published else "",
        "updated": head.updated.isoformat() if head.updated else "",
    }
    # Text of JSON in quotes is the same text in YAML 1.2.
    texts = {key: json.dumps(text, ensure_ascii=False) for key, text in known.items() if text}
    lines = [f"{key}: {text}" for key, text in texts.items()]
    return "\n".join(["---", *lines, "---", "", markdown])
