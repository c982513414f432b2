"""Link: pivots and role texts to a Site, with every name and mention resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pivotgen.model.pivot import Body, Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Site, slug_of
from pivotgen.stages.relate import Move, relate
from pivotgen.stages.resolve import Targets, resolve
from pivotgen.stages.spell import spell


def link(
    parsed: Sequence[tuple[Pivot, Body]],
    texts: Sequence[RoleText],
    assets: frozenset[str],
    *,
    drafts: bool = False,
    unread: frozenset[str] = frozenset(),
) -> tuple[Site, list[Problem]]:
    """Join everything that is published (`drafts`: and what is not yet) into one graph.

    `unread` names the content files whose own problems keep them out of `parsed` and `texts`.
    """
    everything = sorted(parsed, key=lambda pair: pair[0].path)
    published = [pair for pair in everything if drafts or not pair[0].draft]
    described = [text for text in texts if drafts or not text.draft]
    problems: list[Problem] = []
    pivots: dict[str, Pivot] = {}
    for pivot, _ in published:
        if (other := pivots.get(pivot.slug)) is not None:
            problems.append(
                Problem(
                    pivot.path,
                    *pivot.place,
                    "address-clash",
                    f"{other.path} already has the address /pivots/{pivot.slug}/",
                    "give one of the two another `slug`",
                )
            )
        pivots[pivot.slug] = pivot
    problems += _same_move(pivots.values())
    named = [(name, p.path) for p in pivots.values() for name in (p.origin, p.target)]
    problems += spell("role", named, described)
    problems += spell("skill", [(name, p.path) for p in pivots.values() for name in p.skills])
    into: defaultdict[str, list[str]] = defaultdict(list)
    out: defaultdict[str, list[str]] = defaultdict(list)
    with_skill: defaultdict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    skills: dict[str, str] = {}
    for slug in sorted(pivots):
        pivot = pivots[slug]
        for written, side in ((pivot.origin, out), (pivot.target, into)):
            role = slug_of(written.text)
            names.setdefault(role, written.text)
            side[role].append(slug)
        for skill in dict.fromkeys(slug_of(one.text) for one in pivot.skills):
            with_skill[skill].append(slug)
        for one in pivot.skills:
            skills.setdefault(slug_of(one.text), one.text)
    by_slug = {text.slug: text for text in described}
    roles = {slug: Role(names[slug], slug, by_slug.get(slug)) for slug in sorted(names)}
    addresses, dead = resolve(
        {pivot.path: pivot.mentions for pivot, _ in everything}
        | {text.path: text.mentions for text in texts},
        _targets(everything, pivots, roles, into, assets, unread),
    )
    site = Site(
        pivots=pivots,
        bodies={pivot.slug: body for pivot, body in published},
        roles=roles,
        skills={slug: Skill(skills[slug], slug) for slug in sorted(skills)},
        into={role: tuple(slugs) for role, slugs in into.items()},
        out={role: tuple(slugs) for role, slugs in out.items()},
        with_skill={skill: tuple(slugs) for skill, slugs in with_skill.items()},
        neighbours=relate({slug: _move(pivot) for slug, pivot in pivots.items()}),
        addresses=addresses,
    )
    return site, [*problems, *dead]


def _same_move(pivots: Iterable[Pivot]) -> list[Problem]:
    seen: dict[tuple[str, str], Pivot] = {}
    problems = []
    for pivot in pivots:
        move = slug_of(pivot.origin.text), slug_of(pivot.target.text)
        if move in seen:
            problems.append(
                Problem(
                    pivot.path,
                    pivot.origin.line,
                    pivot.origin.column,
                    "same-move",
                    f"{seen[move].path} is already about this move",
                    "join the two pages, and list the old address in `aliases`",
                )
            )
        seen.setdefault(move, pivot)
    return problems


def _targets(
    everything: Sequence[tuple[Pivot, Body]],
    pivots: Mapping[str, Pivot],
    roles: Mapping[str, Role],
    into: Mapping[str, Sequence[str]],
    assets: frozenset[str],
    unread: frozenset[str],
) -> Targets:
    files: dict[str, tuple[str, frozenset[str]]] = {
        pivot.path: (f"/pivots/{slug}/", frozenset(pivot.anchors)) for slug, pivot in pivots.items()
    }
    for slug in roles:
        side = "to" if into.get(slug) else "from"
        files[f"content/roles/{slug}.md"] = (f"/{side}/{slug}/", frozenset())
    drafts = {pivot.path for pivot, _ in everything if pivot.draft} - set(files)
    return Targets(files, drafts, unread, assets | {"/"})


def _move(pivot: Pivot) -> Move:
    skills = frozenset(slug_of(one.text) for one in pivot.skills)
    return Move(slug_of(pivot.origin.text), slug_of(pivot.target.text), skills)
