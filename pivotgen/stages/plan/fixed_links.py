"""Fixed links: those in build.py and in layouts, which must lead to something on this site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.kinds import KINDS, page_kinds
from pivotgen.model.address import (
    NO_FEED,
    is_feed,
    page_address,
    readable,
    split_address,
    typed_address,
)
from pivotgen.model.nearest import Nearest
from pivotgen.model.page import PlanInputs
from pivotgen.model.problem import Problem
from pivotgen.model.shared_inputs import THEME_IMAGE, SharedInputs
from pivotgen.model.site import Site
from pivotgen.stages.link.old_addresses import Moves, OldAddresses, target_edit
from pivotgen.stages.link.shown_pictures import fault_of, fault_of_share
from pivotgen.stages.plan.plan import entries


def dead_fixed_links(
    inputs: PlanInputs, shared: SharedInputs, old: OldAddresses
) -> Iterator[Problem]:
    """The links of the settings and of layouts to addresses of this site that do not exist."""
    in_settings = {url for url in shared.config.fixed_links if url.startswith("/")}
    in_layouts = [
        (f"layouts/{name}", link)
        for name in sorted(_used_layouts(shared))
        for link in shared.closures[name].links
    ]
    if not in_settings and not in_layouts:
        return
    known = {typed_address(f"/{path}") for path in shared.assets.values()}
    unserved: set[str] = set()
    for entry in entries(inputs):
        (known if entry.served else unserved).add(entry.address)
    dead = partial(_dead_link, _KnownAddresses(known, inputs.site, old))
    for url in sorted(in_settings):
        if problem := dead(url, SETTINGS_FILE, place_in_settings(shared.site, url)):
            yield problem
    # A layout asks whether there are feeds, and what it then names is not dead.
    dead = partial(_dead_link, _KnownAddresses(known | unserved, inputs.site, old))
    for path, link in in_layouts:
        if problem := dead(link.url, path, (link.line, link.column)):
            yield problem


def bad_pictures(shared: SharedInputs) -> Iterator[Problem]:
    """What is wrong with the logo, and with the picture for shared pages that name none."""
    image, logo = shared.config.image, shared.config.theme.logo
    of_share = fault_of_share(split_address(image)[0])
    for url, fault in ((image, of_share), (logo, None)):
        if url and (fault := fault or _fault_of_file(shared, shared.file_of(url))):
            place = place_in_settings(shared.site, url)
            yield Problem(SETTINGS_FILE, *place, "bad-image", *fault)
    if not image and (fault := _fault_of_file(shared, THEME_IMAGE)):
        # Nobody writes this name anywhere, so the file has to fit it.
        hint = 'save it anew as a PNG picture, or name another in build.py: image="/assets/…"'
        yield Problem.of_file(THEME_IMAGE, "bad-image", fault[0], hint)


def _fault_of_file(shared: SharedInputs, file: str) -> tuple[str, str] | None:
    picture = shared.pictures.get(file)
    return fault_of(file, picture) if picture else None


def _used_layouts(shared: SharedInputs) -> set[str]:
    pages = {kind.layout for kind in page_kinds(KINDS.values())} & shared.closures.keys()
    return {name for page in pages for name in shared.closures[page].layouts}


class _KnownAddresses:
    """The addresses that a fixed link may lead to, and those that it led to once."""

    def __init__(self, addresses: set[str], site: Site, old: OldAddresses) -> None:
        self.addresses = addresses
        self.nearest = Nearest(map(readable, addresses))
        self.old = old
        self._site = site

    @cached_property
    def moved(self) -> Moves:
        """Asked only for a link that is dead."""
        return self.old.moves(self._site)


def _dead_link(
    known: _KnownAddresses, url: str, path: str, place: tuple[int, int]
) -> Problem | None:
    address, rest = split_address(url)
    if typed_address(address) in known.addresses:
        return None
    if (old := page_address(address)) in known.moved:
        new = known.moved[old]
        if new is None:
            hint = "take the link out, or name a page that is there"
            return Problem(path, *place, "dead-link", f"{readable(old)} is gone", hint)
        message = f"{readable(old)} has moved to {readable(new)}"
        page, part = split_address(new)
        text = readable(page if "#" in rest else page + part)
        # The settings are a program, which is its author's to change.
        data = None if path == SETTINGS_FILE else known.old.read(path)
        edits = target_edit(path, place, address, text, data)
        return Problem(path, *place, "dead-link", message, f"write `{text}`", edits=edits)
    message = f"nothing on this site has the address `{url}`"
    if is_feed(address):
        return Problem(path, *place, "dead-link", message, NO_FEED)
    near = known.nearest.to(address)
    hint = f"did you mean `{near[0]}`?" if near else "name a page of this site"
    return Problem(path, *place, "dead-link", message, hint)
