"""What the files of all hosts are made from, and how a kind of such files is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    HEADERS,
    HTACCESS,
    NO_JEKYLL,
    REDIRECT_RULES,
    base_path_of,
    output_of,
)
from pivotgen.model.delivery import MEDIA_TYPES, Delivery, HeaderRule, is_compressible
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

_CACHE = "Cache-Control"
# Pages change under their addresses, and so does where an old address leads.
ASK_AGAIN = "public, max-age=0, must-revalidate"
WRITTEN_BY_US = "Written by pivotgen with each build; changes are lost."
# What lies beside the pages for hosts to read, and nobody is sent; without a dot in front are those
# that a rule for hidden files does not cover.
READ_BY_HOSTS = (HTACCESS, NO_JEKYLL, HEADERS, REDIRECT_RULES)
READ_WITHOUT_DOT = tuple(path for path in READ_BY_HOSTS if not path.startswith("/."))


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRecipe:
    """How a host answers for a site; addresses are without the base path."""

    # The address of the file that is made.
    address: str
    hosts: tuple[str, ...]
    # Old addresses in order, and where each leads now; and those that are gone for good.
    moved: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    # Whether each address that has moved has a small page that leads on.
    small_pages: bool
    delivery: Delivery
    # The address of the site, and its path, that every address begins with on the host, or "".
    base_url: str
    base: str
    # The endings of the compressed copies of files.
    compress: tuple[str, ...] = ()
    shows: tuple[int, ...] = ()

    @property
    def server_rules(self) -> tuple[HeaderRule, ...]:
        """The headers for servers of one's own, which have no policy for what may be kept.

        Without one, browsers would guess for how long. Other hosts have the same unasked.
        """
        wide, *narrow = self.delivery.rules
        return (HeaderRule(wide.pattern, (*wide.headers, (_CACHE, ASK_AGAIN))), *narrow)

    @property
    def types(self) -> dict[str, str]:
        """The values of Content-Type by the endings of names, in order."""
        return dict(sorted({**MEDIA_TYPES, **dict(self.delivery.types)}.items()))

    @property
    def text_types(self) -> dict[str, str]:
        """Those of files that have compressed copies."""
        return {end: media for end, media in self.types.items() if is_compressible(media)}


def host_recipe(inputs: PlanInputs, address: str) -> HostRecipe:
    """The recipe of the file at an address that a host reads."""
    moves = sorted(inputs.moves(), key=lambda move: move.old)
    return HostRecipe(
        address=address,
        hosts=inputs.hosts,
        moved=tuple((move.old, move.new) for move in moves if move.new is not None),
        gone=tuple(move.old for move in moves if move.new is None),
        small_pages=inputs.small_pages,
        delivery=inputs.delivery,
        base_url=inputs.base_url,
        base=base_path_of(inputs.base_url),
        compress=inputs.compress,
    )


def host_kind(
    name: str, addresses: Sequence[str], text: Callable[[HostRecipe], str], hosts: Sequence[str]
) -> FileKind[HostRecipe]:
    """The kind of the files at some addresses, which sites have that name one of the hosts."""

    def entries(inputs: PlanInputs) -> Iterator[Entry]:
        if set(hosts) & set(inputs.hosts):
            for address in addresses:
                yield Entry(address, "a file of the site", served=False)

    def pages(inputs: PlanInputs) -> Iterator[Page]:
        for entry in entries(inputs):
            recipe = host_recipe(inputs, entry.address)
            yield Page(output_of(entry.address), name, recipe)

    def content(
        recipe: HostRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
    ) -> bytes:
        return text(recipe).encode()

    return FileKind(name=name, recipe=HostRecipe, entries=entries, pages=pages, content=content)


def both_forms(values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each address with its value, and once more without the slash at its end."""
    for address, value in values:
        yield address, value
        yield address.rstrip("/"), value


def indented(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a block, one step further in."""
    return (f"    {line}" for line in lines)


def header_names(rules: Sequence[HeaderRule]) -> list[str]:
    """The names of all headers, in the order of the rules."""
    return list(dict.fromkeys(name for rule in rules for name, _ in rule.headers))


def values_of(name: str, rules: Sequence[HeaderRule]) -> list[tuple[str, str]]:
    """The patterns with a value of this header, from the narrowest to the widest."""
    return [
        (rule.pattern, value)
        for rule in reversed(rules)
        for header, value in rule.headers
        if header == name
    ]


def is_for_success(name: str) -> bool:
    """Whether only a file that is there may have this header: nobody may keep an error."""
    return name == _CACHE


def pattern_expression(pattern: str) -> str:
    """The regular expression of a pattern of addresses with at most one `*`."""
    start, star, end = pattern.partition("*")
    rest = f".*{re.escape(end)}$" if end else ("" if star else "$")
    return f"^{re.escape(start)}{rest}"
