"""Update the plan: the graph of all content, what the rules say of it, and the files to make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.redirects.read import read_redirects, typed_moves
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.memory.ledger import Ledger
from pivotgen.model.extra import keys_on
from pivotgen.model.own_keys import empty_keys, stored_keys
from pivotgen.model.own_page import OwnPage
from pivotgen.model.page import PlanInputs
from pivotgen.model.parsed import Named
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.redirect import REDIRECTS, Redirect
from pivotgen.model.role import RoleText
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.site import Neighbours, Site
from pivotgen.model.source import PAGES, PIVOTS, ROLES, Digest
from pivotgen.stages.context import BuildContext
from pivotgen.stages.link.link import Choose, ParsedContent, link
from pivotgen.stages.link.neighbours import Move, choose_neighbours
from pivotgen.stages.plan.clashes import claim_addresses
from pivotgen.stages.plan.fixed_links import bad_pictures, dead_fixed_links
from pivotgen.stages.plan.plan import plan, served_addresses

# What can be wrong with a link only because drafts are not there.
_DEAD_ENDS = ("dead-link", "dead-redirect", "draft-link")
# Problems of reading a folder of content that does not have what it should.
_LACKS_PAGES = ("no-content", "wrong-ending")


@dataclass(frozen=True, slots=True)
class Known:
    """What reading and parsing have found out."""

    problems: Sequence[Problem]
    # Content files whose own problems keep them out of the graph, and what they name.
    unread: Mapping[str, Named]


def update_plan(
    build: BuildContext, shared: SharedInputs, key: Digest, known: Known
) -> list[Problem]:
    """Link the graph, ask the rules about it, and record the plan under `key`.

    The problems are the new ones. With an error among them or the known ones the old plan stays.
    """
    linking = _Linking(build, shared, known)
    choose = partial(_choose, build.ledger)
    inputs, problems = linking.link(drafts=build.options.drafts, choose=choose)
    problems += [problem for rule in build.options.rules for problem in rule(inputs.site)]
    if build.options.drafts and build.options.rules and linking.has_drafts(inputs):
        problems += linking.without_drafts(problems)
    if not any_errors([*known.problems, *problems]):
        rows = ((page.output, page.kind, page.source, pack(page.recipe)) for page in plan(inputs))
        # A plan with warnings is made again by each build, so that the warnings are reported again.
        build.ledger.pages.store_plan(build.root, b"" if problems else key, rows)
    return problems


class _Linking:
    """The parsed content of a site, and the ways to link it."""

    def __init__(self, build: BuildContext, shared: SharedInputs, known: Known) -> None:
        self._shared = shared
        self._known = known
        self._overlay = build.options.overlay
        ledger = build.ledger
        numbers = ledger.inputs.numbers(PIVOTS)
        paths = {path: path for path in numbers}
        self._texts = tuple(unpack(RoleText, facts) for _, facts in ledger.inputs.facts(ROLES))
        self._pages = tuple(unpack(OwnPage, facts) for _, facts in ledger.inputs.facts(PAGES))
        self._content = ParsedContent(
            LazyParts(ledger.inputs, "facts", paths, partial(unpack, Pivot)),
            LazyParts(ledger.inputs, "prose", paths, partial(unpack, Prose)),
            numbers,
            self._texts,
            self._pages,
            shared.assets,
            known.unread,
            {key: author.name for key, author in shared.config.authors.items()},
            shared.pictures,
        )

    def link(self, *, drafts: bool, choose: Choose) -> tuple[PlanInputs, list[Problem]]:
        """The graph with all that files are planned from, and what is wrong with it."""
        shared = self._shared
        graph, problems = link(
            self._content,
            drafts=drafts,
            choose=choose,
            published=lambda graph: served_addresses(self._inputs(graph)),
            moved=self._typed_moves,
        )
        inputs = self._inputs(graph)
        claims, clashes = claim_addresses(inputs)
        problems += clashes
        if not self._may_lack_pages():
            problems += dead_fixed_links(inputs, shared, self._typed_moves)
        problems += bad_pictures(shared)
        moved: list[Redirect] = []
        # While a page cannot be read, a redirect to it would be a second problem.
        if shared.redirects and not any_errors([*self._known.problems, *problems]):
            known, aliases = served_addresses(inputs), dict(graph.aliases())
            moved, faults = read_redirects(self._redirect_file(), known, claims, aliases)
            problems += faults
        return replace(inputs, redirects=moved), problems

    def _redirect_file(self) -> bytes:
        if not self._shared.redirects:
            return b""
        return self._overlay.get(REDIRECTS) or (self._shared.site / REDIRECTS).read_bytes()

    def _typed_moves(self) -> Mapping[str, str | None]:
        """Where the file of redirects says that old addresses lead now."""
        return typed_moves(self._redirect_file())

    def _inputs(self, graph: Site) -> PlanInputs:
        shared = self._shared
        return PlanInputs(
            site=graph,
            page_size=shared.config.page_size,
            assets=shared.assets,
            replacements=shared.replacements,
            static=shared.static,
            theme_style=shared.theme_style,
            delivery=shared.delivery,
            authors=shared.config.author_links,
            no_role_extra=stored_keys(empty_keys(keys_on(shared.config.declared_keys, "role"))),
        )

    def _may_lack_pages(self) -> bool:
        """Whether a page may only be missing because of a problem that is told already."""
        codes = (problem.code for problem in self._known.problems)
        return bool(self._known.unread) or any(code in _LACKS_PAGES for code in codes)

    def has_drafts(self, inputs: PlanInputs) -> bool:
        """Whether the graph shows what is not published."""
        pivots = any(node.draft for node in inputs.site.nodes.values())
        roles = any(text.draft for text in self._texts)
        return pivots or roles or any(page.draft for page in self._pages)

    def without_drafts(self, known: Sequence[Problem]) -> list[Problem]:
        """Links and redirects that lead nowhere without drafts.

        Rules look at drafts too, but the build that publishes the site does not, and would stop at
        such a link. Problems at the places of `known` ones are left out, and so are those of names,
        because without drafts another spelling may be the usual one.
        """
        problems = self.link(drafts=False, choose=_no_neighbours)[1]
        places = {(problem.path, problem.line, problem.column) for problem in known}
        return [
            problem
            for problem in problems
            if (problem.path, problem.line, problem.column) not in places
            and problem.code in _DEAD_ENDS
        ]


def _choose(ledger: Ledger, moves: Sequence[Move]) -> Sequence[Neighbours]:
    """Neighbours of every pivot, remembered for as long as no move changes."""
    key = digest_of(chain([b"neighbours"], map(pack, moves)))
    if known := ledger.memos.recall(key):
        return unpack(list[Neighbours], known)
    chosen = choose_neighbours(moves)
    ledger.memos.remember(key, pack(chosen))
    return chosen


def _no_neighbours(moves: Sequence[Move]) -> Sequence[Neighbours]:
    """No neighbours for any pivot, where only problems matter."""
    return [Neighbours((), (), (), None)] * len(moves)
