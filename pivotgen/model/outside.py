"""Outside: the problem of a file that is really somewhere else."""

from __future__ import annotations

import os
from pathlib import Path

from pivotgen.model.problem import Problem


def leads_outside(site: Path, path: str) -> Problem:
    """Return the problem of a path of the site that leads out of it by way of a link."""
    link = next((part for part in _folders(path) if os.path.islink(site / part)), path)
    what = "this is a link that leads" if link == path else f"{link} is a link that leads"
    message = f"{what} out of this site, or to a hidden file of it, and is not followed"
    hint = "move it here, or name the place that it leads to in Config(outside=[…])"
    return Problem.of_file(path, "leads-outside", message, hint)


def _folders(path: str) -> list[str]:
    names = path.split("/")
    return ["/".join(names[: end + 1]) for end in range(len(names))]
