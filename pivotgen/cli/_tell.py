"""Problems, as a writer reads them on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pivotgen.model.problem import Problem


def tell(site: Path, problems: Iterable[Problem]) -> None:
    """Print problems to standard error, each with its source line and a caret."""
    from pivotgen.model.problem import Level
    from pivotgen.problems.codes import code
    from pivotgen.problems.excerpt import excerpt

    explained: Problem | None = None
    for problem in problems:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        paint = partial(click.style, fg=colour, bold=True)
        click.echo(excerpt(problem, _data(site / problem.path), paint), err=True)
        graver = explained is None or (explained.level, problem.level) == (
            Level.WARNING,
            Level.ERROR,
        )
        if graver and code(problem.code):
            explained = problem
    # Once, under the whole report, of the first that is serious: under every problem it would
    # drown them.
    if explained:
        click.echo(f"more: pivotgen help {explained.code}", err=True)


def _data(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
