"""Redirects: reads content/redirects.yaml, a line for each old address, and adds lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.invisible import invisible_problem
from pivotgen.engines.yaml_messages import mark_of, plain_words
from pivotgen.model.claims import Claims
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS, Redirect

_ADDRESS = re.compile(r"(/[^\W_][\w.-]*)+/?")
# A line as we write it, or one that its author gave quotes or a comment.
_LINE = re.compile(r"""(["']?)(/[^"'\s]*)\1\s*:\s+(["']?)(/[^"'\s]*)\3\s*(?:#.*)?""")
_ONE_A_LINE = "write `/old/address/: /new/address/` on each line"
_HEAD = "# Old addresses, and where each leads now. One a line, in alphabetical order.\n"


@dataclass(frozen=True, slots=True)
class _Typed:
    """An address, and where it was typed."""

    # With a slash at the end; "" when it is not a text.
    address: str
    line: int
    column: int
    # The column of the address itself, behind a quote.
    start: int
    # The number of characters that were typed.
    length: int


def read_redirects(
    data: bytes, pages: Collection[str], taken: Claims
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects of the file `data`, and its problems.

    `pages` are the addresses that a redirect may lead to. `taken` knows the owner of each address,
    and this function adds the old addresses of the file to it.
    """
    pairs, problems = _read_pairs(data)
    if problems:
        return [], problems
    targets = {old.address: new for old, new in pairs}
    taken.expect(targets)
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
            problems.append(_chain_problem(new, targets))
        elif new.address not in pages:
            similar = get_close_matches(new.address, sorted(pages), 1, 0.5)
            hint = f"did you mean `{similar[0]}`?" if similar else "check the address"
            message = f"there is no page at {new.address}"
            problems.append(_problem(new, "dead-redirect", message, hint))
    return [Redirect(old.address, new.address) for old, new in pairs], problems


def add_moves(data: bytes | None, moves: Mapping[str, str]) -> bytes:
    """Return the file with more redirects; `moves` holds the new address of each old one.

    `data` is None when there is no file yet. Comments stay. Redirects to an old address now lead to
    the new one. A redirect from a new address is removed, because a page has that address now.
    """
    text = _HEAD if data is None else data.decode("utf-8-sig")
    lines = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and _with_slash(match[2]) in moves.values():
            continue
        if match and _with_slash(match[4]) in moves:
            new = moves[_with_slash(match[4])]
            line = f"{line[: match.start(4)]}{new}{line[match.end(4) :]}"
        lines.append(line)
    for old, new in sorted(moves.items()):
        at = len(lines)
        for number, line in enumerate(lines):
            if (match := _LINE.fullmatch(line)) and _with_slash(match[2]) > old:
                at = number
                break
        lines.insert(at, f"{old}: {new}")
    return "".join(f"{line}\n" for line in lines).encode()


def _read_pairs(data: bytes) -> tuple[list[tuple[_Typed, _Typed]], list[Problem]]:
    """Return the old and the new address of each line, and the problems of the file."""
    if problem := encoding_problem(REDIRECTS, data):
        return [], [problem]
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if problem := invisible_problem(REDIRECTS, text, text.count("\n") + 1):
        return [], [problem]
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return [], [_syntax_problem(text, error)]
    except RecursionError:
        message = "the values are nested too deeply"
        return [], [Problem(REDIRECTS, 1, 1, "yaml-syntax", message, _ONE_A_LINE)]
    if root is None:
        return [], []
    if not isinstance(root, yaml.MappingNode):
        message = "the redirects are not made of `/old/address/: /new/address/` lines"
        hint = "write the old address, a colon, a blank and the new address on each line"
        return [], [Problem(REDIRECTS, root.start_mark.line + 1, 1, "wrong-type", message, hint)]
    pairs, problems = [], []
    for key, value in root.value:
        pair = _typed(key), _typed(value)
        for typed in pair:
            if not _ADDRESS.fullmatch(typed.address):
                message = f"`{typed.address}` is not an address of this site"
                hint = "start it with a slash, such as /old/address/"
                problems.append(_problem(typed, "bad-path", message, hint))
        pairs.append(pair)
    return pairs, problems


def _syntax_problem(text: str, error: yaml.YAMLError) -> Problem:
    """Return the problem of a file that is not YAML, at the first line that has not its form."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#") and not _LINE.fullmatch(line):
            message = "this line is not an old address, a colon, a blank and a new address"
            return Problem(REDIRECTS, number, 1, "yaml-syntax", message, _ONE_A_LINE)
    mark = mark_of(error)
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(REDIRECTS, *place, "yaml-syntax", plain_words(error).message, _ONE_A_LINE)


def _typed(node: yaml.Node) -> _Typed:
    text = node.value if isinstance(node, yaml.ScalarNode) else ""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    quote = 1 if getattr(node, "style", "") else 0
    return _Typed(_with_slash(text) if text else "", line, column, column + quote, len(text))


def _with_slash(address: str) -> str:
    return address if address.endswith("/") else f"{address}/"


def _chain_problem(new: _Typed, targets: Mapping[str, _Typed]) -> Problem:
    """Return the problem of a redirect to an address that is itself redirected."""
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
    typed: _Typed, code: str, message: str, hint: str, edits: tuple[Edit, ...] = ()
) -> Problem:
    return Problem(REDIRECTS, typed.line, typed.column, code, message, hint, edits=edits)
