"""Clashes: two sources that want one address of the finished site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pivotgen.model.address import page_address, readable
from pivotgen.model.claims import Claims
from pivotgen.model.header import Written
from pivotgen.model.page import PlanInputs
from pivotgen.model.problem import Problem
from pivotgen.stages.plan.plan import entries


def claim_addresses(inputs: PlanInputs) -> tuple[Claims, list[Problem]]:
    """Give out all addresses that somebody chose; those that are taken already are problems.

    Own pages and the files of static/ come before aliases.
    """
    claims = Claims(partial(entries, inputs, chosen=False))
    chosen = list(entries(inputs, chosen=True))
    aliases = list(_aliases(inputs))
    claims.expect(
        [
            *(entry.address for entry in chosen),
            *(page_address(alias.text) for _, alias in aliases),
        ]
    )
    problems = []
    for entry in chosen:
        if owner := claims.take(entry.address, entry.owner):
            message = f"{readable(entry.address)} already belongs to {owner}"
            hint = "give one of the two another name"
            problems.append(Problem.of_file(entry.owner, "address-clash", message, hint))
    for path, alias in aliases:
        address = page_address(alias.text)
        if owner := claims.take(address, path):
            message, hint = f"{readable(address)} already belongs to {owner}", "take this alias out"
            place = path, alias.line, alias.column
            problems.append(Problem(*place, "address-clash", message, hint))
    return claims, problems


def _aliases(inputs: PlanInputs) -> Iterator[tuple[str, Written]]:
    """Every old address, with the file that lists it."""
    for node in inputs.site.nodes.values():
        yield from ((node.path, alias) for alias in node.aliases)
    for page in inputs.site.pages.values():
        yield from ((page.path, alias) for alias in page.aliases)
