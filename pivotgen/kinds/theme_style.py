"""The stylesheet of Config(theme=…), published with a digest of its text in its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeStyleRecipe:
    """The text of the stylesheet."""

    style: str
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    if inputs.theme_style:
        yield Entry(inputs.theme_style.address, "the theme in build.py")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    if style := inputs.theme_style:
        yield Page(output_of(style.address), KIND.name, ThemeStyleRecipe(style=style.text))


def _content(
    recipe: ThemeStyleRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    return recipe.style.encode()


KIND = FileKind(
    name="theme-style", recipe=ThemeStyleRecipe, entries=_entries, pages=_pages, content=_content
)
