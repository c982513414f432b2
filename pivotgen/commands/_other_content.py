"""Other content: the content of somebody else, to be checked with the settings of a site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pivotgen.disk.places import Places
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.source import Overlay
from pivotgen.problems.build_failures import read_problem
from pivotgen.stages.read.unlisted import wrong_ending
from pivotgen.stages.read.walk import Walk

_CONTENT = "content"


def other_content(places: Places, folder: Path) -> tuple[Overlay, list[Problem]]:
    """The files of `folder` as texts that stand in for the content of a site.

    Their paths, and those of the problems that keep files from being read, begin with "content/".
    Nothing in the folder is run, and no link out of the folder around it is followed.
    """
    own = Walk(places)
    texts: dict[str, bytes | None] = {path: None for path, _ in own.files(_CONTENT)}
    folder = folder.resolve()
    # What the settings say of places outside holds for the site's own content only.
    walk = Walk(Places(folder.parent))
    problems = []
    for path, _ in walk.files(folder.name):
        name = _in_content(path, folder)
        if not (name.endswith(".md") or name == REDIRECTS):
            problems += [problem for problem in (wrong_ending(name),) if problem]
            continue
        try:
            texts[name] = (folder.parent / path).read_bytes()
        except OSError as error:
            problems.append(read_problem(name, error))
    problems += [
        replace(problem, path=_in_content(problem.path, folder)) for problem in walk.problems
    ]
    return texts, problems


def _in_content(path: str, folder: Path) -> str:
    return _CONTENT + path.removeprefix(folder.name)
