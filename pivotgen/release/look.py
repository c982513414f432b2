"""Look: how a target stands."""

from __future__ import annotations

from pivotgen.model.deploying import ObjectStore
from pivotgen.model.release import STATE, Manifest, State, manifest_key
from pivotgen.model.schedule import Standing
from pivotgen.release.record import read_manifest, read_state


def look(store: ObjectStore, state: State | None = None) -> Standing:
    """What a target has. Without a `state`, it is read too; nothing is changed."""
    state = state or state_of(store)
    manifests = {}
    for release in state.ids:
        if (manifest := manifest_of(store, release)) is not None:
            manifests[release] = manifest
    return Standing(state=state, listing=dict(store.list()), manifests=manifests)


def state_of(store: ObjectStore) -> State:
    """What a target remembers of its deploys."""
    stored = store.get(STATE)
    return read_state(stored.data) if stored else State()


def manifest_of(store: ObjectStore, release: str) -> Manifest | None:
    """The manifest of a release; None where the store has none."""
    stored = store.get(manifest_key(release))
    return read_manifest(stored.data) if stored else None
