"""Link: pivots and role texts to a Site, with every name and mention resolved.

Neighbours are chosen for the whole site at once and from frontmatter only. Each list is a ring:
the pivots of a group stand in one fixed order, and each leads to the ones that follow it. So every
member of a group is led to equally often, the order of files cannot matter, and a new pivot
changes only the few lists that reach across its place.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from pivotgen.model.header import Written
from pivotgen.model.pivot import Body, Mention, Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Neighbours, Site, slug_of

# Links of each kind on a pivot's page.
_MOST = 4
# Links that every pivot should get from other pivots.
_LEAST_INBOUND = 2


def link(
    parsed: Sequence[tuple[Pivot, Body]],
    texts: Sequence[RoleText],
    assets: frozenset[str],
    *,
    drafts: bool = False,
) -> tuple[Site, list[Problem]]:
    """Join everything that is published (`drafts`: and what is not yet) into one graph."""
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
    problems += _spellings(
        "role",
        [(name, p.path) for p in pivots.values() for name in (p.origin, p.target)],
        described,
    )
    problems += _spellings("skill", [(s, p.path) for p in pivots.values() for s in p.skills], [])
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
    addresses, dead = _addresses(everything, texts, pivots, roles, into, assets)
    site = Site(
        pivots=pivots,
        bodies={pivot.slug: body for pivot, body in published},
        roles=roles,
        skills={slug: Skill(skills[slug], slug) for slug in sorted(skills)},
        into={role: tuple(slugs) for role, slugs in into.items()},
        out={role: tuple(slugs) for role, slugs in out.items()},
        with_skill={skill: tuple(slugs) for skill, slugs in with_skill.items()},
        neighbours=_neighbours(pivots, into, out, with_skill),
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


def _key(name: str) -> str:
    """What two spellings of one thing share: case, punctuation and a plural do not count."""
    return re.sub(r"(?<=[^s])s$", "", slug_of(name).replace("-", ""))


def _spellings(
    kind: str, uses: Sequence[tuple[Written, str]], texts: Sequence[RoleText]
) -> list[Problem]:
    """One problem for each further spelling of a name, where it stands first."""
    right: dict[str, tuple[str, str]] = {}
    problems = []
    for text in texts:
        for name in (text.name, *text.aliases):
            place = f"{text.path}:{text.name.line}:{text.name.column}"
            if (other := right.get(_key(name.text))) and other[0] != text.name.text:
                problems.append(
                    Problem(
                        text.path,
                        name.line,
                        name.column,
                        "two-spellings",
                        f"`{name.text}` also names the role at {other[1]}",
                        "let one of the two keep the name",
                    )
                )
            right.setdefault(_key(name.text), (text.name.text, place))
        if slug_of(text.name.text) != text.slug:
            problems.append(
                Problem(
                    text.path,
                    text.name.line,
                    text.name.column,
                    "bad-file-name",
                    f"the role `{text.name.text}` is in a file of another name",
                    f"name the file {slug_of(text.name.text)}.md",
                )
            )
    count = Counter(written.text for written, _ in uses)
    places: dict[str, tuple[str, Written]] = {}
    for written, path in sorted(uses, key=lambda use: (use[1], use[0].line)):
        places.setdefault(written.text, (path, written))
    for spelling in sorted(count, key=lambda one: (-count[one], one)):
        path, written = places[spelling]
        place = f"{path}:{written.line}:{written.column}"
        best, where = right.setdefault(_key(spelling), (spelling, place))
        if best != spelling:
            problems.append(
                Problem(
                    path,
                    written.line,
                    written.column,
                    "two-spellings",
                    f"the {kind} `{spelling}` is written `{best}` at {where}",
                    f"write `{best}`",
                )
            )
    return problems


def _addresses(
    parsed: Sequence[tuple[Pivot, Body]],
    texts: Sequence[RoleText],
    pivots: Mapping[str, Pivot],
    roles: Mapping[str, Role],
    into: Mapping[str, Sequence[str]],
    assets: frozenset[str],
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Where each file's mentions lead, and the ones that lead nowhere."""
    files: dict[str, tuple[str, frozenset[str]]] = {
        pivot.path: (f"/pivots/{slug}/", frozenset(pivot.anchors)) for slug, pivot in pivots.items()
    }
    for slug in roles:
        side = "to" if into.get(slug) else "from"
        files[f"content/roles/{slug}.md"] = (f"/{side}/{slug}/", frozenset())
    known = {url for url, _ in files.values()} | assets | {"/"}
    unpublished = {pivot.path for pivot, _ in parsed if pivot.draft} - set(files)
    problems: list[Problem] = []

    def address(path: str, mention: Mention) -> str:
        target, _, fragment = mention.target.partition("#")
        if not target:
            target = posixpath.basename(path)
        if target.startswith("/"):
            if target in known:
                return mention.target
            near = get_close_matches(target, sorted(known), 1, 0.5)
        else:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if file in files:
                url, anchors = files[file]
                if not fragment or fragment in anchors:
                    return f"{url}#{fragment}" if fragment else url
                near = get_close_matches(fragment, sorted(anchors), 1, 0.5)
                problems.append(
                    Problem(
                        path,
                        mention.line,
                        mention.column,
                        "dead-fragment",
                        f"{file} has no part called `#{fragment}`",
                        f"did you mean `#{near[0]}`?" if near else "",
                    )
                )
                return url
            if file in unpublished:
                problems.append(
                    Problem(
                        path,
                        mention.line,
                        mention.column,
                        "draft-link",
                        f"{file} is a draft, so the link would lead nowhere",
                        "publish that page first, or take the link out",
                    )
                )
                return ""
            names = {posixpath.relpath(one, posixpath.dirname(path)): one for one in files}
            near = get_close_matches(target, sorted(names), 1, 0.5)
        kind = "image" if mention.image else "link"
        problems.append(
            Problem(
                path,
                mention.line,
                mention.column,
                f"dead-{kind}",
                f"nothing on this site is called `{mention.target}`",
                f"did you mean `{near[0]}`?" if near else "check the file's name",
            )
        )
        return ""

    files_read: list[Pivot | RoleText] = [*(pivot for pivot, _ in parsed), *texts]
    found = {
        one.path: tuple(address(one.path, mention) for mention in one.mentions)
        for one in files_read
    }
    return found, problems


