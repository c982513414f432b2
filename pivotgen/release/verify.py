"""Verify: asks as a reader does whether the site is what was deployed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from hashlib import sha256
from itertools import chain, islice
from typing import Protocol
from urllib.parse import urljoin
from uuid import uuid4

from pivotgen.model.address import (
    ASSETS,
    HOME,
    MISSING,
    SITEMAP,
    address_of,
    is_page_file,
    output_of,
)
from pivotgen.model.deploying import VerificationError
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Level, Problem
from pivotgen.model.purging import Wait
from pivotgen.model.redirect import Redirect
from pivotgen.model.release import STATE, Manifest
from pivotgen.model.schedule import Schedule

# How many of the pages that changed are asked for.
_PAGES = 5
# Seconds until an address that is not right yet is asked again.
_PAUSE = 2.0
_SETTINGS = ("build.py", 1, 1)
_MOVED = (301, 302, 307, 308)


class Answer(Protocol):
    """What an address answers; status 0 where nothing is answered."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def fault(self) -> str: ...


Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How a site is looked at."""

    # Where it is seen, without a slash at the end.
    url: str
    ask: Ask
    wait: Wait = time.sleep
    # Seconds that it may take to be seen.
    patience: float = 60
    # Whether the target sends what a release says of caching.
    caching: bool = True
    # Old addresses, for which the host may answer without a file.
    moves: Sequence[Redirect] = ()
    # How to keep readers out of what a deploy keeps for itself.
    closing: str = "let the host refuse that folder"
    # What to look at that does not make a deploy fail.
    problems: list[Problem] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic


def verify(plan: Schedule, reader: Reader) -> None:
    """See that readers get the release of a schedule. VerificationError when they do not."""
    end = reader.clock() + reader.patience
    left = list(_paths(plan))
    while left:
        faults = [(path, fault) for path in left if (fault := _fault(path, plan.want, reader))]
        left = [path for path, _ in faults]
        if left and reader.clock() >= end:
            path, fault = faults[0]
            raise VerificationError(
                f"readers do not get what was deployed: {reader.url}{address_of(path)} {fault}",
                "see that the address leads to this target, and that caches ask it again",
            )
        if left:
            reader.wait(_PAUSE)
    reader.problems.extend(_warnings(plan, reader))


def _paths(plan: Schedule) -> Iterator[str]:
    """The files that are asked for: what every site has, and some that changed."""
    files = plan.want.files
    home, sitemap = output_of(HOME), output_of(SITEMAP)
    changed = (path for path in chain(plan.changed, plan.added) if is_page_file(path))
    asset = (path for path in files if path.startswith(ASSETS[1:]))
    moved = (path for path in files if plan.want.attributes_of(path).redirect)
    chosen = chain(
        (path for path in (home, sitemap) if path in files),
        islice(asset, 1),
        islice(moved, 1),
        islice((path for path in changed if path != output_of(MISSING)), _PAGES),
    )
    yield from dict.fromkeys(chosen)


def _fault(path: str, want: Manifest, reader: Reader) -> str:
    """What is wrong with what a reader gets; "" when nothing is."""
    item, attributes = want.files[path], want.attributes_of(path)
    url = f"{reader.url}{address_of(path)}"
    # Whatever is in a cache between here and there is asked again.
    answer = reader.ask(url)
    if not answer.status:
        return f"does not answer: {answer.fault}"
    if attributes.redirect and answer.status in _MOVED:
        leads = urljoin(url, answer.headers.get("location", ""))
        return "" if leads == attributes.redirect else f"leads to {leads}"
    if answer.status != 200:
        return f"answers {answer.status}"
    if sha256(answer.body).hexdigest() != item.digest:
        return "has other bytes"
    expected = dict(attributes.headers).get("Content-Type", "")
    actual = answer.headers.get("content-type", "")
    if not reader.caching:
        # A server has a table of its own, and pages say themselves how they are encoded.
        is_page = is_page_file(path)
        expected, actual = (kind.partition(";")[0] * is_page for kind in (expected, actual))
    if _plain(expected) != _plain(actual):
        return f"is sent as {actual or 'nothing'} instead of {expected}"
    return ""


def _warnings(plan: Schedule, reader: Reader) -> Iterator[Problem]:
    """What is not as it should be, though going back would not help."""
    missing = reader.ask(f"{reader.url}/{uuid4().hex}/")
    if missing.status not in (404, 410):
        yield _warning(
            f"an address that does not exist answers {missing.status} instead of 404",
            "let the host answer 404 there, with the site's own page for that",
        )
    private = reader.ask(f"{reader.url}/{STATE}")
    if private.status == 200 and b'"nonce"' in private.body:
        yield Problem(
            *_SETTINGS,
            "open-store",
            f"everybody can read {reader.url}/_pivotgen/, which has earlier and unseen pages",
            reader.closing,
            Level.WARNING,
        )
    if fault := _fault_of_moves(plan.want, reader):
        yield _warning(
            fault, "let the host take the rules of this build: reload it, or publish its functions"
        )
    asset = next((path for path in plan.want.files if path.startswith(ASSETS[1:])), None)
    if asset and reader.caching:
        expected = dict(plan.want.attributes_of(asset).headers).get("Cache-Control", "")
        answer = reader.ask(f"{reader.url}{address_of(asset)}")
        actual = answer.headers.get("cache-control", "")
        if _plain(expected) != _plain(actual):
            yield _warning(
                f"assets are sent with Cache-Control `{actual}` instead of `{expected}`",
                "let the cache keep what the target sends",
            )


def _fault_of_moves(want: Manifest, reader: Reader) -> str:
    """What is wrong with an old address for which there is no file; "" when nothing is.

    The last one is asked for: a host that has not read its rules lacks it most likely.
    """
    left = [move for move in reader.moves if move.new and output_of(move.old) not in want.files]
    for move in left[-1:]:
        url, new = f"{reader.url}{move.old}", f"{reader.url}{move.new}"
        answer = reader.ask(url)
        leads = urljoin(url, answer.headers.get("location", ""))
        if answer.status not in _MOVED:
            return f"{move.old} answers {answer.status} instead of leading to {new}"
        if leads != new:
            return f"{move.old} leads to {leads} instead of {new}"
    return ""


def _warning(message: str, hint: str) -> Problem:
    return Problem(*_SETTINGS, "not-as-deployed", message, hint, Level.WARNING)


def _plain(value: str) -> str:
    return value.lower().replace(" ", "")
