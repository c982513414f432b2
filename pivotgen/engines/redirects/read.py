"""Reads redirects: where each old address leads, and what is wrong with the lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from pivotgen.engines.redirects.lines import Line, Typed, read_lines
from pivotgen.model.address import (
    NO_FEED,
    is_feed,
    page_address,
    readable,
    split_address,
    typed_address,
    with_rest,
)
from pivotgen.model.claims import Claims
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.nearest import Nearest
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS, Redirect

# Old addresses and the pages that list them as their aliases.
Aliases = Mapping[str, str]


def read_redirects(
    data: bytes, known: Collection[str], taken: Claims, aliases: Aliases | None = None
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects of the file `data`, and its problems.

    `known` are the addresses that a redirect may lead to, of pages and of files; it may also lead
    to one of the `aliases`, and means that page then. A redirect to another redirect leads straight
    to the end of the chain. `taken` knows the owner of each address, and this function adds the old
    addresses of the file to it.
    """
    lines, problems = read_lines(data)
    if problems:
        return [], problems
    targets = {old.page: new for old, new in lines}
    problems += _taken_twice(lines, taken, targets)
    chains = _follow(targets)
    problems += [_loop_problem(loop, targets) for loop in chains.loops]
    pages = Nearest(map(readable, known))
    ends = _Ends(known, aliases or {})
    redirects = []
    for old, new in lines:
        last, rest = chains.last.get(old.page, (None, ""))
        if last is None:
            # Part of a loop, or on the way into it.
            continue
        if last.is_gone:
            redirects.append(Redirect(old.page, None))
        elif address := ends.address(last, rest):
            redirects.append(Redirect(old.page, address))
        elif last is new:
            problems.append(_dead_problem(new, pages))
    return redirects, problems


def typed_moves(data: bytes) -> dict[str, str | None]:
    """The new address of each old one as the file says it; None for those that are gone.

    A file with problems has none. Nothing is checked.
    """
    lines, problems = read_lines(data)
    if problems:
        return {}
    last = _follow({old.page: new for old, new in lines}).last
    return {old: None if new.is_gone else new.text for old, (new, _) in last.items()}


def typed_olds(data: bytes) -> set[str] | None:
    """The old addresses that the file says anything about; None where nobody can read it."""
    lines, problems = read_lines(data)
    return None if problems else {old.page for old, _ in lines}


@dataclass(slots=True)
class _Chains:
    """Where the lines lead that lead to other lines."""

    # By old address: the last new address of its chain, and the part of a page that an earlier line
    # names. Those that lead into a loop have none.
    last: dict[str, tuple[Typed, str]] = field(default_factory=dict)
    # The old addresses of each loop, in its order.
    loops: list[list[str]] = field(default_factory=list)


def _follow(targets: Mapping[str, Typed]) -> _Chains:
    """Follow each old address to the end of its chain, looking at each line once."""
    chains = _Chains()
    seen: set[str] = set()
    for start in targets:
        # In order; a set besides would be as long, and `dict` is both.
        way: dict[str, None] = {}
        page = start
        while page in targets and page not in seen:
            seen.add(page)
            way[page] = None
            page = "" if targets[page].is_gone else targets[page].page
        if page in way:
            loop = list(way)
            chains.loops.append(loop[loop.index(page) :])
            continue
        end = chains.last.get(page)
        if page in targets and end is None:
            # The way into a loop that is told already.
            continue
        for old in reversed(way):
            new = targets[old]
            # A browser that follows step by step ends at the part that the last step names.
            end = (end[0], end[1] or _part(new)) if end else (new, "")
            chains.last[old] = end
    return chains


def _part(new: Typed) -> str:
    mark, fragment = split_address(new.text)[1].partition("#")[1:]
    return mark + fragment


@dataclass(frozen=True, slots=True)
class _Ends:
    """The addresses that a redirect may lead to."""

    known: Collection[str]
    aliases: Aliases

    def address(self, new: Typed, part: str) -> str:
        """Where a redirect leads, with the part of the page that is meant; "" for nowhere."""
        path, rest = split_address(new.text)
        page = page_address(path)
        address = next((url for url in (typed_address(path), page) if url in self.known), "")
        address = address or self.aliases.get(page, "")
        rest = rest if "#" in rest else rest + part
        return address and with_rest(address, rest)


def _taken_twice(
    lines: Sequence[Line], taken: Claims, targets: Mapping[str, Typed]
) -> list[Problem]:
    """The problems of old addresses that are given twice, or belong to something else."""
    taken.expect(targets)
    problems = []
    numbers: dict[str, int] = {}
    for old, _ in lines:
        if old.page in numbers:
            message = f"{readable(old.page)} is already given on line {numbers[old.page]}"
            problems.append(
                Problem(REDIRECTS, *old.place, "duplicate-key", message, "keep one of the two")
            )
        elif owner := taken.take(old.page, f"line {old.line}"):
            message = f"{readable(old.page)} already belongs to {owner}"
            problems.append(
                Problem(REDIRECTS, *old.place, "address-clash", message, "take this line out")
            )
        numbers.setdefault(old.page, old.line)
    return problems


def _loop_problem(loop: Sequence[str], targets: Mapping[str, Typed]) -> Problem:
    """The problem of addresses that lead to each other, told once with all of them."""
    first = min(loop, key=lambda page: targets[page].line)
    at = loop.index(first)
    steps = [readable(page) for page in (*loop[at:], *loop[:at], first)]
    if len(loop) == 1:
        message, hint = f"{steps[0]} leads to itself", "let it lead to a page, or write `gone`"
    else:
        message = f"these addresses lead to each other: {' to '.join(steps)}"
        hint = "let one of them lead to a page, or write `gone`"
    return Problem(REDIRECTS, *targets[first].place, "redirect-loop", message, hint)


def _dead_problem(new: Typed, pages: Nearest) -> Problem:
    """The problem of a redirect to what does not exist."""
    path = split_address(new.text)[0]
    if is_feed(path):
        return Problem(
            REDIRECTS, *new.place, "dead-redirect", f"there is no feed at {path}", NO_FEED
        )
    similar = pages.to(new.text)
    hint = f"did you mean `{similar[0]}`?" if similar else "check the address, or write `gone`"
    message = f"there is no page at {readable(new.page)}"
    return Problem(REDIRECTS, *new.place, "dead-redirect", message, hint)
