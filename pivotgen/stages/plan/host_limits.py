"""Host limits: what a host of the site would leave out without a word."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.kinds._host import host_recipe
from pivotgen.kinds.cloudfront import STORE, store_pairs
from pivotgen.model.hosts import (
    CLOUDFLARE_FILES,
    CLOUDFLARE_HEADERS,
    CLOUDFLARE_LINE,
    CLOUDFLARE_REDIRECTS,
    CLOUDFRONT_PAIR,
    CLOUDFRONT_STORE,
    cloudflare_rules,
)
from pivotgen.model.page import PlanInputs
from pivotgen.model.problem import Level, Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.stages.plan.plan import entries


def host_limits(inputs: PlanInputs, shared: SharedInputs) -> Iterator[Problem]:
    """The problems of a site that is too much for one of its hosts."""
    if "cloudflare" in inputs.hosts:
        place = place_in_settings(shared.site, "cloudflare")
        yield from _redirects_of_cloudflare(inputs)
        for message, hint in _faults_of_cloudflare(inputs):
            yield Problem(SETTINGS_FILE, *place, "host-limit", message, hint)
    if "cloudfront" in inputs.hosts:
        place = place_in_settings(shared.site, "cloudfront")
        for message, hint in _faults_of_cloudfront(inputs):
            yield Problem(SETTINGS_FILE, *place, "host-limit", message, hint)


def _redirects_of_cloudflare(inputs: PlanInputs) -> Iterator[Problem]:
    """Redirects without a rule are small pages, so they only work less well."""
    recipe = host_recipe(inputs, "")
    ruled = {old for old, _ in cloudflare_rules(recipe.moved, recipe.base)}
    left = [old for old, _ in recipe.moved if f"{recipe.base}{old}" not in ruled]
    if left:
        message = (
            f"Cloudflare Pages takes {CLOUDFLARE_REDIRECTS} redirects of at most "
            f"{CLOUDFLARE_LINE} characters; {len(left)} of this site stay small pages"
        )
        hint = "take out old addresses that nobody asks for any more"
        yield Problem(REDIRECTS, 1, 1, "host-limit", message, hint, Level.WARNING)


def _faults_of_cloudflare(inputs: PlanInputs) -> Iterator[tuple[str, str]]:
    rules = list(inputs.delivery.apart())
    lines = [f"  {name}: {value}" for rule in rules for name, value in rule.headers]
    if len(rules) > CLOUDFLARE_HEADERS:
        message = f"Cloudflare Pages takes {CLOUDFLARE_HEADERS} rules for headers"
        yield f"{message}, and this site has {len(rules)}", "name fewer files with headers"
    if (longest := max(map(len, lines), default=0)) > CLOUDFLARE_LINE:
        message = f"Cloudflare Pages takes headers of {CLOUDFLARE_LINE} characters"
        hint = "name fewer other hosts, and put scripts of layouts into files"
        yield f"{message}, and one of this site has {longest}", hint
    files = sum(1 for _ in entries(inputs))
    files += len(host_recipe(inputs, "").moved) if inputs.small_pages else 0
    if files > CLOUDFLARE_FILES:
        message = f"Cloudflare Pages takes {CLOUDFLARE_FILES} files"
        yield f"{message}, and this site has {files}", "publish it on another host"


def _faults_of_cloudfront(inputs: PlanInputs) -> Iterator[tuple[str, str]]:
    if not any(entry.address == STORE for entry in entries(inputs)):
        return
    sizes = {key: len(f"{key}{to}".encode()) for key, to in store_pairs(inputs).items()}
    longest = max(sizes, key=lambda key: sizes[key])
    if sizes[longest] > CLOUDFRONT_PAIR:
        message = f"a key value store of CloudFront takes pairs of {CLOUDFRONT_PAIR} bytes"
        yield f"{message}, and that of {longest[:60]} is longer", "take this redirect out"
    if sum(sizes.values()) > CLOUDFRONT_STORE:
        message = f"a key value store of CloudFront takes {CLOUDFRONT_STORE} bytes of redirects"
        yield f"{message}, and this site has more", "take out old addresses nobody asks for"
