"""The page of a pivot: /pivots/<slug>/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pivotgen.engines.qr_code import QrCode, qr_code
from pivotgen.kinds._glance import (
    Asked,
    CarriedSkill,
    Headline,
    OtherPaths,
    carried_skills,
    headline_of,
)
from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import pivot_peers
from pivotgen.kinds._structured_data import (
    Graph,
    author_of,
    graph_text,
    occupation,
    pictured,
    published_by,
    website_id,
)
from pivotgen.kinds._view import call_of, fill_placeholders, fill_text, has_foreign_call, with_alt
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import output_of, with_rest
from pivotgen.model.lazy_dataclass import dataclass
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
    others: OtherPaths
    # Skills that other paths into the role name, and this one does not.
    asked: tuple[Link, ...]
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
    # The title in parts, to make links of its roles; None where it does not name them in order.
    headline: Headline | None
    # How long the page takes to read.
    minutes: int
    skills: tuple[CarriedSkill, ...]
    # Skills that other paths into the role name and this one does not; empty where too few do.
    asked: tuple[Link, ...]
    others: OtherPaths
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
    # Pivots that use the same skills; where this is the only path into its role, or needs links.
    kindred: tuple[Related, ...]
    # The reverse pivot.
    back: Card | None
    # The address of the page, for paper; None where the settings ask for none, or it is too long.
    qr: QrCode | None
    # Who wrote it, where the page says so; the link leads to a page about them, or nowhere ("").
    author: Link | None = None
    # The country whose facts it tells, or "".
    region: str = ""
    # The site's own keys of this file.
    extra: OwnKeys = NO_KEYS
    draft: bool = False
    # Whether the words of the call to action are in the language of the card.
    foreign_call: bool = False


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for node in inputs.site.nodes.values():
        yield Entry(
            node.address,
            node.path,
            node.updated,
            listed=node.own and not node.draft,
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
        asked = Asked(site, site.into.get(role, ()))
        for slug in site.into.get(role, ()):
            node, neighbours = site.nodes[slug], site.neighbours[slug]
            recipe = PivotRecipe(
                card=node.number,
                siblings=cards(neighbours.siblings),
                onward=cards(neighbours.onward),
                kindred=cards(neighbours.kindred),
                back=None if neighbours.back is None else numbers[neighbours.back],
                others=asked.others,
                asked=asked.beside(node.skills),
                addresses=node.addresses,
                published=node.published,
                updated=node.updated,
                image=site.images.get(node.path),
                author=inputs.authors.get(node.author),
                draft=node.draft,
            )
            peers = pivot_peers(inputs, slug)
            yield Page(output_of(node.address), KIND.name, recipe, node.path, role, peers=peers)


def _compose(recipe: PivotRecipe, body: Body | None, cards: CardCache, chrome: Chrome) -> PivotView:
    assert body, "every pivot has a text"
    card, phrases = cards.card(recipe.card), chrome.phrases
    own_skills = {skill.text for skill in card.skills}
    role = card.target

    def filled(html: str) -> str:
        return fill_placeholders(html, recipe.addresses, phrases)

    def related(numbers: Sequence[int], otherwise: str) -> tuple[Related, ...]:
        """Neighbours, each with the skills that both pages name as the reason, or `otherwise`."""
        neighbours = []
        for card in cards.cards(numbers):
            shared = [skill.text for skill in card.skills if skill.text in own_skills]
            skills = phrases.row(shared[:_NAMED_SKILLS])
            reason = phrases.say("shared", skills=skills) if shared else otherwise
            neighbours.append(Related(card, reason))
        return tuple(neighbours)

    return PivotView(
        head=_head(recipe, card, chrome),
        card=card,
        headline=headline_of(card),
        minutes=body.minutes,
        skills=carried_skills(card, body.becomes),
        asked=recipe.asked,
        others=recipe.others,
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
        call=call_of(chrome, body.call, card),
        foreign_call=has_foreign_call(body.call, card),
        siblings=related(recipe.siblings, phrases.say("also_into", role=role)),
        onward=related(recipe.onward, phrases.say("starts_from", role=role)),
        kindred=related(recipe.kindred, ""),
        back=None if recipe.back is None else cards.card(recipe.back),
        qr=qr_code(chrome.base_url + card.url) if chrome.qr_codes else None,
        author=recipe.author,
        region=body.region or chrome.region,
        extra=shown_keys(body.stored_extra),
        draft=recipe.draft,
    )


def _head(recipe: PivotRecipe, card: Card, chrome: Chrome) -> Head:
    phrases = chrome.phrases
    return Head(
        url=card.url,
        canonical=chrome.base_url + card.url,
        title=card.title,
        description=card.description,
        kind="article",
        crumbs=(
            Link(phrases["home"], chrome.home),
            Link(phrases.say("paths_into", role=card.target), card.target.url),
            Link(phrases.say("from_role", role=card.origin), card.url),
        ),
        published=recipe.published,
        updated=recipe.updated,
        image=with_alt(recipe.image, card.title),
        indexed=not recipe.draft,
    )


def _structured_data(view: PivotView, chrome: Chrome) -> str:
    """The article, its questions and the two occupations, whose skills their own pages say.

    The transition window is left out, because schema.org has no property that means it.
    """
    # What skills a role asks for is said once, on the page of the role.
    card = view.card
    occupations = [occupation(link.text, link.url, chrome) for link in (card.origin, card.target)]
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
        **({"author": author} if (author := author_of(view.author, chrome)) else {}),
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
    has_twin=True,
)
