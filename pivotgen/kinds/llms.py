"""llms.txt: the site in one Markdown list, a convenience for agents and no promise of ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import LLMS, output_of
from pivotgen.model.markdown_text import as_markdown
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

# A longer list helps nobody; the sitemap has the rest.
_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmsRecipe:
    """The pivots that are listed."""

    shows: tuple[int, ...]


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(LLMS, "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    public = (node.number for node in inputs.site.nodes.values() if not node.draft)
    yield Page(output_of(LLMS), KIND.name, LlmsRecipe(shows=tuple(islice(public, _MOST))))


def _content(
    recipe: LlmsRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    phrases = chrome.phrases
    lines = [
        f"- [{as_markdown(card.title)}]({chrome.base_url}{card.url}):"
        f" {as_markdown(card.description)}"
        for card in cards.cards(recipe.shows)
    ]
    name = as_markdown(chrome.name)
    text = f"# {name}\n\n> {phrases['llms_summary']}\n\n## {phrases['all_pivots']}\n\n"
    return (text + "\n".join(lines) + "\n").encode()


KIND = FileKind(
    name="llms",
    recipe=LlmsRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    has_phrases=True,
)
