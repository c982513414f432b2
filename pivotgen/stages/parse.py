"""Parse: a Source to a validated pivot or role, or to the problems that stand in the way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from pivotgen.engines import frontmatter, markdown, schema
from pivotgen.model.config import placeholders
from pivotgen.model.header import CallHeader, PivotHeader, RoleHeader, SilenceHeader, Written
from pivotgen.model.pivot import Body, Call, Faq, Notes, Pivot, Places, Reference, Silence
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleText
from pivotgen.model.source import Source

# Ids that the layouts use; a heading may not take one.
RESERVED = ("main", "tldr", "skills", "questions", "paths", "onward", "kindred", "back", "sources")


def parse(
    sources: Iterable[Source],
) -> tuple[list[tuple[Pivot, Body]], list[RoleText], list[Problem]]:
    """All pivots with their bodies, all role texts, and every problem of every file."""
    pivots: list[tuple[Pivot, Body]] = []
    roles: list[RoleText] = []
    problems: list[Problem] = []
    for source in sources:
        path = PurePosixPath(source.path)
        folder = path.parent.as_posix()
        if folder not in ("content/pivots", "content/roles"):
            problems.append(
                Problem(
                    source.path,
                    1,
                    1,
                    "misplaced-file",
                    "this file is neither a pivot nor a role",
                    "move it to content/pivots/ or content/roles/",
                )
            )
            continue
        if not schema.SLUG.fullmatch(path.stem):
            problems.append(
                Problem(
                    source.path,
                    1,
                    1,
                    "bad-file-name",
                    f"`{path.stem}` cannot be part of an address",
                    "name the file in small letters, digits and single hyphens",
                )
            )
            continue
        document = frontmatter.split(source.path, source.data)
        if isinstance(document, Problem):
            problems.append(document)
        elif folder == "content/pivots":
            pivot, found = _pivot(source.path, path.stem, document)
            problems += found
            if pivot is not None:
                pivots.append(pivot)
        else:
            role, found = _role(source.path, path.stem, document)
            problems += found
            if role is not None:
                roles.append(role)
    return pivots, roles, problems


def _pivot(
    path: str, stem: str, document: frontmatter.Document
) -> tuple[tuple[Pivot, Body] | None, list[Problem]]:
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
        return None, [*problems, *page.problems]
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
        title=header.title.text,
        description=header.description.text,
        origin=header.origin,
        target=header.target,
        window=header.window,
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
    return (pivot, text), [*problems, *page.problems, *_unknown_names(path, header.cta)]


def _place(written: Written) -> tuple[int, int]:
    return written.line, written.column


def _notes(page: markdown.Page, allow: Iterable[SilenceHeader]) -> Notes:
    silences = (Silence(one.rule, one.reason.text, one.until) for one in allow)
    return Notes(tuple(page.links), tuple(page.heading_lines), tuple(silences))


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


def _role(
    path: str, stem: str, document: frontmatter.Document
) -> tuple[RoleText | None, list[Problem]]:
    header, problems = schema.check(path, document.fields, RoleHeader)
    page = markdown.Page(path, document.text, RESERVED)
    body = page.block(document.body, document.body_offset + 1)
    problems += page.problems
    if header is None:
        return None, problems
    return RoleText(
        path=path,
        slug=stem,
        name=header.name,
        description=header.description.text,
        field=header.field.text if header.field else "",
        aliases=header.aliases,
        draft=header.draft,
        html=body.html,
        headings=body.headings,
        mentions=tuple(page.mentions),
        passages=tuple(page.passages),
        notes=_notes(page, header.allow),
    ), problems
