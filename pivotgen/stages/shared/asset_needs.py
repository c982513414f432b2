"""Asset needs: what style sheets and scripts load from other sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.content_policy import Need, source_of
from pivotgen.model.source import STATIC, Digest
from pivotgen.stages.context import BuildContext
from pivotgen.stages.site_files import read_source

_Needs = tuple[Need, ...]


def asset_needs(build: BuildContext, files: Mapping[str, Digest]) -> tuple[Need, ...]:
    """What the files of assets/ and static/ load, remembered for as long as none changes.

    `files` are the digests of all files of assets/ and static/ by path, and perhaps of others.
    """
    folders = ("assets/", f"{STATIC}/")
    paths = [path for path in files if path.startswith(folders) and path.endswith(_READ)]
    key = digest_of([b"needs", *(part for path in paths for part in (path.encode(), files[path]))])
    if known := build.ledger.memos.recall(key):
        return unpack(_Needs, known)
    needs = {need for path in paths for need in _needs_of(path, read_source(build.site, path))}
    build.ledger.memos.remember(key, pack(tuple(sorted(needs))))
    return tuple(sorted(needs))


_SCRIPTS = (".js", ".mjs")
_READ = (".css", *_SCRIPTS)


def _needs_of(path: str, data: bytes) -> Iterator[Need]:
    # Imported only when such a file has changed.
    from pivotgen.engines.assets.script import script_references
    from pivotgen.engines.assets.style_sheet import style_sheet_references

    if path.endswith(_SCRIPTS):
        addresses = [(reference.url, "script-src") for reference in script_references(data)[0]]
        # A bare name is no address.
        addresses = [pair for pair in addresses if "//" in pair[0]]
    else:
        references = style_sheet_references(data)
        addresses = [(reference.url, reference.directive) for reference in references]
    for url, directive in addresses:
        if source := source_of(url, directive):
            yield Need(directive, source)
