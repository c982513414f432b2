"""Shared names: for each kind of page, the names of the inputs that all its pages share."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pivotgen.engines.packing import pack
from pivotgen.engines.settings import SETTINGS_FILE
from pivotgen.kinds import KINDS, AnyKind, FileKind, PageKind, TwinKind
from pivotgen.memory.fingerprint import digest, engine
from pivotgen.memory.ledger import Ledger
from pivotgen.model.closure import Closure
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.sidecars import Sidecars
from pivotgen.model.source import PHRASES, Digest
from pivotgen.stages.shared.tongues import tongues_of

# By kind and language, each input with its digest.
SharedNames = dict[tuple[str, str], dict[str, bytes]]


def shared_names(
    shared: SharedInputs, feeds: Collection[str], asked: Mapping[str, Digest]
) -> SharedNames:
    """By kind of page and by language, the names and digests of the inputs that its pages share.

    Files of the whole site have no language. `feeds` are the languages that have feeds; `asked` is
    for each language the digest of what all pivots are looked up by.
    """
    names = {
        (name, language): _of_kind(shared, kind, language, has_feeds=language in feeds)
        for name, kind in KINDS.items()
        for language in (shared.config.every_language if kind.spoken else ("",))
    }
    for (name, language), inputs in names.items():
        kind = KINDS[name]
        if isinstance(kind, FileKind) and kind.reads_asked:
            inputs["the titles and questions of all pivots"] = asked[language]
    return names


def remember_names(names: SharedNames, ledger: Ledger) -> dict[tuple[str, str], Digest]:
    """One digest for the inputs of each kind; the names behind it stay in the ledger."""
    digests = {}
    for kind, inputs in names.items():
        packed = pack(inputs)
        digests[kind] = digest(packed)
        ledger.memos.remember(digests[kind], packed)
    return digests


def _of_twins(
    shared: SharedInputs, kind: TwinKind, language: str, *, has_feeds: bool
) -> dict[str, bytes]:
    """What pages share that twins are made from, and how they are made."""
    # Sites without twins import none of this.
    from pivotgen.engines.markdown_twin import twin_method

    of_pages = _of_kind(shared, kind.of, language, has_feeds=has_feeds)
    return {**of_pages, "how Markdown is made": twin_method()}


def _of_copies(sidecars: Sidecars) -> dict[str, bytes]:
    """How compressed copies are made, where there are any."""
    return {"how compressed copies are made": sidecars.method} if sidecars.endings else {}


def _of_kind(
    shared: SharedInputs, kind: AnyKind, language: str, *, has_feeds: bool
) -> dict[str, bytes]:
    copies = _of_copies(shared.sidecars)
    if isinstance(kind, TwinKind):
        if not shared.config.markdown_twins:
            return copies
        return _of_twins(shared, kind, language, has_feeds=has_feeds)
    if isinstance(kind, FileKind) and kind.verbatim:
        return copies
    inputs = {**copies, "pivotgen or its libraries": engine(), SETTINGS_FILE: shared.settings}
    if isinstance(kind, PageKind) or kind.has_phrases:
        # Phrases that the file lacks come from other files.
        phrases = f"{PHRASES}/{language or shared.config.language}.yaml"
        inputs[phrases] = digest(pack(shared.voices[language or shared.config.language]))
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
        inputs["whether there are feeds"] = bytes([has_feeds])
        if tongues := tongues_of(shared):
            inputs["the languages of the site"] = digest(pack(tongues))
    return inputs
