"""External: links to other sites that lead nowhere any more.

Not one of the rules that always run: it asks the network, so only `check --external` does it.
One host is asked one thing at a time with a pause between; a host that says when to come back is
obeyed; and what was answered is remembered for a while.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urldefrag, urlsplit

from pivotgen.engines import http as web
from pivotgen.memory.visits import Visits
from pivotgen.model.answer import Answer
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Answers to a program that a reader's browser may not get: signing in, guards against robots.
_CLOSED = frozenset({401, 403, 407, 429, 451, 503, 999})
_HOUR = 3600.0
# How long an answer holds. A page that was there stays there for a week; what is broken may be
# mended within the hour, and the writer who mends it wants to see it.
_GOOD, _CLOSED_FOR, _BROKEN = 7 * 24 * _HOUR, 24 * _HOUR, _HOUR
# Times one address is asked again after it said “wait”.
_AGAIN = 2

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """How hosts are asked; times in seconds."""

    # Between two questions to one host.
    pause: float = 1.0
    # For one question.
    timeout: float = 10.0
    # The longest wait a host may ask for; one that wants more is left for another day.
    patience: float = 60.0
    # The wait after “too many requests” that names none.
    usual_wait: float = 10.0
    # Hosts asked at the same time.
    at_once: int = 8


def visit(
    site: Site,
    base_url: str,
    visits: Visits,
    now: float,
    say: Callable[[str], None],
    policy: CrawlPolicy | None = None,
) -> Iterator[Problem]:
    """A warning at each link to another site that is broken or has moved for good.

    `now` is the time in seconds since 1970; `say` is told in one line what was done. Addresses
    under `base_url` are this site's own and not asked: they may not be published yet.
    """
    places = _places(site, base_url)
    known = {one: answer for one, answer in visits.recall(now).items() if one in places}
    asked: dict[str, Answer | None] = {}
    for address, answer in _answers(sorted(set(places) - set(known)), base_url, policy):
        asked[address] = answer
        # Where nothing answered, the fault may have been this machine's, so it is asked again.
        if answer is not None and answer.status:
            visits.store(address, answer, now + _lifetime(answer))
    hosts = {urlsplit(one).netloc for one in asked}
    if len(hosts) > 1 and all(answer and not answer.status for answer in asked.values()):
        say(f"External links: none of {len(hosts)} hosts could be reached; is there a network?")
        asked = {}
    else:
        left = sum(answer is None for answer in asked.values())
        rest = f", {left} left for another day as their hosts wish." if left else "."
        say(f"External links: {len(asked)} asked, {len(known)} remembered{rest}")
    for address, answer in {**known, **asked}.items():
        if answer is not None and (said := _verdict(answer)):
            message, hint = said
            for place in places[address]:
                text = f"{address} {message}"
                yield Problem(*place, "external-link", text, hint, Level.WARNING)


def _places(site: Site, base_url: str) -> dict[str, list[Place]]:
    """Every address on another site, without its fragment, and where it is written."""
    found: defaultdict[str, list[Place]] = defaultdict(list)

    def note(address: str, place: Place) -> None:
        own = address == base_url or address.startswith(f"{base_url}/")
        if urlsplit(address).scheme in ("http", "https") and not own:
            found[urldefrag(address).url].append(place)

    for slug, pivot in site.pivots.items():
        prose = site.prose[slug]
        for one in prose.notes.links:
            note(one.target, (pivot.path, one.line, one.column))
        for source, place in zip(prose.references, prose.places.references, strict=True):
            note(source.url, (pivot.path, *place))
        note(prose.call.url, (pivot.path, *prose.places.call))
    for role in site.roles.values():
        if role.text is not None:
            for one in role.text.notes.links:
                note(one.target, (role.text.path, one.line, one.column))
    return dict(found)


def _answers(
    addresses: Sequence[str], base_url: str, policy: CrawlPolicy | None
) -> Iterator[tuple[str, Answer | None]]:
    """Each address with its answer; None where the host asked to be left alone for now."""
    by_host: defaultdict[str, deque[str]] = defaultdict(deque)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)
    turns = _Turns(policy or CrawlPolicy(), f"pivotgen (link check of {base_url})")
    pool = ThreadPoolExecutor(turns.policy.at_once)
    # One question for each host at a time; its next one goes in when this one is answered.
    waiting: dict[Future[Answer | None], deque[str]] = {}
    try:
        for queue in by_host.values():
            waiting[pool.submit(turns.ask, queue[0])] = queue
        while waiting:
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                queue = waiting.pop(done)
                answer = done.result()
                yield queue.popleft(), answer
                if answer is None:
                    yield from ((address, None) for address in queue)
                elif queue:
                    waiting[pool.submit(turns.ask, queue[0])] = queue
    finally:
        # After an interruption the threads end at their next turn.
        turns.stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)


class _Turns:
    """Keeps the pause between any two questions to one host, whichever thread asks."""

    def __init__(self, policy: CrawlPolicy, agent: str) -> None:
        self.policy = policy
        self.agent = agent
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._next: defaultdict[str, float] = defaultdict(float)

    def ask(self, address: str) -> Answer | None:
        """What the address answers; None where its host asks to be left alone for now."""
        for again in range(_AGAIN + 1):
            answer = web.ask(address, self.agent, self.policy.timeout, self._turn)
            if answer.status not in (429, 503):
                return answer
            rest = self.policy.usual_wait if answer.wait is None else answer.wait
            if again == _AGAIN or rest > self.policy.patience:
                break
            self._hold(urlsplit(address).netloc, rest)
        return None

    def _turn(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            mine = max(now, self._next[host])
            self._next[host] = mine + self.policy.pause
        self.stopped.wait(mine - now)

    def _hold(self, host: str, seconds: float) -> None:
        with self._lock:
            self._next[host] = max(self._next[host], time.monotonic() + seconds)


def _lifetime(answer: Answer) -> float:
    if answer.status in _CLOSED:
        return _CLOSED_FOR
    return _GOOD if answer.status < 400 else _BROKEN


def _verdict(answer: Answer) -> tuple[str, str] | None:
    """What to tell the writer, and the hint; None when a reader will get there."""
    if answer.status == 0:
        return (
            f"cannot be reached: {answer.fault}",
            "link to a page that is there, or drop the link",
        )
    if answer.status >= 400 and answer.status not in _CLOSED:
        known = {one.value: one.phrase for one in HTTPStatus}
        phrase = known.get(answer.status, "no page")
        hint = "link to where the page is now, or drop the link"
        return f"answers {answer.status} ({phrase})", hint
    if answer.moved and answer.status < 400:
        return "has moved for good", f"write {answer.moved}"
    return None
