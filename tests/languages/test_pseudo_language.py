"""A language that nobody speaks: its phrases are in ⟦ ⟧ and its content in ⟪ ⟫, so that text from
elsewhere shows, and a phrase that was put into another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml
from selectolax.lexbor import LexborHTMLParser

from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.model.source import PHRASES, Source
from tests.world.builds import build_here
from tests.world.languages import LANGUAGES
from tests.world.site import DATED_PIVOT, ROLE, ROOT, World

# A language with two forms, as in English, and no phrases of its own.
CODE = "zu"
_KEPT = re.compile(r"AICareerPivot|https?://\S+|\{\w+\}")
_LETTER = re.compile(r"[^\W\d_]")
_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-filter", "data-label")
# Of the finder; the idle words are shown to nobody, and names in braces are filled in by scripts.
_WORDS_OF_SCRIPTS = re.compile(
    "data-(?:roles|none|title|direct|moves|others|stop|guess|ahead|behind|unknown|search|same|failed"
    "|out|into|weeks|months|years|results|skill)"
)

TRANSLATION = """\
---
title: "⟪A⟫: ⟪a view⟫"
description: ⟪What carries over.⟫
updated: 2026-02-02
tldr:
  - ⟪One point.⟫
faqs:
  - question: ⟪Is it hard?⟫
    answer: ⟪No.⟫
---
## ⟪Advantages⟫

⟪Some text.⟫

> [!NOTE]
> ⟪A note.⟫
"""
NAMES = """\
roles:
  chef: ⟪Chef⟫
  nurse: ⟪Nurse⟫
  pilot: ⟪Pilot⟫
skills:
  negotiation: ⟪Negotiation⟫
"""


def phrases() -> bytes:
    """Every phrase of English in brackets; what is no sentence is content."""
    path = f"{PHRASES}/en.yaml"
    english, _ = read_phrases([Source(path, (ROOT / path).read_bytes(), b"")], "en")
    assert english
    texts: dict[str, object] = {}
    for name, text in english.phrases.items():
        if name == "direction" or name.startswith("list."):
            texts[name] = text
            continue
        is_name = name.startswith("month_") or name == "own_name"
        wrapped = f"⟪{text}⟫" if is_name else f"⟦{text}⟧"
        base, _, form = name.partition(".")
        if form:
            forms = texts.setdefault(base, {})
            assert isinstance(forms, dict)
            forms[form] = wrapped
        else:
            texts[name] = wrapped
    lists = {name[5:]: text for name, text in texts.items() if name.startswith("list.")}
    texts = {name: text for name, text in texts.items() if not name.startswith("list.")}
    return yaml.safe_dump({**texts, "list": lists}, allow_unicode=True).encode()


def built(world: World, code: str = CODE) -> dict[str, LexborHTMLParser]:
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot"), ("Pilot", "Nurse"), ("Chef", "Pilot")):
        path = world.pivot(a, b, DATED_PIVOT)
        world.write(f"{path.removesuffix('.md')}.{code}.md", TRANSLATION)
    world.write("content/roles/chef.md", ROLE.format(name="Chef"))
    role = "---\ndescription: ⟪What.⟫\naliases:\n  - ⟪Cook⟫\n  - ⟪Kitchen⟫\n---\n⟪Text.⟫\n"
    world.write(f"content/roles/chef.{code}.md", role)
    world.write("content/pages/about.md", "---\ntitle: Us\ndescription: We.\n---\nText.\n")
    page = "---\ntitle: ⟪Us⟫\ndescription: ⟪We.⟫\nupdated: 2026-02-02\n---\n⟪Text.⟫\n"
    world.write(f"content/pages/about.{code}.md", page)
    world.write(f"content/names.{code}.yaml", NAMES)
    config = replace(LANGUAGES, languages=(code,), page_size=1, region={code: "⟪Nowhere⟫"})
    report = build_here(world.folder, config, world.folder / "public")
    assert report.problems == []
    return {
        path: LexborHTMLParser(data.decode())
        for path, data in world.tree().items()
        if path.startswith(f"{code}/") and path.endswith(".html")
    }


def texts(page: LexborHTMLParser) -> Iterator[str]:
    html = page.css_first("html")
    assert html
    for node in html.traverse(include_text=True):
        parent = node.parent
        if node.tag == "-text":
            # The menu of languages is in all of them.
            if (
                parent
                and parent.tag not in ("script", "style")
                and "hreflang" not in (parent.attributes)
            ):
                yield node.text(deep=False) or ""
            continue
        yield from (value for name in _ATTRIBUTES if (value := node.attributes.get(name)))
        yield from _for_scripts(node.attributes)
        if node.tag == "meta" and node.attributes.get("name") == "description":
            yield node.attributes.get("content") or ""


def _for_scripts(attributes: Mapping[str, str | None]) -> Iterator[str]:
    """The words that scripts of the finder show: texts, and forms of texts as JSON."""
    for name, value in attributes.items():
        if not value or not _WORDS_OF_SCRIPTS.fullmatch(name):
            continue
        yield from json.loads(value).values() if value.startswith('{"') else [value]


def outside(text: str) -> str:
    """What of a text is in no brackets."""
    text = _KEPT.sub("", text)
    while (shorter := re.sub(r"⟪[^⟪⟫]*⟫|⟦[^⟦⟧⟪⟫]*⟧", "", text)) != text:
        text = shorter
    return text


def test_no_letter_comes_from_elsewhere_and_no_phrase_is_in_another(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.write(f"layouts/phrases/{CODE}.yaml", phrases())
    pages = built(world)
    assert len(pages) > 20
    faults = [
        (path, text.strip())
        for path, page in pages.items()
        for text in texts(page)
        if _LETTER.search(outside(text)) or re.search(r"⟦[^⟧]*⟦", text)
    ]
    assert faults == []


def test_both_faults_would_be_seen() -> None:
    assert _LETTER.search(outside("⟦From ⟪Chef⟫⟧ and ⟪Nurse⟫"))
    assert not _LETTER.search(outside("⟦From ⟪Chef⟫⟧: ⟪Nurse⟫ 3–9"))
    assert re.search(r"⟦[^⟧]*⟦", "⟦⟦2 pivots⟧ into ⟪Chef⟫⟧")
