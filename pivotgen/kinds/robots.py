"""robots.txt: everything may be read, and here is the sitemap (RFC 9309); nothing in a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import ROBOTS, SITEMAP, output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRecipe:
    """It needs nothing of the graph."""

    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(ROBOTS, "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    yield Page(output_of(ROBOTS), KIND.name, RobotsRecipe())


def _content(
    recipe: RobotsRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    if chrome.preview:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {chrome.base_url}{SITEMAP}\n".encode()


KIND = FileKind(
    name="robots", recipe=RobotsRecipe, entries=_entries, pages=_pages, content=_content
)
