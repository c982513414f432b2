"""The map of roles and moves as SVG, for its page and as a file.

Moves down the page are arcs on the right, moves up are arcs on the left, in the colour of the field
that they leave. Of a large site a matrix is drawn: a row for each field, and in it how many moves
lead to which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from math import sqrt

from pivotgen.kinds._map import MapMove, RoleMap
from pivotgen.kinds._map_order import roles_in_order
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import Phrases

# Everything is as wide as a phone.
_WIDTH = 360
_MIDDLE = _WIDTH / 2
# Half of the column of names, and letters of a name that have room there.
_HALF, _LETTERS = 90, 29
_ROW, _HEAD, _BETWEEN = 26, 32, 6
_COLOURS = 8
# The matrix: room for the names of rows, for those of columns, and letters of those.
_LEFT, _TOP, _SHORT = 116, 110, 18


@dataclass(frozen=True, slots=True)
class _Arc:
    move: MapMove
    # Where it leaves the column of names and where it comes back.
    start: float
    end: float


def drawing(drawn: RoleMap, phrases: Phrases) -> str:
    """The SVG element; without any style it is plain, and can be read."""
    height, parts = _matrix(drawn, phrases) if drawn.counts else _arcs(drawn, phrases)
    described = phrases.say(
        "map_described", roles=drawn.roles_total, fields=len(drawn.fields), moves=drawn.moves_total
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {_WIDTH} {height:g}"'
        f' role="group" aria-labelledby="map-title map-described" fill="currentColor"'
        f' font-family="system-ui, sans-serif" font-size="11.5" text-anchor="middle"'
        # So that starts and ends of texts are the same sides in all languages.
        f' direction="ltr">'
        f'<title id="map-title">{escape(phrases["map"])}</title>'
        f'<desc id="map-described">{escape(described)}</desc>{"".join(parts)}</svg>'
    )


def field_name(name: str, phrases: Phrases) -> str:
    """The name of a field; a word of ours where it has none."""
    return name or phrases["other_roles"]


def _arcs(drawn: RoleMap, phrases: Phrases) -> tuple[float, list[str]]:
    """The height of the drawing, and its elements: arcs, then names over them."""
    rows: dict[int, float] = {}
    names: list[str] = []
    at = 4.0
    for field, numbers in roles_in_order(drawn):
        title = escape(_cut(field_name(drawn.fields[field], phrases), _LETTERS))
        names.append(
            f'<text class="map-field map-{field % _COLOURS}" x="{_MIDDLE:g}" y="{at + 21:g}"'
            f"{_tongue(drawn.foreign.get(drawn.fields[field]))}>{title}</text>"
        )
        at += _HEAD
        for number in numbers:
            rows[number] = at + _ROW / 2
            names.append(_name(drawn, number, rows[number]))
            at += _ROW
        at += _BETWEEN
    longest = max((abs(rows[move.origin] - rows[move.target]) for move in drawn.moves), default=1)
    arcs = sorted(_ends(drawn, rows), key=lambda arc: -abs(arc.start - arc.end))
    drawn_arcs = (_drawn_arc(drawn, arc, longest, phrases) for arc in arcs)
    return at, ['<g fill="none" stroke="currentColor">', *drawn_arcs, "</g>", *names]


def _name(drawn: RoleMap, number: int, y: float) -> str:
    role = drawn.roles[number]
    left, width = _MIDDLE - _HALF + 2, 2 * _HALF - 4
    return (
        f'<a class="map-role map-{role.field % _COLOURS}" href="{escape(role.url)}">'
        f'<rect x="{left:g}" y="{y - 11:g}" width="{width}" height="22" rx="11"'
        f' fill="none" stroke="currentColor"/>'
        f'<text x="{_MIDDLE:g}" y="{y + 4:g}"{_tongue(role.language)}>'
        f"{escape(_cut(role.name, _LETTERS))}</text></a>"
    )


def _ends(drawn: RoleMap, rows: dict[int, float]) -> Iterator[_Arc]:
    """Each move with its two ends: those at one side of a role stand one below another."""
    touching: defaultdict[tuple[int, bool], list[tuple[float, bool, int]]] = defaultdict(list)
    for nth, move in enumerate(drawn.moves):
        goes_down = rows[move.target] > rows[move.origin]
        touching[move.origin, goes_down].append((rows[move.target], False, nth))
        touching[move.target, goes_down].append((rows[move.origin], True, nth))
    ends: dict[tuple[int, bool], float] = {}
    for (role, _), at_role in touching.items():
        step = min(2.6, 18 / len(at_role))
        for place, (_, is_end, nth) in enumerate(sorted(at_role)):
            ends[nth, is_end] = rows[role] + (place - (len(at_role) - 1) / 2) * step
    for nth, move in enumerate(drawn.moves):
        yield _Arc(move, ends[nth, False], ends[nth, True])


def _drawn_arc(drawn: RoleMap, arc: _Arc, longest: float, phrases: Phrases) -> str:
    origin, target = drawn.roles[arc.move.origin], drawn.roles[arc.move.target]
    side = 1 if arc.end > arc.start else -1
    x = _MIDDLE + side * _HALF
    depth = 14 + (_MIDDLE - _HALF - 20) * (abs(arc.end - arc.start) / longest) ** 0.62
    bend = x + side * depth * 1.33
    tip = x + side * 5
    start, end = f"{arc.start:.1f}", f"{arc.end:.1f}"
    path = f"M{x:.0f} {start}C{bend:.0f} {start} {bend:.0f} {end} {tip:.0f} {end}"
    head = f"M{tip:.0f} {arc.end - 2.8:.1f}L{x:.0f} {arc.end:.1f}L{tip:.0f} {arc.end + 2.8:.1f}z"
    name = escape(phrases.say("move", origin=origin.name, target=target.name))
    colour, url = f"map-{origin.field % _COLOURS}", escape(arc.move.url)
    return (
        f'<a class="map-move {colour}" href="{url}" aria-label="{name}">'
        f'<title>{name}</title><path d="{path}"/><path class="map-head" d="{head}"/>'
        f'<path class="map-near" d="{path}"/></a>'
    )


def _matrix(drawn: RoleMap, phrases: Phrases) -> tuple[float, list[str]]:
    """The height of the drawing, and its elements: names of rows and columns, and cells."""
    cell = (_WIDTH - _LEFT - 4) / len(drawn.fields)
    size = min(cell, 26)
    most = max(count for _, _, count in drawn.counts)
    parts = []
    for number, field in enumerate(drawn.fields):
        name, middle = field_name(field, phrases), (number + 0.5) * size
        short = escape(_cut(name, _SHORT))
        x, y = _LEFT + middle, _TOP + middle + 4
        turned = f"translate({x + 4:.1f} {_TOP - 6}) rotate(-90)"
        parts.append(
            f'<a class="map-role map-row" href="#field-{number}" aria-label="{escape(name)}">'
            f'<text x="{_LEFT - 6}" y="{y:.1f}" text-anchor="end" font-size="10">{short}</text></a>'
            f'<text text-anchor="start" font-size="10" transform="{turned}">{short}</text>'
        )
    for origin, target, count in drawn.counts:
        names = [field_name(drawn.fields[number], phrases) for number in (origin, target)]
        move = phrases.say("move", origin=names[0], target=names[1])
        between = f"{move}: {phrases.number(count)}"
        opacity = 0.15 + 0.85 * sqrt(count / most)
        parts.append(
            f'<rect class="map-cell" x="{_LEFT + target * size:.1f}" y="{_TOP + origin * size:.1f}"'
            f' width="{size - 1:.1f}" height="{size - 1:.1f}" fill-opacity="{opacity:.2f}">'
            f"<title>{escape(between)}</title></rect>"
        )
    return _TOP + size * len(drawn.fields) + 4, parts


def _tongue(language: str | None) -> str:
    """Marks a name in another language than the page's; all texts have the drawing's direction."""
    return f' lang="{language}"' if language else ""


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"
