"""Copy clashes: files of the site that have the name of another file's compressed copy."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.model.address import address_of, output_of, page_address, readable
from pivotgen.model.page import Entry, PlanInputs
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.sidecars import copy_of, has_copies
from pivotgen.stages.plan.plan import entries


def copy_clashes(inputs: PlanInputs) -> Iterator[Problem]:
    """A problem for each such file; nobody would know which of the two a server sends."""
    odd = [*_odd(inputs)] if inputs.compress else []
    if not odd:
        return
    owners = {output_of(entry.address).casefold(): entry for entry in entries(inputs)}
    for path, owner, base, ending in odd:
        place = _place_of(path, owner, inputs)
        if (entry := owners.get(base.casefold())) and has_copies(base, inputs.delivery):
            name, of = readable(address_of(copy_of(base, ending))), readable(address_of(base))
            message = f"{name} is the compressed copy of {of}, which belongs to {entry.owner}"
            hint = f"take {path} out, or leave `{ending}` out of `sidecars` in build.py"
            yield Problem(*place, "address-clash", message, hint)


def _odd(inputs: PlanInputs) -> Iterator[tuple[str, str, str, str]]:
    """What might be the copy of a file: what is in its way and whose it is, then the file, and the
    ending of the copy. A folder may have such a name too."""
    dotted = {f".{ending}": ending for ending in inputs.compress}
    for entry in (*entries(inputs), *_small_pages(inputs)):
        path = output_of(entry.address)
        while path:
            for end, ending in dotted.items():
                if path.casefold().endswith(end):
                    yield readable(entry.address), entry.owner, path[: -len(end)], ending
            path = path.rpartition("/")[0]


def _small_pages(inputs: PlanInputs) -> Iterator[Entry]:
    if inputs.small_pages:
        yield from (Entry(move.old, "") for move in inputs.moves() if move.new is not None)


def _place_of(path: str, owner: str, inputs: PlanInputs) -> tuple[str, int, int]:
    """Where an address was chosen; an old one stands with a page or in the file of redirects."""
    if owner:
        return owner, 1, 1
    site = inputs.site
    pages = [(page.path, page.aliases) for page in site.nodes.values()]
    pages += [(page.path, page.aliases) for page in site.pages.values()]
    for file, aliases in pages:
        for alias in aliases:
            if readable(page_address(alias.text)) == path:
                return file, alias.line, alias.column
    return REDIRECTS, 1, 1
