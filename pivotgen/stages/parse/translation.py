"""Parse a translation: one file such as content/pivots/<slug>.fr.md, to its parts or its problems.

It is read by itself, as all files are. What it has in common with its source is found later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.header.read_plain import read_plain
from pivotgen.engines.header.schema import read_header
from pivotgen.engines.markdown.page import MarkdownPage, Rendered
from pivotgen.engines.markdown.visible_text import lines_of_html, text_of_html
from pivotgen.engines.packing import pack
from pivotgen.memory.fingerprint import digest
from pivotgen.model.content import folder_of, header_of
from pivotgen.model.facts import facts_of
from pivotgen.model.header import Written
from pivotgen.model.own_page import OwnPageBody
from pivotgen.model.parsed import Parsed, ParseOptions
from pivotgen.model.pivot import Body, Call, Faq
from pivotgen.model.problem import Problem
from pivotgen.model.reading import minutes_of
from pivotgen.model.role import RoleBody
from pivotgen.model.source import PIVOTS, Source, translation_of
from pivotgen.model.translation import TranslatedCard, Translation, TranslationProse
from pivotgen.model.translation_header import PivotTranslationHeader, RoleTranslationHeader
from pivotgen.stages.parse.marks import header_marks, section_marks
from pivotgen.stages.parse.parts import (
    RESERVED,
    empty_body,
    nameless,
    notes,
    partly_read,
    place,
    unfinished,
)
from pivotgen.stages.parse.words import words_of_file


def parse_translation(
    source: Source, stem: str, document: Document, page: MarkdownPage, options: ParseOptions
) -> Parsed:
    """The parts of a translation; what rules of quality look at is among them if wanted."""
    path = source.path
    declared: type[Any] = header_of(path)
    header, problems = _header(path, document, declared)
    body = page.render_blocks(document.body, document.body_offset + 1)
    if declared is not RoleTranslationHeader:
        problems += empty_body(path, document)
    if header is None:
        problems += [*partly_read(page, document, declared), *page.contents.problems]
        return Parsed(path, source.digest, tuple(problems))
    if declared is RoleTranslationHeader:
        problems += nameless(path, (*header.aliases, *header.typed))
    problems += unfinished(path, document, draft=header.draft)
    is_pivot = declared is PivotTranslationHeader
    whole = _pivot_body(header, page, body) if is_pivot else None
    problems += page.contents.problems
    facts = _facts(path, header, page, body, whole)
    packed = pack(whole or _other_body(path, body))
    card = pack(_card(header, page, whole, facts)) if whole else b""
    parsed = Parsed(
        path=path,
        source=source.digest,
        problems=tuple(problems),
        facts=pack(facts),
        card=card,
        body=packed,
        facts_digest=digest(pack(facts_of(facts))),
        card_digest=digest(card),
        body_digest=digest(packed),
        words=words_of_file(page.contents, _header_texts(header, whole)),
    )
    if options.prose:
        return parsed._replace(prose=pack(_prose(header, body, whole, page, document)))
    return parsed


def _header(path: str, document: Document, declared: type[Any]) -> tuple[Any, list[Problem]]:
    value = None if document.plain is None else read_plain(document.plain, declared)
    if value is not None:
        return value, []
    return read_header(path, document.fields, declared)


def _pivot_body(header: PivotTranslationHeader, page: MarkdownPage, body: Rendered) -> Body:
    """Render points and answers; their links follow those of the text."""
    tldr = tuple(page.render_inline(point.text, point.line) for point in header.tldr)
    faqs = []
    for faq in header.faqs:
        answer = page.render_blocks(faq.answer.text, faq.answer.line).html
        anchor = page.new_anchor(faq.question.text)
        faqs.append(Faq(anchor, page.quoted(faq.question), answer, lines_of_html(answer)))

    def text(written: Written | None) -> str:
        return page.quoted(written) if written else ""

    words = header.cta
    return Body(
        tldr=tldr,
        html=body.html,
        headings=body.headings,
        faqs=tuple(faqs),
        references=(),
        call=Call(text(words.heading), text(words.text), text(words.label)) if words else Call(),
        stored_extra=(),
        becomes=tuple(page.quoted(each) for each in header.becomes),
        minutes=minutes_of(passage.text for passage in page.contents.passages),
        region=text(header.region),
    )


def _other_body(path: str, body: Rendered) -> RoleBody | OwnPageBody:
    if folder_of(path).endswith("roles"):
        return RoleBody(body.html)
    return OwnPageBody(body.html, body.headings, ())


def _facts(
    path: str, header: Any, page: MarkdownPage, body: Rendered, whole: Body | None
) -> Translation:
    source, language = translation_of(path)
    slug: Written | None = getattr(header, "slug", None)
    title: Written | None = getattr(header, "title", None)
    faqs = whole.faqs if whole else ()
    is_role = isinstance(header, RoleTranslationHeader)
    image_alt: Written | None = getattr(header, "image_alt", None)
    return Translation(
        path=path,
        source=source,
        language=language,
        slug=slug.text if slug else "",
        published=getattr(header, "published", None),
        updated=getattr(header, "updated", None),
        draft=header.draft,
        aliases=() if is_role else header.aliases,
        mentions=tuple(page.contents.mentions),
        anchors=(
            *(heading.anchor for heading in body.headings),
            *(faq.anchor for faq in faqs),
            *RESERVED,
        ),
        image_alt=image_alt.text if image_alt else "",
        title=None if whole or not title else title._replace(text=page.quoted(title)),
        description=None
        if whole
        else header.description._replace(text=page.quoted(header.description)),
        names=header.aliases if is_role else (),
        typed=header.typed if is_role else (),
        place=place(slug) if slug else (1, 1),
    )


def _card(
    header: PivotTranslationHeader, page: MarkdownPage, body: Body, facts: Translation
) -> TranslatedCard:
    return TranslatedCard(
        title=page.quoted(header.title),
        description=page.quoted(header.description),
        questions=tuple((faq.question, faq.anchor) for faq in body.faqs),
        points=tuple(text_of_html(point) for point in body.tldr),
        slug=facts.slug,
        draft=facts.draft,
    )


def _header_texts(header: Any, body: Body | None) -> Iterable[str]:
    """What the header says beside its Markdown."""
    if title := getattr(header, "title", None):
        yield title.text
    yield header.description.text
    if body:
        yield from body.becomes
        yield from (faq.question for faq in body.faqs)
        yield from (body.call.heading, body.call.text, body.call.label, body.region)
    elif isinstance(header, RoleTranslationHeader):
        yield from (alias.text for alias in header.aliases)


def _prose(
    header: Any, body: Rendered, whole: Body | None, page: MarkdownPage, document: Document
) -> TranslationProse:
    title: Written | None = getattr(header, "title", None)
    places = {"description": place(header.description)}
    if title:
        places["title"] = place(title)
    for key in ("tldr", "faqs", "becomes"):
        if values := getattr(header, key, ()):
            first = values[0]
            places[key] = place(getattr(first, "question", first))
    return TranslationProse(
        title=title.text if title else "",
        description=header.description.text,
        headings=body.headings,
        faqs=whole.faqs if whole else (),
        points=len(getattr(header, "tldr", ())),
        becomes=len(getattr(header, "becomes", ())),
        passages=tuple(page.contents.passages),
        notes=notes(page, header.allow),
        marks={**header_marks(header), "sections": section_marks(document, body, page)},
        translated=header.translated,
        places=places,
    )


def is_pivot_path(path: str) -> bool:
    """Whether a translation is that of a pivot."""
    return path.startswith(f"{PIVOTS}/")
