"""_headers: what Netlify, Cloudflare Pages and similar hosts are to send with each file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import HEADERS, output_of
from pivotgen.model.delivery import EVERY_FILE, HeaderRule
from pivotgen.model.hosts import PREVIEW
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadersRecipe:
    """The rules, from the widest to the narrowest."""

    rules: tuple[HeaderRule, ...]
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    # Other hosts do not read it. Without any, common hosts of static sites do.
    named = set(inputs.hosts) - {PREVIEW}
    if not named or {"netlify", "cloudflare"} & named:
        yield Entry(HEADERS, "a file of the site", served=False)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for entry in _entries(inputs):
        recipe = HeadersRecipe(rules=inputs.delivery.rules)
        yield Page(output_of(entry.address), KIND.name, recipe)


def _content(
    recipe: HeadersRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    """Each pattern of addresses with its headers, in the form that those hosts read.

    They send the headers of every rule that fits, and join the values of one that is there twice.
    So a rule first takes away what a wider one says: `! Name`. Where a host does not know that and
    joins them, the value is none that browsers know, and pictures are shown all the same.
    """
    lines: list[str] = []
    wider: set[str] = set()
    for pattern, headers in recipe.rules:
        # The files lie at the root, where they can be asked for as well as below the base path.
        below = pattern if pattern.startswith(EVERY_FILE) else f"{chrome.base_path}{pattern}"
        for address in dict.fromkeys((pattern, below)):
            lines.append(address)
            lines += [f"  ! {name}" for name, _ in headers if name in wider]
            lines += [f"  {name}: {value}" for name, value in headers]
        wider |= {name for name, _ in headers if pattern == EVERY_FILE}
    return "".join(f"{line}\n" for line in lines).encode()


KIND = FileKind(
    name="headers", recipe=HeadersRecipe, entries=_entries, pages=_pages, content=_content
)
