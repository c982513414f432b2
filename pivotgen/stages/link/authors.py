"""Authors: the problem of a pivot whose author the settings do not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pivotgen.model.edit import replace_text
from pivotgen.model.header import Written
from pivotgen.model.names import slug_of
from pivotgen.model.problem import Problem

# How similar a key must be to what was typed, as a ratio of difflib: to be suggested, and to take
# its place.
_SUGGEST_RATIO, _REPLACE_RATIO = 0.5, 0.7


def unknown_author(
    path: str, written: Written | None, authors: Mapping[str, str]
) -> Iterator[Problem]:
    """The problem of an author that is none of `authors`, which are names by key."""
    if not written or written.text in authors:
        return
    typed = written.text
    by_name = {name.casefold(): key for key, name in authors.items()}
    slug = slug_of(typed)
    near = get_close_matches(slug, authors, 2, _SUGGEST_RATIO)
    best = by_name.get(typed.casefold(), near[0] if near else "")
    is_certain = typed.casefold() in by_name or (
        len(near) == 1 and bool(get_close_matches(slug, near, 1, _REPLACE_RATIO))
    )
    hint = f"did you mean `{best}`?"
    if not best:
        new = f'authors={{"{slug or "ana"}": Party("{typed}")}}'
        listed = ", ".join(f"`{key}`" for key in sorted(authors))
        hint = f"use one of: {listed}; or add to build.py: " if authors else "add to build.py: "
        hint = f"{hint}{new}"
    message = f"`{typed}` is no author of this site"
    edits = replace_text(path, written, best) if is_certain else ()
    place = written.line, written.column
    yield Problem(path, *place, "unknown-author", message, hint, edits=edits)
