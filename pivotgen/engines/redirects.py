"""Redirects: content/redirects.yaml, one `old address: new address` a line, to what it means."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from pivotgen.model.claims import Claims
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS, Redirect

_ADDRESS = re.compile(r"(/[^\W_][\w.-]*)+/?")
# A line as we write it, perhaps with quotes or a comment of its owner's.
_LINE = re.compile(r"""(["']?)(/[^"'\s]*)\1\s*:\s+(["']?)(/[^"'\s]*)\3\s*(?:#.*)?""")
_HEAD = "# Old addresses, and where each leads now. One a line, in alphabetical order.\n"


@dataclass(frozen=True, slots=True)
class _Place:
    """An address as it was typed."""

    address: str
    line: int
    column: int
    # Where the address itself starts, behind a quote.
    start: int
    length: int


def redirects(
    data: bytes, pages: Collection[str], taken: Claims
) -> tuple[list[Redirect], list[Problem]]:
    """The redirects of the file `data`, and everything that is wrong with it.

    `pages` are the addresses that a redirect may lead to; `taken` knows who has each address, and
    holds the old ones of this file after.
    """
    pairs, problems = _read(data)
    if problems:
        return [], problems
    targets = {old.address: new for old, new in pairs}
    lines: dict[str, int] = {}
    for old, new in pairs:
        if old.address in lines:
            message = f"{old.address} is already given on line {lines[old.address]}"
            problems.append(_problem(old, "duplicate-key", message, "keep one of the two"))
        elif owner := taken.take(old.address, f"line {old.line}"):
            message = f"{old.address} already belongs to {owner}"
            problems.append(_problem(old, "address-clash", message, "take this line out"))
        lines.setdefault(old.address, old.line)
        if new.address in targets:
            problems.append(_chain(new, targets))
        elif new.address not in pages:
            near = get_close_matches(new.address, sorted(pages), 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else "check the address"
            message = f"there is no page at {new.address}"
            problems.append(_problem(new, "dead-redirect", message, hint))
    return [Redirect(old.address, new.address) for old, new in pairs], problems


def moved(data: bytes | None, moves: Mapping[str, str]) -> bytes:
    """The file with further moves (old address to new) written into it; comments stay.

    Redirects that led to an old address lead to the new one, and a redirect from an address that
    has a page now is taken out.
    """
    text = _HEAD if data is None else data.decode("utf-8-sig")
    lines = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and _whole(match[2]) in moves.values():
            continue
        if match and _whole(match[4]) in moves:
            line = f"{line[: match.start(4)]}{moves[_whole(match[4])]}{line[match.end(4) :]}"
        lines.append(line)
    for old, new in sorted(moves.items()):
        at = len(lines)
        for number, line in enumerate(lines):
            if (match := _LINE.fullmatch(line)) and _whole(match[2]) > old:
                at = number
                break
        lines.insert(at, f"{old}: {new}")
    return "".join(f"{line}\n" for line in lines).encode()


def _read(data: bytes) -> tuple[list[tuple[_Place, _Place]], list[Problem]]:
    try:
        node = yaml.compose(data.decode("utf-8-sig", "replace"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = getattr(error, "problem", None) or "this is not YAML"
        hint = "write `/old/address/: /new/address/` on each line"
        return [], [Problem(REDIRECTS, line, column, "yaml-syntax", said, hint)]
    if node is None:
        return [], []
    if not isinstance(node, yaml.MappingNode):
        message = "the redirects are not made of `/old/address/: /new/address/` lines"
        hint = "write the old address, a colon, a blank and the new address on each line"
        return [], [Problem(REDIRECTS, node.start_mark.line + 1, 1, "wrong-type", message, hint)]
    pairs, problems = [], []
    for pair in node.value:
        old, new = (_place(part) for part in pair)
        for one in (old, new):
            if not _ADDRESS.fullmatch(one.address):
                message = f"`{one.address}` is not an address of this site"
                hint = "start it with a slash, such as /old/address/"
                problems.append(_problem(one, "bad-path", message, hint))
        pairs.append((old, new))
    return pairs, problems


def _place(node: yaml.Node) -> _Place:
    text = node.value if isinstance(node, yaml.ScalarNode) else ""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    quote = 1 if getattr(node, "style", "") else 0
    return _Place(_whole(text) if text else "", line, column, column + quote, len(text))


def _whole(address: str) -> str:
    return address if address.endswith("/") else f"{address}/"


def _chain(new: _Place, targets: Mapping[str, _Place]) -> Problem:
    """A redirect to an address that has moved itself."""
    seen, last = [new.address], new.address
    while last in targets and targets[last].address not in seen:
        last = targets[last].address
        seen.append(last)
    if last in targets:
        message = f"{new.address} leads back to itself"
        return _problem(new, "redirect-chain", message, "let one of them lead to a page")
    message = f"{new.address} has moved too"
    edit = Edit(REDIRECTS, new.line, new.start, new.line, new.start + new.length, last)
    return _problem(new, "redirect-chain", message, f"write `{last}`", (edit,))


def _problem(
    place: _Place, code: str, message: str, hint: str, edits: tuple[Edit, ...] = ()
) -> Problem:
    return Problem(REDIRECTS, place.line, place.column, code, message, hint, edits=edits)
