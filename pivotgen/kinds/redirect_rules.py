"""_redirects: the addresses that have moved, for Netlify and Cloudflare Pages.

Netlify takes the first rule that fits, and no rule tells /old from /old/. Cloudflare takes each
address as it is asked for; behind the first rule with a `*` or a `:name` it takes only a hundred
more. Each passes over what only the other understands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._host import HostRecipe, host_recipe
from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    HOST_FILES,
    HTACCESS,
    MISSING,
    NO_JEKYLL,
    PAGE_FILE,
    REDIRECT_RULES,
    output_of,
    readable,
    static_address,
)
from pivotgen.model.address_shape import page_shape
from pivotgen.model.hosts import CLOUDFLARE_GENERAL, CLOUDFLARE_REDIRECTS, cloudflare_rules
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

_READERS = ("netlify", "cloudflare")
# Files of other hosts, which lie in the same folder and which nobody is sent.
_OF_OTHERS = {
    HTACCESS: {"apache"},
    NO_JEKYLL: {"github-pages"},
    f"{HOST_FILES}*": {"nginx", "caddy", "cloudfront", "vercel"},
}
# Nothing is there, so Cloudflare sends the 404 page.
_NOTHING = "/_"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectRulesRecipe:
    """What a host is made from, and how the addresses of pages look."""

    host: HostRecipe
    # With `:name` in place of what differs; only of a site with a base path.
    shapes: tuple[str, ...] = ()
    # Addresses of files that look like those of pages.
    files: tuple[str, ...] = ()
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    if not set(_READERS).isdisjoint(inputs.hosts):
        yield Entry(REDIRECT_RULES, "a file of the site", served=False)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for entry in _entries(inputs):
        yield Page(output_of(entry.address), KIND.name, _recipe(inputs))


def _recipe(inputs: PlanInputs) -> RedirectRulesRecipe:
    host = host_recipe(inputs, REDIRECT_RULES)
    if not host.base or "cloudflare" not in host.hosts:
        return RedirectRulesRecipe(host=host)
    shapes = {page_shape(entry.address) for entry in inputs.listed()} - {"/"}
    files = map(static_address, inputs.static)
    return RedirectRulesRecipe(
        host=host,
        shapes=tuple(sorted(shapes)),
        files=tuple(sorted(path for path in files if page_shape(f"{path}/") in shapes)),
    )


def _content(
    recipe: RedirectRulesRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    lines = dict.fromkeys(_rules(recipe).lines())
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class _Rules:
    """One rule a line. A line that does for both hosts may be there twice."""

    # Those for one address each.
    single: list[str]
    # Those for many addresses.
    general: list[str]
    # Of a site below a base path on Cloudflare: those for one page or file each, and for many.
    below: list[str]
    below_general: list[str]
    # Whether Netlify reads these too.
    is_shared: bool

    @property
    def room(self) -> int:
        """How many of those below a base path, for one page or file each, Cloudflare takes."""
        if self.is_shared:
            # Netlify would go in circles, unless a rule that is only for Netlify stands before.
            return CLOUDFLARE_GENERAL - len(self.general) - len(self.below_general)
        return CLOUDFLARE_REDIRECTS - len(self.single)

    def lines(self) -> list[str]:
        """All rules in their order."""
        below = self.below[: max(0, self.room)]
        first = [*self.general, *below] if self.is_shared else [*below, *self.general]
        return [*self.single, *first, *self.below_general]


def slashes_left_out(inputs: PlanInputs) -> int:
    """How many pages Cloudflare leads out of the base path when their last slash is missing."""
    rules = _rules(_recipe(inputs))
    return max(0, len(rules.below) - rules.room)


def _rules(recipe: RedirectRulesRecipe) -> _Rules:
    host, base = recipe.host, recipe.host.base
    is_netlify, is_cloudflare = (name in host.hosts for name in _READERS)
    single: list[str] = []
    general: list[str] = []
    if is_cloudflare:
        rules = cloudflare_rules(host.moved, base, host.hosts)
        single += [f"{old} {new} 301" for old, new in rules]
    if is_netlify:
        single += _moves_on_netlify(host)
    for pattern, others in _OF_OTHERS.items():
        for address in dict.fromkeys((pattern, f"{base}{pattern}")):
            lines = general if "*" in address else single
            if others.isdisjoint(host.hosts):
                continue
            if is_netlify:
                lines.append(f"{address} {MISSING} 404!")
            if is_cloudflare:
                lines.append(f"{address} {_NOTHING} 200")
    below: list[str] = []
    below_general: list[str] = []
    if base:
        # The files lie at the root, and are asked for below the path of the site.
        if is_netlify:
            general.append(f"{base}/* /:splat 200!")
        if is_cloudflare:
            # Cloudflare would add the slash to the address of a page without the base path.
            slashes = [f"{base}{page.rstrip('/')} {base}{page} 301" for page in recipe.shapes]
            below = [f"{base} {base}/ 301", f"{base}/{PAGE_FILE} {base}/ 301"]
            below += [f"{base}{file} {file} 200" for file in recipe.files]
            below += [line for line in slashes if ":" not in line]
            below_general = [f"{base}/*/{PAGE_FILE} {base}/:splat/ 301"]
            below_general += [line for line in slashes if ":" in line]
            below_general.append(f"{base}/* /:splat 200")
    return _Rules(single, general, below, below_general, is_netlify and is_cloudflare)


def _moves_on_netlify(recipe: HostRecipe) -> Iterator[str]:
    # Without the mark, a file at the old address would be sent instead.
    mark = "!" if recipe.small_pages else ""
    for old, new in recipe.moved:
        for form in _forms(old):
            yield f"{recipe.base}{form} {recipe.base}{new} 301{mark}"
    for old in recipe.gone:
        for form in _forms(old):
            yield f"{recipe.base}{form} {MISSING} 410!"


def _forms(address: str) -> tuple[str, ...]:
    """The address encoded, as the host asks for, and plain, as its own programs compare it."""
    return tuple(dict.fromkeys((address, readable(address))))


KIND = FileKind(
    name="redirect-rules",
    recipe=RedirectRulesRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
)
