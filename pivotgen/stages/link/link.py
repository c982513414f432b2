"""Link: joins the facts of all pivots and roles into one graph, and resolves every link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.model.address import (
    HOME,
    address_of,
    own_page_address,
    pivot_address,
    readable,
    role_address,
)
from pivotgen.model.header import Written
from pivotgen.model.names import slug_of
from pivotgen.model.own_page import OwnPage
from pivotgen.model.parsed import Named
from pivotgen.model.picture import LinkTarget, PictureFile
from pivotgen.model.pivot import Mention, Pivot, Prose
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Neighbours, Node, Site
from pivotgen.model.source import ROLES
from pivotgen.stages.link.authors import unknown_author
from pivotgen.stages.link.link_targets import LinkTargets, Voice
from pivotgen.stages.link.neighbours import Move, choose_neighbours
from pivotgen.stages.link.old_addresses import ONLY_ALIASES, OldAddresses, Unpublished
from pivotgen.stages.link.shown_pictures import ShownPictures
from pivotgen.stages.link.spelling import NameUses, Use, check_spelling
from pivotgen.stages.link.voices import (
    NO_TRANSLATIONS,
    Translations,
    misplaced,
    voices_of,
    with_links,
)

# Chooses the neighbours of every pivot. A build passes a function that remembers earlier choices.
Choose = Callable[[Sequence[Move]], Sequence[Neighbours]]
# The addresses of all that is published of a graph, whose links are still unknown.
Published = Callable[[Site], Collection[str]]


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """Everything that a graph is made from. Pivots are by path and in the order of paths."""

    facts: LazyParts[Pivot]
    prose: LazyParts[Prose]
    # The number of each pivot's file in the ledger.
    numbers: Mapping[str, int]
    texts: Sequence[RoleText]
    pages: Sequence[OwnPage]
    # The path in assets/ of each output that is an asset.
    assets: Mapping[str, str]
    # Content files that are in none of the above, because they have problems of their own, and
    # what they name.
    unread: Mapping[str, Named] = field(default_factory=dict)
    # The names of authors by their keys.
    authors: Mapping[str, str] = field(default_factory=dict)
    # The pictures of assets/ and static/ by path.
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    # The hosts of other sites whose pictures texts may show.
    image_hosts: Collection[str] = ()
    # The other languages of the site, and all translations.
    translations: Translations = NO_TRANSLATIONS
    # The site's own language.
    language: str = ""


def _home_alone(site: Site) -> Collection[str]:
    return (HOME,)


def link(
    content: ParsedContent,
    *,
    drafts: bool = False,
    choose: Choose = choose_neighbours,
    published: Published = _home_alone,
    old: OldAddresses = ONLY_ALIASES,
) -> tuple[Site, list[Problem]]:
    """The graph of everything that is published, and the problems with its names and links.

    With `drafts`, the graph holds drafts as well. A link may lead to any address of `published`,
    which is asked only where a link leads to no file of the content; `old`, about dead links.
    """
    described = [text for text in content.texts if drafts or not text.draft]
    facts = content.facts
    index, problems = _index_pivots(facts, drafts=drafts)
    problems += check_spelling("role", index.roles, lambda: _role_uses(facts), described)
    problems += check_spelling("skill", index.skills, lambda: _skill_uses(facts))
    pages = {page.path: page for page in content.pages if drafts or not page.draft}
    index.drafts |= {page.path for page in content.pages} - pages.keys()
    nodes: dict[str, Node] = {}
    mentions: dict[str, tuple[Mention, ...]] = {}
    named = {page.path: page.image for page in pages.values() if page.image}
    for path, pivot in facts.items():
        if pivot.draft and not drafts:
            continue
        if pivot.mentions:
            mentions[path] = pivot.mentions
        if pivot.image:
            named[path] = pivot.image
        problems += unknown_author(path, pivot.author, content.authors)
        if index.slugs.get(path) == pivot.slug:
            nodes[pivot.slug] = _node(content.numbers[path], pivot, index.shared)
    nodes = {slug: nodes[slug] for slug in sorted(nodes)}
    texts: list[RoleText | OwnPage] = [*described, *pages.values()]
    mentions |= {text.path: text.mentions for text in texts}
    site = _site(nodes, index, {role.slug: role for role in described}, content)
    site = replace(site, pages=pages, language=content.language)
    problems += misplaced(content.translations, _sources(content), content.unread)
    voices, clashes = voices_of(site, content.translations.shown(drafts=drafts))
    problems += clashes
    site = replace(site, voices=voices)
    around = _Around(content, index, site, published, old)
    targets = _link_targets(around)
    addresses: dict[str, tuple[LinkTarget, ...]] = {}
    for path, links in mentions.items():
        addresses[path], dead_links = targets.addresses(path, links)
        problems += dead_links
    for path, unread in content.unread.items():
        problems += targets.addresses(path, unread.mentions)[1]
        problems += unknown_author(path, unread.author, content.authors)
        if unread.image:
            named[path] = unread.image
    for node in nodes.values():
        if node.path in addresses:
            nodes[node.slug] = replace(node, addresses=addresses[node.path])
    images, faults = targets.share_images(named)
    problems += faults
    site = replace(
        site, addresses={text.path: addresses[text.path] for text in texts}, images=images
    )
    site = replace(site, neighbours=_neighbours(nodes, choose))
    whole: dict[str, Site] = {}
    for code, voice in voices.items():
        make = partial(_targets, replace(around, site=site))
        whole[code], dead_links = with_links(voice, site, described, make)
        problems += dead_links
        is_sparse = len(voice.nodes) < len(nodes)
        near = _neighbours(voice.nodes, choose) if is_sparse else site.neighbours
        whole[code] = replace(whole[code], neighbours=near)
    return replace(site, voices=whole), problems


def _neighbours(nodes: Mapping[str, Node], choose: Choose) -> dict[str, Neighbours]:
    moves = [Move(node.origin, node.target, node.skills) for node in nodes.values()]
    return dict(zip(nodes, choose(moves), strict=True))


def _sources(content: ParsedContent) -> set[str]:
    """The paths of all files that may be translated."""
    others = {text.path for text in content.texts} | {page.path for page in content.pages}
    return {*content.facts} | others


class _PivotIndex:
    """What one walk over all pivots collects."""

    def __init__(self) -> None:
        self.roles = NameUses()
        self.skills = NameUses()
        # The slug and the address of each pivot in the graph, by path.
        self.slugs: dict[str, str] = {}
        self.urls: dict[str, str] = {}
        # The paths of drafts that are left out.
        self.drafts: set[str] = set()
        # Slugs of the roles that pivots lead to, and of those that pivots start from.
        self.targets: set[str] = set()
        self.origins: set[str] = set()
        # Each text once, because many pivots hold the same slugs and this saves memory.
        self.shared: dict[str, str] = {}


def _index_pivots(facts: Mapping[str, Pivot], *, drafts: bool) -> tuple[_PivotIndex, list[Problem]]:
    """The index, and the pivots that clash with another. A clashing address is left out."""
    index = _PivotIndex()
    problems: list[Problem] = []
    paths: dict[str, str] = {}
    moves: dict[tuple[str, str], str] = {}
    for pivot in facts.values():
        if pivot.draft and not drafts:
            index.drafts.add(pivot.path)
            continue
        if (other := paths.setdefault(pivot.slug, pivot.path)) != pivot.path:
            problems.append(_address_clash(pivot, other))
            continue
        index.slugs[pivot.path] = pivot.slug
        index.urls[pivot.path] = pivot_address(pivot.slug)
        origin, target = slug_of(pivot.origin.text), slug_of(pivot.target.text)
        index.origins.add(origin)
        index.targets.add(target)
        if (other := moves.setdefault((origin, target), pivot.path)) != pivot.path:
            problems.append(_same_move(pivot, other))
        for name in sorted((pivot.origin, pivot.target), key=_line):
            index.roles.add(name, pivot.path)
        for name in pivot.skills:
            index.skills.add(name, pivot.path)
    return index, problems


def _address_clash(pivot: Pivot, other: str) -> Problem:
    message = f"{other} already has the address {readable(pivot_address(pivot.slug))}"
    hint = "give one of the two another `slug`"
    return Problem(pivot.path, *pivot.place, "address-clash", message, hint)


def _same_move(pivot: Pivot, other: str) -> Problem:
    message = f"{other} is already about this move"
    hint = "join the two pages, and list the old address in `aliases`"
    place = pivot.origin.line, pivot.origin.column
    return Problem(pivot.path, *place, "same-move", message, hint)


def _line(written: Written) -> int:
    return written.line


def _role_uses(facts: Mapping[str, Pivot]) -> Iterator[Use]:
    return ((name, pivot.path) for pivot in facts.values() for name in (pivot.origin, pivot.target))


def _skill_uses(facts: Mapping[str, Pivot]) -> Iterator[Use]:
    return ((name, pivot.path) for pivot in facts.values() for name in pivot.skills)


def _link_targets(around: _Around) -> LinkTargets:
    index, site = around.index, around.site
    facts, pages = around.content.facts, site.pages
    own = {path: own_page_address(page.slug) for path, page in pages.items()}
    texts = {role.text.path: role.text for role in site.roles.values() if role.text}

    def anchors(path: str) -> Sequence[str] | None:
        if path in pages:
            return pages[path].anchors
        if path in texts:
            return texts[path].anchors
        return facts[path].anchors if path in index.urls else None

    files = index.urls | _role_urls(index, texts.values()) | own
    return _targets(around, files, anchors)


@dataclass(frozen=True, slots=True)
class _Around:
    """What links of all languages have in common."""

    content: ParsedContent
    index: _PivotIndex
    site: Site
    published: Published
    old: OldAddresses


def _targets(
    around: _Around,
    files: Mapping[str, str],
    anchors: Callable[[str], Sequence[str] | None],
    voice: Voice | None = None,
) -> LinkTargets:
    """The targets of links in one language; `files` has the addresses of content files there."""
    content, index, site, old = around.content, around.index, around.site, around.old
    assets = {path: address_of(output) for output, path in content.assets.items()}
    return LinkTargets(
        files={**files, **assets},
        pictures=ShownPictures(content.pictures, content.image_hosts),
        unpublished=Unpublished(
            content.unread,
            index.drafts,
            partial(old.moves, site),
            old.read,
        ),
        others=lambda: around.published(site),
        anchors=anchors,
        voice=voice,
    )


def _role_urls(index: _PivotIndex, texts: Iterable[RoleText]) -> dict[str, str]:
    """The address of each role's page, by the path of the role's file, which need not exist."""
    urls = {
        role: role_address("to" if role in index.targets else "from", role)
        for role in sorted(index.targets | index.origins)
    }
    files = {f"{ROLES}/{role}.md": url for role, url in urls.items()}
    return files | {text.path: urls[text.slug] for text in texts}


def _node(number: int, pivot: Pivot, shared: dict[str, str]) -> Node:
    """The node of a pivot, still without the addresses of its links."""

    def slug(name: str) -> str:
        text = slug_of(name)
        return shared.setdefault(text, text)

    return Node(
        slug=pivot.slug,
        path=pivot.path,
        number=number,
        origin=slug(pivot.origin.text),
        target=slug(pivot.target.text),
        skills=tuple(dict.fromkeys(slug(skill.text) for skill in pivot.skills)),
        published=pivot.published,
        updated=pivot.updated,
        draft=pivot.draft,
        aliases=pivot.aliases,
        addresses=(),
        author=pivot.author.text if pivot.author else "",
        address=pivot_address(pivot.slug),
    )


def _site(
    nodes: Mapping[str, Node],
    index: _PivotIndex,
    texts: Mapping[str, RoleText],
    content: ParsedContent,
) -> Site:
    """The graph of pivots and roles, still without neighbours. `texts` describe roles, by slug."""
    into: defaultdict[str, list[str]] = defaultdict(list)
    out: defaultdict[str, list[str]] = defaultdict(list)
    with_skill: defaultdict[str, list[str]] = defaultdict(list)
    for slug, node in nodes.items():
        out[node.origin].append(slug)
        into[node.target].append(slug)
        for skill in node.skills:
            with_skill[skill].append(slug)
    names = index.roles.by_slug()
    skills = index.skills.by_slug()
    paths = {slug: node.path for slug, node in nodes.items()}
    return Site(
        nodes=nodes,
        roles={slug: Role(names[slug], slug, texts.get(slug)) for slug in sorted(names)},
        skills={slug: Skill(skills[slug], slug) for slug in sorted(skills)},
        into={role: tuple(slugs) for role, slugs in into.items()},
        out={role: tuple(slugs) for role, slugs in out.items()},
        with_skill={skill: tuple(slugs) for skill, slugs in with_skill.items()},
        neighbours={},
        pages={},
        addresses={},
        pivots=content.facts.keyed(paths),
        prose=content.prose.keyed(paths),
        drafts=frozenset(slug for slug, node in nodes.items() if node.draft),
    )
