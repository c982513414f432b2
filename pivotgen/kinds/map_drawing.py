"""The map of roles and moves as a picture: /find/map.svg.

Pages that show it do not change when a move is added, since its address stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.kinds._map import RoleMap, map_of
from pivotgen.kinds._map_drawing import drawing
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import MAP_DRAWING, in_language, output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

# A picture has its own style; on its page the drawing has that of the page.
_LIGHT = ("#0b63ce", "#b4441c", "#6a3fb5", "#0c7a6b", "#a3195b", "#7a5c00", "#3a6b1f", "#5a544b")
_DARK = ("#7fb4ff", "#f0a17f", "#bfa4f5", "#5fd0bd", "#f590bd", "#e0bd55", "#9fd37c", "#b9b0a2")
_RULES = (
    "svg{color:#1f1d1a}"
    ".map-field{font-weight:700;font-size:12.5px}.map-move path{stroke-width:1.4;stroke-opacity:.6}"
    ".map-role rect{stroke-opacity:.6}.map-move .map-near{display:none}"
    ".map-cell{fill:#9a3b1b;stroke:none}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDrawingRecipe:
    """What is drawn."""

    drawn: RoleMap
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(in_language(MAP_DRAWING, inputs.site.root), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    recipe = MapDrawingRecipe(drawn=map_of(inputs.site))
    yield Page(output_of(in_language(MAP_DRAWING, inputs.site.root)), KIND.name, recipe)


def _content(
    recipe: MapDrawingRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    svg = drawing(recipe.drawn, chrome.phrases)
    # Addresses get the base path in pages alone.
    svg = svg.replace('href="/', f'href="{chrome.base_path}/')
    svg = svg.replace("<svg ", f'<svg lang="{chrome.language}" ', 1)
    return svg.replace("</desc>", f"</desc><style>{_style()}</style>", 1).encode()


def _style() -> str:
    dark = "svg{color:#f1ece3}.map-cell{fill:#f0a17f}"
    return (
        f"{_RULES}{_colours(_LIGHT)}@media (prefers-color-scheme:dark){{{dark}{_colours(_DARK)}}}"
    )


def _colours(colours: tuple[str, ...]) -> str:
    return "".join(
        f".map-{number} path,.map-{number} rect{{stroke:{colour}}}"
        f".map-{number}.map-field,.map-{number} .map-head{{fill:{colour}}}"
        for number, colour in enumerate(colours)
    )


KIND = FileKind(
    name="map-drawing",
    recipe=MapDrawingRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    has_phrases=True,
    spoken=True,
)
