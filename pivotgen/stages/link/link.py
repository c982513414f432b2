"""Link: joins the facts of all pivots and roles into one graph, and resolves every link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from pivotgen.model.address import (
    HOME,
    pivot_address,
)
from pivotgen.model.names import slug_of
from pivotgen.model.own_page import OwnPage
from pivotgen.model.picture import LinkTarget
from pivotgen.model.pivot import Mention, Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Neighbours, Node, Site
from pivotgen.model.source import is_translation
from pivotgen.stages.link.authors import unknown_author
from pivotgen.stages.link.link_targets import LinkTargets
from pivotgen.stages.link.neighbours import Move, choose_neighbours
from pivotgen.stages.link.old_addresses import ONLY_ALIASES, OldAddresses
from pivotgen.stages.link.parsed_content import ParsedContent
from pivotgen.stages.link.pivot_index import PivotIndex, index_pivots, role_uses, skill_uses
from pivotgen.stages.link.spelling import check_spelling
from pivotgen.stages.link.targets_of import Around, Published, targets_in, targets_in_own_language
from pivotgen.stages.link.voice_links import with_links
from pivotgen.stages.link.voices import misplaced, voices_of

# Chooses the neighbours of every pivot. A build passes a function that remembers earlier choices.
Choose = Callable[[Sequence[Move]], Sequence[Neighbours]]


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
    index, problems = index_pivots(facts, drafts=drafts)
    problems += check_spelling("role", index.roles, lambda: role_uses(facts), described)
    problems += check_spelling("skill", index.skills, lambda: skill_uses(facts))
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
            nodes[pivot.slug] = _node(content.numbers[path], pivot, index)
    nodes = dict(sorted(nodes.items()))
    texts: list[RoleText | OwnPage] = [*described, *pages.values()]
    mentions |= {text.path: text.mentions for text in texts}
    site = _site(nodes, index, {role.slug: role for role in described}, content)
    site = replace(site, pages=pages, language=content.language)
    site, misfits = _with_voices(site, content, drafts=drafts)
    problems += misfits
    around = Around(content, index, site, published, old)
    targets = targets_in_own_language(around)
    addresses: dict[str, tuple[LinkTarget, ...]] = {}
    for path, links in mentions.items():
        addresses[path], dead_links = targets.addresses(path, links)
        problems += dead_links
    problems += _of_unread(content, targets)
    named |= {path: unread.image for path, unread in content.unread.items() if unread.image}
    for node in nodes.values():
        if node.path in addresses:
            nodes[node.slug] = replace(node, addresses=addresses[node.path])
    images, faults = targets.share_images(named)
    problems += faults
    of_texts = {text.path: addresses[text.path] for text in texts}
    neighbours = _neighbours(nodes, choose)
    site = replace(site, addresses=of_texts, images=images, neighbours=neighbours)
    voices, dead_links = _with_links(replace(around, site=site), described, choose)
    return replace(site, voices=voices), [*problems, *dead_links]


def _with_voices(site: Site, content: ParsedContent, *, drafts: bool) -> tuple[Site, list[Problem]]:
    """The graph with the same in other languages, and the translations that have no place there."""
    translations = content.translations
    problems = list(misplaced(translations, partial(_sources, content), content.unread))
    voices, clashes = voices_of(site, translations.shown(drafts=drafts))
    return replace(site, voices=voices), [*problems, *clashes]


def _of_unread(content: ParsedContent, targets: LinkTargets) -> Iterator[Problem]:
    """What is wrong with what files name that have problems of their own."""
    for path, unread in content.unread.items():
        # What a translation links to is known only in its language.
        if is_translation(path):
            continue
        yield from targets.addresses(path, unread.mentions)[1]
        yield from unknown_author(path, unread.author, content.authors)


def _with_links(
    around: Around, described: Sequence[RoleText], choose: Choose
) -> tuple[dict[str, Site], list[Problem]]:
    """The graphs in other languages with their links, and what is wrong with these."""
    site, problems = around.site, list[Problem]()
    voices: dict[str, Site] = {}
    for code, voice in site.voices.items():
        whole, dead_links = with_links(voice, site, described, partial(targets_in, around))
        problems += dead_links
        is_sparse = len(voice.nodes) < len(site.nodes)
        near = _neighbours(voice.nodes, choose) if is_sparse else site.neighbours
        voices[code] = replace(whole, neighbours=near)
    return voices, problems


def _neighbours(nodes: Mapping[str, Node], choose: Choose) -> dict[str, Neighbours]:
    moves = [Move(node.origin, node.target, node.skills) for node in nodes.values()]
    return dict(zip(nodes, choose(moves), strict=True))


def _sources(content: ParsedContent) -> set[str]:
    """The paths of all files that may be translated."""
    others = {text.path for text in content.texts} | {page.path for page in content.pages}
    return {*content.facts} | others


def _node(number: int, pivot: Pivot, index: PivotIndex) -> Node:
    """The node of a pivot, still without the addresses of its links."""

    def slug(name: str) -> str:
        return index.shared.setdefault(text := slug_of(name), text)

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
        window=index.windows.setdefault(pivot.window, pivot.window),
        address=pivot_address(pivot.slug),
    )


def _site(
    nodes: Mapping[str, Node],
    index: PivotIndex,
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
