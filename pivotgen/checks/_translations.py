"""Translations as rules see them: each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pivotgen.model.pivot import Faq, Heading, Hyperlink
from pivotgen.model.site import Site
from pivotgen.model.translation import Translation, TranslationProse


class Pair(NamedTuple):
    """One translation, and what its source has of each part."""

    translation: Translation
    prose: TranslationProse
    # Of the source.
    path: str
    marks: Mapping[str, Sequence[str]]
    headings: tuple[Heading, ...]
    faqs: tuple[Faq, ...]
    links: tuple[Hyperlink, ...]


def pairs(site: Site) -> Iterator[Pair]:
    """Every translation of the site whose source is there."""
    by_path = {node.path: slug for slug, node in site.nodes.items()}
    texts = {text.path: text for text in site.texts()}
    for voice in site.voices.values():
        for source, translation in voice.translations.items():
            prose = voice.translated.get(source)
            if prose is None:
                continue
            if source in by_path:
                own = site.prose[by_path[source]]
                parts = own.marks, own.headings, own.faqs, own.notes.links
            elif source in texts:
                text = texts[source]
                parts = text.marks, text.headings, (), text.notes.links
            else:
                continue
            yield Pair(translation, prose, source, *parts)
