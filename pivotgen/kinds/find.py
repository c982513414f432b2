"""The page that answers "from this role to that one": /find/, where the finder's script works."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from pivotgen.kinds._kind import PageKind
from pivotgen.kinds._languages import everywhere, peers_of
from pivotgen.kinds._list import words_of_list
from pivotgen.kinds._structured_data import graph_text
from pivotgen.kinds._two_moves import TwoMoveWays
from pivotgen.kinds._view import head_of
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import FINDER, in_language, output_of, with_rest
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Chrome, Head, Link

# Questions that the page suggests.
_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRecipe:
    """Pairs of roles to try, by their names; all else the script reads in the moves."""

    examples: tuple[tuple[str, str], ...] = ()
    shows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FindView:
    """What find.html sees."""

    head: Head
    # Questions to try, each with its address.
    examples: tuple[Link, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(in_language(FINDER, inputs.site.root), "a page of the site", listed=True)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    examples = tuple(_examples(inputs.site))
    words = words_of_list((name for pair in examples for name in pair), ())
    output = output_of(in_language(FINDER, inputs.site.root))
    peers = peers_of(inputs, lambda site: in_language(FINDER, site.root), everywhere)
    yield Page(output, KIND.name, FindRecipe(examples=examples), words=words, peers=peers)


def _examples(site: Site) -> Iterator[tuple[str, str]]:
    """Pairs that are two moves apart, from the roles that most moves leave, each to another."""
    ways, ends = TwoMoveWays(site), set[str]()
    busiest = sorted(site.out, key=lambda slug: (-len(site.out[slug]), slug))
    for slug in busiest[: 2 * _EXAMPLES]:
        for way in ways.out_of(slug):
            if way.role not in ends and len(ends) < _EXAMPLES:
                ends.add(way.role)
                yield site.roles[slug].name, way.role
                break


def _compose(recipe: FindRecipe, text: None, cards: CardCache, chrome: Chrome) -> FindView:
    title, description = chrome.phrases["finder"], chrome.phrases["finder_description"]
    address = in_language(FINDER, chrome.root)
    examples = tuple(
        Link(
            chrome.phrases.say("finder_title", **{"from": origin, "to": target}),
            with_rest(address, f"?{urlencode({'from': origin, 'to': target})}"),
        )
        for origin, target in recipe.examples
    )
    head = head_of(chrome, address, title, description, [Link(title, address)])
    return FindView(head, examples)


def _structured_data(view: FindView, chrome: Chrome) -> str:
    return graph_text(view.head, chrome, [])


KIND = PageKind(
    name="find",
    recipe=FindRecipe,
    entries=_entries,
    pages=_pages,
    view=FindView,
    text=None,
    compose=_compose,
    structured_data=_structured_data,
)
