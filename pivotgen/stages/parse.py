"""Parse: a batch of Sources to their validated parts, or to the problems that stand in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pivotgen.engines import frontmatter, markdown, schema
from pivotgen.engines.packing import pack
from pivotgen.engines.values import SLUG
from pivotgen.memory.fingerprint import digest
from pivotgen.model.config import placeholders
from pivotgen.model.header import CallHeader, PivotHeader, RoleHeader, SilenceHeader, Written
from pivotgen.model.parsed import Parsed
from pivotgen.model.pivot import (
    Body,
    Call,
    Faq,
    Notes,
    Pivot,
    Places,
    Prose,
    Reference,
    Silence,
)
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleBody, RoleText
from pivotgen.model.site import slug_of
from pivotgen.model.source import PIVOTS, ROLES, Source
from pivotgen.model.todo import todos
from pivotgen.model.view import Card, Link

# Ids that the layouts use; a heading may not take one.
RESERVED = ("main", "tldr", "skills", "questions", "paths", "onward", "kindred", "back", "sources")


def parse(sources: Sequence[Source], *, prose: bool = False) -> list[Parsed]:
    """The parts of each content file, or every problem that stands in the way.

    With `prose`, what rules of quality look at is among the parts.
    """
    return [_parsed(source, prose) for source in sources]


def _parsed(source: Source, prose: bool) -> Parsed:
    folder, _, name = source.path.rpartition("/")
    stem = name.removesuffix(".md")
    if folder not in (PIVOTS, ROLES):
        return _refused(
            source,
            "misplaced-file",
            "this file is neither a pivot nor a role",
            "move it to content/pivots/ or content/roles/",
        )
    if not SLUG.fullmatch(stem):
        return _refused(
            source,
            "bad-file-name",
            f"`{stem}` cannot be part of an address",
            "name the file in small letters, digits and single hyphens",
        )
    document = frontmatter.split(source.path, source.data)
    if isinstance(document, Problem):
        return Parsed(source.path, source.digest, (document,))
    if folder == PIVOTS:
        return _pivot(source, stem, document, prose)
    return _role(source, stem, document)


def _refused(source: Source, code: str, message: str, hint: str) -> Parsed:
    return Parsed(source.path, source.digest, (Problem(source.path, 1, 1, code, message, hint),))


def _pivot(source: Source, stem: str, document: frontmatter.Document, prose: bool) -> Parsed:
    path = source.path
    header, problems = schema.check(path, document.fields, PivotHeader)
    page = markdown.Page(path, document.text, RESERVED)
    body = page.block(document.body, document.body_offset + 1)
    if not document.body.strip():
        problems.append(
            Problem(
                path,
                document.body_offset + 1,
                1,
                "empty-body",
                "the page has no text",
                "write its sections under the last ---",
            )
        )
    if header is None:
        return Parsed(path, source.digest, (*problems, *page.problems))
    if header.origin.text.casefold() == header.target.text.casefold():
        problems.append(
            Problem(
                path,
                header.target.line,
                header.target.column,
                "same-role",
                "`from` and `to` are the same role",
                "name two different roles",
            )
        )
    tldr = tuple(page.inline(point.text, point.line) for point in header.tldr)
    faqs = []
    for faq in header.faqs:
        answer = page.block(faq.answer.text, faq.answer.line).html
        faqs.append(
            Faq(page.anchor(faq.question.text), faq.question.text, answer, markdown.plain(answer))
        )
    pivot = Pivot(
        path=path,
        slug=header.slug.text if header.slug else stem,
        origin=header.origin,
        target=header.target,
        skills=header.skills,
        updated=header.updated,
        draft=header.draft,
        aliases=header.aliases,
        mentions=tuple(page.mentions),
        anchors=(*(one.anchor for one in body.headings), *(faq.anchor for faq in faqs), *RESERVED),
        place=(header.slug.line, header.slug.column) if header.slug else (1, 1),
    )
    references = tuple(
        Reference(one.title.text, one.url.text, one.accessed) for one in header.sources
    )
    text = Body(
        tldr=tldr,
        html=body.html,
        headings=body.headings,
        faqs=tuple(faqs),
        references=references,
        call=_call(header.cta),
    )
    problems += [*page.problems, *_unknown_names(path, header.cta)]
    problems += _unfinished(path, document, draft=header.draft)
    parsed = _filed(source, problems, pivot, _bare(pivot), text, _card(pivot.slug, header))
    return parsed._replace(prose=pack(_prose(header, text, page, document))) if prose else parsed


def _prose(
    header: PivotHeader, body: Body, page: markdown.Page, document: frontmatter.Document
) -> Prose:
    return Prose(
        title=header.title.text,
        description=header.description.text,
        window=header.window,
        headings=body.headings,
        faqs=body.faqs,
        references=body.references,
        call=body.call,
        passages=tuple(page.passages),
        notes=_notes(page, header.allow),
        places=Places(
            title=_place(header.title),
            description=_place(header.description),
            updated=document.place("updated"),
            faqs=tuple(_place(faq.question) for faq in header.faqs),
            references=tuple(_place(one.url) for one in header.sources),
            call=_place(header.cta.url) if header.cta and header.cta.url else (1, 1),
        ),
    )


def _card(slug: str, header: PivotHeader) -> Card:
    origin, target = header.origin.text, header.target.text
    return Card(
        url=f"/pivots/{slug}/",
        title=header.title.text,
        description=header.description.text,
        window=str(header.window),
        origin=Link(origin, f"/from/{slug_of(origin)}/"),
        target=Link(target, f"/to/{slug_of(target)}/"),
        skills=tuple(Link(one.text, f"/skills/{slug_of(one.text)}/") for one in header.skills),
    )


def _bare(pivot: Pivot) -> object:
    """The facts without their places."""
    return (
        pivot.slug,
        pivot.origin.text,
        pivot.target.text,
        [skill.text for skill in pivot.skills],
        pivot.updated,
        pivot.draft,
        [alias.text for alias in pivot.aliases],
        [(mention.target, mention.image) for mention in pivot.mentions],
        pivot.anchors,
    )


def _filed(
    source: Source,
    problems: Sequence[Problem],
    facts: Pivot | RoleText,
    bare: object,
    body: Body | RoleBody,
    card: Card | None = None,
) -> Parsed:
    packed_body, packed_card = pack(body), pack(card) if card else b""
    return Parsed(
        path=source.path,
        source=source.digest,
        problems=tuple(problems),
        facts=pack(facts),
        card=packed_card,
        body=packed_body,
        facts_digest=digest(pack(bare)),
        card_digest=digest(packed_card),
        body_digest=digest(packed_body),
    )


def _place(written: Written) -> tuple[int, int]:
    return written.line, written.column


def _notes(page: markdown.Page, allow: Iterable[SilenceHeader]) -> Notes:
    silences = (Silence(one.rule, one.reason.text, one.until) for one in allow)
    return Notes(tuple(page.links), tuple(page.heading_lines), tuple(silences))


def _unfinished(path: str, document: frontmatter.Document, *, draft: bool) -> Iterator[Problem]:
    if draft:
        return
    for line, column in todos(document.text):
        yield Problem(
            path,
            line,
            column,
            "todo",
            "`TODO` marks what is still to be written, and this page is not a draft",
            "write what is missing, or add `draft: true` to the frontmatter until you have",
        )


def _unknown_names(path: str, header: CallHeader | None) -> list[Problem]:
    texts = (header.heading, header.text, header.label) if header else ()
    return [
        Problem(
            path,
            one.line,
            one.column,
            "unknown-name",
            f"`{{{min(unknown)}}}` stands for nothing",
            "use {from} and {to} for the two roles",
        )
        for one in texts
        if one and (unknown := placeholders(one.text) - {"from", "to"})
    ]


def _call(header: CallHeader | None) -> Call:
    def text(written: Written | None) -> str:
        return written.text if written else ""

    if header is None:
        return Call()
    return Call(text(header.heading), text(header.text), text(header.label), text(header.url))


def _role(source: Source, stem: str, document: frontmatter.Document) -> Parsed:
    header, problems = schema.check(source.path, document.fields, RoleHeader)
    page = markdown.Page(source.path, document.text, RESERVED)
    body = page.block(document.body, document.body_offset + 1)
    problems += page.problems
    if header is None:
        return Parsed(source.path, source.digest, tuple(problems))
    problems += _unfinished(source.path, document, draft=header.draft)
    text = RoleText(
        path=source.path,
        slug=stem,
        name=header.name,
        description=header.description.text,
        field=header.field.text if header.field else "",
        aliases=header.aliases,
        draft=header.draft,
        mentions=tuple(page.mentions),
        headings=body.headings,
        passages=tuple(page.passages),
        notes=_notes(page, header.allow),
    )
    bare = (
        text.name.text,
        text.description,
        text.field,
        [alias.text for alias in text.aliases],
        text.draft,
        [(mention.target, mention.image) for mention in text.mentions],
    )
    return _filed(source, problems, text, bare, RoleBody(body.html))
