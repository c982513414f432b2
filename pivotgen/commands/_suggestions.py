"""Suggestions: what the pages of a site suggest for a new pivot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pivotgen.commands._draft_text import Suggestions
from pivotgen.model.site import Node, Site
from pivotgen.stages.link.shared_skills import SharedSkills

# How many of each are suggested. They are there to choose from, and a longer list is not read.
_SKILLS, _SIBLINGS, _QUESTIONS = 5, 4, 6

# The questions of pivots, by slug.
Questions = Mapping[str, Sequence[str]]


def suggest(site: Site, questions: Questions, origin: str, target: str) -> Suggestions:
    """Suggestions for the move between two roles, given by their slugs.

    `questions` must hold every pivot that leads to `target`.
    """
    skills = SharedSkills(site).between(origin, target)
    siblings = _siblings(site, target, skills)
    links = [f"[from {site.roles[node.origin].name}]({_file(node.path)})" for node in siblings]
    if back := path_of_move(site, target, origin, published=True):
        links.append(f"[the way back]({_file(back)})")
    return Suggestions(
        skills=[site.skills[skill].name for skill in skills[:_SKILLS]],
        questions=list(_take_turns(siblings, questions))[:_QUESTIONS],
        links=links,
    )


def path_of_move(site: Site, origin: str, target: str, *, published: bool = False) -> str:
    """The file of the pivot between two roles, given by their slugs; "" when there is none.

    With `published`, drafts do not count.
    """
    nodes = (site.nodes[slug] for slug in site.out.get(origin, ()))
    matches = (node for node in nodes if node.target == target)
    return next((node.path for node in matches if not (published and node.draft)), "")


def _siblings(site: Site, target: str, skills: Sequence[str]) -> list[Node]:
    """Published pivots to the same role, those that name most of `skills` first."""
    nodes = (site.nodes[slug] for slug in site.into.get(target, ()))
    published = [node for node in nodes if not node.draft]
    shared = set(skills)
    published.sort(key=lambda node: (-len(shared & set(node.skills)), node.slug))
    return published[:_SIBLINGS]


def _take_turns(siblings: Sequence[Node], questions: Questions) -> Iterator[tuple[str, str]]:
    """One question of each sibling in turn with its file, so that no page fills the list."""
    lists = [
        [(question, _file(node.path)) for question in questions[node.slug]] for node in siblings
    ]
    for turn in range(max(map(len, lists), default=0)):
        yield from (questions[turn] for questions in lists if turn < len(questions))


def _file(path: str) -> str:
    return path.rpartition("/")[2]
