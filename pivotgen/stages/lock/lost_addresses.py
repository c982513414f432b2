"""Lost addresses: what pivots.lock says was published, and where nothing answers now.

A further page of a list that shrank leads to the list by itself, the questions about a role to the
paths into it, and a page of a language that the site no longer has to the site's own. For every
other address somebody has to say what took its place, or that nothing did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from pivotgen.engines.header.frontmatter import add_to_list, split
from pivotgen.engines.redirects.add import add_moves
from pivotgen.model.address import own_page_address, page_address, readable
from pivotgen.model.edit import Edit
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import LOCK, NO_PAGE, Lock, LockPage
from pivotgen.model.nearest import Nearest
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import GONE, REDIRECTS, Redirect
from pivotgen.model.site import Site
from pivotgen.model.source import PAGES, PIVOTS, Digest
from pivotgen.stages.lock.removed_languages import (
    UNKNOWN,
    first_in,
    in_own_language,
    moved_along,
)

# Lost addresses that get a suggestion: more are not read one by one.
_SUGGESTED = 200

# The text of a file of the site by its path; None when there is none.
Read = Callable[[str], bytes | None]


def shrunken_lists(lock: Lock, known: Collection[str]) -> dict[str, str]:
    """The pages that lists no longer have, each with its list; `known` is what is served."""
    return {
        address: of
        for address in lock.lines
        if address not in known and (of := first_in(known, address))
    }


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
    lock: Lock,
    known: Collection[str],
    moves: Mapping[str, str | None],
    left: Collection[str] = (),
) -> tuple[list[Redirect], list[str]]:
    """Redirects of what follows another page, and all other addresses where nothing answers.

    `known` are the addresses that are served, `moves` where old ones lead; None is gone. `left` are
    lost in any case: those of translations that are still there, whose language is not.
    """
    more: list[Redirect] = []
    lost: list[str] = []
    for address in lock.lines:
        if address in known or address in moves:
            continue
        new: str | None
        if address in left:
            new = UNKNOWN
        elif of := first_in(known, address):
            new = of
        elif (source := in_own_language(lock, known, moves, address)) != UNKNOWN:
            new = source
        elif of := first_in(moves, address):
            new = moved_along(address, of, moves[of], known)
        else:
            new = UNKNOWN
        if new != UNKNOWN:
            more.append(Redirect(address, new))
        elif not first_in(lock.lines, address):
            # The pages of a list that is lost itself follow what becomes of it.
            lost.append(address)
    return more, lost


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
    lock: Lock, lost: Iterable[str], pages: MovedPages, left: Mapping[str, str], read: Read
) -> Iterator[Problem]:
    """A problem for each lost address, at its line of the lock.

    `left` has the sources of those whose translation is still there.
    """
    lost = list(lost)
    moves = {address: left[address] for address in lost if address in left}
    of_left = _new_lines(moves, read(REDIRECTS)) if moves else ()
    for count, address in enumerate(lost):
        lines = lock.lines[address]
        hashes = {line.hash for line in lines} - {NO_PAGE}
        edits: tuple[Edit, ...] = ()
        if source := left.get(address):
            new = readable(source)
            hint = f"it translated {new}: add `{readable(address)}: {new}` to {REDIRECTS}"
            # All at once with the first: there may be one for each translation.
            edits, of_left = of_left, ()
        elif page := pages.same(hashes):
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
    return _Fix(hint, _new_lines({address: page.address}, read(REDIRECTS)))


def _new_lines(moves: Mapping[str, str], data: bytes | None) -> tuple[Edit, ...]:
    """The edits that add redirects to their file, where the other lines stay as they are."""
    before = (data or b"").decode("utf-8-sig").splitlines()
    at, added = 0, defaultdict[int, list[str]](list)
    for line in add_moves(data, moves).decode().splitlines():
        if at < len(before) and line == before[at]:
            at += 1
        else:
            added[at].append(line)
    if at < len(before):
        return ()
    texts = {at: "".join(f"{line}\n" for line in lines) for at, lines in added.items()}
    return tuple(Edit(REDIRECTS, at + 1, 1, at + 1, 1, text) for at, text in texts.items())


def _guess(address: str, near: str) -> str:
    """What to do about a page whose words stand nowhere."""
    old = readable(page_address(address))
    if not near:
        return f"add `{old}: {GONE}` to {REDIRECTS}, or name there what took its place"
    return f"add `{old}: {near}` to {REDIRECTS} if that took its place, else `{old}: {GONE}`"
