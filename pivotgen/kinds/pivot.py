"""The page of a pivot: /pivots/<slug>/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._structured_data import Graph, graph_text, pictured, published_by, website_id
from pivotgen.kinds._view import absolute, fill_placeholders, fill_text, with_alt
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import HOME, output_of, pivot_address, role_id, with_rest
from pivotgen.model.names import slug_of
from pivotgen.model.own_keys import NO_KEYS, OwnKeys, shown_keys
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Body, Call, Faq, Heading, Reference
from pivotgen.model.view import Card, Chrome, Head, Link, Related

# Skills that the reason of a link names.
_NAMED_SKILLS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotRecipe:
    """Its own card, and those of its neighbours."""

    card: int
    siblings: tuple[int, ...]
    onward: tuple[int, ...]
    kindred: tuple[int, ...]
    # The reverse pivot, if there is one.
    back: int | None
    # What is behind the link placeholders of its text.
    addresses: tuple[LinkTarget, ...]
    published: date | None
    updated: date | None
    image: ShareImage | None
    author: Link | None
    draft: bool

    @property
    def shows(self) -> tuple[int, ...]:
        back = () if self.back is None else (self.back,)
        return (self.card, *self.siblings, *self.onward, *self.kindred, *back)


@dataclass(frozen=True, slots=True)
class PivotView:
    """What pivot.html sees."""

    head: Head
    card: Card
    # Inline HTML, one per point.
    tldr: tuple[str, ...]
    # HTML of the body; its headings start at level 2.
    body: str
    headings: tuple[Heading, ...]
    faqs: tuple[Faq, ...]
    references: tuple[Reference, ...]
    # None where neither the page nor the site has one.
    call: Call | None
    # Other paths into the same role.
    siblings: tuple[Related, ...]
    # Where the role it reaches can go next.
    onward: tuple[Related, ...]
    # Pivots that ask for the same skills; only where the two lists above are not enough.
    kindred: tuple[Related, ...]
    # The reverse pivot.
    back: Card | None
    # Who wrote it, where the page says so; the link leads to a page about them, or nowhere ("").
    author: Link | None = None
    # The site's own keys of this file.
    extra: OwnKeys = NO_KEYS
    draft: bool = False


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for slug, node in inputs.site.nodes.items():
        yield Entry(
            pivot_address(slug),
            node.path,
            node.updated,
            listed=not node.draft,
            published=node.published,
            card=node.number,
            author=inputs.authors.get(node.author),
        )


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    """Role by role, because pivots into one role show each other's cards."""
    site = inputs.site
    # The numbers of all cards, in the order of slugs.
    numbers = [node.number for node in site.nodes.values()]

    def cards(places: Iterable[int]) -> tuple[int, ...]:
        return tuple([numbers[place] for place in places])

    for role in site.roles:
        for slug in site.into.get(role, ()):
            node, neighbours = site.nodes[slug], site.neighbours[slug]
            recipe = PivotRecipe(
                card=node.number,
                siblings=cards(neighbours.siblings),
                onward=cards(neighbours.onward),
                kindred=cards(neighbours.kindred),
                back=None if neighbours.back is None else numbers[neighbours.back],
                addresses=node.addresses,
                published=node.published,
                updated=node.updated,
                image=site.images.get(node.path),
                author=inputs.authors.get(node.author),
                draft=node.draft,
            )
            yield Page(output_of(pivot_address(slug)), KIND.name, recipe, node.path, role)


