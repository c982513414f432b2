"""Own call: a call to action that leads to a list or a pivot of this very site.

Whoever presses a button wants a next step, and is on such a page already, or was a moment ago. A
page of the site's own may well be that step. This rule needs the settings, so `check` brings it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.model.address import own_page_address, page_address, readable, split_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


@dataclass(frozen=True, slots=True)
class SiteCall:
    """What the rule needs besides the site."""

    base_url: str
    # The address of the call to action in the settings, or "", and where it stands.
    url: str
    path: str
    place: tuple[int, int]


def check_own_call(site: Site, call: SiteCall) -> Iterator[Problem]:
    """A warning at each address of a call to action that leads around in this site."""
    pages = {own_page_address(page.slug) for page in site.pages.values()}
    if address := _led_around(call.url, call.base_url, pages):
        yield _problem(call.path, call.place, address)
    for pivot, prose in site.with_prose():
        if address := _led_around(prose.call.url, call.base_url, pages):
            yield _problem(pivot.path, prose.places.call, address)


def _led_around(url: str, base_url: str, pages: set[str]) -> str:
    """The address on this site that is no page of the site's own, or ""."""
    path, _ = split_address(url)
    if path == base_url or path.startswith(f"{base_url}/"):
        path = path[len(base_url) :] or "/"
    if not path.startswith("/") or path.startswith("//"):
        return ""
    return "" if page_address(path) in pages else path


def _problem(path: str, place: tuple[int, int], address: str) -> Problem:
    message = f"the call to action leads to {readable(address)} of this very site, no next step"
    hint = (
        "lead to where that step is taken, or to a page about it that you write in content/pages/"
    )
    return Problem(path, *place, "own-call", message, hint, Level.WARNING)
