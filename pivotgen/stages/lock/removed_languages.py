"""Removed languages: where pages lead that were in a language that the site no longer has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pivotgen.model.address import (
    HOME,
    ROLES_INDEX,
    own_page_address,
    page_address,
    pivot_address,
    root_of,
    split_root,
)
from pivotgen.model.address_shape import pages_above
from pivotgen.model.lock import Lock
from pivotgen.model.site import Site
from pivotgen.model.translation import Translation

# Where an address leads of which nobody knows what it was.
UNKNOWN = ""


def first_in(addresses: Collection[str], address: str) -> str:
    """The nearest page that this one is a part of and that is one of these; "" for none."""
    return next((above for above in pages_above(address) if above in addresses), "")


def moved_along(address: str, of: str, new: str | None, known: Collection[str]) -> str | None:
    """Where a part of a page leads that has moved: to the same part there, if there is one."""
    part = address.removeprefix(of)
    return f"{new}{part}" if new and f"{new}{part}" in known else new


def in_own_language(
    lock: Lock, known: Collection[str], moves: Mapping[str, str | None], address: str
) -> str | None:
    """Where the page of a language leads: UNKNOWN for nowhere, None where its source is gone.

    That is the same page in the site's own language. A page of a language that the site no longer
    has may have had an address of its own. The lock does not say what it translated, so it leads
    to the front page, where all roles are.
    """
    root, rest = split_root(address)
    # A language had a front page and an index of roles.
    if not (root and f"{root}{HOME}" in lock.lines and f"{root}{ROLES_INDEX}" in lock.lines):
        return UNKNOWN
    if rest in known:
        return rest
    if f"{root}{HOME}" in known:
        return UNKNOWN
    if of := first_in(known, rest):
        return of
    if rest in moves:
        return moves[rest]
    if of := first_in(moves, rest):
        return moved_along(rest, of, moves[of], known)
    # Of a page that the site's own language has lost too, that is told once, and this one follows.
    is_told = rest in lock.lines or first_in(lock.lines, rest)
    return UNKNOWN if is_told else HOME


def left_translations(
    site: Site, texts: Mapping[str, Mapping[str, Translation]]
) -> Iterator[tuple[str, str]]:
    """Old addresses of translations into languages that the site does not have, and their sources.

    `texts` are all translations, by language and then by the path of the source.
    """
    languages = {voice.language for voice in site.every_voice()}
    for language, of in texts.items():
        if language in languages:
            continue
        root = root_of(language, site.language)
        pages = {node.path: node.address for node in site.nodes.values() if node.path in of}
        pages |= {
            path: own_page_address(site.pages[path].slug) for path in of if path in site.pages
        }
        for path, source in pages.items():
            yield from ((old, source) for old in _addresses(of[path], root))


def _addresses(text: Translation, root: str) -> Iterable[str]:
    slugs = [pivot_address(text.slug, root)] if text.slug else []
    return [*slugs, *(page_address(alias.text) for alias in text.aliases)]
