"""`new`: starts a pivot, with what the rest of the site already knows about the move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from pivotgen.commands._draft_text import Answers, draft_text
from pivotgen.commands._graph import with_graph
from pivotgen.commands._suggestions import Questions, path_of_move, suggest
from pivotgen.engines.header.format import format_file
from pivotgen.model.config import Config
from pivotgen.model.edit import Change
from pivotgen.model.extra import DeclaredKeys, keys_on
from pivotgen.model.header import PivotHeader
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.names import slug_of, spelling_of, spellings_of
from pivotgen.model.parsed import ParseOptions
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site
from pivotgen.model.source import PIVOTS, Source
from pivotgen.stages.parse.parse import parse

__all__ = ["Answers", "PivotDraft", "RoleNames", "start_draft"]

# How similar (0 to 1) a name must be to the name of a role to be taken for a misspelling of it.
_SIMILAR = 0.88


@dataclass(frozen=True, slots=True)
class RoleNames:
    """The two roles as the site spells them, and what the writer should know about them."""

    origin: str
    target: str
    # One sentence for each name that was corrected.
    corrected: tuple[str, ...] = ()
    # Each unknown name as typed, with the role that may be meant.
    doubtful: tuple[tuple[str, str], ...] = ()


class PivotDraft:
    """A pivot that is being started, and the site it is for, drafts included."""

    def __init__(
        self,
        folder: Path,
        graph: Site,
        questions: Questions,
        authors: Sequence[str] = (),
        extra: DeclaredKeys = None,
    ) -> None:
        """`folder` is the site's; `questions` are those of the pivots to the same role.

        `authors` are the keys of the authors in the settings, and `extra` those of the site's own.
        """
        self._folder = folder
        self._extra = extra
        self._graph = graph
        self._questions = questions
        self._authors = authors

    def names(self, origin: str, target: str) -> RoleNames:
        """The two roles as typed, corrected; ValueError says why they cannot have a new pivot."""
        typed = tuple(" ".join(name.split()) for name in (origin, target))
        known = _names_by_spelling(self._graph)
        origin, target = (_right_name(known, name) or name for name in typed)
        self._refuse(origin, target)
        corrected = tuple(
            f"`{name}` is written `{right}` on this site."
            for name, right in zip(typed, (origin, target), strict=True)
            if name != right
        )
        doubtful = tuple((name, role) for name in typed if (role := _similar_role(known, name)))
        return RoleNames(origin, target, corrected, doubtful)

    def change(self, names: RoleNames, answers: Answers, today: date) -> Change:
        """The new file, in the form that `fmt` gives; ValueError says which answer is wrong."""
        path = _path(names.origin, names.target)
        slugs = slug_of(names.origin), slug_of(names.target)
        required = [key for key in keys_on(self._extra, "pivot") or () if key.required]
        suggestions = suggest(self._graph, self._questions, *slugs)
        suggestions = replace(suggestions, authors=self._authors, extra=required)
        data = draft_text(names.origin, names.target, answers, suggestions, today).encode()
        [parsed] = parse([Source(path, data, b"")], options=ParseOptions(extra=self._extra))
        for problem in parsed.problems:
            raise ValueError(f"{problem.message}; {problem.hint}")
        formatted = format_file(path, data, PivotHeader)
        return Change(path, None, data if isinstance(formatted, list) else formatted)

    def _refuse(self, origin: str, target: str) -> None:
        """Raise ValueError if the two roles cannot have a new pivot."""
        for name in (origin, target):
            if not slug_of(name):
                raise ValueError(f"`{name}` cannot be part of an address; give it a letter")
        if slug_of(origin) == slug_of(target):
            raise ValueError(f"`{origin}` and `{target}` are the same role; name two")
        path = path_of_move(self._graph, slug_of(origin), slug_of(target))
        if not path and (self._folder / _path(origin, target)).exists():
            path = _path(origin, target)
        if path:
            raise ValueError(f"{path} is already about this move; {self._reverse(origin, target)}")

    def _reverse(self, origin: str, target: str) -> str:
        if path := path_of_move(self._graph, slug_of(target), slug_of(origin)):
            return f"and so is {path} about the way back"
        return f'the way back is not written yet: pivotgen new "{target}" "{origin}"'


def start_draft(config: Config, site: Path, target: str) -> PivotDraft | list[Problem]:
    """A draft of a pivot to the role `target`, which may be misspelled.

    The problems instead when settings or layouts cannot be read. Problems of other pages do not
    matter here.
    """

    def start(graph: Site) -> PivotDraft:
        known = _names_by_spelling(graph)
        roles = (_right_name(known, target) or target, _similar_role(known, target))
        # The prose can be read only now, while the ledger is open.
        questions = {
            slug: tuple(" ".join(faq.question.split()) for faq in graph.prose[slug].faqs)
            for role in roles
            for slug in graph.into.get(slug_of(role), ())
        }
        return PivotDraft(site, graph, questions, sorted(config.authors), config.declared_keys)

    draft, report = with_graph(config, site, start)
    return draft or report.problems


def _names_by_spelling(graph: Site) -> dict[str, str]:
    """The name of each role, by what all its spellings and aliases have in common."""
    names: dict[str, str] = {}
    for role in graph.roles.values():
        name = role.text.name.text if role.text else role.name
        aliases = role.text.aliases if role.text else ()
        for spelling in (name, *(alias.text for alias in aliases)):
            for key in spellings_of(spelling):
                names.setdefault(key, name)
    return names


def _right_name(known: Mapping[str, str], typed: str) -> str:
    """The name of the role that is spelled as `typed`, or ""."""
    return next((known[key] for key in spellings_of(typed) if key in known), "")


def _similar_role(known: Mapping[str, str], typed: str) -> str:
    """The role whose name is nearly the unknown name `typed`; "" when there is none."""
    if _right_name(known, typed):
        return ""
    near = get_close_matches(spelling_of(typed), known, 1, _SIMILAR)
    return known[near[0]] if near else ""


def _path(origin: str, target: str) -> str:
    return f"{PIVOTS}/{slug_of(origin)}-to-{slug_of(target)}.md"
