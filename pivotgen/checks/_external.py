"""External: links to other sites that no longer lead to a page.

This is not one of the rules that always run: it uses the network, so only `check --external` runs
it. Answers are remembered for a while.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urldefrag, urlsplit

from pivotgen.checks._crawl import CrawlPolicy, crawl
from pivotgen.memory.visits import Visits
from pivotgen.model.answer import PRIVATE, Answer
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Statuses that a program gets where a reader's browser may get the page: behind a login, or where
# robots are kept out.
_CLOSED = frozenset({401, 403, 407, 429, 451, 503, 999})
_HOUR = 3600.0
# Seconds for which an answer counts. A good page is still there next week; a broken one may be
# repaired within the hour, and its writer wants to see that.
_GOOD_FOR, _CLOSED_FOR, _BROKEN_FOR = 7 * 24 * _HOUR, 24 * _HOUR, _HOUR

# The path of a content file, a line and a column.
_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class ExternalCheck:
    """What a check of links to other sites needs besides the site."""

    # Addresses under it are the site's own. They are not requested: they may not be published yet.
    base_url: str
    visits: Visits
    # In seconds since 1970.
    now: float
    # Called with one line that says what was done.
    log: Callable[[str], None]
    policy: CrawlPolicy = CrawlPolicy()
    # Called with how many addresses were asked, of how many.
    progress: Callable[[int, int], None] = lambda done, total: None


def check_external(site: Site, check: ExternalCheck) -> Iterator[Problem]:
    """A warning at each link to another site that is broken, or whose page moved permanently."""
    places = _places(site, check.base_url)
    remembered = {
        address: answer
        for address, answer in check.visits.recall(check.now).items()
        if address in places
    }
    requested = _request(sorted(places.keys() - remembered.keys()), check)
    hosts = {urlsplit(address).netloc for address in requested}
    has_network = len(hosts) <= 1 or any(
        answer is None or answer.status or answer.fault == PRIVATE for answer in requested.values()
    )
    if has_network:
        left = sum(answer is None for answer in requested.values())
        rest = f", {left} left for another day as their hosts wish." if left else "."
        check.log(f"External links: {len(requested)} asked, {len(remembered)} remembered{rest}")
    else:
        hint = "is there a network?"
        check.log(f"External links: none of {len(hosts)} hosts could be reached; {hint}")
        requested = {}
    for address, answer in {**remembered, **requested}.items():
        if answer is not None and (verdict := _verdict(answer)):
            message, hint = verdict
            for place in places[address]:
                text = f"{address} {message}"
                yield Problem(*place, "external-link", text, hint, Level.WARNING)


def _places(site: Site, base_url: str) -> dict[str, list[_Place]]:
    """Every address on another site, without its fragment, and where it is written."""
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for address, place in _links(site):
        is_own = address == base_url or address.startswith(f"{base_url}/")
        if urlsplit(address).scheme in ("http", "https") and not is_own:
            places[urldefrag(address).url].append(place)
    return dict(places)


def _links(site: Site) -> Iterator[tuple[str, _Place]]:
    """The target of every link in the content, and where it is written."""
    for pivot, prose in site.with_prose():
        for link in prose.notes.links:
            yield link.target, (pivot.path, link.line, link.column)
        for source, place in zip(prose.references, prose.places.references, strict=True):
            yield source.url, (pivot.path, *place)
        yield prose.call.url, (pivot.path, *prose.places.call)
    for text in site.texts():
        for link in text.notes.links:
            yield link.target, (text.path, link.line, link.column)


def _request(addresses: list[str], check: ExternalCheck) -> dict[str, Answer | None]:
    """The answers of these addresses, remembered as they come; None where the host is to be left
    alone for now."""
    agent = f"pivotgen (link check of {check.base_url})"
    answers: dict[str, Answer | None] = {}
    for address, answer in crawl(addresses, agent, check.policy):
        answers[address] = answer
        check.progress(len(answers), len(addresses))
        # Without any response this machine may be at fault, so the next check tries again.
        if answer is not None and answer.status:
            check.visits.store(address, answer, check.now + _lifetime(answer))
    return answers


def _lifetime(answer: Answer) -> float:
    """The seconds for which an answer counts."""
    if answer.status in _CLOSED:
        return _CLOSED_FOR
    return _GOOD_FOR if answer.status < 400 else _BROKEN_FOR


def _verdict(answer: Answer) -> tuple[str, str] | None:
    """The message and the hint for the writer; None if a reader gets to the page."""
    if answer.fault == PRIVATE:
        message = "is not asked: it is, or leads to, this machine or a private network"
        return message, "link to a page that readers reach, or ask it too with --private"
    if answer.status == 0:
        message = f"cannot be reached: {answer.fault}"
        return message, "link to a page that is there, or drop the link"
    if answer.status >= 400 and answer.status not in _CLOSED:
        phrases = {status.value: status.phrase for status in HTTPStatus}
        phrase = phrases.get(answer.status, "no page")
        hint = "link to where the page is now, or drop the link"
        return f"answers {answer.status} ({phrase})", hint
    if answer.moved and answer.status < 400:
        return "has moved for good", f"write {answer.moved}"
    return None
