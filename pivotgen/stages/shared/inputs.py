"""Shared inputs: what all pages of a site share, read anew or remembered."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pivotgen.engines.packing import pack, unpack
from pivotgen.engines.settings import SETTINGS_FILE, code_of, place_in_settings, settings_values
from pivotgen.kinds import KINDS, layout_views, page_kinds
from pivotgen.memory.fingerprint import digest, digest_of
from pivotgen.memory.ledger import Ledger
from pivotgen.model.closure import Closure
from pivotgen.model.delivery import Delivery, delivery_of
from pivotgen.model.extra import identity
from pivotgen.model.lock import LOCK
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.source import PHRASES, STATIC, Digest, Source
from pivotgen.stages.context import BuildContext
from pivotgen.stages.faces.read_names import names_of
from pivotgen.stages.shared.active_files import active_files
from pivotgen.stages.shared.asset_links import published_assets
from pivotgen.stages.shared.asset_needs import asset_needs
from pivotgen.stages.shared.host_sizes import host_sizes
from pivotgen.stages.shared.picture_files import picture_files
from pivotgen.stages.shared.sidecars_of import sidecars_of
from pivotgen.stages.shared.unknown_endings import unknown_endings
from pivotgen.stages.site_files import is_of_theme, read_source, theme_folder

_Closures = dict[str, Closure]


def shared_inputs(build: BuildContext) -> tuple[SharedInputs | None, list[Problem]]:
    """What pages share, unless layouts or phrases cannot be read, and what is wrong with it.

    The ledger holds what is slow to find out.
    """
    config, site, ledger = build.config, build.site, build.ledger
    files = ledger.inputs.digests(("assets/", "layouts/", f"{STATIC}/"))
    voices, problems = _voices(build, files)
    phrases = voices.get(config.language)
    closures, compiled, faults = _closures(build, files, phrases)
    problems += [_with_owner(fault, site) for fault in faults]
    names, faults = names_of(build)
    problems += faults
    if phrases is None or len(voices) < len(config.every_language) or any_errors(problems):
        return None, problems
    redirects = ledger.inputs.digest(REDIRECTS) or b""
    filters = sorted(config.filters)
    functions = [config.filters[name] for name in filters]
    code = [*(name.encode() for name in filters), *code_of(functions, site)]
    settings = digest_of([settings_values(config), *code])
    assets, faults = published_assets(build, files)
    delivery = _delivery(build, files, closures)
    sidecars, lacking = sidecars_of(build, delivery)
    lacking += _lacking_twins(build)
    shared = SharedInputs(
        site=site,
        config=config,
        phrases=phrases,
        closures=closures,
        settings=settings,
        files=files,
        outputs=assets.outputs,
        replacements=assets.replacements,
        pictures=picture_files(build, files),
        redirects=redirects,
        hosts=(*config.hosts, *build.options.hosts),
        lock=ledger.inputs.digest(LOCK) or b"",
        delivery=delivery,
        sidecars=sidecars,
        preview=build.options.preview,
        code=compiled,
        voices=voices,
        names=names,
    )
    problems += [*faults, *lacking, *active_files(build, files), *unknown_endings(files, delivery)]
    problems += host_sizes(build, files)
    return shared, problems


def _lacking_twins(build: BuildContext) -> list[Problem]:
    if not build.config.markdown_twins:
        return []
    # Sites without twins import none of this.
    from pivotgen.engines.markdown_twin import PACKAGE, lacks_package

    if not lacks_package():
        return []
    place = place_in_settings(build.site, "markdown_twins")
    message = f"pages as Markdown need the package `{PACKAGE}`"
    hint = 'install it with `pip install "pivotgen[twins]"`, or take `markdown_twins` out'
    return [Problem(SETTINGS_FILE, *place, "config", message, hint)]


def layout_texts(site: Path, paths: Iterable[str]) -> dict[str, str]:
    """The text of each layout among these files, by its name, such as "pivot.html"."""
    return {
        path.removeprefix("layouts/"): read_source(site, path).decode("utf-8-sig", "replace")
        for path in _layouts(paths)
    }


def theme_phrases(language: str) -> list[Source]:
    """The theme's files that complete the phrases of a language: its own and the English one."""
    sources = []
    for name in dict.fromkeys((language, "en")):
        path = f"{PHRASES}/{name}.yaml"
        file = theme_folder() / path
        if file.is_file():
            data = file.read_bytes()
            sources.append(Source(path, data, digest(data)))
    return sources


