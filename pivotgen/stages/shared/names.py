"""Shared names: for each kind of page, the names of the inputs that all its pages share."""

from __future__ import annotations

from pivotgen.engines.packing import pack
from pivotgen.engines.settings import SETTINGS_FILE
from pivotgen.kinds import KINDS, AnyKind, FileKind, PageKind, TwinKind
from pivotgen.memory.fingerprint import digest, engine
from pivotgen.memory.ledger import Ledger
from pivotgen.model.closure import Closure
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.sidecars import Sidecars
from pivotgen.model.source import PHRASES, Digest

# By kind, each input with its digest.
SharedNames = dict[str, dict[str, bytes]]


def shared_names(shared: SharedInputs, *, feeds: bool, asked: Digest) -> SharedNames:
    """By kind of page, the names and digests of the inputs that all its pages share.

    `asked` is the digest of what all pivots are looked up by.
    """
    names = {name: _of_kind(shared, kind, feeds=feeds) for name, kind in KINDS.items()}
    for name, kind in KINDS.items():
        if isinstance(kind, FileKind) and kind.reads_asked:
            names[name]["the titles and questions of all pivots"] = asked
    return names


def remember_names(names: SharedNames, ledger: Ledger) -> dict[str, Digest]:
    """One digest for the inputs of each kind; the names behind it stay in the ledger."""
    digests = {}
    for kind, inputs in names.items():
        packed = pack(inputs)
        digests[kind] = digest(packed)
        ledger.memos.remember(digests[kind], packed)
    return digests


def _of_twins(shared: SharedInputs, kind: TwinKind, *, feeds: bool) -> dict[str, bytes]:
    """What pages share that twins are made from, and how they are made."""
    # Sites without twins import none of this.
    from pivotgen.engines.markdown_twin import twin_method

    return {**_of_kind(shared, kind.of, feeds=feeds), "how Markdown is made": twin_method()}


def _of_copies(sidecars: Sidecars) -> dict[str, bytes]:
    """How compressed copies are made, where there are any."""
    return {"how compressed copies are made": sidecars.method} if sidecars.endings else {}


def _of_kind(shared: SharedInputs, kind: AnyKind, *, feeds: bool) -> dict[str, bytes]:
    copies = _of_copies(shared.sidecars)
    if isinstance(kind, TwinKind):
        return _of_twins(shared, kind, feeds=feeds) if shared.config.markdown_twins else copies
    if isinstance(kind, FileKind) and kind.verbatim:
        return copies
    inputs = {**copies, "pivotgen or its libraries": engine(), SETTINGS_FILE: shared.settings}
    if isinstance(kind, PageKind) or kind.has_phrases:
        # Phrases that the file lacks come from other files.
        phrases = f"{PHRASES}/{shared.config.language}.yaml"
        inputs[phrases] = digest(pack(shared.phrases))
    if shared.preview:
        inputs["whether search engines are kept out"] = b"1"
    if isinstance(kind, PageKind):
        closure = shared.closures.get(kind.layout, Closure((), None))
        layouts = {f"layouts/{name}" for name in closure.layouts}
        assets = [path for path in shared.files if path.startswith("assets/")]
        if closure.assets is not None:
            assets = [f"assets/{name}" for name in closure.assets]
        # Structured data names the icon, whether or not the layout does.
        names = sorted({*layouts, *assets, "assets/icon.svg"})
        # A page holds the published names of assets, which may change before their own bytes do.
        outputs = {name: output.encode() for name, output in shared.outputs.items()}
        inputs |= {name: outputs.get(name) or shared.files.get(name, b"") for name in names}
        inputs["the picture of shared pages"] = digest(pack(shared.share_image))
        inputs["whether there are feeds"] = bytes([feeds])
    return inputs
