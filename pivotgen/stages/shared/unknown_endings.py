"""Unknown endings: files of assets/ and static/ whose media type nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pivotgen.model.delivery import Delivery
from pivotgen.model.problem import Problem
from pivotgen.model.source import STATIC


def unknown_endings(paths: Iterable[str], delivery: Delivery) -> Iterator[Problem]:
    """A problem for each such file among all files of the site by path.

    Browsers may not guess what a file is, so one without a media type could only be downloaded.
    """
    for path in paths:
        if path.startswith(("assets/", f"{STATIC}/")) and not delivery.knows(path):
            ending = PurePosixPath(path).suffix.lower()
            message = f"nobody knows what a file with the ending `{ending}` is"
            example = f'media_types={{"{ending}": "application/octet-stream"}}'
            hint = f"give its media type in build.py, such as {example}, or take the file out"
            yield Problem.of_file(path, "unknown-ending", message, hint)
