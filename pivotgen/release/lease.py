"""Lease: one deploy at a time has a target, and changes what the target remembers.

The state of a target is one object, which a deploy replaces only where nobody else has. It names
its holder, who replaces it again each minute; a holder that has not done so for ten is taken for
dead. An object store cannot keep a holder from writing that was asleep meanwhile, so each piece of
work asks `check` first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from pivotgen.model.deploying import ChangedError, DeployError, HeldError, ObjectStore
from pivotgen.model.release import STATE, Holder, State
from pivotgen.release.record import packed_state, read_state

# After how long without a sign of life a holder is taken for dead.
LIFETIME = timedelta(minutes=10)
# Seconds between two signs of life.
RENEWAL = 60.0


class Lease:
    """The right to change a target, for as long as it is renewed."""

    def __init__(
        self, store: ObjectStore, tag: str, state: State, times: tuple[float, Callable[[], float]]
    ) -> None:
        """`times` is when the state was written, and the clock that said so."""
        self._store = store
        self._tag = tag
        self._renewed, self._clock = times
        self._lock = threading.Lock()
        self._is_lost = False
        self.state = state

    def set(self, state: State) -> None:
        """Replace the state of the target. HeldError when this deploy has it no more."""
        with self._lock:
            self._set(state)

    def check(self) -> None:
        """See that this deploy still has the target, and say so in time. HeldError."""
        if self._is_lost:
            raise _lost()
        if self._clock() - self._renewed >= RENEWAL:
            with self._lock:
                # Another thread may have done it meanwhile.
                if self._clock() - self._renewed >= RENEWAL:
                    self._set(self.state)

    def leave(self) -> None:
        """Let others have the target."""
        self.set(replace(self.state, holder=None))

    def _set(self, state: State) -> None:
        if self._is_lost:
            raise _lost()
        started = self._clock()
        state = replace(state, nonce=uuid4().hex)
        try:
            self._tag = put_state(self._store, state, self._tag)
        except ChangedError:
            self._is_lost = True
            raise _lost() from None
        self.state, self._renewed = state, started


@contextmanager
def holding(
    store: ObjectStore,
    holder: Holder,
    is_dead: Callable[[Holder], bool] = lambda holder: False,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Lease]:
    """Have a target for one deploy, and let others have it at the end. HeldError.

    `is_dead` knows of holders that need not be waited for.
    """
    started = clock()
    stored = store.get(STATE)
    state = read_state(stored.data) if stored else State()
    if stored and state.holder and not is_dead(state.holder):
        age = store.now() - stored.modified
        if age < LIFETIME:
            seconds = max(0, int(age.total_seconds()))
            raise HeldError(
                f"another deploy is at work: {state.holder.name}, last seen {seconds} seconds ago",
                "wait for its end; one that died is taken over after ten minutes",
            )
    state = replace(state, holder=holder, nonce=uuid4().hex)
    try:
        tag = put_state(store, state, stored.tag if stored else "")
    except ChangedError:
        raise HeldError("another deploy has just begun", "wait for its end") from None
    if not stored:
        _see_that_conditions_count(store, state)
    lease = Lease(store, tag, state, (started, clock))
    try:
        yield lease
    finally:
        if lease.state.holder:
            with suppress(DeployError):
                lease.leave()


def _see_that_conditions_count(store: ObjectStore, state: State) -> None:
    """DeployError where a store writes an object that is not to be there, though it is.

    Only asked at the first deploy, because a store does not change in that.
    """
    try:
        store.put_if(STATE, packed_state(state), "")
    except ChangedError:
        return
    raise DeployError(
        "this store writes even what it is asked not to overwrite, so two deploys could mix",
        "use a store that knows If-Match and If-None-Match",
    )


def _lost() -> HeldError:
    return HeldError(
        "another deploy took over, so this one stopped",
        "deploy again when the other one has come to its end",
    )


def put_state(store: ObjectStore, state: State, tag: str) -> str:
    """Replace the state where its tag is still this one, and return its new tag. ChangedError."""
    try:
        return store.put_if(STATE, packed_state(state), tag)
    except ChangedError:
        # A request that was sent twice, because its answer got lost, meets its own change.
        stored = store.get(STATE)
        if stored and read_state(stored.data).nonce == state.nonce:
            return stored.tag
        raise
