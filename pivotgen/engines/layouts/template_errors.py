"""Unread: layouts that Jinja cannot read, each with the pages that cannot be made for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, meta, nodes

from pivotgen.model.problem import Problem

# Jinja gives no column; what it stumbled over is what it got, or else the first word in quotes.
_GOT = re.compile(r"got '(.+)'")
_QUOTED = re.compile(r"'([^']+)'")
_NO_FILTER = re.compile(r"No filter named '([^']+)'")


def unread(
    texts: Mapping[str, str],
    asts: Mapping[str, nodes.Template],
    errors: Mapping[str, TemplateSyntaxError],
    filters: Iterable[str],
    pages: Collection[str],
) -> list[Problem]:
    """One problem for each layout of `errors`; `asts` are those that could be parsed.

    `pages` are the layouts that pages are made by."""
    known = sorted(filters)
    return sorted(_problem(name, texts[name], asts, errors[name], known, pages) for name in errors)


def stopped(layouts: Collection[str], pages: Iterable[str]) -> str:
    """In brackets, that no page of these layouts can be made; "" for none. `pages` are all."""
    pages = list(pages)
    if set(layouts) == set(pages):
        return " (no page can be made)"
    named = [_kind(layout) for layout in pages if layout in layouts]
    several = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else "".join(named)
    return f" (no {several} page can be made)" if named else ""


def _kind(layout: str) -> str:
    """The kind of page that a layout makes, as readers know it: the missing page by its number."""
    kind = layout.removesuffix(".html")
    return "404" if kind == "missing" else kind


def _problem(
    name: str,
    text: str,
    asts: Mapping[str, nodes.Template],
    error: TemplateSyntaxError,
    filters: list[str],
    pages: Collection[str],
) -> Problem:
    said = str(error.message)
    said = _QUOTED.sub(r"`\1`", f"{said[:1].lower()}{said[1:]}".rstrip("."))
    layouts = {layout for layout in pages if name in _reached(layout, asts)}
    message = f"{said}{stopped(layouts, pages)}"
    column = _column(text.splitlines(), error.lineno, str(error.message))
    hint = "mend the layout"
    if lost := _NO_FILTER.match(str(error.message)):
        near = get_close_matches(lost[1], filters, 1)
        hint = f"did you mean `{near[0]}`?" if near else "Config(filters=…) in build.py adds one"
    return Problem(f"layouts/{name}", error.lineno, column, "layout", message, hint)


def _reached(name: str, asts: Mapping[str, nodes.Template]) -> set[str]:
    """A layout and all that it names, directly or not; what cannot be read names nothing."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            named = meta.find_referenced_templates(asts[one]) if one in asts else ()
            waiting += [other for other in named if other]
    return found


def _column(lines: list[str], line: int, message: str) -> int:
    """Where the word that the message names stands, if it stands once; else where the line does."""
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    found = _GOT.search(message) or _QUOTED.search(message)
    word = found[1] if found else ""
    # A word is not part of another; of a sign, such as a brace, that says nothing.
    sign = re.escape(word)
    whole = rf"(?<!\w){sign}(?!\w)" if re.fullmatch(r"\w+", word) else sign
    places = [match.start() for match in re.finditer(whole, words)] if word else []
    return 1 + (places[0] if len(places) == 1 else len(words) - len(words.lstrip()))
