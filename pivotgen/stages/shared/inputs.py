"""Shared inputs: what all pages of a site share, read anew or remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.settings import code_of, settings_values
from pivotgen.kinds import KINDS, page_kinds
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.ledger import Ledger
from pivotgen.model.closure import Closure
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.source import PHRASES, STATIC, Digest, Source
from pivotgen.stages.context import BuildContext

_Closures = dict[str, Closure]


def shared_inputs(build: BuildContext) -> tuple[SharedInputs | None, list[Problem]]:
    """What pages share, or what is wrong with it; the ledger holds what is slow to find out."""
    config, site, ledger = build.config, build.site, build.ledger
    files = ledger.inputs.digests(("assets", "layouts", STATIC))
    phrases, problems = _phrases(site, config.language, files, ledger)
    closures, compiled, faults = _closures(build, files, phrases)
    problems += faults
    if phrases is None or problems:
        return None, problems
    redirects = ledger.inputs.digests(("content",)).get(REDIRECTS, b"")
    names, functions = (
        sorted(config.filters),
        [config.filters[name] for name in sorted(config.filters)],
    )
    code = [*(name.encode() for name in names), *code_of(functions, site)]
    settings = digest_of([settings_values(config), *code])
    shared = SharedInputs(
        site, config, phrases, closures, settings, files, redirects, code=compiled
    )
    return shared, []


def layout_texts(site: Path, paths: Iterable[str]) -> dict[str, str]:
    """The text of each layout among these files, by its name, such as "pivot.html"."""
    return {
        path.removeprefix("layouts/"): (site / path).read_bytes().decode("utf-8-sig", "replace")
        for path in _layouts(paths)
    }


def _phrases(
    site: Path, language: str, files: Mapping[str, Digest], ledger: Ledger
) -> tuple[Phrases | None, list[Problem]]:
    paths = [path for path in files if path.startswith(f"{PHRASES}/")]
    key = digest_of([b"phrases", language.encode(), *_identified(files, paths)])
    if known := ledger.inputs.recall(key):
        return unpack(Phrases, known), []
    # YAML is imported only when phrases have changed.
    from pivotgen.engines.layouts.phrases import read_phrases

    sources = [Source(path, (site / path).read_bytes(), files[path]) for path in paths]
    phrases, problems = read_phrases(sources, language)
    if phrases:
        ledger.inputs.remember(key, pack(phrases))
    return phrases, problems


def _closures(
    build: BuildContext, files: Mapping[str, Digest], phrases: Phrases | None
) -> tuple[_Closures, Mapping[str, bytes], list[Problem]]:
    """What each layout is made of, and the layouts that were compiled to find that out."""
    config, site, ledger = build.config, build.site, build.ledger
    paths = _layouts(files)
    filters = ",".join(sorted(config.filters))
    # Layouts ask for phrases, so the result holds only for the phrases it was found with.
    parts = [b"closures", filters.encode(), pack(phrases), *_identified(files, paths)]
    key = digest_of(parts)
    if known := ledger.inputs.recall(key):
        return unpack(_Closures, known), {}, []
    # Jinja is imported only when a layout has changed or a page is rendered.
    from pivotgen.engines.encoding import encoding_problem
    from pivotgen.engines.layouts.layouts import Layouts

    encodings = (encoding_problem(path, (site / path).read_bytes()) for path in paths)
    if problems := [problem for problem in encodings if problem]:
        return {}, {}, problems
    layouts = Layouts(layout_texts(site, paths), config.filters)
    views = {kind.layout: kind.view for kind in page_kinds(KINDS.values())}
    if problems := layouts.check(views, phrases):
        return {}, {}, problems
    closures = layouts.closures()
    ledger.inputs.remember(key, pack(closures))
    return closures, layouts.code, []


def _layouts(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path.startswith("layouts/") and path.endswith(".html")]


def _identified(files: Mapping[str, Digest], paths: Iterable[str]) -> list[bytes]:
    """Each path with its digest, as parts of a key."""
    return [part for path in paths for part in (path.encode(), files[path])]
