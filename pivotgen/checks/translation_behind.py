"""translation-behind: a part of a translation whose source has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.checks._marks import changes, marks_in
from pivotgen.checks._translations import Pair, pairs
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning for each part of the source that has changed since its translation was made."""
    for pair in pairs(site):
        if not pair.translation.draft:
            yield from _behind(pair)


def _behind(pair: Pair) -> Iterator[Problem]:
    path, places = pair.translation.path, pair.prose.places
    done = f"pivotgen translate --done {path}"
    written = pair.prose.translated
    if written is None:
        message = f"nobody can tell whether this is still what {pair.path} says"
        hint = f"compare the two, then run `{done}`"
        yield Problem.of_file(path, "translation-behind", message, hint, Level.WARNING)
        return
    for key, words in changes(marks_in(written.text), pair.marks):
        place = places.get(key, (written.line, 1))
        message = f"{words} in {pair.path} since this was translated"
        hint = f"translate it anew, then run `{done} {key}`"
        yield Problem(path, *place, "translation-behind", message, hint, Level.WARNING)
