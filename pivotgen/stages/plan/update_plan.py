"""Update the plan: the graph of all content, what the rules say of it, and the files to make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.redirects.read import read_redirects, typed_moves, typed_olds
from pivotgen.kinds import packed_recipe
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.memory.ledger import Ledger
from pivotgen.model.delivery_settings import image_hosts
from pivotgen.model.extra import keys_on
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import Lock, LockPage
from pivotgen.model.own_keys import empty_keys, stored_keys
from pivotgen.model.own_page import OwnPage
from pivotgen.model.page import PlanInputs
from pivotgen.model.parsed import Named
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Level, Problem, any_errors
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.role import RoleText
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.site import Neighbours, Site
from pivotgen.model.source import PAGES, PIVOTS, ROLES, Digest, is_shared
from pivotgen.stages.context import BuildContext
from pivotgen.stages.link.link import Choose, link
from pivotgen.stages.link.neighbours import Move, choose_neighbours
from pivotgen.stages.link.old_addresses import OldAddresses
from pivotgen.stages.link.parsed_content import ParsedContent
from pivotgen.stages.lock.date_plan import newest_day
from pivotgen.stages.lock.lock_pages import ListWords, remember_lock_pages
from pivotgen.stages.lock.lost_addresses import (
    MovedPages,
    lost_problems,
    moved_by_words,
    shrunken_lists,
    unanswered,
)
from pivotgen.stages.lock.read_lock import lock_of
from pivotgen.stages.lock.recorded_days import recorded_days
from pivotgen.stages.lock.removed_languages import left_translations
from pivotgen.stages.plan.clashes import claim_addresses
from pivotgen.stages.plan.copy_clashes import copy_clashes
from pivotgen.stages.plan.fixed_links import bad_pictures, dead_fixed_links
from pivotgen.stages.plan.host_limits import host_limits
from pivotgen.stages.plan.plan import listed, plan, served_addresses
from pivotgen.stages.plan.translations_of import translations_of

# What can be wrong with a link only because drafts are not there.
_DEAD_ENDS = ("dead-link", "dead-redirect", "draft-link", "lost-address")
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
    if build.options.rules:
        inputs = replace(inputs, site=linking.with_recorded_days(inputs.site))
    problems += [problem for rule in build.options.rules for problem in rule(inputs.site)]
    if build.options.drafts and build.options.rules and linking.has_drafts(inputs):
        problems += linking.without_drafts(problems)
    if not any_errors([*known.problems, *problems]):
        lists = ListWords()
        pages = map(lists.noted, plan(inputs))
        rows = (
            (page.output, page.kind, page.language, page.source, packed_recipe(page))
            for page in pages
        )
        # A plan with warnings is made again by each build, so that the warnings are reported again.
        build.ledger.pages.store_plan(build.root, b"" if problems else key, rows)
        lock_pages = lists.lock_pages(listed(inputs))
        remember_lock_pages(build.ledger, key, lock_pages, inputs.moves())
    return problems


class _Linking:
    """The parsed content of a site, and the ways to link it."""

    def __init__(self, build: BuildContext, shared: SharedInputs, known: Known) -> None:
        self._shared = shared
        self._known = known
        self._overlay = build.options.overlay
        self._read_lock = partial(lock_of, build, shared)
        self._ledger = ledger = build.ledger
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
            image_hosts(shared.config.other_sites),
            translations_of(ledger, shared),
            shared.config.language,
        )

    @cached_property
    def _lock_and_faults(self) -> tuple[Lock, list[Problem]]:
        """Read when it is first asked for, which is after linking: that takes the most memory."""
        return self._read_lock()

    @property
    def _lock(self) -> Lock:
        return self._lock_and_faults[0]

    def link(self, *, drafts: bool, choose: Choose) -> tuple[PlanInputs, list[Problem]]:
        """The graph with all that files are planned from, and what is wrong with it."""
        shared = self._shared
        old = OldAddresses(self._moves, self._read)
        graph, problems = link(
            self._content,
            drafts=drafts,
            choose=choose,
            published=lambda graph: served_addresses(self._inputs(graph)),
            old=old,
        )
        inputs = self._inputs(graph)
        # Of two files that want one address, one is in no list.
        lacks_pages = self._lacks_files() or any(each.code == "address-clash" for each in problems)
        claims, clashes = claim_addresses(inputs)
        problems += clashes
        if not self._may_lack_pages():
            problems += dead_fixed_links(inputs, shared, old)
        problems += [*bad_pictures(shared), *self._lock_and_faults[1]]
        # While a page cannot be read, a redirect to it would be a second problem.
        if lacks_pages:
            return inputs, problems
        known = served_addresses(inputs) if shared.redirects or shared.lock else set()
        faults: list[Problem] = []
        if shared.redirects:
            # The pages that lists no longer have lead to the lists, as aliases lead to pages.
            aliases = {**shrunken_lists(self._lock, known), **dict(graph.aliases())}
            moved, faults = read_redirects(self._redirect_file(), known, claims, aliases)
            inputs = replace(inputs, redirects=moved)
            problems += faults
        if shared.lock:
            # Whatever a line with a fault is about, that fault is told.
            faulty = typed_olds(self._redirect_file()) if faults else set()
            # Nobody knows what a file that cannot be read answers for.
            if faulty is not None:
                inputs, faults = self._historic(inputs, known, faulty)
                problems += faults
        problems += copy_clashes(inputs)
        if inputs.hosts and not any_errors(problems):
            problems += host_limits(inputs, shared)
        return inputs, problems

    def _historic(
        self, inputs: PlanInputs, known: set[str], faulty: Collection[str]
    ) -> tuple[PlanInputs, list[Problem]]:
        """The inputs with what the lock adds to redirects; and the addresses that are lost.

        Those in `faulty` are not, because something else is told of them.
        """
        moves: dict[str, str | None] = dict.fromkeys(faulty)
        moves |= {redirect.old: redirect.new for redirect in inputs.moves()}
        left = dict(left_translations(inputs.site, self._content.translations.texts))
        more, lost = unanswered(self._lock, known, moves, left)
        inputs = replace(inputs, redirects=[*inputs.redirects, *more])
        if not lost:
            return inputs, []
        pages = MovedPages(_lock_pages(inputs), self._ledger.inputs.words(), known)
        return inputs, [*lost_problems(self._lock, lost, pages, left, self._read)]

    def _read(self, path: str) -> bytes | None:
        """What stands in a file of the site, or in the text that replaces it; None for no file."""
        if path in self._overlay:
            return self._overlay[path]
        file = self._shared.site / path
        return file.read_bytes() if file.is_file() else None

    def with_recorded_days(self, site: Site) -> Site:
        """The graph with what the lock says of its pages, for rules."""
        return replace(site, recorded=recorded_days(self._lock, site, self._ledger.inputs.words()))

    def _redirect_file(self) -> bytes:
        if not self._shared.redirects:
            return b""
        return self._overlay.get(REDIRECTS) or (self._shared.site / REDIRECTS).read_bytes()

    def _moves(self, graph: Site) -> Mapping[str, str | None]:
        """Where old addresses lead now: where their words are, unless a redirect says otherwise."""
        by_words = moved_by_words(self._lock, graph, self._ledger.inputs.words())
        return {**by_words, **typed_moves(self._redirect_file()), **dict(graph.aliases())}

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
            hosts=shared.hosts,
            compress=shared.sidecars.endings,
            twins=shared.config.markdown_twins,
            base_url=shared.config.base_url,
            authors=shared.config.author_links,
            no_role_extra=stored_keys(empty_keys(keys_on(shared.config.declared_keys, "role"))),
            feed_days={
                voice.language: day
                for voice in graph.every_voice()
                if (day := newest_day(self._lock, _pivots_of(voice)))
            },
        )

    def _may_lack_pages(self) -> bool:
        """Whether a page may only be missing because of a problem that is told already."""
        codes = (problem.code for problem in self._known.problems)
        return bool(self._known.unread) or any(code in _LACKS_PAGES for code in codes)

    def _lacks_files(self) -> bool:
        """Whether a page is missing because of its file: it has errors, or was not read at all."""
        errors = (each.path for each in self._known.problems if each.level is Level.ERROR)
        return self._may_lack_pages() or any(
            path != REDIRECTS and not is_shared(path) for path in errors
        )

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


def _pivots_of(voice: Site) -> Iterator[str]:
    return (node.address for node in voice.nodes.values() if node.own and not node.draft)


def _no_neighbours(moves: Sequence[Move]) -> Sequence[Neighbours]:
    """No neighbours for any pivot, where only problems matter."""
    return [Neighbours((), (), (), None)] * len(moves)


def _lock_pages(inputs: PlanInputs) -> Iterator[LockPage]:
    """The listed pages with what their hashes are made of; this plans the lists."""
    lists = ListWords()
    for page in plan(inputs):
        lists.noted(page)
    return lists.lock_pages(listed(inputs))
