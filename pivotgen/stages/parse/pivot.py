"""Parse a pivot: one file of content/pivots/ to its parts, or to its problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pivotgen.engines.header.frontmatter import Document
from pivotgen.engines.markdown.page import MarkdownPage, Rendered
from pivotgen.engines.markdown.visible_text import lines_of_html, text_of_html
from pivotgen.engines.packing import pack
from pivotgen.model.address import pivot_address, role_address, skill_address, with_rest
from pivotgen.model.header import CallHeader, PivotHeader, Written
from pivotgen.model.names import slug_of
from pivotgen.model.own_keys import StoredKeys
from pivotgen.model.parsed import Parsed, ParseOptions
from pivotgen.model.pivot import Body, Call, Faq, Pivot, Places, Prose, Reference
from pivotgen.model.placeholders import odd_placeholder, placeholders
from pivotgen.model.problem import Problem
from pivotgen.model.reading import minutes_of
from pivotgen.model.source import Source
from pivotgen.model.stored_card import StoredCard
from pivotgen.model.view import Asked, Link
from pivotgen.stages.parse.marks import header_marks, section_marks
from pivotgen.stages.parse.parts import (
    RESERVED,
    empty_body,
    image_without_file,
    named_image,
    nameless,
    notes,
    packed_parts,
    partly_read,
    place,
    read_header,
    unfinished,
)
from pivotgen.stages.parse.words import words_of_file


def parse_pivot(
    source: Source, stem: str, document: Document, page: MarkdownPage, options: ParseOptions
) -> Parsed:
    """The parts of a pivot's file; what rules of quality look at is among them if wanted."""
    path = source.path
    header, extra, problems = read_header(source, document, PivotHeader, options)
    body = page.render_blocks(document.body, document.body_offset + 1)
    problems += empty_body(path, document)
    if header is None:
        problems += partly_read(page, document, PivotHeader, ("origin", "target", "skills"))
        return Parsed(path, source.digest, (*problems, *page.contents.problems))
    problems += [*_same_role(path, header), *_wrong_order(path, header, document)]
    problems += image_without_file(path, header.image, header.image_alt)
    names = (header.origin, header.target, *_skills(header))
    problems += nameless(path, names)
    text = _body(header, page, body, extra)
    pivot = _facts(path, stem, header, page, text)
    problems += [*page.contents.problems, *_unknown_names(path, header.cta)]
    problems += unfinished(path, document, draft=header.draft)
    parsed = packed_parts(source, problems, pivot, text, _shown(pivot, header, page, text))
    texts = _header_texts(header, text.call)
    parsed = parsed._replace(words=words_of_file(page.contents, texts, pivot.image, extra))
    if options.prose:
        prose = _prose(header, text, page, document)
        marks = {**header_marks(header), "sections": section_marks(document, body, page)}
        return parsed._replace(prose=pack(replace(prose, marks=marks)))
    return parsed


def _same_role(path: str, header: PivotHeader) -> Iterator[Problem]:
    slug = slug_of(header.origin.text)
    if slug and slug == slug_of(header.target.text):
        message, hint = "`from` and `to` are the same role", "name two different roles"
        yield Problem(path, *place(header.target), "same-role", message, hint)


def _wrong_order(path: str, header: PivotHeader, document: Document) -> Iterator[Problem]:
    published, updated = header.published, header.updated
    if published and updated and published > updated:
        message = f"`published` is {published}, and `updated` is {updated}, which is before that"
        hint = "the first day goes to `published`; take `updated` out if the text never changed"
        yield Problem(path, *document.place("published"), "bad-date", message, hint)


def _body(header: PivotHeader, page: MarkdownPage, body: Rendered, extra: StoredKeys) -> Body:
    """Render points and answers; their links follow those of the text."""
    tldr = tuple(page.render_inline(point.text, point.line) for point in header.tldr)
    faqs = []
    for faq in header.faqs:
        answer = page.render_blocks(faq.answer.text, faq.answer.line).html
        anchor = page.new_anchor(faq.question.text)
        faqs.append(Faq(anchor, page.quoted(faq.question), answer, lines_of_html(answer)))
    return Body(
        tldr=tldr,
        html=body.html,
        headings=body.headings,
        faqs=tuple(faqs),
        references=tuple(
            Reference(page.quoted(source.title), source.url.text, source.accessed)
            for source in header.sources
        ),
        call=_call(header.cta, page),
        stored_extra=extra,
        becomes=tuple(
            page.quoted(skill.becomes) if skill.becomes else "" for skill in header.skills
        ),
        minutes=minutes_of(passage.text for passage in page.contents.passages),
        region=header.region.text if header.region else "",
    )


