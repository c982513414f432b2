"""Rename checks: what stands in the way of a renaming."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pivotgen.model.config import Config
from pivotgen.model.names import slug_of
from pivotgen.model.pivot import Pivot
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText
from pivotgen.model.source import Overlay
from pivotgen.pipeline import Options, build
from pivotgen.stages.context import Outlook
from pivotgen.stages.worker_pool import worker_pool


def new_errors(config: Config, site: Path, before: Overlay, after: Overlay) -> list[Problem]:
    """The errors that a build would report with the texts `after`, and not with those `before`.

    Nothing is written or remembered.
    """
    errors = _errors(config, site, after)
    if not errors:
        return []
    known = {(problem.code, problem.message) for problem in _errors(config, site, before)}
    return [problem for problem in errors if (problem.code, problem.message) not in known]


def refuse_join(
    kind: str, names: tuple[str, str], pivots: Iterable[Pivot], described: Iterable[RoleText]
) -> None:
    """Raise ValueError if the first of two names cannot become the second without a loss."""
    old, new = map(slug_of, names)
    if text := next((text for text in described if text.slug == old), None):
        raise ValueError(
            f"{text.path} describes `{names[0]}`; move what it says to the file of `{names[1]}`, "
            "take the file away and try again"
        )
    if kind != "skill":
        return
    for pivot in pivots:
        slugs = [slug_of(skill.text) for skill in pivot.skills]
        if old in slugs and new in slugs:
            written = pivot.skills[slugs.index(old)]
            place = f"{pivot.path}:{written.line}:{written.column}"
            raise ValueError(f"{place} names both; take one of the two out there first")


def _errors(config: Config, site: Path, overlay: Overlay) -> list[Problem]:
    """The errors of the site with these texts, with its drafts and without."""
    problems: set[Problem] = set()
    with worker_pool() as pool:
        for drafts in (False, True):
            options = Options(drafts=drafts, overlay=overlay, ask=_nothing)
            problems.update(build(config, site, None, pool, options).problems)
    return sorted(problem for problem in problems if problem.level is Level.ERROR)


def _nothing(outlook: Outlook) -> None:
    """Ask nothing: only the problems matter."""
