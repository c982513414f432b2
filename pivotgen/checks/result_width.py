"""result-width: a title or a description that search results cut off in the wrong place.

Search engines publish no limits. People who measured results found about 580 pixels for a title
in 20-pixel Arial, and at most 985 pixels for a description, which is two lines of 14-pixel Arial.
A title may be longer if both roles come before the cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unicodedata import combining, east_asian_width, normalize

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem

_TITLE_WIDTH, _TITLE_SIZE = 580, 20
_DESCRIPTION_WIDTH, _DESCRIPTION_SIZE = 985, 14
# About a third of the room. With less, search engines often choose a sentence themselves.
_DESCRIPTION_LEAST = 320

# Widths of letters in thousandths of the font size. They come from the font Liberation Sans, which
# has the same widths as Arial. Accents add no width.
_WIDTHS = {
    letter: width
    for width, letters in {
        191: "'",
        222: "ijl‘’",
        260: "|",
        278: " !,./:;I[\\]ft·",
        333: "()-`r“”",
        334: "{}",
        355: '"',
        389: "*",
        469: "^",
        500: "Jcksvxyz",
        556: "#$0123456789?L_abdeghnopqu–",
        584: "+<=>~",
        611: "FTZßø",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        889: "%æ",
        944: "W",
        1000: "—…",
        1015: "@",
    }.items()
    for letter in letters
}
# Other letters: the width of a digit, or of a full square in East Asian writing.
_OTHER, _SQUARE = 556, 1000


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning for a title whose roles are cut off, and for a description that does not fit."""
    needed = _needed(pivot, prose.title)
    if (width := _width(needed, _TITLE_SIZE)) > _TITLE_WIDTH:
        last = " ".join(needed.split()[-4:])
        message = f"search results cut this title off before the end of “{last}”"
        hint = f"both roles should stand in the first {_TITLE_WIDTH} pixels; here they need {width}"
        yield _problem(pivot.path, prose.places.title, message, hint)
    use = "what carries over and what has to be learned"
    yield from _description(pivot.path, prose.places.description, prose.description, use)


def check_page(page: OwnPage, today: date) -> Iterator[Problem]:
    """A warning for the description of an own page that does not fit."""
    text = page.description
    yield from _description(page.path, (text.line, text.column), text.text, "what the page is for")


def _description(
    path: str, place: tuple[int, int], description: str, use: str
) -> Iterator[Problem]:
    width = _width(description, _DESCRIPTION_SIZE)
    if width > _DESCRIPTION_WIDTH:
        message = f"search results cut this description off after “{_shown(description)}”"
        hint = f"shorten it: it is {width} pixels wide there, and {_DESCRIPTION_WIDTH} are shown"
        yield _problem(path, place, message, hint)
    elif width < _DESCRIPTION_LEAST:
        message = "this description leaves most of its room in search results empty"
        yield _problem(path, place, message, f"say {use}; two lines are shown")


def _needed(pivot: Pivot, title: str) -> str:
    """The title up to the end of its second role, or all of it when it does not name both."""
    ends = []
    for role in (pivot.origin.text, pivot.target.text):
        at = title.casefold().find(role.casefold())
        if at < 0:
            return title
        ends.append(at + len(role))
    return title[: max(ends)]


def _width(text: str, size: int) -> int:
    """The width in pixels at a font size in pixels."""
    return round(_units(text) * size / 1000)


def _units(text: str) -> int:
    """The width in thousandths of the font size."""
    return sum(map(_thousandths, normalize("NFD", text)))


def _thousandths(letter: str) -> int:
    if (known := _WIDTHS.get(letter)) is not None:
        return known
    if combining(letter):
        return 0
    return _SQUARE if east_asian_width(letter) in "WF" else _OTHER


def _shown(description: str) -> str:
    """The last four words of the description that are still shown."""
    shown: list[str] = []
    units = 0
    # Word by word, because a text can be much longer than what is shown of it.
    for word in description.split():
        units += _units(f" {word}" if shown else word)
        if round(units * _DESCRIPTION_SIZE / 1000) > _DESCRIPTION_WIDTH:
            break
        shown.append(word)
    return " ".join(shown[-4:])


def _problem(path: str, place: tuple[int, int], message: str, hint: str) -> Problem:
    return Problem(path, *place, "result-width", message, hint, Level.WARNING)