def _compose(recipe: PivotRecipe, body: Body | None, cards: CardCache, chrome: Chrome) -> PivotView:
    assert body, "every pivot has a text"
    card, phrases = cards.card(recipe.card), chrome.phrases
    own_skills = {skill.text for skill in card.skills}
    role = card.target.text

    def filled(html: str) -> str:
        return fill_placeholders(html, recipe.addresses, phrases)

    def related(numbers: Sequence[int], otherwise: str) -> tuple[Related, ...]:
        """Neighbours, each with the skills that both pages name as the reason, or `otherwise`."""
        neighbours = []
        for card in cards.cards(numbers):
            shared = [skill.text for skill in card.skills if skill.text in own_skills]
            skills = ", ".join(shared[:_NAMED_SKILLS])
            reason = phrases.say("shared", skills=skills) if shared else otherwise
            neighbours.append(Related(card, reason))
        return tuple(neighbours)

    return PivotView(
        head=Head(
            url=card.url,
            canonical=chrome.base_url + card.url,
            title=card.title,
            description=card.description,
            kind="article",
            crumbs=(
                Link(phrases["home"], HOME),
                Link(phrases.say("paths_into", role=role), card.target.url),
                Link(phrases.say("from_role", role=card.origin.text), card.url),
            ),
            published=recipe.published,
            updated=recipe.updated,
            image=with_alt(recipe.image, card.title),
            indexed=not recipe.draft,
        ),
        card=card,
        tldr=tuple(filled(point) for point in body.tldr),
        body=filled(body.html),
        headings=body.headings,
        faqs=tuple(
            replace(faq, answer=filled(faq.answer), answer_text=fill_text(faq.answer_text, phrases))
            if "\0" in faq.answer
            else faq
            for faq in body.faqs
        ),
        references=body.references,
        call=_call(chrome.call, body.call, card),
        siblings=related(recipe.siblings, phrases.say("also_into", role=role)),
        onward=related(recipe.onward, phrases.say("starts_from", role=role)),
        kindred=related(recipe.kindred, ""),
        back=None if recipe.back is None else cards.card(recipe.back),
        author=recipe.author,
        extra=shown_keys(body.stored_extra),
        draft=recipe.draft,
    )


def _call(site: Call | None, own: Call, card: Card) -> Call | None:
    """The page's own call to action, completed from the site's; None where there is neither."""
    common = site or Call()
    if common == own == Call():
        return None

    def text(own_text: str, common_text: str) -> str:
        pattern = own_text or common_text
        return pattern.replace("{from}", card.origin.text).replace("{to}", card.target.text)

    return Call(
        text(own.heading, common.heading),
        text(own.text, common.text),
        text(own.label, common.label),
        own.url or common.url,
    )


def _structured_data(view: PivotView, chrome: Chrome) -> str:
    """The article, its questions and the two occupations.

    The transition window is left out, because schema.org has no property that means it.
    """
    base, card = chrome.base_url, view.card
    occupations = [
        {"@type": "Occupation", "@id": role_id(base, slug_of(link.text)), "name": link.text}
        for link in (card.origin, card.target)
    ]
    # The skills that carry over are the ones the new role calls for.
    occupations[1]["skills"] = ", ".join(skill.text for skill in card.skills)
    graph: Graph = [
        _article(view, chrome, [{"@id": occupation["@id"]} for occupation in occupations]),
        _questions(view, chrome),
        *occupations,
    ]
    return graph_text(view.head, chrome, graph)


def _article(view: PivotView, chrome: Chrome, about: list[dict[str, str]]) -> dict[str, Any]:
    page, card = view.head.canonical, view.card
    article: dict[str, Any] = {
        "@type": "Article",
        "@id": f"{page}#article",
        "headline": card.title,
        "description": card.description,
        "url": page,
        "mainEntityOfPage": page,
        "inLanguage": chrome.language,
        **_author(view.author, chrome),
        **published_by(chrome),
        **pictured(view.head, chrome),
        "isPartOf": {"@id": website_id(chrome)},
        "about": about,
    }
    if view.head.published:
        article["datePublished"] = view.head.published.isoformat()
    if view.head.updated:
        article["dateModified"] = view.head.updated.isoformat()
    return article


def _author(author: Link | None, chrome: Chrome) -> dict[str, Any]:
    """The property that names the author of the page, or else the editor of the site."""
    if author:
        person = {"@type": "Person", "name": author.text, "url": absolute(author.url, chrome)}
        return {"author": {name: value for name, value in person.items() if value}}
    if not chrome.editor:
        return {}
    return {"author": {"@type": "Organization", "name": chrome.editor, "url": chrome.editor_url}}


def _questions(view: PivotView, chrome: Chrome) -> dict[str, Any]:
    page = view.head.canonical
    return {
        "@type": "FAQPage",
        "@id": f"{page}#faq",
        "inLanguage": chrome.language,
        "isPartOf": {"@id": f"{page}#article"},
        "mainEntity": [
            {
                "@type": "Question",
                "@id": with_rest(page, f"#{faq.anchor}"),
                "name": faq.question,
                "acceptedAnswer": {"@type": "Answer", "text": faq.answer_text},
            }
            for faq in view.faqs
        ],
    }


KIND = PageKind(
    name="pivot",
    recipe=PivotRecipe,
    entries=_entries,
    pages=_pages,
    view=PivotView,
    text=Body,
    compose=_compose,
    structured_data=_structured_data,
)
