"""Replan: what the ledger knows of all content to a new plan, with what there is to say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.redirects import redirects
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.ledger import Ledger
from pivotgen.memory.shelf import Shelf
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.redirect import REDIRECTS, Redirect
from pivotgen.model.role import RoleText
from pivotgen.model.site import Neighbours, Site
from pivotgen.model.source import PIVOTS, ROLES, Digest
from pivotgen.stages.link import Choose, Shelves, link
from pivotgen.stages.plan import addresses, claims, clashes, plan
from pivotgen.stages.prepare import Shared
from pivotgen.stages.relate import Move, relate

# What can be wrong with a link only because drafts are not there.
_LEADS = ("dead-link", "dead-redirect", "draft-link")


def replan(
    shared: Shared,
    book: Ledger,
    root: str,
    key: Digest,
    *,
    drafts: bool,
    rules: Sequence[Callable[[Site], Iterable[Problem]]],
    unread: Iterable[str],
    known: Sequence[Problem],
) -> list[Problem]:
    """Link the graph, ask the rules about it, and plan the files of `root` under `key`.

    `unread` are content files with problems of their own, and `known` all problems so far. With
    an error among those or the new ones the old plan stays.
    """
    numbers = book.inputs.numbers(PIVOTS)
    paths = {path: path for path in numbers}
    shelves = Shelves(
        Shelf(book.inputs, "facts", paths, partial(unpack, Pivot)),
        Shelf(book.inputs, "prose", paths, partial(unpack, Prose)),
        numbers,
    )
    texts = [unpack(RoleText, facts) for _, facts in book.inputs.facts(ROLES)]
    size = shared.config.page_size

    def linked(*, drafts: bool, choose: Choose) -> tuple[Site, list[Redirect], list[Problem]]:
        graph, problems = link(
            shelves, texts, shared.assets, drafts=drafts, unread=frozenset(unread), choose=choose
        )
        moved: list[Redirect] = []
        if shared.redirects or any(node.aliases for node in graph.nodes.values()):
            taken = claims(graph, size, shared.assets)
            problems += clashes(graph, taken)
            # While a page cannot be read, a redirect to it would be a second problem.
            if shared.redirects and not any_errors([*known, *problems]):
                data = (shared.site / REDIRECTS).read_bytes()
                moved, faults = redirects(data, addresses(graph, size), taken)
                problems += faults
        return graph, moved, problems

    graph, moved, problems = linked(drafts=drafts, choose=partial(_choose, book))
    problems += [found for rule in rules for found in rule(graph)]
    hidden = any(node.draft for node in graph.nodes.values()) or any(one.draft for one in texts)
    if drafts and rules and hidden:
        # Rules look at drafts too, but whoever asks them wants to know of a link to a draft, or
        # to a page that only drafts bring about, before the real build stops at it. Names are
        # not told twice: without drafts, another spelling may be the usual one.
        without = linked(drafts=False, choose=_nobody)[2]
        told = {(one.path, one.line, one.column) for one in problems}
        here = [one for one in without if (one.path, one.line, one.column) not in told]
        problems += (one for one in here if one.code in _LEADS)
    if not any_errors([*known, *problems]):
        pages = plan(graph, size, shared.assets, moved)
        rows = ((page.output, page.kind, page.source, pack(page.recipe)) for page in pages)
        # A plan with warnings is made again each time, so that they are told again.
        book.pages.replan(root, b"" if problems else key, rows)
    return problems


def _choose(book: Ledger, moves: Sequence[Move]) -> Sequence[Neighbours]:
    """Neighbours of every pivot, remembered for as long as no move changes."""
    key = digest_of(chain([b"neighbours"], map(pack, moves)))
    if known := book.inputs.recall(key):
        return unpack(list[Neighbours], known)
    chosen = relate(moves)
    book.inputs.remember(key, pack(chosen))
    return chosen


def _nobody(moves: Sequence[Move]) -> Sequence[Neighbours]:
    """No neighbours for anybody, where only problems are asked for."""
    return [Neighbours((), (), (), None)] * len(moves)