def _with_owner(problem: Problem, site: Path) -> Problem:
    """The problem; where its file is the theme's, the hint says how to get one's own copy."""
    if os.path.exists(site / problem.path) or not is_of_theme(problem.path):
        return problem
    name = problem.path.partition("/")[2]
    own = f"this is the theme's file; `pivotgen eject {name}` copies it into the site"
    return replace(problem, hint=f"{problem.hint}; {own}" if problem.hint else own)


def _voices(
    build: BuildContext, files: Mapping[str, Digest]
) -> tuple[dict[str, Phrases], list[Problem]]:
    """The phrases of each language that can be read, and what is wrong with them."""
    voices: dict[str, Phrases] = {}
    problems: list[Problem] = []
    for language in build.config.every_language:
        phrases, faults = _phrases(build.site, language, files, build.ledger)
        problems += faults
        if phrases is not None:
            voices[language] = phrases
    # A fault of the English file is one of every language that it completes.
    return voices, sorted(set(problems))


def _phrases(
    site: Path, language: str, files: Mapping[str, Digest], ledger: Ledger
) -> tuple[Phrases | None, list[Problem]]:
    paths = [path for path in files if path.startswith(f"{PHRASES}/")]
    theme = theme_phrases(language)
    completing = [source.digest for source in theme]
    key = digest_of([b"phrases", language.encode(), *_identified(files, paths), *completing])
    if known := ledger.memos.recall(key):
        return unpack(Phrases, known), []
    # YAML is imported only when phrases have changed.
    from pivotgen.engines.layouts.phrases import read_phrases

    sources = [Source(path, read_source(site, path), files[path]) for path in paths]
    phrases, problems = read_phrases(sources, language, theme)
    # What has warnings is read by every build, so that they are reported again.
    if phrases and not problems:
        ledger.memos.remember(key, pack(phrases))
    return phrases, problems


def _closures(
    build: BuildContext, files: Mapping[str, Digest], phrases: Phrases | None
) -> tuple[_Closures, Mapping[str, bytes], list[Problem]]:
    """What each layout is made of, and the layouts that were compiled to find that out."""
    config, site, ledger = build.config, build.site, build.ledger
    paths = _layouts(files)
    filters = ",".join(sorted(config.filters))
    # Layouts ask for phrases, so the result holds only for the phrases it was found with.
    # And they ask for the site's own keys.
    asked = pack((phrases, identity(config.declared_keys)))
    parts = [b"closures", filters.encode(), asked, *_identified(files, paths)]
    key = digest_of(parts)
    if known := ledger.memos.recall(key):
        return unpack(_Closures, known), {}, []
    # Jinja is imported only when a layout has changed or a page is rendered.
    from pivotgen.engines.encoding import encoding_problem
    from pivotgen.engines.layouts.layouts import Layouts

    encodings = (encoding_problem(path, read_source(site, path)) for path in paths)
    if problems := [problem for problem in encodings if problem]:
        return {}, {}, problems
    layouts = Layouts(layout_texts(site, paths), config.filters)
    if problems := layouts.check(layout_views(config.declared_keys), phrases):
        return {}, {}, problems
    closures = layouts.closures()
    if problems := layouts.inline_code(_of_pages(closures)):
        return {}, {}, problems
    ledger.memos.remember(key, pack(closures))
    return closures, layouts.code, []


def _of_pages(closures: Mapping[str, Closure]) -> set[str]:
    """The names of the layouts that pages are made of."""
    pages = {kind.layout for kind in page_kinds(KINDS.values())} & closures.keys()
    return {name for page in pages for name in closures[page].layouts}


def _delivery(
    build: BuildContext, files: Mapping[str, Digest], closures: Mapping[str, Closure]
) -> Delivery:
    """How the files of the site are sent: by the settings, and by what pages and assets load."""
    needs = {need for name in _of_pages(closures) for need in closures[name].needs}
    needs.update(asset_needs(build, files))
    return delivery_of(build.config, needs, preview=build.options.preview)


def _layouts(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path.startswith("layouts/") and path.endswith(".html")]


def _identified(files: Mapping[str, Digest], paths: Iterable[str]) -> list[bytes]:
    """Each path with its digest, as parts of a key."""
    return [part for path in paths for part in (path.encode(), files[path])]
