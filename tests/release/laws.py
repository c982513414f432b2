"""The laws of a deploy, and histories of deploys that are interrupted anywhere."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable

from pivotgen.model.deploying import HeldError, RefusedError, VerificationError
from pivotgen.model.release import BLOBS, MANIFESTS, STATE, State
from pivotgen.model.schedule import Schedule
from pivotgen.release.look import manifest_of
from pivotgen.release.record import read_state
from tests.world.deploys import (
    STRANGER,
    TEXT,
    Dead,
    Deployer,
    Faults,
    Files,
    Memory,
    MemoryStore,
    manifest,
    new_site,
)

HOME = "index.html"


class History:
    """Some deploys and ways back at one target, with readers, and the laws after every change."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.memory = Memory()
        self.memory.objects[STRANGER] = (b"mine", TEXT, self.memory.time)
        self.memory.law = self._law
        self.site = new_site(self.chance)
        # The files of every release that was tried, by its id.
        self.releases: dict[str, Files] = {}
        # Addresses that readers may come from: those visible when the last deploy had come to its
        # end. What an interrupted one has left, nobody has linked to yet.
        self.entries: set[str] = set()
        self.deaths = 0
        self.taken_over = 0
        self.taken_back = 0

    def run(self, steps: int = 4) -> None:
        for _ in range(steps):
            self._until_done()
            self.site = self.site.changed(self.chance)
        self._until_done(back=True)

    @property
    def state(self) -> State:
        return read_state(self.memory.objects[STATE][0])

    def _until_done(self, *, back: bool = False) -> None:
        """Try until it is done; each try may be killed, and the next may bring another site."""
        self.entries = set(self.memory.visible())
        for _ in range(60):
            self.memory.wait(self.chance.choice([1, 700]))
            deployer = self._deployer()
            try:
                self._try(deployer, back)
            except Dead:
                self.deaths += 1
                if not back and self.chance.random() < 0.3:
                    self.site = self.site.changed(self.chance)
            except (HeldError, RefusedError):
                # Another deploy is at work, or took over, or the release to go back to went out.
                self.taken_over += 1
            except VerificationError as error:
                if "brought back" in error.message:
                    self.taken_back += 1
                    self._check_end(self.state.current)
            else:
                return
        raise AssertionError("it never came to an end")

    def _try(self, deployer: Deployer, back: bool) -> None:
        kept = [release.id for release in self.state.kept[1:]] if back else []
        if not kept:
            self.releases[manifest(self.site.files()).id] = self.site.files()
            done = deployer.deploy(self.site)
        else:
            done = deployer.roll_back(self.chance.choice(kept))
        self._check_end(done.release.id)

    def _deployer(self) -> Deployer:
        chance = self.chance
        faults = Faults()
        if chance.random() < 0.7:
            faults = Faults(chance.randint(1, 70), chance.random() < 0.5)
        deployer = Deployer(self.memory, faults, chance=chance)
        # Each look at the clock is a moment at which a process may sleep, and another one work.
        rival = chance.randint(1, 80) if chance.random() < 0.2 else 0
        pause = chance.choice([0, 0, 700])
        looks = 0

        def clock() -> float:
            nonlocal looks
            looks += 1
            self.memory.wait(chance.random() * 5)
            if looks == rival:
                self.memory.wait(pause)
                self._rival()
            return self.memory.time.timestamp()

        deployer.clock = clock
        if chance.random() < 0.15:
            deployer.verify = _unseen
        if chance.random() < 0.5:
            # This machine knows that the process of the last deploy is gone.
            deployer.is_dead = lambda holder: True
        return deployer

    def _rival(self) -> None:
        """Another deployer comes in the middle of a deploy."""
        other = Deployer(self.memory, chance=self.chance)
        site = self.site.changed(self.chance)
        self.releases[manifest(site.files()).id] = site.files()
        try:
            done = other.deploy(site)
        except HeldError:
            return
        self._check_end(done.release.id)

    def _law(self) -> None:
        check_links(self.memory, self.entries)
        assert self.memory.objects[STRANGER][0] == b"mine", "a stranger's file was touched"
        self.entries &= set(self.memory.visible())
        visible = sorted(self.memory.visible())
        for path in self.chance.sample(visible, min(3, len(visible))):
            self.memory.read(path)
        self.memory.read(f"p{self.chance.randint(0, 30)}/index.html")

    def _check_end(self, release: str) -> None:
        """A deploy that came to its end left exactly its release."""
        check_end(self.memory, self.releases[release])


def check_links(memory: Memory, entries: Iterable[str]) -> None:
    """From the front page and every address that readers know, all links and assets exist."""
    pages = {
        key: json.loads(data) for key, data in memory.visible().items() if key.endswith(".html")
    }
    there = memory.objects
    for path, page in pages.items():
        for asset in page["assets"]:
            assert asset in there, f"{path} lacks {asset}"
    seen: set[str] = set()
    todo = [path for path in {*entries, HOME} if path in pages]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            for link in pages[path]["links"]:
                assert link in pages, f"{path} links to {link}, which is not there"
                todo.append(link)


def check_end(memory: Memory, files: Files) -> None:
    """The target has exactly these files, no cache has another one, and nothing is left over."""
    visible = memory.visible()
    for path, (data, attributes) in files.items():
        assert memory.objects[path][:2] == (data, attributes), path
    left = {path for path in visible if not path.startswith("assets/")} - files.keys()
    assert left == {STRANGER}
    for path, cached in memory.cache.items():
        if not path.startswith("assets/"):
            assert cached == visible.get(path), f"a cache holds an old {path}"
    store = MemoryStore(memory)
    state = read_state(memory.objects[STATE][0])
    assert (state.holder, state.next, state.dropped) == (None, "", ())
    assert state.current == state.purged == state.kept[0].id
    manifests = [manifest_of(store, release.id) for release in state.kept]
    needed = {item.blob for each in manifests if each for item in each.files.values()}
    assert {key for key in memory.objects if key.startswith(BLOBS)} == needed
    assert len([key for key in memory.objects if key.startswith(MANIFESTS)]) == len(state.kept)
    assets = {path for each in manifests if each for path in each.files}
    assert {path for path in visible if path.startswith("assets/")} <= assets


def _unseen(plan: Schedule) -> None:
    raise VerificationError("readers get the page of yesterday")
