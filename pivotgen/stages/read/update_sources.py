"""Update the sources: what the ledger knows of them, by reading and parsing what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pivotgen.memory.ledger import Ledger
from pivotgen.model.own_code import OwnCode
from pivotgen.model.parsed import Named, Parsed
from pivotgen.model.problem import Problem
from pivotgen.model.source import Digest, Source
from pivotgen.stages.context import BuildContext
from pivotgen.stages.read.find_changes import Changes, load
from pivotgen.stages.read.parse_settings import markdown_settings, parse_options

# Files in one message to a worker.
_BATCH = 64


@dataclass(slots=True)
class SourcesUpdate:
    """What came of it."""

    problems: list[Problem] = field(default_factory=list)
    # Content files whose own problems keep them out of the ledger, and what they name.
    unread: dict[str, Named] = field(default_factory=dict)
    parsed: int = 0


def update_sources(build: BuildContext, changes: Changes) -> SourcesUpdate:
    """Read every suspect, parse what is new, and delete what is gone or cannot be parsed."""
    update = SourcesUpdate([*changes.problems])
    build.ledger.inputs.delete(changes.gone)
    if not changes.suspects:
        return update
    # Markdown and YAML are imported only when there is something to parse.
    from pivotgen.stages.parse.parse import ParseBatch, fault_of_plugins, parse_batch

    markdown = markdown_settings(build)
    if problem := fault_of_plugins(markdown):
        update.problems.append(problem)
        return update
    options = parse_options(build)
    total = len(changes.suspects)
    code = _own_code(build)
    batches = (
        (ParseBatch(markdown, tuple(sources), options, code), signatures)
        for sources, signatures in _batches(build, changes, update)
    )
    for signatures, results in build.pool.map(parse_batch, batches, total):
        _store(results, signatures, build.ledger, update)
        build.options.progress("reading", update.parsed, total)
    return update


def _own_code(build: BuildContext) -> OwnCode | None:
    """What workers need of the site's own code, if they do not see it."""
    if not (build.pool.is_far and build.config.markdown):
        return None
    from pivotgen.engines.own_code import own_code

    return own_code(build.config, build.site)


def _batches(
    build: BuildContext, changes: Changes, update: SourcesUpdate
) -> Iterator[tuple[list[Source], list[bytes]]]:
    """The Markdown files that must be parsed, each with its signature.

    Every other suspect is dealt with here.
    """
    inputs, batch, signatures = build.ledger.inputs, list[Source](), list[bytes]()
    same, others = list[tuple[str, bytes]](), list[tuple[str, bytes, Digest]]()
    for suspect in changes.suspects:
        source = load(build.site, suspect.path, build.options.overlay)
        if not isinstance(source, Source):
            inputs.invalidate([suspect.path])
            update.unread[suspect.path] = Named()
            if source:
                update.problems.append(source)
        elif source.digest == suspect.known:
            same.append((suspect.path, suspect.signature))
        elif suspect.path.endswith(".md"):
            batch.append(source)
            signatures.append(suspect.signature)
        else:
            others.append((suspect.path, suspect.signature, source.digest))
        if len(batch) == _BATCH:
            yield batch, signatures
            batch, signatures = [], []
    # One by one, these would cost more than what they store.
    inputs.record_stat(same)
    inputs.store(others)
    if batch:
        yield batch, signatures


def _store(
    results: list[Parsed], signatures: Sequence[bytes], ledger: Ledger, update: SourcesUpdate
) -> None:
    """Store what was parsed; what has problems is parsed by every build, to be told again."""
    signed = zip(results, signatures, strict=True)
    ledger.inputs.store_parsed(
        [(parsed, signature) for parsed, signature in signed if not parsed.problems]
    )
    bad = [parsed for parsed in results if parsed.problems]
    ledger.inputs.invalidate(parsed.path for parsed in bad)
    update.parsed += len(results)
    update.unread.update((parsed.path, parsed.named) for parsed in bad)
    for parsed in bad:
        update.problems += parsed.problems
