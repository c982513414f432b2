"""`new`: the beginning of a pivot, with what the rest of the site already knows about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from pivotgen.engines.header.format import format_file
from pivotgen.engines.header.values import SLUG
from pivotgen.model.config import Config
from pivotgen.model.edit import Change, quote_if_needed
from pivotgen.model.header import PivotHeader
from pivotgen.model.names import slug_of, spelling_of
from pivotgen.model.problem import Problem
from pivotgen.model.site import Node, Site
from pivotgen.model.source import PIVOTS, Source
from pivotgen.pipeline import Options, build
from pivotgen.stages.link.shared_skills import SharedSkills
from pivotgen.stages.parse.parse import parse
from pivotgen.stages.worker_pool import worker_pool

# Suggestions are for choosing from; a longer list is not read.
_SKILLS, _SIBLINGS, _QUESTIONS = 5, 4, 6
# How much of its letters a name must share with a role to be taken for a slip of it.
_ALIKE = 0.88


@dataclass(frozen=True, slots=True)
class Names:
    """The two roles as the site spells them, and what there is to say about what was typed."""

    origin: str
    target: str
    # Each is one sentence: a name was corrected.
    corrected: tuple[str, ...] = ()
    # What was typed, with the role it may be meant for.
    doubtful: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What only the writer can say; what is left empty becomes a TODO."""

    title: str = ""
    description: str = ""
    window: str = ""


class Desk:
    """A site as it is known while a new pivot is begun, drafts included."""

    def __init__(self, folder: Path, site: Site, asked: Mapping[str, tuple[str, ...]]) -> None:
        self._folder = folder
        self._site = site
        # Questions of the pivots into the same role, by slug.
        self._asked = asked

    def names(self, origin: str, target: str) -> Names:
        """The two roles; ValueError says why they cannot have a new pivot."""
        typed = tuple(" ".join(name.split()) for name in (origin, target))
        right = _right(self._site)
        leaves, reaches = (right.get(spelling_of(name), name) for name in typed)
        self._refuse(leaves, reaches)
        corrected = tuple(
            f"`{name}` is written `{best}` on this site."
            for name, best in zip(typed, (leaves, reaches), strict=True)
            if name != best
        )
        doubtful = tuple((name, near) for name in typed if (near := _near(right, name)))
        return Names(leaves, reaches, corrected, doubtful)

    def begun(self, names: Names, told: Answers, today: date) -> Change:
        """The file of the new pivot, in its tidy form; ValueError says what was told wrongly."""
        path = _path(names.origin, names.target)
        data = "\n".join(self._lines(names, told, today)).encode()
        [parsed] = parse([Source(path, data, b"")])
        for problem in parsed.problems:
            raise ValueError(f"{problem.message}; {problem.hint}")
        tidied = format_file(path, data, PivotHeader)
        return Change(path, None, data if isinstance(tidied, Problem) else tidied)

    def _refuse(self, origin: str, target: str) -> None:
        for name in (origin, target):
            if not SLUG.fullmatch(slug_of(name)) or "\n" in name:
                raise ValueError(f"`{name}` cannot be part of an address; use letters and digits")
        if slug_of(origin) == slug_of(target):
            raise ValueError(f"`{origin}` and `{target}` are the same role; name two")
        path = self._about(origin, target)
        if not path and (self._folder / _path(origin, target)).exists():
            path = _path(origin, target)
        if path:
            raise ValueError(f"{path} is already about this move; {self._reverse(origin, target)}")

    def _about(self, origin: str, target: str, *, published: bool = False) -> str:
        """The file about this move, or ""; with `published` drafts do not count."""
        slugs = self._site.out.get(slug_of(origin), ())
        nodes = (self._site.nodes[slug] for slug in slugs)
        reaching = (one for one in nodes if one.target == slug_of(target))
        return next((one.path for one in reaching if not (published and one.draft)), "")

    def _reverse(self, origin: str, target: str) -> str:
        if path := self._about(target, origin):
            return f"and so is {path} about the way back"
        return f'the way back is not written yet: pivotgen new "{target}" "{origin}"'

    def _lines(self, names: Names, told: Answers, today: date) -> Iterator[str]:
        origin, target = names.origin, names.target
        title = told.title or f"From {origin} to {target}: TODO what changes for this reader"
        yield "---"
        yield f"title: {_written(title)}"
        deck = told.description or "TODO what carries over, and what does not, in a sentence or two"
        yield f"description: {_written(deck)}"
        yield f"from: {_written(origin)}"
        yield f"to: {_written(target)}"
        if told.window:
            yield f"window: {_written(told.window)}"
        else:
            yield "window: 6–12 months  # TODO your estimate, for somebody with ordinary luck"
        yield f"updated: {today}"
        # Not the word itself, which would have to go before this line may.
        yield "draft: true  # delete this line to publish the page"
        yield "tldr:"
        for point in ("what helps most", "what is hardest", "where to begin"):
            yield f"  - TODO {point}, in one sentence"
        yield from self._skills(origin, target)
        yield from self._questions(origin, target)
        yield "---"
        for heading, prompt in _SECTIONS:
            yield f"## {heading}"
            yield ""
            yield f"TODO {prompt}"
            yield ""
        yield from self._links(origin, target)

    def _skills(self, origin: str, target: str) -> Iterator[str]:
        yield "skills:"
        found = SharedSkills(self._site).bridge(slug_of(origin), slug_of(target))[:_SKILLS]
        if not found:
            yield "  - TODO a skill that carries over, in the words of other pages"
            return
        yield "  # TODO keep those that carry over; pages on either side of this move name them."
        for skill in found:
            yield f"  - {_written(self._site.skills[skill].name)}"

    def _questions(self, origin: str, target: str) -> Iterator[str]:
        yield "faqs:"
        asked = list(self._answered(origin, target))[:_QUESTIONS]
        if asked:
            yield "  # Other pages answer these. Link to them; ask what only this move raises."
        for path, question in asked:
            yield f"  #   {question} ({path})"
        yield "  - question: TODO a question that people ask about this move"
        yield "    answer: TODO the answer, as you would give it to a friend"

    def _answered(self, origin: str, target: str) -> Iterator[tuple[str, str]]:
        """One question of each sibling in turn, so that no page fills the list."""
        every = [
            [(_name(node), question) for question in self._asked[node.slug]]
            for node in self._siblings(origin, target)
        ]
        for turn in range(max(map(len, every), default=0)):
            yield from (questions[turn] for questions in every if turn < len(questions))

    def _links(self, origin: str, target: str) -> Iterator[str]:
        """Links to siblings, for the writer to keep or not."""
        links = [
            f"[from {self._site.roles[node.origin].name}]({_name(node)})"
            for node in self._siblings(origin, target)
        ]
        if back := self._about(target, origin, published=True):
            links.append(f"[the way back]({back.rpartition('/')[2]})")
        if links:
            yield f"TODO keep the links that help this reader, and say why: {', '.join(links)}."

    def _siblings(self, origin: str, target: str) -> list[Node]:
        """Published pivots into the same role, those that share most skills with this one first."""
        bridge = set(SharedSkills(self._site).bridge(slug_of(origin), slug_of(target)))
        nodes = (self._site.nodes[slug] for slug in self._site.into.get(slug_of(target), ()))
        published = (node for node in nodes if not node.draft)
        return sorted(published, key=lambda one: (-len(bridge & set(one.skills)), one.slug))[
            :_SIBLINGS
        ]


