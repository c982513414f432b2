"""Unlisted: files that look like sources of the site and, by their names, are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.source import PHRASES, PIVOTS

# What people and programs put at the end of a file's name, and the ending that is read. Windows
# adds `.txt`, other generators write `.markdown`, and old systems write capitals.
_MARKDOWN = re.compile(r"\.(?:md|mdx|mdown|mdwn|mkdn?|mdtext|markdown)(?:\.txt)?$", re.IGNORECASE)
_YAML = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
_HTML = re.compile(r"\.html?(?:\.(?:txt|j2|jinja2?))?$", re.IGNORECASE)


def wrong_ending(path: str) -> Problem | None:
    """The problem of a file that is passed over only because of the ending of its name.

    `path` is that of a file in content/ or layouts/ with none of the endings that are read.
    """
    folder, _, name = path.rpartition("/")
    right = ""
    if path.startswith("content/"):
        if match := _MARKDOWN.search(name):
            right = f"{name[: match.start()]}.md"
        elif _YAML.sub(".yaml", path).casefold() == REDIRECTS:
            right = REDIRECTS.rpartition("/")[2]
    elif path.startswith("layouts/"):
        pattern, ending = (_YAML, ".yaml") if folder == PHRASES else (_HTML, ".html")
        if match := pattern.search(name):
            right = f"{name[: match.start()]}{ending}"
    if not right:
        return None
    message = f"nothing is made from a file with this name; its ending must be `.{_ending(right)}`"
    return Problem.of_file(path, "wrong-ending", message, f"name it `{right}`")


def no_pivots(paths: Iterable[str], names: Iterable[str]) -> Iterator[Problem]:
    """The problem of a site without a single pivot.

    Content that moved must not empty the published site. `paths` are the sources of the site, and
    `names` what else stands in its folder.
    """
    if any(path.startswith(f"{PIVOTS}/") for path in paths):
        return
    place, missing = ("content", 1, 1), "content"
    message = "there is no folder content/, so there is nothing to build from"
    hint = "bring it back, or name the site's folder with --site; what is published stays"
    if missing in names:
        place = (PIVOTS, 1, 1)
        message = f"there is no pivot in {PIVOTS}/, so there is nothing to build from"
        hint = "bring the files back, or write one with `pivotgen new`; what is published stays"
    elif near := next((name for name in names if name.casefold() == missing), ""):
        hint = f"rename {near}/ to content/"
    yield Problem(*place, "no-content", message, hint)


def _ending(name: str) -> str:
    return name.rpartition(".")[2]
