"""Refresh: what the ledger knows of the sources, brought up to date by reading what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pivotgen.memory.ledger import Ledger
from pivotgen.model.parsed import Parsed
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.stages.crew import Crew
from pivotgen.stages.read import Changes, Suspect, load

# Files in one message to a worker.
_BATCH = 64

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Refreshed:
    """What came of it."""

    problems: list[Problem] = field(default_factory=list)
    # Content files whose own problems keep them out of the ledger.
    unread: set[str] = field(default_factory=set)
    parsed: int = 0


def refresh(
    site: Path,
    changes: Changes,
    book: Ledger,
    crew: Crew,
    progress: Progress,
    *,
    prose: bool = False,
    overlay: Mapping[str, bytes] | None = None,
) -> Refreshed:
    """Read every suspect, parse what is new, and forget what is gone or cannot be parsed.

    With `prose`, what rules of quality look at is kept as well; the texts of `overlay` are read in
    place of the files they lie over.
    """
    done = Refreshed([*changes.problems])
    book.inputs.forget(changes.gone)
    if not changes.suspects:
        return done
    # Markdown and YAML are imported only when there is something to parse.
    from pivotgen.stages.parse import parse

    total = len(changes.suspects)
    batches = _batches(site, changes.suspects, book, done, overlay)
    for signatures, results in crew.each(partial(parse, prose=prose), batches, total):
        _file(results, signatures, book, done)
        progress("reading", done.parsed, total)
    return done


def _batches(
    site: Path,
    suspects: tuple[Suspect, ...],
    book: Ledger,
    done: Refreshed,
    overlay: Mapping[str, bytes] | None,
) -> Iterator[tuple[list[Source], list[bytes]]]:
    """The Markdown among the suspects that must be parsed, each with its signature; everything
    else is seen to here."""
    batch: list[Source] = []
    signatures: list[bytes] = []
    for suspect in suspects:
        source = load(site, suspect, overlay)
        if isinstance(source, Source) and source.digest == suspect.known:
            book.inputs.sign([(suspect.path, suspect.signature)])
        elif isinstance(source, Source) and suspect.path.endswith(".md"):
            batch.append(source)
            signatures.append(suspect.signature)
        elif isinstance(source, Source):
            book.inputs.keep([(suspect.path, suspect.signature, source.digest)])
        else:
            book.inputs.mistrust([suspect.path])
            done.unread.add(suspect.path)
            if source:
                done.problems.append(source)
        if len(batch) == _BATCH:
            yield batch, signatures
            batch, signatures = [], []
    if batch:
        yield batch, signatures


def _file(
    results: list[Parsed], signatures: Sequence[bytes], book: Ledger, done: Refreshed
) -> None:
    """Keep what was parsed; what has problems is parsed by every build, to be told again."""
    signed = zip(results, signatures, strict=True)
    book.inputs.file([(one, signature) for one, signature in signed if not one.problems])
    bad = [one for one in results if one.problems]
    book.inputs.mistrust(one.path for one in bad)
    done.parsed += len(results)
    done.unread.update(one.path for one in bad)
    for one in bad:
        done.problems += one.problems
