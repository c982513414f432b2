"""`check --fix`: what has one right answer, mended in the sources."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pivotgen.edits.apply import compatible_edits, mend
from pivotgen.model.edit import Change
from pivotgen.model.problem import Problem


def mended(site: Path, problems: Iterable[Problem]) -> tuple[Change, ...]:
    """The changes that mend what the problems themselves know how to mend, by path.

    Some problems hide others, so it takes a fresh check after these are saved to see all.
    """
    changes = []
    for path, edits in sorted(compatible_edits(problems).items()):
        old = (site / path).read_bytes()
        changes.append(Change(path, old, mend(old, edits)))
    return tuple(changes)
