"""A file of assets/, published with a digest of its bytes in its name, so that it may be kept.

The addresses in a style sheet become those of the published files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import address_of
from pivotgen.model.asset import Replacement
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRecipe:
    """The file that is copied."""

    path: str
    # What is written anew, from the first byte to the last.
    replacements: tuple[Replacement, ...] = ()
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    for output in inputs.assets:
        yield Entry(address_of(output), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for output, path in inputs.assets.items():
        recipe = AssetRecipe(path=path, replacements=inputs.replacements.get(path, ()))
        yield Page(output, KIND.name, recipe, path)


def _content(
    recipe: AssetRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    data = read(recipe.path)
    if not recipe.replacements:
        return data
    parts, at = list[bytes](), 0
    for replacement in recipe.replacements:
        parts += [data[at : replacement.start], replacement.text.encode()]
        at = replacement.end
    return b"".join([*parts, data[at:]])


KIND = FileKind(
    name="asset",
    recipe=AssetRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    verbatim=True,
)
