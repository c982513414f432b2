"""Readers who look at a whole site again and again, while it is deployed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.world.hosting import Answer, ask
from tests.world.moving_site import HOME, links_of


@dataclass
class Readers:
    """What some readers have seen of the site at a port."""

    port: int
    # The bytes that each file has in any version of the site.
    versions: Mapping[str, set[bytes]]
    requests: int = 0
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        """Follow every link from the front page, again and again."""
        while not self._over.is_set():
            seen = {HOME}
            todo = [(HOME, "")]
            while todo and not self._over.is_set():
                path, named_by = todo.pop()
                answer = self._get(path)
                if answer.status != 200:
                    self._judge(path, named_by, answer)
                    continue
                if answer.body not in self.versions.get(path, ()):
                    self._fault(f"{path} is a page of no release")
                if path.endswith(".html"):
                    new = links_of(answer.body) - seen
                    seen |= new
                    todo += [(link, path) for link in sorted(new)]

    def _judge(self, path: str, named_by: str, answer: Answer) -> None:
        """A link is dead when the page that named it still does, and it still leads nowhere."""
        if not named_by:
            self._fault(f"the front page answers {answer.status}")
            return
        page = self._get(named_by)
        if page.status == 200 and path in links_of(page.body):
            again = self._get(path)
            if again.status != 200:
                self._fault(f"{named_by} names {path}, which answers {again.status}")

    def _get(self, path: str) -> Answer:
        address = f"/{path.removesuffix('index.html')}" if path.endswith(".html") else f"/{path}"
        answer = ask(self.port, address)
        with self._lock:
            self.requests += 1
        return answer

    def _fault(self, words: str) -> None:
        with self._lock:
            self.faults.append(words)

    def end(self) -> None:
        self._over.set()


@contextmanager
def reading(port: int, versions: Mapping[str, set[bytes]]) -> Iterator[Readers]:
    """Two readers, until the end of the block."""
    readers = Readers(port, versions)
    threads = [threading.Thread(target=readers.read, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.end()
        for thread in threads:
            thread.join()
