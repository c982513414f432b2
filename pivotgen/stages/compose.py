"""Compose: a recipe, with the cards it names and its text, to the view that its layout shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pivotgen.engines.packing import unpack
from pivotgen.model.page import (
    ExplorerRecipe,
    ListPart,
    MissingRecipe,
    PivotRecipe,
    Recipe,
    RoleRecipe,
    SkillRecipe,
)
from pivotgen.model.pivot import Body, Call
from pivotgen.model.role import RoleBody
from pivotgen.model.view import (
    Card,
    Chrome,
    ExplorerView,
    Head,
    Link,
    MissingView,
    PageLink,
    PivotView,
    Related,
    RoleView,
    SkillView,
    View,
)
from pivotgen.stages.fill import fill
from pivotgen.stages.plan import page_url
from pivotgen.stages.stock import Stock

# Skills that the reason of a link names.
_SAID = 2
# Pages on either side of the current one that a list's pager names.
_AROUND = 2


def compose(recipe: Recipe, text: bytes | None, stock: Stock, chrome: Chrome) -> View:
    """The view of a page that has a layout; `text` is its own, packed, if it has one."""
    match recipe:
        case PivotRecipe():
            return _pivot(recipe, unpack(Body, text or b""), stock, chrome)
        case RoleRecipe():
            html = unpack(RoleBody, text).html if text else ""
            return _role(recipe, html, stock, chrome)
        case SkillRecipe():
            return _skill(recipe, stock, chrome)
        case ExplorerRecipe():
            return _explorer(recipe, stock, chrome)
        case MissingRecipe():
            return _missing(recipe, chrome)
        case _:
            raise TypeError(f"{type(recipe).__name__} has no layout")


def _head(chrome: Chrome, url: str, title: str, description: str, crumbs: Sequence[Link]) -> Head:
    return Head(
        url=url,
        canonical=chrome.base_url + url,
        title=title,
        description=description,
        kind="website",
        crumbs=(Link(chrome.words["home"], "/"), *crumbs),
    )


def _pivot(recipe: PivotRecipe, body: Body, stock: Stock, chrome: Chrome) -> PivotView:
    card, words = stock.card(recipe.card), chrome.words
    mine = {skill.text for skill in card.skills}
    role = card.target.text

    def related(numbers: Sequence[int], otherwise: str) -> tuple[Related, ...]:
        """Neighbours, each with the skills that both pages name as the reason, or another."""
        found = []
        for one in stock.cards(numbers):
            shared = [skill.text for skill in one.skills if skill.text in mine][:_SAID]
            skills = ", ".join(shared).lower()
            found.append(Related(one, words.say("shared", skills=skills) if shared else otherwise))
        return tuple(found)

    return PivotView(
        head=Head(
            url=card.url,
            canonical=chrome.base_url + card.url,
            title=card.title,
            description=card.description,
            kind="article",
            crumbs=(
                Link(words["home"], "/"),
                Link(words.say("paths_into", role=role), card.target.url),
                Link(words.say("from_role", role=card.origin.text), card.url),
            ),
            updated=recipe.updated,
            indexed=not recipe.draft,
        ),
        card=card,
        tldr=tuple(fill(point, recipe.addresses) for point in body.tldr),
        body=fill(body.html, recipe.addresses),
        headings=body.headings,
        faqs=tuple(
            replace(faq, answer=fill(faq.answer, recipe.addresses)) if "\0" in faq.answer else faq
            for faq in body.faqs
        ),
        references=body.references,
        call=_call(chrome.call, body.call, card),
        siblings=related(recipe.siblings, words.say("also_into", role=role)),
        onward=related(recipe.onward, words.say("starts_from", role=role)),
        kindred=related(recipe.kindred, ""),
        back=None if recipe.back is None else stock.card(recipe.back),
        draft=recipe.draft,
    )


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


def _role(recipe: RoleRecipe, body: str, stock: Stock, chrome: Chrome) -> RoleView:
    words, part, into = chrome.words, recipe.part, recipe.side == "to"
    titles = words.say("paths_into", role=recipe.name), words.say("paths_out", role=recipe.name)
    title, other_title = titles if into else titles[::-1]
    description = words.say(
        "into_description" if into else "out_description",
        pivots=words.count("pivots", part.total),
        role=recipe.name,
    )
    return RoleView(
        head=_list_head(chrome, part, title, description),
        side=recipe.side,
        name=recipe.name,
        description=recipe.description,
        field=recipe.field,
        aliases=recipe.aliases,
        body=fill(body, recipe.addresses),
        cards=stock.cards(part.shows),
        total=part.total,
        other_side=Link(other_title, f"/{'from' if into else 'to'}/{recipe.slug}/"),
        other_total=recipe.other_total,
        skills=recipe.skills,
        pages=_pager(part),
    )


def _skill(recipe: SkillRecipe, stock: Stock, chrome: Chrome) -> SkillView:
    words, part = chrome.words, recipe.part
    title = words.say("skill_title", skill=recipe.name)
    description = words.say(
        "skill_description",
        pivots=words.count("pivots", part.total),
        skill=recipe.name.lower(),
    )
    return SkillView(
        head=_list_head(chrome, part, title, description, recipe.name),
        name=recipe.name,
        cards=stock.cards(part.shows),
        total=part.total,
        origins=recipe.origins,
        targets=recipe.targets,
        pages=_pager(part),
    )


def _explorer(recipe: ExplorerRecipe, stock: Stock, chrome: Chrome) -> ExplorerView:
    words, part = chrome.words, recipe.part
    description = words.say(
        "home_description", pivots=words.count("pivots", part.total), roles=recipe.roles
    )
    head = _list_head(chrome, part, words["home_title"], description)
    return ExplorerView(
        head=replace(head, crumbs=head.crumbs[:1]),
        cards=stock.cards(part.shows),
        total=part.total,
        fields=recipe.fields,
        skills=recipe.skills,
        pages=_pager(part),
    )


def _missing(recipe: MissingRecipe, chrome: Chrome) -> MissingView:
    title, description = chrome.words["missing_title"], chrome.words["missing_description"]
    head = _head(chrome, "/404.html", title, description, [])
    return MissingView(replace(head, indexed=False), recipe.roles)


def _list_head(
    chrome: Chrome, part: ListPart, title: str, description: str, crumb: str = ""
) -> Head:
    """The head of one page of a list; every page after the first says its number."""
    url = page_url(part.base, part.number)
    number = ""
    if part.number > 1:
        number = f" ({chrome.words.say('page', number=part.number)})"
    return _head(
        chrome, url, f"{title}{number}", f"{description}{number}", [Link(crumb or title, url)]
    )


def _pager(part: ListPart) -> tuple[PageLink, ...]:
    """Links to the first page, the last, and those around this one; none when one is enough."""
    if part.pages == 1:
        return ()
    around = range(part.number - _AROUND, part.number + _AROUND + 1)
    numbers = {1, part.pages} | (set(around) & set(range(1, part.pages + 1)))
    return tuple(
        PageLink(number, page_url(part.base, number), number == part.number)
        for number in sorted(numbers)
    )