def _neighbours(
    pivots: Mapping[str, Pivot],
    into: Mapping[str, Sequence[str]],
    out: Mapping[str, Sequence[str]],
    with_skill: Mapping[str, Sequence[str]],
) -> dict[str, Neighbours]:
    siblings = {slug: _ring(group, slug) for group in into.values() for slug in group}
    onward: dict[str, tuple[str, ...]] = {}
    for role, group in into.items():
        nexts = list(out.get(role, ()))
        for number, slug in enumerate(group):
            choice = [one for one in nexts if pivots[one].target.text != pivots[slug].origin.text]
            start = number * _MOST % len(choice) if choice else 0
            onward[slug] = tuple((choice[start:] + choice[:start])[:_MOST])
    moves = {(p.origin.text, p.target.text): slug for slug, p in pivots.items()}
    back = {slug: moves.get((p.target.text, p.origin.text), "") for slug, p in pivots.items()}
    inbound: Counter[str] = Counter()
    for slug in pivots:
        inbound.update({*siblings[slug], *onward[slug], back[slug]} - {""})
    kindred = _kindred(pivots, with_skill, siblings, onward, back, inbound)
    return {
        slug: Neighbours(siblings[slug], onward[slug], tuple(kindred[slug]), back[slug])
        for slug in pivots
    }


def _ring(group: Sequence[str], slug: str) -> tuple[str, ...]:
    at = group.index(slug)
    return tuple([*group[at + 1 :], *group[:at]][:_MOST])


def _kindred(
    pivots: Mapping[str, Pivot],
    with_skill: Mapping[str, Sequence[str]],
    siblings: Mapping[str, Sequence[str]],
    onward: Mapping[str, Sequence[str]],
    back: Mapping[str, str],
    inbound: Counter[str],
) -> dict[str, list[str]]:
    """Links by shared skills, for pivots that too few pages lead to and pages that lead nowhere."""
    kindred: dict[str, list[str]] = {slug: [] for slug in pivots}
    skills = {slug: {slug_of(one.text) for one in p.skills} for slug, p in pivots.items()}

    def nearest(slug: str) -> list[str]:
        shared = Counter(one for skill in skills[slug] for one in with_skill[skill])
        del shared[slug]
        return sorted(shared, key=lambda one: (-shared[one], len(kindred[one]), one))

    def leads(page: str, to: str) -> bool:
        return to in siblings[page] or to in onward[page] or to in kindred[page] or to == back[page]

    for slug in sorted(pivots):
        for page in nearest(slug):
            if inbound[slug] >= _LEAST_INBOUND:
                break
            if len(kindred[page]) < _MOST and not leads(page, slug):
                kindred[page].append(slug)
                inbound[slug] += 1
    for slug in sorted(pivots):
        if not siblings[slug] and not onward[slug] and not kindred[slug]:
            kindred[slug] = nearest(slug)[:_MOST]
    return kindred
