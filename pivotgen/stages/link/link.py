"""Link: the facts of all pivots and roles to a Site, with every name and mention resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.model.address import HOME, address_of, pivot_address, role_address
from pivotgen.model.header import Written
from pivotgen.model.names import slug_of
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Neighbours, Node, Site
from pivotgen.model.source import ROLES
from pivotgen.stages.link.link_targets import LinkTargets
from pivotgen.stages.link.neighbours import Move, choose_neighbours
from pivotgen.stages.link.spelling import Names, check_spelling

# Chooses the neighbours of every pivot; the one that remembers earlier choices is in the pipeline.
Choose = Callable[[Sequence[Move]], Sequence[Neighbours]]


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """All that a graph is made from. Pivots are by path and in the order of paths."""

    facts: LazyParts[Pivot]
    prose: LazyParts[Prose]
    # Of each pivot's file in the ledger.
    numbers: Mapping[str, int]
    texts: Sequence[RoleText]
    # The file of assets/ behind each path under public/.
    assets: Mapping[str, str]
    # Content files whose own problems keep them out of all that.
    unread: frozenset[str] = frozenset()


def link(
    content: ParsedContent, *, drafts: bool = False, choose: Choose = choose_neighbours
) -> tuple[Site, list[Problem]]:
    """Join everything that is published (`drafts`: and what is not yet) into one graph."""
    described = [text for text in content.texts if drafts or not text.draft]
    survey, problems = _survey(content.facts, drafts=drafts)
    facts = content.facts
    problems += check_spelling("role", survey.roles, lambda: _roles(facts), described)
    problems += check_spelling("skill", survey.skills, lambda: _skills(facts))
    assets = {path: address_of(output) for output, path in content.assets.items()}
    targets = LinkTargets(
        files=survey.urls | _role_urls(survey) | assets,
        drafts=survey.drafts,
        unread=content.unread,
        urls={HOME},
        anchors=lambda path: facts[path].anchors if path in survey.urls else (),
    )
    nodes: dict[str, Node] = {}
    for path, pivot in facts.items():
        if pivot.draft and not drafts:
            continue
        addresses, dead = targets.addresses(path, pivot.mentions)
        problems += dead
        if survey.slugs.get(path) == pivot.slug:
            number = content.numbers[path]
            nodes[pivot.slug] = _node(path, number, pivot, addresses, survey.shared)
    nodes = {slug: nodes[slug] for slug in sorted(nodes)}
    role_addresses: dict[str, tuple[str, ...]] = {}
    for text in described:
        role_addresses[text.path], dead = targets.addresses(text.path, text.mentions)
        problems += dead
    texts = {text.slug: text for text in described}
    site = _site(nodes, survey, texts, role_addresses, content)
    moves = [Move(node.origin, node.target, node.skills) for node in nodes.values()]
    neighbours = dict(zip(nodes, choose(moves), strict=True))
    return replace(site, neighbours=neighbours), problems


class _Survey:
    """What one walk over all pivots finds out."""

    def __init__(self) -> None:
        self.roles = Names()
        self.skills = Names()
        # Path of each published pivot to its slug and to its address.
        self.slugs: dict[str, str] = {}
        self.urls: dict[str, str] = {}
        self.drafts: set[str] = set()
        # Roles that a published pivot reaches, and those that one leaves.
        self.reached: set[str] = set()
        self.left: set[str] = set()
        # One object for each text that many pivots hold.
        self.shared: dict[str, str] = {}


def _survey(facts: Mapping[str, Pivot], *, drafts: bool) -> tuple[_Survey, list[Problem]]:
    survey, problems = _Survey(), []
    owners: dict[str, str] = {}
    moves: dict[tuple[str, str], str] = {}
    for pivot in facts.values():
        if pivot.draft and not drafts:
            survey.drafts.add(pivot.path)
            continue
        if (other := owners.setdefault(pivot.slug, pivot.path)) != pivot.path:
            problems.append(
                Problem(
                    pivot.path,
                    *pivot.place,
                    "address-clash",
                    f"{other} already has the address {pivot_address(pivot.slug)}",
                    "give one of the two another `slug`",
                )
            )
            continue
        survey.slugs[pivot.path] = pivot.slug
        survey.urls[pivot.path] = pivot_address(pivot.slug)
        origin, target = slug_of(pivot.origin.text), slug_of(pivot.target.text)
        survey.left.add(origin)
        survey.reached.add(target)
        if (other := moves.setdefault((origin, target), pivot.path)) != pivot.path:
            problems.append(
                Problem(
                    pivot.path,
                    pivot.origin.line,
                    pivot.origin.column,
                    "same-move",
                    f"{other} is already about this move",
                    "join the two pages, and list the old address in `aliases`",
                )
            )
        for name in sorted((pivot.origin, pivot.target), key=_line):
            survey.roles.add(name, pivot.path)
        for name in pivot.skills:
            survey.skills.add(name, pivot.path)
    return survey, problems


def _roles(facts: Mapping[str, Pivot]) -> Iterator[tuple[Written, str]]:
    return ((name, one.path) for one in facts.values() for name in (one.origin, one.target))


def _skills(facts: Mapping[str, Pivot]) -> Iterator[tuple[Written, str]]:
    return ((name, one.path) for one in facts.values() for name in one.skills)


def _line(written: Written) -> int:
    return written.line


def _role_urls(survey: _Survey) -> dict[str, str]:
    """The address of each role's page by the file that describes the role, or would."""
    return {
        f"{ROLES}/{role}.md": role_address("to" if role in survey.reached else "from", role)
        for role in sorted(survey.reached | survey.left)
    }


def _node(
    path: str, number: int, pivot: Pivot, addresses: tuple[str, ...], shared: dict[str, str]
) -> Node:
    def one(text: str) -> str:
        return shared.setdefault(text, text)

    return Node(
        slug=pivot.slug,
        path=path,
        number=number,
        origin=one(slug_of(pivot.origin.text)),
        target=one(slug_of(pivot.target.text)),
        skills=tuple(dict.fromkeys(one(slug_of(skill.text)) for skill in pivot.skills)),
        updated=pivot.updated,
        draft=pivot.draft,
        aliases=pivot.aliases,
        addresses=addresses,
    )


def _site(
    nodes: Mapping[str, Node],
    survey: _Survey,
    texts: Mapping[str, RoleText],
    role_addresses: Mapping[str, tuple[str, ...]],
    content: ParsedContent,
) -> Site:
    """The graph without the neighbours of pivots; `texts` describe roles, by slug."""
    into: defaultdict[str, list[str]] = defaultdict(list)
    out: defaultdict[str, list[str]] = defaultdict(list)
    with_skill: defaultdict[str, list[str]] = defaultdict(list)
    for slug, node in nodes.items():
        out[node.origin].append(slug)
        into[node.target].append(slug)
        for skill in node.skills:
            with_skill[skill].append(slug)
    names = survey.roles.by_slug()
    skills = survey.skills.by_slug()
    paths = {slug: node.path for slug, node in nodes.items()}
    return Site(
        nodes=nodes,
        roles={slug: Role(names[slug], slug, texts.get(slug)) for slug in sorted(names)},
        skills={slug: Skill(skills[slug], slug) for slug in sorted(skills)},
        into={role: tuple(slugs) for role, slugs in into.items()},
        out={role: tuple(slugs) for role, slugs in out.items()},
        with_skill={skill: tuple(slugs) for skill, slugs in with_skill.items()},
        neighbours={},
        addresses=role_addresses,
        pivots=content.facts.keyed(paths),
        prose=content.prose.keyed(paths),
    )
