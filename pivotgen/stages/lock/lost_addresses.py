"""Lost addresses: what pivots.lock says was published, and where nothing answers now.

A further page of a list that shrank leads to the list by itself, and the questions about a role to
the paths into it. For every other address somebody has to say what took its place, or that nothing
did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pivotgen.engines.header.frontmatter import add_to_list, split
from pivotgen.engines.redirects.add import add_moves
from pivotgen.model.address import (
    HOME,
    ROLES_INDEX,
    own_page_address,
    page_address,
    readable,
    split_root,
)
from pivotgen.model.address_shape import pages_above
from pivotgen.model.edit import Edit
from pivotgen.model.lock import LOCK, NO_PAGE, Lock, LockPage
from pivotgen.model.nearest import Nearest
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import GONE, REDIRECTS, Redirect
from pivotgen.model.site import Site
from pivotgen.model.source import PAGES, PIVOTS, Digest

# Lost addresses that get a suggestion: more are not read one by one.
_SUGGESTED = 200

# The text of a file of the site by its path; None when there is none.
Read = Callable[[str], bytes | None]


def shrunken_lists(lock: Lock, known: Collection[str]) -> dict[str, str]:
    """The pages that lists no longer have, each with its list; `known` is what is served."""
    return {
        address: of
        for address in lock.lines
        if address not in known and (of := _first_in(known, address))
    }


def _first_in(addresses: Collection[str], address: str) -> str:
    """The nearest page that this one is a part of and that is one of these; "" for none."""
    return next((above for above in pages_above(address) if above in addresses), "")


def moved_by_words(lock: Lock, site: Site, files: Mapping[str, Digest]) -> dict[str, str]:
    """Where the words of a file stand now that were published at another address.

    `files` are the digests of the words of all files. Words that stand on two pages are left out.
    """
    pages: dict[str, str] = {}
    for voice in site.every_voice():
        nodes = [node for node in voice.nodes.values() if node.own and not node.draft]
        pages |= {node.address: node.path for node in nodes}
        pages |= {
            own_page_address(page.slug, voice.root): path
            for path, page in voice.pages.items()
            if not page.draft and path not in voice.foreign
        }
    by_hash: defaultdict[str, list[str]] = defaultdict(list)
    for address, path in pages.items():
        by_hash[files.get(path, b"").hex()].append(address)
    moved = {}
    for old, lines in lock.lines.items():
        same = {address for line in lines for address in by_hash.get(line.hash, ())}
        if old not in pages and len(same) == 1:
            moved[old] = same.pop()
    return moved


def unanswered(
    lock: Lock, known: Collection[str], moves: Mapping[str, str | None]
) -> tuple[list[Redirect], list[str]]:
    """Redirects of what follows its list, and all other addresses where nothing answers.

    `known` are the addresses that are served, `moves` where old ones lead; None is gone.
    """
    follow = shrunken_lists(lock, known)
    more: list[Redirect] = []
    lost: list[str] = []
    for address in lock.lines:
        if address in known or address in moves:
            continue
        if address in follow:
            more.append(Redirect(address, follow[address]))
        elif of := _without_language(lock, known, address):
            more.append(Redirect(address, of))
        elif of := _first_in(moves, address):
            more.append(Redirect(address, _moved_along(address, of, moves[of], known)))
        elif not _first_in(lock.lines, address):
            # The pages of a list that is lost itself follow what becomes of it.
            lost.append(address)
    return more, lost


def _without_language(lock: Lock, known: Collection[str], address: str) -> str:
    """The same page in the site's own language, where this one was in another; "" for none.

    A language had a front page and an index of roles.
    """
    root, rest = split_root(address)
    had_language = root and f"{root}{HOME}" in lock.lines and f"{root}{ROLES_INDEX}" in lock.lines
    return rest if had_language and rest in known else ""


def _moved_along(address: str, of: str, new: str | None, known: Collection[str]) -> str | None:
    """Where a part of a page leads that has moved: to the same part there, if there is one."""
    part = address.removeprefix(of)
    return f"{new}{part}" if new and f"{new}{part}" in known else new


class MovedPages:
    """Where the words of a lost page stand now, or else the page with the nearest address."""

    def __init__(
        self, pages: Iterable[LockPage], files: Mapping[str, Digest], known: Collection[str]
    ) -> None:
        self._by_hash: defaultdict[str, list[LockPage]] = defaultdict(list)
        for page in pages:
            self._by_hash[page.words(files).hex()].append(page)
        addresses = (address for address in known if address.endswith("/"))
        self._nearest = Nearest(map(readable, addresses))

    def same(self, hashes: Iterable[str]) -> LockPage | None:
        """The only page with one of these hashes."""
        pages = [page for hashed in hashes for page in self._by_hash.get(hashed, ())]
        return pages[0] if len(pages) == 1 else None

    def nearest(self, address: str) -> str:
        """The page whose address is most like this one, as people write it; "" for none."""
        return next(iter(self._nearest.to(readable(address))), "")


def lost_problems(
    lock: Lock, lost: Iterable[str], pages: MovedPages, read: Read
) -> Iterator[Problem]:
    """A problem for each lost address, at its line of the lock."""
    for count, address in enumerate(lost):
        lines = lock.lines[address]
        hashes = {line.hash for line in lines} - {NO_PAGE}
        edits: tuple[Edit, ...] = ()
        if page := pages.same(hashes):
            fix = _fix(address, page, read)
            hint, edits = fix.hint, fix.edits
        else:
            hint = _guess(address, pages.nearest(address) if count < _SUGGESTED else "")
        message = f"{readable(address)} has been published, and nothing answers there now"
        place = LOCK, lines[0].line, 1
        yield Problem(*place, "lost-address", message, hint, edits=edits)


@dataclass(frozen=True, slots=True)
class _Fix:
    hint: str
    edits: tuple[Edit, ...]


def _fix(address: str, page: LockPage, read: Read) -> _Fix:
    """What to do about a page whose words stand elsewhere now."""
    old, new = readable(address), readable(page.address)
    if page.source.startswith((f"{PIVOTS}/", f"{PAGES}/")):
        # There the old address moves on with the file, whatever becomes of it.
        data = read(page.source)
        document = split(page.source, data) if data is not None else None
        edits: tuple[Edit, ...] = ()
        if document is not None and not isinstance(document, Problem):
            edits = (add_to_list(page.source, document, "aliases", old),)
        return _Fix(f"its words are at {new} now: add it to `aliases` of {page.source}", edits)
    hint = f"its words are at {new} now: add `{old}: {new}` to {REDIRECTS}"
    return _Fix(hint, _new_line(address, page.address, read(REDIRECTS)))


def _new_line(old: str, new: str, data: bytes | None) -> tuple[Edit, ...]:
    """The edit that adds a redirect to its file, where the other lines stay as they are."""
    before = (data or b"").decode("utf-8-sig").splitlines()
    after = add_moves(data, {old: new}).decode().splitlines()
    at = next((at for at, line in enumerate(after) if at == len(before) or line != before[at]), 0)
    added = after[at : len(after) - len(before) + at]
    if [*before[:at], *added, *before[at:]] != after:
        return ()
    text = "".join(f"{line}\n" for line in added)
    return (Edit(REDIRECTS, at + 1, 1, at + 1, 1, text),)


def _guess(address: str, near: str) -> str:
    """What to do about a page whose words stand nowhere."""
    old = readable(page_address(address))
    if not near:
        return f"add `{old}: {GONE}` to {REDIRECTS}, or name there what took its place"
    return f"add `{old}: {near}` to {REDIRECTS} if that took its place, else `{old}: {GONE}`"
