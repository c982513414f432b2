"""The moves of the site for the finder's script: /find/moves.json.

The names of all roles, and for each role the roles that a pivot leads to, with its window. A list
of moves is a text of letters: the gaps between the numbers of the roles, a blank, and the numbers
of the windows. That takes a tenth of the bytes of a list of objects. A site with very many moves
has a file for each role instead, and readers load those that they need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.kinds._letters import gaps_in_letters, in_letters
from pivotgen.memory.card_cache import CardCache
from pivotgen.memory.fingerprint import digest
from pivotgen.model.address import MOVES, in_language, output_of, role_moves_address, slug_in
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.role import Role
from pivotgen.model.site import Node, Site
from pivotgen.model.view import Chrome

# Moves that one file may hold; more of them would take long to load on a phone.
_IN_FILE = 20_000
# Hexadecimal digits of the digest by which files of one build know each other.
_STAMP = 8

# The number of a role and that of a window.
_Move = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesRecipe:
    """The text of the file: the graph in one language is all that it is made from."""

    text: str
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    site = inputs.site
    yield Entry(in_language(MOVES, site.root), "a file of the site")
    if len(site.nodes) > _IN_FILE:
        for number in range(len(site.roles)):
            yield Entry(in_language(role_moves_address(number), site.root), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    moves, first = _Moves(site, inputs.whole or site), in_language(MOVES, site.root)
    names = moves.names()
    stamp = digest(_json(names).encode()).hex()[:_STAMP]
    if len(site.nodes) <= _IN_FILE:
        out = [moves.out(role) for role in site.roles]
        pages = moves.pages(site.nodes.values())
        yield _page(first, {"stamp": stamp, **names, "moves": out, "pages": pages})
        return
    yield _page(first, {"stamp": stamp, **names})
    for number, role in enumerate(site.roles):
        both = moves.out(role), moves.into(role)
        nodes = (site.nodes[slug] for slug in (*site.out.get(role, ()), *site.into.get(role, ())))
        content = {"stamp": stamp, "out": both[0], "into": both[1], "pages": moves.pages(nodes)}
        yield _page(in_language(role_moves_address(number), site.root), content)


class _Moves:
    """The roles, fields and windows of a site by number, and its moves in letters."""

    def __init__(self, site: Site, whole: Site) -> None:
        """`whole` is the same site in its own language."""
        self._site = site
        self._whole = whole
        self._roles = {slug: number for number, slug in enumerate(site.roles)}
        windows = {
            (node.window.minimum, node.window.maximum, node.window.unit)
            for node in site.nodes.values()
        }
        self._windows = {window: number for number, window in enumerate(sorted(windows))}

    def names(self) -> dict[str, object]:
        """What all moves refer to by number."""
        roles = self._site.roles.values()
        fields = sorted({_field(role) for role in roles})
        # A slug is left out where the script makes the same from the name.
        slugs = {
            str(number): role.slug for number, role in enumerate(roles) if role.slug != _plain(role)
        }
        return {
            "roles": ["\t".join(_names(role, self._whole.roles[role.slug])) for role in roles],
            "slugs": slugs,
            "fields": fields,
            "of": "".join(in_letters(fields.index(_field(role))) for role in roles),
            "windows": [[low, high, unit[0]] for low, high, unit in self._windows],
        }

    def out(self, role: str) -> str:
        """The moves out of a role."""
        nodes = (self._site.nodes[slug] for slug in self._site.out.get(role, ()))
        return _in_letters((self._roles[node.target], self._window(node)) for node in nodes)

    def into(self, role: str) -> str:
        """The moves into a role."""
        nodes = (self._site.nodes[slug] for slug in self._site.into.get(role, ()))
        return _in_letters((self._roles[node.origin], self._window(node)) for node in nodes)

    def pages(self, nodes: Iterable[Node]) -> dict[str, str]:
        """The slugs of pivots that are not called after their roles, by the numbers of those."""
        return {
            f"{self._roles[node.origin]} {self._roles[node.target]}": slug
            for node in nodes
            if (slug := slug_in(node.address)) != f"{node.origin}-to-{node.target}"
        }

    def _window(self, node: Node) -> int:
        return self._windows[node.window.minimum, node.window.maximum, node.window.unit]


def _names(role: Role, source: Role) -> Iterable[str]:
    """The name of a role, then all others that it goes by.

    Readers of other languages know many roles by their names in the site's own, such as "product
    manager".
    """
    return dict.fromkeys(name for each in (role, source) for name in _called(each))


def _called(role: Role) -> Iterator[str]:
    yield role.name
    for other in (*role.text.aliases, *role.text.typed) if role.text else ():
        yield other.text


def _field(role: Role) -> str:
    return role.text.field if role.text else ""


def _plain(role: Role) -> str:
    """The slug that the script makes from a name by itself."""
    return re.sub(r"[^a-z0-9]+", "-", role.name.lower()).strip("-") if role.name.isascii() else ""


def _in_letters(moves: Iterable[_Move]) -> str:
    ordered = sorted(moves)
    windows = "".join(in_letters(window) for _, window in ordered)
    return f"{gaps_in_letters(role for role, _ in ordered)} {windows}"


def _page(address: str, content: object) -> Page:
    return Page(output_of(address), KIND.name, MovesRecipe(text=_json(content)))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _content(
    recipe: MovesRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    return recipe.text.encode()


KIND = FileKind(
    name="moves",
    recipe=MovesRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    spoken=True,
)
