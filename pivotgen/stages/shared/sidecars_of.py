"""Sidecars of a site: the compressed copies that its settings ask for, if they can be made."""

from __future__ import annotations

from pivotgen.engines.packing import pack
from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.delivery import Delivery
from pivotgen.model.delivery_settings import in_order
from pivotgen.model.problem import Problem
from pivotgen.model.sidecars import NO_SIDECARS, SMALLEST, Sidecars
from pivotgen.model.source import Digest
from pivotgen.stages.context import BuildContext


def sidecars_of(build: BuildContext, delivery: Delivery) -> tuple[Sidecars, list[Problem]]:
    """The copies that files have, or a problem for each package that they need and that is not
    installed."""
    endings = in_order(build.config.sidecars) if build.options.sidecars else ()
    if not endings:
        return NO_SIDECARS, []
    # A site without copies imports none of this.
    from pivotgen.engines.compression import lacking_packages, method

    problems = []
    for ending, package in lacking_packages(endings):
        place = place_in_settings(build.site, ending)
        message = f"compressed copies that end in .{ending} need the package `{package}`"
        hint = f'install it with `pip install "pivotgen[sidecars]"`, or take "{ending}" out'
        problems.append(Problem(SETTINGS_FILE, *place, "config", message, hint))
    return (
        NO_SIDECARS if problems else Sidecars(endings, _key(method(endings), delivery), delivery)
    ), problems


def _key(method: bytes, delivery: Delivery) -> Digest:
    return digest_of([method, SMALLEST.to_bytes(4), pack(delivery.types)])
