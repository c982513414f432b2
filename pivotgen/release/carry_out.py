"""Carry out: does the steps of a schedule, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pivotgen.model.deploying import ObjectStore, Progress, Runner, batches
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import Attributes, Item, manifest_key
from pivotgen.model.schedule import Act, PurgeSet, Schedule, Step
from pivotgen.release.lease import Lease
from pivotgen.release.record import packed_manifest

# How many keys one request to remove objects names at most; S3's limit.
_DELETES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a schedule is carried out with."""

    store: ObjectStore
    lease: Lease
    # The bytes of a file that is not in the store yet, by its path. DeployError.
    body: Callable[[str, Item], bytes | Path]
    # Tells the caches before the target what to forget. DeployError.
    purge: Callable[[PurgeSet], None]
    # Asks as readers do whether they get the release. VerificationError.
    verify: Callable[[Schedule], None]
    run: Runner[str]
    progress: Progress = lambda stage, done, total: None
    # Makes many copies, each a blob and its path, and tells how many it has made each time some
    # are; None where no one else can. DeployError.
    copies: Callable[[Sequence[tuple[str, str]]], Iterator[int]] | None = None


def carry_out(schedule: Schedule, tools: Tools, most: int) -> None:
    """Do every step of a schedule; `most` is how many releases are kept.

    Each step is done before the next begins, and the first error ends all. DeployError.
    """
    for step in schedule.steps:
        tools.lease.check()
        _ACTS[step.act](_Doing(schedule, tools, most), step)


@dataclass(frozen=True, slots=True)
class _Doing:
    """A schedule that is being carried out."""

    schedule: Schedule
    tools: Tools
    most: int

    def upload(self, step: Step) -> None:
        """Blobs nobody sees yet."""
        files = self.schedule.want.files
        paths = {item.blob: path for path, item in files.items()}

        def put(blob: str) -> None:
            path = paths[blob]
            body = self.tools.body(path, files[path])
            # What a copy cannot have, its blob does not need.
            headers = self.schedule.want.attributes_of(path).headers
            self.tools.store.put(blob, body, Attributes(headers))

        self._run(step, put)

    def record(self, step: Step) -> None:
        key = manifest_key(self.schedule.release.id)
        self.tools.store.put(key, packed_manifest(self.schedule.want), Attributes())

    def announce(self, step: Step) -> None:
        state = self.tools.lease.state
        self.tools.lease.set(state.announcing(self.schedule.release.id))

    def write(self, step: Step) -> None:
        """Files that readers see: copies of blobs."""
        want, store = self.schedule.want, self.tools.store

        def write(path: str) -> None:
            blob, attributes = want.files[path].blob, want.attributes_of(path)
            if not (attributes.redirect and store.redirects):
                store.copy(blob, path)
            elif stored := store.get(blob):
                # A copy would lose where it leads to.
                store.put(path, stored.data, attributes)

        if self.tools.copies is None:
            self._run(step, write)
            return
        leads = {
            path for path in step.keys if store.redirects and want.attributes_of(path).redirect
        }
        pairs = [(want.files[path].blob, path) for path in step.keys if path not in leads]
        done = 0
        for count in self.tools.copies(pairs):
            self.tools.lease.check()
            done += count
            self.tools.progress(step.name, done, len(step.keys))
        self._run(replace(step, keys=tuple(sorted(leads))), write)

    def switch(self, step: Step) -> None:
        state = self.tools.lease.state
        self.tools.lease.set(state.switched(self.schedule.release))

    def purge(self, step: Step) -> None:
        if self.schedule.stale:
            self.tools.purge(self.schedule.stale)

    def purge_gone(self, step: Step) -> None:
        if self.schedule.gone:
            self.tools.purge(self.schedule.gone)

    def verify(self, step: Step) -> None:
        self.tools.verify(self.schedule)

    def delete(self, step: Step) -> None:
        for keys in batches(step.keys, _DELETES):
            self.tools.lease.check()
            self.tools.store.delete(keys)

    def settle(self, step: Step) -> None:
        state = self.tools.lease.state
        self.tools.lease.set(state.settled(self.most))

    def leave(self, step: Step) -> None:
        lease = self.tools.lease
        lease.set(replace(lease.state, dropped=(), holder=None))

    def _run(self, step: Step, work: Callable[[str], None]) -> None:
        """Do the work for all keys of a step, and tell how far it has come."""
        done = 0

        def work_on(key: str) -> None:
            nonlocal done
            self.tools.lease.check()
            work(key)
            done += 1
            self.tools.progress(step.name, done, len(step.keys))

        self.tools.run(work_on, step.keys)


_ACTS: Mapping[Act, Callable[[_Doing, Step], None]] = {
    Act.UPLOAD: _Doing.upload,
    Act.RECORD: _Doing.record,
    Act.ANNOUNCE: _Doing.announce,
    Act.WRITE: _Doing.write,
    Act.SWITCH: _Doing.switch,
    Act.PURGE: _Doing.purge,
    Act.VERIFY: _Doing.verify,
    Act.DELETE: _Doing.delete,
    Act.PURGE_GONE: _Doing.purge_gone,
    Act.SETTLE: _Doing.settle,
    Act.CLEAN: _Doing.delete,
    Act.LEAVE: _Doing.leave,
}
