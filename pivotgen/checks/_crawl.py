"""Crawl: requests to many addresses on other sites, without being a burden to any host.

A host gets one request at a time, with a pause between two of them. A host that says when to come
back is obeyed.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from urllib.parse import urlsplit

from pivotgen.engines.http import HttpClient
from pivotgen.model.answer import Answer
from pivotgen.model.lazy_dataclass import dataclass

# Statuses that ask us to wait.
_BUSY = frozenset({429, 503})
# How often a request is sent again after such a status.
_RETRIES = 2


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """How hosts are treated; all times are in seconds."""

    # Between two requests to one host.
    pause: float = 1.0
    # For one request.
    timeout: float = 10.0
    # The longest wait that a host may ask for. With a longer one its addresses are left out.
    patience: float = 60.0
    # The wait after a status that asks for one and does not say how long.
    usual_wait: float = 10.0
    # Hosts that get requests at the same time.
    at_once: int = 8
    # Whether hosts on this machine and in private networks are asked too.
    private: bool = False


def crawl(
    addresses: Iterable[str], agent: str, policy: CrawlPolicy
) -> Iterator[tuple[str, Answer | None]]:
    """Each address with its answer, as they come; None where the host asks for a long wait.

    `agent` is the value of User-Agent.
    """
    queues: defaultdict[str, deque[str]] = defaultdict(deque)
    for address in addresses:
        queues[urlsplit(address).netloc].append(address)
    crawler = _Crawler(policy, agent)
    pool = ThreadPoolExecutor(policy.at_once)
    # One request per host at a time: the next one is submitted when there is an answer.
    running: dict[Future[Answer | None], deque[str]] = {}
    try:
        for queue in queues.values():
            running[pool.submit(crawler.fetch, queue[0])] = queue
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                queue = running.pop(future)
                answer = future.result()
                yield queue.popleft(), answer
                if answer is None:
                    yield from ((address, None) for address in queue)
                elif queue:
                    running[pool.submit(crawler.fetch, queue[0])] = queue
    finally:
        # After an interruption no thread waits any longer, and each ends after its request.
        crawler.stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)


class _Crawler:
    """Keeps the pause between any two requests to one host, in whichever thread they are sent."""

    def __init__(self, policy: CrawlPolicy, agent: str) -> None:
        self.stopped = threading.Event()
        self._policy = policy
        self._client = HttpClient(agent, policy.timeout, self._wait_for_turn, policy.private)
        self._lock = threading.Lock()
        # When each host may get its next request, in the time of `time.monotonic`.
        self._next: defaultdict[str, float] = defaultdict(float)

    def fetch(self, address: str) -> Answer | None:
        """The answer of the address; None if its host asks for a longer wait than we have."""
        for attempt in range(_RETRIES + 1):
            answer = self._client.fetch(address)
            if answer.status not in _BUSY:
                return answer
            seconds = self._policy.usual_wait if answer.wait is None else answer.wait
            if attempt == _RETRIES or seconds > self._policy.patience:
                break
            self._postpone(urlsplit(address).netloc, seconds)
        return None

    def _wait_for_turn(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next[host])
            self._next[host] = turn + self._policy.pause
        self.stopped.wait(turn - now)

    def _postpone(self, host: str, seconds: float) -> None:
        with self._lock:
            self._next[host] = max(self._next[host], time.monotonic() + seconds)
