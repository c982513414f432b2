"""Footer: the links at the foot of every page, which must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.model.address import readable, split_address, typed_address
from pivotgen.model.page import PlanInputs
from pivotgen.model.problem import Problem
from pivotgen.model.view import Link
from pivotgen.stages.plan.plan import served_addresses


def dead_footer_links(
    inputs: PlanInputs, footer: tuple[Link, ...], site: Path
) -> Iterator[Problem]:
    """The links of Config(footer=…) to addresses of this site that do not exist."""
    own = {link.url for link in footer if link.url.startswith("/")}
    if not own:
        return
    known = served_addresses(inputs)
    names = [readable(address) for address in sorted(known)]
    for url in sorted(own):
        if typed_address(split_address(url)[0]) in known:
            continue
        near = get_close_matches(split_address(url)[0], names, 1, 0.5)
        hint = f"did you mean `{near[0]}`?" if near else "name a page of this site"
        place = place_in_settings(site, url)
        message = f"nothing on this site has the address `{url}`"
        yield Problem(SETTINGS_FILE, *place, "dead-link", message, hint)
