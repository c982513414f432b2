"""Redirects: reads content/redirects.yaml, a line for each old address, and adds lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import yaml

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.header.lost_text import lost_text
from pivotgen.engines.invisible import invisible_problem
from pivotgen.engines.yaml_messages import mark_of, plain_words
from pivotgen.model.address import (
    HOME,
    NO_FEED,
    is_feed,
    is_typed_address,
    page_address,
    readable,
    split_address,
    typed_address,
    with_rest,
)
from pivotgen.model.claims import Claims
from pivotgen.model.edit import Edit
from pivotgen.model.nearest import Nearest
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS, Redirect
from pivotgen.model.unfit import code_point, unfit_in

# A line as we write it, or one that its author gave quotes or a comment.
_LINE = re.compile(r"""(["']?)(/[^"'\s]*)\1\s*:\s+(["']?)(/[^"'\s]*)\3\s*(?:#.*)?""")
_ONE_A_LINE = "write `/old/address/: /new/address/` on each line"
_HEAD = "# Old addresses, and where each leads now. One a line, in alphabetical order.\n"


@dataclass(frozen=True, slots=True)
class _Typed:
    """An address, and where it was typed."""

    # The text; "" when it is not one.
    text: str
    line: int
    column: int
    # The column of the address itself, behind a quote.
    start: int
    # The number of characters that were typed; 0 for an address in another form, such as with
    # escapes or below a mark for a block of text.
    length: int

    @property
    def page(self) -> str:
        """The address of the page that the text means."""
        return page_address(self.text)


def read_redirects(
    data: bytes, known: Collection[str], taken: Claims
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects of the file `data`, and its problems.

    `known` are the addresses that a redirect may lead to, of pages and of files. `taken` knows the
    owner of each address, and this function adds the old addresses of the file to it.
    """
    pairs, problems = _read_pairs(data)
    if problems:
        return [], problems
    targets = {old.page: new for old, new in pairs}
    taken.expect(targets)
    lines: dict[str, int] = {}
    pages = Nearest(map(readable, known))
    ends = _ends(targets)
    redirects = []
    for old, new in pairs:
        if old.page in lines:
            message = f"{readable(old.page)} is already given on line {lines[old.page]}"
            problems.append(_problem(old, "duplicate-key", message, "keep one of the two"))
        elif owner := taken.take(old.page, f"line {old.line}"):
            message = f"{readable(old.page)} already belongs to {owner}"
            problems.append(_problem(old, "address-clash", message, "take this line out"))
        lines.setdefault(old.page, old.line)
        if _target_page(new) in targets:
            problems.append(_chain_problem(new, ends))
        elif address := _target(new, known):
            redirects.append(Redirect(old.page, address))
        else:
            problems.append(_dead_problem(new, pages))
    return redirects, problems


def _dead_problem(new: _Typed, pages: Nearest) -> Problem:
    """The problem of a redirect to what does not exist."""
    path = split_address(new.text)[0]
    if is_feed(path):
        return _problem(new, "dead-redirect", f"there is no feed at {path}", NO_FEED)
    similar = pages.to(new.text)
    hint = f"did you mean `{similar[0]}`?" if similar else "check the address"
    message = f"there is no page at {readable(_target_page(new))}"
    return _problem(new, "dead-redirect", message, hint)


def _target_page(new: _Typed) -> str:
    """The address of the page that a redirect leads to, without the part of it that is meant."""
    return page_address(split_address(new.text)[0])


def _target(new: _Typed, known: Collection[str]) -> str:
    """Where a redirect leads, with the part of the page that is meant; "" when nothing is there."""
    path, rest = split_address(new.text)
    address = next((url for url in (typed_address(path), page_address(path)) if url in known), "")
    return address and with_rest(address, rest)


def add_moves(data: bytes | None, moves: Mapping[str, str]) -> bytes:
    """Return the file with more redirects; `moves` holds the new address of each old one.

    `data` is None when there is no file yet. Comments stay. Redirects to an old address now lead to
    the new one. A redirect from a new address is removed, because a page has that address now.
    """
    text = _HEAD if data is None else data.decode("utf-8-sig")
    lines = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and page_address(match[2]) in moves.values():
            continue
        if match and (new := moves.get(page_address(split_address(match[4])[0]))):
            new = f"{readable(new)}{split_address(match[4])[1]}"
            line = f"{line[: match.start(4)]}{new}{line[match.end(4) :]}"
        lines.append(line)
    for old, new in sorted((readable(old), readable(new)) for old, new in moves.items()):
        at = len(lines)
        for number, line in enumerate(lines):
            if (match := _LINE.fullmatch(line)) and readable(page_address(match[2])) > old:
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
    if problems := lost_text(REDIRECTS, text, root):
        return [], problems
    pairs = []
    for key, value in root.value:
        pair = _typed(key), _typed(value)
        for typed, path in zip(pair, (pair[0].text, split_address(pair[1].text)[0]), strict=True):
            if character := unfit_in(typed.text):
                message = f"there is an invisible character ({code_point(character)}) here"
                problems.append(
                    _problem(typed, "invisible-character", message, "take its code out")
                )
            elif not is_typed_address(path) and (typed is pair[0] or path != HOME):
                message = f"`{typed.text}` is not an address of this site"
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
    first, last = node.start_mark, node.end_mark
    quote = 1 if getattr(node, "style", "") else 0
    is_verbatim = first.line == last.line and last.column - first.column == len(text) + 2 * quote
    line, column = first.line + 1, first.column + 1
    return _Typed(text, line, column, column + quote, len(text) if is_verbatim else 0)


def _ends(targets: Mapping[str, _Typed]) -> dict[str, _Typed | None]:
    """Return the last target of every chain, by each old address; None for those in a circle."""
    ends: dict[str, _Typed | None] = {}
    for start in targets:
        # In order; a set besides would be as long, and `dict` is both.
        chain: dict[str, None] = {}
        page = start
        while page in targets and page not in ends and page not in chain:
            chain[page] = None
            page = _target_page(targets[page])
        if page in targets:
            end = ends.get(page)
        else:
            end = targets[next(reversed(chain))] if chain else None
        ends.update(dict.fromkeys(chain, end))
    return ends


def _chain_problem(new: _Typed, ends: Mapping[str, _Typed | None]) -> Problem:
    """Return the problem of a redirect to an address that is itself redirected."""
    address = readable(_target_page(new))
    last = ends[_target_page(new)]
    if last is None:
        message = f"{address} leads back to itself"
        return _problem(new, "redirect-chain", message, "let one of them lead to a page")
    message = f"{address} has moved too"
    edit = Edit(REDIRECTS, new.line, new.start, new.line, new.start + new.length, last.text)
    edits = (edit,) if new.length else ()
    return _problem(new, "redirect-chain", message, f"write `{last.text}`", edits)


def _problem(
    typed: _Typed, code: str, message: str, hint: str, edits: tuple[Edit, ...] = ()
) -> Problem:
    return Problem(REDIRECTS, typed.line, typed.column, code, message, hint, edits=edits)
