"""Prepare: what all pages of a site share, and the names of what each kind of page is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.settings import FILE, code, plain
from pivotgen.memory.fingerprint import digest, digest_of, engine
from pivotgen.memory.ledger import Ledger
from pivotgen.model.closure import Closure
from pivotgen.model.config import Config
from pivotgen.model.page import KINDS, WITH_LAYOUT
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.setting import Setting
from pivotgen.model.source import Digest, Source
from pivotgen.model.view import Chrome
from pivotgen.model.words import Words


@dataclass(frozen=True, slots=True)
class Shared:
    """Settings, words, layouts and assets of a site, as digests until somebody needs more."""

    site: Path
    config: Config
    words: Words
    closures: Mapping[str, Closure]
    # Digest of the settings, and of each file of layouts/ and assets/ by path.
    settings: Digest
    files: Mapping[str, Digest]
    # Digest of content/redirects.yaml, or nothing.
    redirects: Digest
    # Compiled layouts, where they had to be looked at anew.
    code: Mapping[str, bytes]

    @property
    def assets(self) -> dict[str, str]:
        """The file of assets/ behind each path under public/, which has its digest in it so that
        it may be kept for ever."""
        return {
            _fingerprinted(path, value): path
            for path, value in self.files.items()
            if path.startswith("assets/")
        }

    @property
    def key(self) -> Digest:
        """Everything that a plan is made from, content aside."""
        assets = (name.encode() for name in self.assets)
        return digest_of([engine(), self.settings, self.redirects, *assets])

    def common(self, *, feeds: bool) -> dict[str, dict[str, bytes]]:
        """By kind of page, the names and digests of the inputs that all its pages share."""
        made_by = {"pivotgen or its libraries": engine(), FILE: self.settings}
        found = {kind: dict(made_by) for kind in KINDS}
        found["asset"] = {}
        language = f"layouts/words/{self.config.language}.yaml"
        for kind in WITH_LAYOUT:
            closure = self.closures.get(f"{kind}.html", Closure((), None))
            layouts = {f"layouts/{name}" for name in closure.layouts}
            assets = [path for path in self.files if path.startswith("assets/")]
            if closure.assets is not None:
                assets = [f"assets/{name}" for name in closure.assets]
            names = sorted({*layouts, *assets, language})
            found[kind] |= {name: self.files.get(name, b"") for name in names}
            found[kind]["whether there are feeds"] = bytes([feeds])
        return found

    def setting(self, *, feeds: bool) -> Setting:
        """The same for the making of pages: texts instead of digests."""
        config = self.config
        chrome = Chrome(
            name=config.name,
            base_url=config.base_url,
            language=config.language,
            words=self.words,
            call=config.call,
            organisation=config.organisation.name,
            organisation_url=config.organisation.url,
            editor=config.editor.name,
            editor_url=config.editor.url,
            assets={path.removeprefix("assets/"): f"/{url}" for url, path in self.assets.items()},
            feeds=feeds,
        )
        layouts = _layouts(self.site, self.files)
        return Setting(
            key=digest(pack((chrome, layouts, self.settings))),
            chrome=chrome,
            layouts=layouts,
            code=self.code,
            filters=tuple(sorted(config.filters.items())),
            filters_from=str(self.site) if config.filters else "",
        )


def prepare(site: Path, config: Config, book: Ledger) -> tuple[Shared | None, list[Problem]]:
    """What pages share, or what is wrong with it; the ledger holds what is slow to find out."""
    files = book.inputs.digests(("assets", "layouts"))
    said, problems = _words(site, config, files, book)
    closures, compiled, faults = _closures(site, config, files, said, book)
    problems += faults
    if said is None or problems:
        return None, problems
    redirects = book.inputs.digests(("content",)).get(REDIRECTS, b"")
    parts = [plain(config), *(code(config, site) if config.filters else ())]
    return Shared(site, config, said, closures, digest_of(parts), files, redirects, compiled), []


def _words(
    site: Path, config: Config, files: Mapping[str, Digest], book: Ledger
) -> tuple[Words | None, list[Problem]]:
    paths = [path for path in files if path.startswith("layouts/words/")]
    key = digest_of([b"words", config.language.encode(), *(_named(files, paths))])
    if known := book.inputs.recall(key):
        return unpack(Words, known), []
    # YAML is imported only when words have changed.
    from pivotgen.engines.words import words

    sources = [Source(path, (site / path).read_bytes(), files[path]) for path in paths]
    said, problems = words(sources, config.language)
    if said:
        book.inputs.remember(key, pack(said))
    return said, problems


def _closures(
    site: Path, config: Config, files: Mapping[str, Digest], said: Words | None, book: Ledger
) -> tuple[dict[str, Closure], Mapping[str, bytes], list[Problem]]:
    paths = [path for path in files if path.startswith("layouts/") and path.endswith(".html")]
    filters = ",".join(sorted(config.filters))
    # Layouts ask for phrases, so what was found holds only for the words it was found with.
    parts = [b"closures", filters.encode(), pack(said), *_named(files, paths)]
    key = digest_of(parts)
    if known := book.inputs.recall(key):
        return unpack(dict[str, Closure], known), {}, []
    # Jinja is imported only when a layout has changed or a page is made.
    from pivotgen.engines.encoding import misencoded
    from pivotgen.engines.layouts import Layouts

    asked = (misencoded(path, (site / path).read_bytes()) for path in paths)
    if odd := [one for one in asked if one]:
        return {}, {}, odd
    engine = Layouts(_layouts(site, files), config.filters)
    if problems := engine.check(said):
        return {}, {}, problems
    found = engine.closures()
    book.inputs.remember(key, pack(found))
    return found, engine.code, []


def _named(files: Mapping[str, Digest], paths: list[str]) -> list[bytes]:
    return [part for path in paths for part in (path.encode(), files[path])]


def _layouts(site: Path, files: Mapping[str, Digest]) -> dict[str, str]:
    paths = [path for path in files if path.startswith("layouts/") and path.endswith(".html")]
    return {
        path.removeprefix("layouts/"): (site / path).read_bytes().decode("utf-8-sig", "replace")
        for path in paths
    }


def _fingerprinted(path: str, value: Digest) -> str:
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{value.hex()[:10]}{dot}{ending}"
