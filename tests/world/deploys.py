"""A store in memory that dies at a chosen call, small sites to deploy to it, and a deployer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from pathlib import Path
from typing import TypeVar

from pivotgen.model.deploying import ChangedError, Stored
from pivotgen.model.release import PRIVATE, Attributes, Holder, Item, Manifest, Release
from pivotgen.model.schedule import PurgeSet, Schedule
from pivotgen.release.carry_out import Tools
from pivotgen.release.deploy import Limits, deploy
from pivotgen.release.lease import Lease, holding
from pivotgen.release.roll_back import roll_back

Result = TypeVar("Result")
Stamp = tuple[bytes, Attributes, datetime]

STRANGER = "theirs/notes.txt"
HTML = Attributes((("Content-Type", "text/html; charset=utf-8"),))
# The same page, sent in another way.
UNLISTED = Attributes((*HTML.headers, ("X-Robots-Tag", "noindex")))
TEXT = Attributes((("Content-Type", "text/plain; charset=utf-8"),))
MOVED = Attributes(HTML.headers, redirect="/p1/")


class Dead(BaseException):
    """The deployer was killed."""


@dataclass
class Memory:
    """What all deployers and readers see: objects, the cache before them, and the time."""

    objects: dict[str, Stamp] = field(default_factory=dict)
    # What the cache holds of files that somebody has read; None is "there is nothing".
    cache: dict[str, bytes | None] = field(default_factory=dict)
    time: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    # Called after every change.
    law: Callable[[], None] = lambda: None

    def visible(self) -> dict[str, bytes]:
        return {key: row[0] for key, row in self.objects.items() if not key.startswith(PRIVATE)}

    def read(self, path: str) -> bytes | None:
        """What a reader gets through the cache, which holds it from then on."""
        if path not in self.cache:
            self.cache[path] = self.objects[path][0] if path in self.objects else None
        return self.cache[path]

    def wait(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Faults:
    """When a deployer dies: before or after a call, counted from 1. 0 is never."""

    call: int = 0
    after: bool = False
    calls: int = 0
    is_dead: bool = False

    def around(self, work: Callable[[], Result]) -> Result:
        if self.is_dead:
            raise Dead
        self.calls += 1
        if self.calls == self.call and not self.after:
            self.is_dead = True
            raise Dead
        result = work()
        if self.calls == self.call:
            self.is_dead = True
            raise Dead
        return result


class MemoryStore:
    """A store that is a dictionary. Its tags are digests of the bytes, as those of S3 are."""

    def __init__(self, memory: Memory, faults: Faults | None = None) -> None:
        self.memory = memory
        self.faults = faults or Faults()
        # Each change: what was done, and the key.
        self.log: list[tuple[str, str]] = []

    @property
    def redirects(self) -> bool:
        return True

    def get(self, key: str) -> Stored | None:
        return self.faults.around(lambda: self._stored(key))

    def put(self, key: str, body: bytes | Path, attributes: Attributes) -> None:
        data = body if isinstance(body, bytes) else body.read_bytes()
        self._change("put", key, (data, attributes))

    def put_if(self, key: str, data: bytes, tag: str) -> str:
        def put() -> str:
            stored = self._stored(key)
            if (stored.tag if stored else "") != tag:
                raise ChangedError
            self.memory.objects[key] = (data, Attributes(), self.memory.time)
            return _tag(data)

        return self.faults.around(put)

    def copy(self, source: str, key: str) -> None:
        data, attributes, _ = self.memory.objects[source]
        self._change("copy", key, (data, attributes))

    def delete(self, keys: Sequence[str]) -> None:
        def delete() -> None:
            for key in keys:
                self.memory.objects.pop(key, None)
                self.log.append(("delete", key))
            self.memory.law()

        self.faults.around(delete)

    def list(self) -> Iterable[tuple[str, int]]:
        rows = [(key, len(row[0])) for key, row in self.memory.objects.items()]
        return self.faults.around(lambda: rows)

    def now(self) -> datetime:
        return self.memory.time

    def _stored(self, key: str) -> Stored | None:
        if key not in self.memory.objects:
            return None
        data, _, modified = self.memory.objects[key]
        return Stored(data, _tag(data), modified)

    def _change(self, verb: str, key: str, row: tuple[bytes, Attributes]) -> None:
        def change() -> None:
            self.memory.objects[key] = (*row, self.memory.time)
            self.log.append((verb, key))
            self.memory.law()

        self.faults.around(change)


def _tag(data: bytes) -> str:
    return md5(data).hexdigest()


Files = Mapping[str, tuple[bytes, Attributes]]


@dataclass(frozen=True)
class Site:
    """A small site: its pages with a version each, and what they all share."""

    pages: Mapping[str, float]
    style: float = 0
    listed: bool = True

    def changed(self, chance: random.Random) -> Site:
        """The same site after some days: pages more and less, others rewritten, a new style."""
        pages = dict(self.pages)
        for name in list(pages):
            if chance.random() < 0.25 and len(pages) > 2:
                del pages[name]
            elif chance.random() < 0.3:
                pages[name] = chance.random()
        for _ in range(chance.randint(1, 3)):
            pages[f"p{chance.randint(0, 30)}/index.html"] = chance.random()
        style = chance.random() if chance.random() < 0.5 else self.style
        listed = self.listed if chance.random() < 0.9 else not self.listed
        return Site(pages, style, listed)

    def files(self) -> Files:
        """Every file: pages name others, a style sheet and a file that keeps its address."""
        style = f"assets/style.{_tag(str(self.style).encode())[:8]}.css"
        html = HTML if self.listed else UNLISTED
        files = {style: (str(self.style).encode(), TEXT)}
        files["data.json"] = (str(self.style).encode(), TEXT)
        names = sorted(self.pages)
        for name in names:
            chance = random.Random(f"{self.pages[name]} {len(names)} {name}")
            links = ["index.html", *chance.sample(names, min(3, len(names)))]
            page = {"assets": [style, "data.json"], "links": links, "version": self.pages[name]}
            files[name] = (json.dumps(page).encode(), html)
        home = {"assets": [style], "links": names, "version": 0}
        files["index.html"] = (json.dumps(home).encode(), html)
        files["sitemap.xml"] = (json.dumps(names).encode(), TEXT)
        moved = {"assets": [], "links": ["index.html"], "version": 0}
        files["old/index.html"] = (json.dumps(moved).encode(), MOVED)
        return files


def page(*links: str) -> tuple[bytes, Attributes]:
    """A page that links to others."""
    return json.dumps({"assets": [], "links": links, "version": 0}).encode(), HTML


def new_site(chance: random.Random) -> Site:
    names = [f"p{number}/index.html" for number in chance.sample(range(30), 4)]
    return Site({name: chance.random() for name in names})


def manifest(files: Files) -> Manifest:
    items = {
        path: Item(sha256(data).hexdigest(), len(data), attributes.id)
        for path, (data, attributes) in files.items()
    }
    return Manifest(items, {attributes.id: attributes for _, attributes in files.values()})


class Deployer:
    """Deploys small sites to a store in memory, as the program does to a real one."""

    def __init__(
        self,
        memory: Memory,
        faults: Faults | None = None,
        clock: Callable[[], float] | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self.memory = memory
        self.store = MemoryStore(memory, faults)
        self.clock = clock or (lambda: memory.time.timestamp())
        self.chance = chance or random.Random(0)
        self.purged: list[PurgeSet] = []
        # Raises VerificationError where readers do not get the release.
        self.verify: Callable[[Schedule], None] = lambda plan: None
        # The order within a step, which must not matter.
        self.order: Callable[[Sequence[str]], Sequence[str]] = lambda keys: self.chance.sample(
            keys, len(keys)
        )
        # Holders that are known to be dead.
        self.is_dead: Callable[[Holder], bool] = lambda holder: False

    def deploy(self, site: Site, limits: Limits | None = None) -> Schedule:
        return self.deploy_files(site.files(), limits)

    def deploy_files(self, files: Files, limits: Limits | None = None) -> Schedule:
        with self.hold() as lease:
            want = manifest(files)
            tools = self.tools(lease, files)
            return deploy(want, self.release(want), tools, limits or LIMITS)

    def roll_back(self, release: str) -> Schedule:
        with self.hold() as lease:
            return roll_back(release, self.tools(lease, {}), LIMITS)

    def hold(self) -> AbstractContextManager[Lease]:
        holder = Holder(str(self.chance.random()), "somebody", "p")
        return holding(self.store, holder, self.is_dead, self.clock)

    def release(self, want: Manifest) -> Release:
        return Release(want.id, "2026-01-01 00:00", len(want.files))

    def tools(self, lease: Lease, files: Files) -> Tools:
        def run(work: Callable[[str], None], keys: Sequence[str]) -> None:
            for key in self.order(keys):
                work(key)

        return Tools(
            store=self.store,
            lease=lease,
            body=lambda path, item: files[path][0],
            purge=self._purge,
            verify=lambda plan: self.store.faults.around(lambda: self.verify(plan)),
            run=run,
        )

    def _purge(self, purge: PurgeSet) -> None:
        def forget() -> None:
            self.purged.append(purge)
            for path in list(self.memory.cache):
                if purge.everything or path in purge.paths:
                    del self.memory.cache[path]

        self.store.faults.around(forget)


LIMITS = Limits(releases=2, deletes=1_000)
