"""A file of assets/, published with a digest of its bytes in its name, so that it may be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import address_of
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRecipe:
    """The file that is copied."""

    path: str
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for output in inputs.assets:
        yield Entry(address_of(output), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for output, path in inputs.assets.items():
        yield Page(output, KIND.name, AssetRecipe(path=path), path)


def _content(
    recipe: AssetRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    return read(recipe.path)


KIND = FileKind(
    name="asset",
    recipe=AssetRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    verbatim=True,
)