# The sections that readers find on every pivot, and what each has to say.
_SECTIONS = (
    (
        "Your built-in advantages",
        "two or three things this reader can do already, each shown and not claimed.",
    ),
    ("The mindset shift", "what this reader has to give up or learn to see differently."),
    ("How to make the move", "steps that can start this week, in the present job if possible."),
)


def desk(config: Config, site: Path, target: str) -> Desk | list[Problem]:
    """What the site knows that helps to write about `target`, or nearly that.

    The problems when its settings or layouts cannot be read; a problem in some page is no reason
    not to begin another.
    """
    found: list[Desk] = []

    def collect(whole: Site) -> Iterable[Problem]:
        right = _right(whole)
        meant = (right.get(spelling_of(target), target), _near(right, target))
        # Prose can be read only now, while the site is open.
        asked = {
            slug: tuple(" ".join(faq.question.split()) for faq in whole.prose[slug].faqs)
            for name in meant
            for slug in whole.into.get(slug_of(name), ())
        }
        found.append(Desk(site, whole, asked))
        return ()

    with worker_pool() as pool:
        report = build(config, site, None, pool, Options(drafts=True, rules=(collect,)))
    return found[0] if found else report.problems


def _right(site: Site) -> dict[str, str]:
    """The name of a role by everything it may be spelled like."""
    right: dict[str, str] = {}
    for role in site.roles.values():
        name = role.text.name.text if role.text else role.name
        aliases = role.text.aliases if role.text else ()
        for one in (name, *(alias.text for alias in aliases)):
            right.setdefault(spelling_of(one), name)
    return right


def _near(right: Mapping[str, str], typed: str) -> str:
    """The role that an unknown name is nearly, or ""."""
    if spelling_of(typed) in right:
        return ""
    near = get_close_matches(spelling_of(typed), right, 1, _ALIKE)
    return right[near[0]] if near else ""


def _path(origin: str, target: str) -> str:
    return f"{PIVOTS}/{slug_of(origin)}-to-{slug_of(target)}.md"


def _name(node: Node) -> str:
    return node.path.rpartition("/")[2]


def _written(text: str) -> str:
    return quote_if_needed(" ".join(text.split()))
