"""Plan: a Site to Pages. Every address that a layout fills is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from pivotgen.engines.markdown import fill
from pivotgen.model.config import Config
from pivotgen.model.page import Page
from pivotgen.model.pivot import Call, Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site, slug_of
from pivotgen.model.view import (
    Card,
    ExplorerView,
    FieldEntry,
    Head,
    Link,
    MissingView,
    PageLink,
    PivotView,
    Related,
    RoleEntry,
    RoleView,
    SkillEntry,
    SkillView,
)
from pivotgen.model.words import Words


def plan(site: Site, config: Config, words: Words) -> tuple[list[Page], list[Problem]]:
    """All pages in the order of their addresses, and clashes between them."""
    cards = {slug: _card(site, pivot) for slug, pivot in site.pivots.items()}
    pages = [*_explorer(site, config, words, cards), _missing(site, config, words)]
    for slug, pivot in site.pivots.items():
        pages.append(_pivot(site, config, words, cards, slug, pivot))
    for slug in site.roles:
        pages += _role(site, config, words, cards, slug, "to")
        pages += _role(site, config, words, cards, slug, "from")
    for slug in site.skills:
        pages += _skill(site, config, words, cards, slug)
    return sorted(pages, key=lambda page: page.output), _clashes(site, pages)


def _head(
    config: Config, words: Words, url: str, title: str, description: str, crumbs: Sequence[Link]
) -> Head:
    return Head(
        url=url,
        canonical=config.base_url + url,
        title=title,
        description=description,
        kind="website",
        crumbs=(Link(words.say("home"), "/"), *crumbs),
    )


def _card(site: Site, pivot: Pivot) -> Card:
    origin, target = slug_of(pivot.origin.text), slug_of(pivot.target.text)
    return Card(
        url=f"/pivots/{pivot.slug}/",
        title=pivot.title,
        description=pivot.description,
        window=str(pivot.window),
        origin=Link(pivot.origin.text, f"/from/{origin}/"),
        target=Link(pivot.target.text, f"/to/{target}/"),
        skills=tuple(Link(one.text, f"/skills/{slug_of(one.text)}/") for one in pivot.skills),
    )


def _pivot(
    site: Site, config: Config, words: Words, cards: dict[str, Card], slug: str, pivot: Pivot
) -> Page:
    card, body, near = cards[slug], site.bodies[slug], site.neighbours[slug]
    addresses = site.addresses[pivot.path]

    def related(slugs: Sequence[str]) -> tuple[Related, ...]:
        mine = {skill.text for skill in card.skills}
        return tuple(
            Related(cards[one], tuple(s.text for s in cards[one].skills if s.text in mine))
            for one in slugs
        )

    view = PivotView(
        head=replace(
            _head(
                config,
                words,
                card.url,
                pivot.title,
                pivot.description,
                [
                    Link(words.say("paths_into", role=card.target.text), card.target.url),
                    Link(words.say("from_role", role=card.origin.text), card.url),
                ],
            ),
            kind="article",
            updated=pivot.updated,
            indexed=not pivot.draft,
        ),
        card=card,
        tldr=tuple(fill(point, addresses) for point in body.tldr),
        body=fill(body.html, addresses),
        headings=body.headings,
        faqs=tuple(replace(faq, answer=fill(faq.answer, addresses)) for faq in body.faqs),
        references=body.references,
        call=_call(config.call, body.call, card),
        siblings=related(near.siblings),
        onward=related(near.onward),
        kindred=related(near.kindred),
        back=cards[near.back] if near.back else None,
        draft=pivot.draft,
    )
    return Page(_output(card.url), "pivot.html", view, pivot.path)


def _call(common: Call, own: Call, card: Card) -> Call:
    def words(mine: str, ours: str) -> str:
        text = mine or ours
        return text.replace("{from}", card.origin.text).replace("{to}", card.target.text)

    return Call(
        words(own.heading, common.heading),
        words(own.text, common.text),
        words(own.label, common.label),
        own.url or common.url,
    )


def _role(
    site: Site, config: Config, words: Words, cards: dict[str, Card], slug: str, side: str
) -> list[Page]:
    role, text = site.roles[slug], site.roles[slug].text
    slugs = (site.into if side == "to" else site.out).get(slug, ())
    other = (site.out if side == "to" else site.into).get(slug, ())
    into = side == "to"
    titles = words.say("paths_into", role=role.name), words.say("paths_out", role=role.name)
    title, other_title = titles if into else titles[::-1]
    description = words.say(
        "into_description" if into else "out_description",
        pivots=words.count("pivots", len(slugs)),
        role=role.name,
    )
    skills = Counter(skill for one in slugs for skill in cards[one].skills)
    common = sorted(skills, key=lambda skill: (-skills[skill], skill.text))[:8]
    body = fill(text.html, site.addresses[text.path]) if text and into else ""
    pages = []
    for number, part, links in _paged(f"/{side}/{slug}/", slugs, config.page_size):
        url = links[number - 1].url if links else f"/{side}/{slug}/"
        pages.append(
            Page(
                _output(url),
                "role.html",
                RoleView(
                    head=_head(
                        config,
                        words,
                        url,
                        _numbered(words, title, number),
                        _numbered(words, description, number),
                        [Link(title, url)],
                    ),
                    side=side,
                    name=role.name,
                    description=text.description if text else "",
                    field=text.field if text else "",
                    aliases=tuple(alias.text for alias in text.aliases) if text else (),
                    body=body if number == 1 else "",
                    cards=tuple(cards[one] for one in part),
                    total=len(slugs),
                    other_side=Link(
                        other_title,
                        f"/{'from' if into else 'to'}/{slug}/",
                    ),
                    other_total=len(other),
                    skills=tuple(common),
                    pages=links,
                ),
                text.path if text else "",
            )
        )
    return pages


def _skill(
    site: Site, config: Config, words: Words, cards: dict[str, Card], slug: str
) -> list[Page]:
    skill, slugs = site.skills[slug], site.with_skill[slug]
    title = words.say("skill_title", skill=skill.name)
    description = words.say(
        "skill_description", pivots=words.count("pivots", len(slugs)), skill=skill.name.lower()
    )
    origins = sorted({cards[one].origin for one in slugs}, key=lambda link: link.text)
    targets = sorted({cards[one].target for one in slugs}, key=lambda link: link.text)
    pages = []
    for number, part, links in _paged(f"/skills/{slug}/", slugs, config.page_size):
        url = links[number - 1].url if links else f"/skills/{slug}/"
        pages.append(
            Page(
                _output(url),
                "skill.html",
                SkillView(
                    head=_head(
                        config,
                        words,
                        url,
                        _numbered(words, title, number),
                        _numbered(words, description, number),
                        [Link(skill.name, url)],
                    ),
                    name=skill.name,
                    cards=tuple(cards[one] for one in part),
                    total=len(slugs),
                    origins=tuple(origins),
                    targets=tuple(targets),
                    pages=links,
                ),
            )
        )
    return pages


def _explorer(site: Site, config: Config, words: Words, cards: dict[str, Card]) -> list[Page]:
    fields: dict[str, list[RoleEntry]] = {}
    for slug, role in site.roles.items():
        into, out = len(site.into.get(slug, ())), len(site.out.get(slug, ()))
        name = role.text.field if role.text else ""
        fields.setdefault(name, []).append(
            RoleEntry(
                name=role.name,
                field=name,
                into=Link(role.name, f"/to/{slug}/") if into else None,
                into_total=into,
                out=Link(role.name, f"/from/{slug}/") if out else None,
                out_total=out,
            )
        )
    entries = tuple(
        FieldEntry(name, tuple(sorted(fields[name], key=lambda entry: entry.name)))
        # Roles that nobody has put into a field come last.
        for name in sorted(fields, key=lambda name: (not name, name))
    )
    skills = tuple(
        SkillEntry(Link(skill.name, f"/skills/{slug}/"), len(site.with_skill[slug]))
        for slug, skill in site.skills.items()
    )
    description = words.say(
        "home_description", pivots=words.count("pivots", len(cards)), roles=len(site.roles)
    )
    pages = []
    for number, part, links in _paged("/", sorted(cards), config.page_size):
        url = links[number - 1].url if links else "/"
        title = _numbered(words, words.say("home_title"), number)
        head = replace(
            _head(config, words, url, title, _numbered(words, description, number), []),
            crumbs=(Link(words.say("home"), "/"),),
        )
        first = number == 1
        pages.append(
            Page(
                _output(url),
                "explorer.html",
                ExplorerView(
                    head=head,
                    cards=tuple(cards[one] for one in part),
                    total=len(cards),
                    fields=entries if first else (),
                    skills=skills if first else (),
                    pages=links,
                ),
            )
        )
    return pages


def _missing(site: Site, config: Config, words: Words) -> Page:
    busiest = sorted(site.into, key=lambda slug: (-len(site.into[slug]), slug))[:8]
    title, description = words.say("missing_title"), words.say("missing_description")
    head = _head(config, words, "/404.html", title, description, [])
    roles = tuple(Link(site.roles[slug].name, f"/to/{slug}/") for slug in busiest)
    return Page("404.html", "missing.html", MissingView(replace(head, indexed=False), roles))


def _paged(
    base: str, slugs: Sequence[str], size: int
) -> list[tuple[int, Sequence[str], tuple[PageLink, ...]]]:
    """Page number, its part of the list, and links to all pages (none when one is enough)."""
    parts = [slugs[start : start + size] for start in range(0, len(slugs), size)] or [slugs]
    urls = [base if n == 1 else f"{base}page/{n}/" for n in range(1, len(parts) + 1)]
    return [
        (
            number,
            part,
            tuple(PageLink(n, url, n == number) for n, url in enumerate(urls, 1))
            if len(parts) > 1
            else (),
        )
        for number, part in enumerate(parts, 1)
    ]


def _numbered(words: Words, text: str, number: int) -> str:
    return text if number == 1 else f"{text} ({words.say('page', number=number)})"


def _output(url: str) -> str:
    return f"{urlsplit(url).path.lstrip('/')}index.html"


def _clashes(site: Site, pages: Sequence[Page]) -> list[Problem]:
    """Old addresses that a page, or another old address, already has."""
    taken = {page.view.head.url: page.origin or "the site itself" for page in pages}
    problems = []
    for pivot in site.pivots.values():
        for alias in pivot.aliases:
            url = alias.text if alias.text.endswith("/") else f"{alias.text}/"
            if url in taken:
                problems.append(
                    Problem(
                        pivot.path,
                        alias.line,
                        alias.column,
                        "address-clash",
                        f"{url} already belongs to {taken[url]}",
                        "take this alias out",
                    )
                )
            taken[url] = pivot.path
    return problems