def _skills(header: PivotHeader) -> tuple[Written, ...]:
    return tuple([skill.name for skill in header.skills])


def _becomes(header: PivotHeader) -> tuple[Written, ...]:
    return tuple([skill.becomes for skill in header.skills if skill.becomes])


def _header_texts(header: PivotHeader, call: Call) -> Iterator[str]:
    """What the header says beside its Markdown, and where it leads."""
    yield from (header.title.text, header.description.text, str(header.window))
    for name in (header.origin, header.target, *_skills(header), *_becomes(header)):
        yield name.text
    yield from (faq.question.text for faq in header.faqs)
    for reference in header.sources:
        yield from (reference.title.text, reference.url.text)
    yield from (call.heading, call.text, call.label, call.url)
    if header.region:
        yield header.region.text


def _facts(path: str, stem: str, header: PivotHeader, page: MarkdownPage, body: Body) -> Pivot:
    headings = (heading.anchor for heading in body.headings)
    return Pivot(
        path=path,
        slug=header.slug.text if header.slug else stem,
        origin=header.origin,
        target=header.target,
        window=header.window,
        skills=_skills(header),
        published=header.published,
        updated=header.updated,
        draft=header.draft,
        aliases=header.aliases,
        mentions=tuple(page.contents.mentions),
        anchors=(*headings, *(faq.anchor for faq in body.faqs), *RESERVED),
        author=header.author,
        image=named_image(header.image, header.image_alt),
        place=place(header.slug) if header.slug else (1, 1),
    )


def _shown(
    pivot: Pivot, header: PivotHeader, page: MarkdownPage, body: Body
) -> tuple[StoredCard, Asked]:
    """What other files show of the pivot."""
    card = _card(pivot.slug, header, page, body)
    url = card.url
    questions = tuple(Link(faq.question, with_rest(url, f"#{faq.anchor}")) for faq in body.faqs)
    return card, Asked(url, card.title, questions, slug_of(header.target.text), header.draft)


def _card(slug: str, header: PivotHeader, page: MarkdownPage, body: Body) -> StoredCard:
    origin, target = header.origin.text, header.target.text
    url = pivot_address(slug)
    return StoredCard(
        url=url,
        title=page.quoted(header.title),
        description=page.quoted(header.description),
        window=header.window,
        origin=Link(origin, role_address("from", slug_of(origin))),
        target=Link(target, role_address("to", slug_of(target))),
        skills=tuple(
            Link(skill.text, skill_address(slug_of(skill.text))) for skill in _skills(header)
        ),
        points=tuple(text_of_html(point) for point in body.tldr),
    )


def _prose(header: PivotHeader, body: Body, page: MarkdownPage, document: Document) -> Prose:
    return Prose(
        title=header.title.text,
        description=header.description.text,
        window=header.window,
        headings=body.headings,
        faqs=body.faqs,
        references=body.references,
        becomes=_becomes(header),
        call=body.call,
        stored_extra=body.stored_extra,
        passages=tuple(page.contents.passages),
        notes=notes(page, header.allow),
        places=Places(
            title=place(header.title),
            description=place(header.description),
            published=document.place("published"),
            updated=document.place("updated"),
            faqs=tuple(place(faq.question) for faq in header.faqs),
            references=tuple(place(source.url) for source in header.sources),
            call=place(header.cta.url) if header.cta and header.cta.url else (1, 1),
        ),
    )


def _unknown_names(path: str, header: CallHeader | None) -> Iterator[Problem]:
    """Names in braces that no role stands behind."""
    for text in (header.heading, header.text, header.label) if header else ():
        if text and (odd := odd_placeholder(text.text)):
            message = f"`{odd}` does more than stand for a text"
            hint = "use {from} and {to} for the two roles"
            yield Problem(path, *place(text), "unknown-name", message, hint)
        elif text and (unknown := placeholders(text.text) - {"from", "to"}):
            message = f"`{{{min(unknown)}}}` stands for nothing"
            hint = "use {from} and {to} for the two roles"
            yield Problem(path, *place(text), "unknown-name", message, hint)


def _call(header: CallHeader | None, page: MarkdownPage) -> Call:
    def text(written: Written | None) -> str:
        return page.quoted(written) if written else ""

    if header is None:
        return Call()
    url = header.url.text if header.url else ""
    return Call(text(header.heading), text(header.text), text(header.label), url)
