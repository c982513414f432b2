"""The journey of a site, one way: read, parse, link, plan, render, write."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pivotgen.checks import Rule
from pivotgen.engines.redirects import redirects as forward
from pivotgen.engines.words import words
from pivotgen.memory import ledger
from pivotgen.model.config import Config
from pivotgen.model.page import Output
from pivotgen.model.problem import Level, Problem, any_errors
from pivotgen.model.redirect import Redirect
from pivotgen.model.source import Source
from pivotgen.model.view import Chrome, PivotView
from pivotgen.model.words import Words
from pivotgen.outputs.feeds import feeds
from pivotgen.outputs.llms import llms
from pivotgen.outputs.redirects import redirects
from pivotgen.outputs.robots import robots
from pivotgen.outputs.sitemap import sitemap
from pivotgen.stages.link import link
from pivotgen.stages.parse import parse
from pivotgen.stages.plan import plan
from pivotgen.stages.read import read
from pivotgen.stages.render import render
from pivotgen.stages.write import write


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: problems sorted by place, files of the site, and how many were written."""

    problems: tuple[Problem, ...]
    files: int = 0
    changed: int = 0


def build(
    config: Config,
    site: Path,
    into: Path | None,
    *,
    drafts: bool = False,
    clean: bool = False,
    memory: Path | None = None,
    rules: Iterable[Rule] = (),
) -> Report:
    """Carry content/ to `into`; with an error, or with no `into`, nothing is written.

    `clean` writes every file again, also one that is right already. `memory` is the folder of
    the ledger, .pivotgen/ of the site when not named; `rules` add warnings about the content.
    """
    sources = read(site)
    parsed, texts, problems = parse(sources.content)
    said, faults = words(sources.words, config.language)
    if said is None:
        return Report(tuple(sorted([*problems, *faults])))
    assets = {_asset(one): one for one in sources.assets}
    read_well = {pivot.path for pivot, _ in parsed} | {text.path for text in texts}
    graph, unresolved = link(
        parsed,
        texts,
        frozenset(f"/{name}" for name in assets),
        drafts=drafts,
        unread=frozenset(one.path for one in sources.content) - read_well,
    )
    pages, clashes = plan(graph, config, said)
    problems += [*unresolved, *clashes, *(found for rule in rules for found in rule(graph))]
    # While a page cannot be read, a redirect to it would be a second problem.
    moved: list[Redirect] = []
    for source in () if any_errors(problems) else sources.redirects:
        moved, faults = forward(
            source.data, {page.view.head.url for page in pages}, graph.aliases()
        )
        problems += faults
    if any_errors(problems):
        return Report(tuple(sorted(problems)))
    views = [page.view for page in pages]
    pivots = [view for view in views if isinstance(view, PivotView)]
    discovery = [
        *sitemap([view.head for view in views], config),
        *(fed := feeds(pivots, config)),
        robots(config),
        llms(pivots, config),
        *redirects(
            graph.pivots.values(), moved, {view.head.url: view.head.title for view in views}, config
        ),
    ]
    outputs, failed = render(
        pages, sources.layouts, _chrome(config, said, sources.assets, bool(fed)), config
    )
    problems += failed
    if any_errors(problems) or into is None:
        return Report(tuple(sorted(problems)))
    everything = [*outputs, *discovery, *(Output(name, one.data) for name, one in assets.items())]
    # Relative, so that the ledger still holds when the site's folder moves.
    root = os.path.relpath(into, site)
    try:
        with ledger.opened(memory or site / ".pivotgen") as book:
            known = book.known(root)
            book.announce(root, sorted({one.output for one in everything} - set(known)))
            digests, changed = write(everything, into, known, anew=clean)
            book.settle(root, digests)
            if book.renewed:
                problems.append(_RENEWED)
    except ledger.BusyError:
        return Report(tuple(sorted([*problems, _BUSY])))
    except OSError as error:
        return Report(tuple(sorted([*problems, _unwritable(into, error)])))
    return Report(tuple(sorted(problems)), len(digests), changed)


_RENEWED = Problem(
    ".pivotgen",
    1,
    1,
    "ledger",
    "the memory of earlier builds could not be read and was made anew",
    "delete public/ and build again if pages that are no longer made must go",
    Level.WARNING,
)
_BUSY = Problem(
    ".pivotgen", 1, 1, "busy", "another build is at work here", "wait for it to end, or stop it"
)


def _unwritable(into: Path, error: OSError) -> Problem:
    file = error.filename2 or error.filename or into.name
    said = error.strerror or str(error)
    message = f"cannot write {Path(str(file)).name}: {said}"
    hint = "mend that and build again; every file that is there is whole"
    return Problem(into.name, 1, 1, "cannot-write", message, hint)


def _asset(source: Source) -> str:
    """Where an asset is published: its digest is in the name, so it may be cached for ever."""
    stem, dot, ending = source.path.rpartition(".")
    return f"{stem}.{source.digest[:10]}{dot}{ending}"


def _chrome(config: Config, said: Words, assets: Sequence[Source], fed: bool) -> Chrome:
    return Chrome(
        name=config.name,
        base_url=config.base_url,
        language=config.language,
        words=said,
        organisation=config.organisation.name,
        organisation_url=config.organisation.url,
        editor=config.editor.name,
        editor_url=config.editor.url,
        assets={one.path.removeprefix("assets/"): f"/{_asset(one)}" for one in assets},
        feeds=fed,
    )
