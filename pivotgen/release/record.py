"""Record: manifests and states as bytes, and back."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

from pivotgen.model.deploying import DeployError
from pivotgen.model.release import (
    Attributes,
    Commit,
    Holder,
    Item,
    Manifest,
    Release,
    State,
)

_FORMAT = 1
_NEWER = "the target was deployed to by a newer pivotgen, and this one would not understand it"


def packed_manifest(manifest: Manifest) -> bytes:
    """A manifest as bytes; equal ones have equal bytes."""
    ids = {name: number for number, name in enumerate(sorted(manifest.attributes))}
    value = {
        "format": _FORMAT,
        "attributes": [
            [list(map(list, attributes.headers)), attributes.redirect]
            for _, attributes in sorted(manifest.attributes.items())
        ],
        "files": {
            path: [item.digest, item.size, ids[item.attributes]]
            for path, item in sorted(manifest.files.items())
        },
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def read_manifest(data: bytes) -> Manifest | None:
    """The manifest that these bytes are; None where they are none. DeployError for a newer form."""
    try:
        value = json.loads(gzip.decompress(data))
        _check_format(value)
        rows = [
            Attributes(tuple((name, text) for name, text in headers), redirect)
            for headers, redirect in value["attributes"]
        ]
        ids = [row.id for row in rows]
        files = {
            path: Item(str(digest), int(size), ids[number])
            for path, (digest, size, number) in value["files"].items()
        }
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
        return None
    return Manifest(files, dict(zip(ids, rows, strict=True)))


def packed_state(state: State) -> bytes:
    """A state as bytes."""
    value = {
        "format": _FORMAT,
        "current": state.current,
        "next": state.next,
        "purged": state.purged,
        "kept": [_release_row(release) for release in state.kept],
        "dropped": state.dropped,
        "holder": _holder_row(state.holder) if state.holder else None,
        "nonce": state.nonce,
    }
    return json.dumps(value, ensure_ascii=False).encode()


def read_state(data: bytes) -> State:
    """The state that these bytes are. DeployError where they are none."""
    try:
        value = json.loads(data)
        _check_format(value)
        return State(
            current=value["current"],
            next=value["next"],
            purged=value["purged"],
            kept=tuple(_release(*row) for row in value["kept"]),
            dropped=tuple(value["dropped"]),
            holder=Holder(*value["holder"]) if value["holder"] else None,
            nonce=value["nonce"],
        )
    except (ValueError, LookupError, TypeError):
        raise DeployError(
            "what the target remembers of its deploys cannot be read",
            "bring its file _pivotgen/state back from a backup; or remove that file, and deploy "
            "with --adopt",
        ) from None


def _release_row(release: Release) -> list[str | int]:
    row: list[str | int] = [release.id, release.when, release.files]
    if release.commit:
        row += [release.commit.id, release.commit.seconds]
    return row


def _release(name: str, when: str, files: int, *commit: Any) -> Release:
    return Release(name, when, files, Commit(*commit) if commit else None)


def _holder_row(holder: Holder) -> list[str]:
    return [holder.id, holder.name, holder.process]


def _check_format(value: Any) -> None:
    if value["format"] != _FORMAT:
        raise DeployError(_NEWER, "update pivotgen: python -m pip install --upgrade pivotgen")
