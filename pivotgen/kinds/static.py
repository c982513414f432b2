"""A file of static/, published as it is, by its own name at the root of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import output_of, static_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRecipe:
    """The file that is copied."""

    path: str
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for path in inputs.static:
        yield Entry(static_address(path), path)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for path in inputs.static:
        yield Page(output_of(static_address(path)), KIND.name, StaticRecipe(path=path), path)


def _content(
    recipe: StaticRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    return read(recipe.path)


KIND = FileKind(
    name="static",
    recipe=StaticRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    chosen=True,
    verbatim=True,
)
