"""llms.txt: the site as Markdown lists by role, a convenience for agents, no promise of ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    LLMS,
    ROLES_INDEX,
    SKILLS_INDEX,
    in_language,
    output_of,
    role_address,
    twin_address,
)
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.markdown_text import as_markdown
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome, Link

# Pivots that are listed: a longer list helps nobody, and the pages of the roles have the rest.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class LlmsRole:
    """A role with some pivots that lead to it."""

    name: str
    address: str
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmsRecipe:
    """The roles and pivots that are listed."""

    roles: tuple[LlmsRole, ...]

    @property
    def shows(self) -> tuple[int, ...]:
        return tuple([card for role in self.roles for card in role.cards])


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    yield Entry(in_language(LLMS, inputs.site.root), "a file of the site")


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    # Every role has its share, so that a large site is not listed from A to C.
    share = max(1, _MOST // max(1, len(site.into)))
    if len(site.nodes) <= _MOST:
        share = _MOST
    roles = []
    for slug, role in site.roles.items():
        pivots = site.into.get(slug, ())
        nodes = [site.nodes[pivot] for pivot in pivots if pivot not in site.drafts]
        public = [node.number for node in nodes if node.own]
        if public:
            address = role_address("to", slug, site.root)
            roles.append(LlmsRole(role.name, address, tuple(public[:share])))
    output = output_of(in_language(LLMS, site.root))
    yield Page(output, KIND.name, LlmsRecipe(roles=tuple(roles[:_MOST])))


def _content(
    recipe: LlmsRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    phrases = chrome.phrases

    def link(text: str, address: str) -> str:
        page = twin_address(address) if chrome.markdown_twins else address
        return f"- [{as_markdown(text)}]({chrome.base_url}{page})"

    parts = [f"# {as_markdown(chrome.name)}", f"> {phrases['llms_summary']}"]
    indexes = Link(phrases["roles"], ROLES_INDEX), Link(phrases["skills_index"], SKILLS_INDEX)
    lines = [link(index.text, in_language(index.url, chrome.root)) for index in indexes]
    parts.append("\n".join(lines))
    for role in recipe.roles:
        title = phrases.say("paths_into", role=role.name)
        lines = [
            f"{link(card.title, card.url)}: {as_markdown(card.description)}"
            for card in cards.cards(role.cards)
        ]
        parts += [f"## {as_markdown(title)}", "\n".join([link(title, role.address), *lines])]
    return ("\n\n".join(parts) + "\n").encode()


KIND = FileKind(
    name="llms",
    recipe=LlmsRecipe,
    entries=_entries,
    pages=_pages,
    content=_content,
    has_phrases=True,
    spoken=True,
)
