"""Lists of pivots: their pages, and what the views of those share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from itertools import count

from pivotgen.kinds._languages import is_own_list, peers_of
from pivotgen.kinds._view import head_of
from pivotgen.model.address import list_page_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, Peers, PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.source import Digest
from pivotgen.model.view import Chrome, Head, Link, PageLink
from pivotgen.model.words import words_digest

# Pages on either side of the current one that a list's pager names.
_AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """One page of a list of pivots: its number (from 1), and what the whole list has."""

    # Address of the list's first page.
    base: str
    number: int
    pages: int
    # How many pivots all pages have together; 0 on further pages. They do not say it, so that
    # another pivot need not change all of them.
    total: int
    # Cards on this page.
    shows: tuple[int, ...]
    # Whether search engines may list it.
    listed: bool = True

    @property
    def address(self) -> str:
        """The address of this page."""
        return list_page_address(self.base, self.number)

    def counted_once(self) -> ListPart:
        """The same without the total on further pages."""
        return self if self.number == 1 else replace(self, total=0)


def listed_pages(site: Site, slugs: Collection[str], page_size: int, *, is_public: bool) -> int:
    """How many pages the list of these pivots has where no drafts are shown.

    `is_public` says whether it has any: a list of drafts alone is there only beside the drafts.
    """
    published = len(slugs) - len(site.drafts.intersection(slugs))
    return _pages(published, page_size) if is_public or published else 0


def list_parts(
    site: Site, base: str, slugs: Sequence[str], page_size: int, listed: int
) -> Iterator[tuple[ListPart, Sequence[str]]]:
    """The pages of the list of these pivots, each with its members; an empty list has one page.

    Search engines may list the first `listed` of them.
    """
    pages = _pages(len(slugs), page_size)
    for number in range(1, pages + 1):
        part = slugs[(number - 1) * page_size : number * page_size]
        shows = tuple([site.nodes[slug].number for slug in part])
        of_list = ListPart(
            base=base,
            number=number,
            pages=pages,
            total=len(slugs),
            shows=shows,
            listed=number <= listed,
        )
        yield of_list.counted_once(), part


def words_of_list(texts: Iterable[str], members: Iterable[str]) -> Digest:
    """The digest of what one page of a list says by itself, and of the addresses it lists."""
    return words_digest(texts, members)


def addresses_of(site: Site, slugs: Iterable[str]) -> Iterator[str]:
    """The addresses of some pivots."""
    return (site.nodes[slug].address for slug in slugs)


def part_peers(
    inputs: PlanInputs,
    number: int,
    base: Callable[[Site], str],
    members: Callable[[Site], Sequence[str]],
) -> Peers:
    """One page of a list in all languages.

    `base` is the address of its first page, "" where there is no such list; `members` are the
    pivots of the whole list.
    """
    size = inputs.page_size

    def address(site: Site) -> str | None:
        first = base(site)
        is_there = first and number <= _pages(len(members(site)), size)
        return list_page_address(first, number) if is_there else None

    def own(site: Site) -> bool:
        return is_own_list(site, members(site)[(number - 1) * size : number * size])

    return peers_of(inputs, address, own)


def list_entries(base: str, total: int, page_size: int, listed: int) -> Iterator[Entry]:
    """The entries of all pages of a list that holds `total` names.

    Search engines may list the first `listed` of them.
    """
    for number in range(1, _pages(total, page_size) + 1):
        address = list_page_address(base, number)
        yield Entry(address, "a page of the site", listed=number <= listed)


def pivot_entries(
    inputs: PlanInputs, base: str, slugs: Sequence[str], listed: int
) -> Iterator[Entry]:
    """The entries of all pages of a list of these pivots.

    Search engines may list the first `listed` of them, where enough of their pivots are in the
    language of the list.
    """
    size = inputs.page_size
    for entry, start in zip(
        list_entries(base, len(slugs), size, listed), count(step=size), strict=False
    ):
        is_own = is_own_list(inputs.site, slugs[start : start + size])
        yield entry if is_own else entry._replace(listed=False)


def by_first_card(lists: Iterable[Iterator[Page]]) -> Iterator[Page]:
    """The pages of several lists, by the first card that each shows."""
    return merge(*lists, key=lambda page: page.recipe.shows[:1])


def list_head(
    chrome: Chrome,
    part: ListPart,
    title: str,
    description: str,
    crumbs: Sequence[Link] | None = None,
) -> Head:
    """The head of one page of a list; every page after the first says its number.

    `crumbs` lead from behind the home page to the first page of the list.
    """
    way = [Link(title, part.base)] if crumbs is None else list(crumbs)
    if part.number > 1:
        phrases = chrome.phrases
        page = phrases.say("page", number=part.number)
        way.append(Link(page, part.address))
        # The number of pivots stands on the first page only.
        description = f"{title}. {phrases.say('further', number=part.number)}"
        title = f"{title} ({page})"
    head = head_of(chrome, part.address, title, description, way)
    return head if part.listed else replace(head, indexed=False)


def pager(part: ListPart) -> tuple[PageLink, ...]:
    """Links to the first page, the last, and those around this one; none when one is enough.

    Each says whether it is the page before or behind, and whether pages are left out before it.
    """
    if part.pages == 1:
        return ()
    around = range(part.number - _AROUND, part.number + _AROUND + 1)
    numbers = {1, part.pages} | (set(around) & set(range(1, part.pages + 1)))
    rels = {part.number - 1: "prev", part.number + 1: "next"}
    return tuple(
        PageLink(
            number,
            list_page_address(part.base, number),
            number == part.number,
            rels.get(number, ""),
            gap=number > 1 and number - 1 not in numbers,
        )
        for number in sorted(numbers)
    )


def _pages(total: int, page_size: int) -> int:
    return max(1, -(-total // page_size))
