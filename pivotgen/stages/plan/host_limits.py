"""Host limits: what a host of the site would leave out, or would not start with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.kinds._host import host_recipe
from pivotgen.kinds.cloudfront import STORE, store_pairs
from pivotgen.kinds.redirect_rules import slashes_left_out
from pivotgen.model import hosts
from pivotgen.model.address import output_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import PlanInputs
from pivotgen.model.problem import Level, Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.sidecars import has_copies
from pivotgen.stages.plan.plan import entries, listed


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is too much for a host, and what to do about it."""

    message: str
    hint: str
    level: Level = Level.ERROR
    # Whether it is told at the file of redirects, if there is one, and not where the settings name
    # the host.
    of_redirects: bool = False


def host_limits(inputs: PlanInputs, shared: SharedInputs) -> Iterator[Problem]:
    """The problems of a site that is too much for one of its hosts."""
    whole = replace(inputs, listed=lambda: listed(inputs))
    for host in inputs.hosts:
        faults_of = _FAULTS.get(host)
        for fault in faults_of(whole) if faults_of else ():
            path, place = SETTINGS_FILE, place_in_settings(shared.site, host)
            if fault.of_redirects and shared.redirects:
                path, place = REDIRECTS, (1, 1)
            yield Problem(path, *place, "host-limit", fault.message, fault.hint, fault.level)


def _of_cloudflare(inputs: PlanInputs) -> Iterator[_Fault]:
    name = "Cloudflare Pages takes"
    yield from _redirects_of_cloudflare(inputs)
    rules = inputs.delivery.rules
    if len(rules) > hosts.CLOUDFLARE_HEADERS:
        message = f"{name} {hosts.CLOUDFLARE_HEADERS} rules for headers"
        yield _Fault(f"{message}, and this site has {len(rules)}", "name fewer files with headers")
    longest = max((len(f"  {header}: {value}") for _, header, value in _headers(inputs)), default=0)
    if longest > hosts.CLOUDFLARE_HEADER:
        yield _too_long(f"{name} headers of {hosts.CLOUDFLARE_HEADER} characters", longest)
    files = sum(1 + _copies(entry.address, inputs) for entry in entries(inputs))
    files += len(host_recipe(inputs, "").moved) if inputs.small_pages else 0
    if files > hosts.CLOUDFLARE_FILES_PAID:
        message = f"{name} {hosts.CLOUDFLARE_FILES_PAID} files, and this site has {files}"
        yield _Fault(message, "publish it on another host")
    elif files > hosts.CLOUDFLARE_FILES:
        message = f"{name} {hosts.CLOUDFLARE_FILES} files free of charge, and this site has {files}"
        yield _Fault(message, "pay for more, or publish it on another host", Level.WARNING)


def _copies(address: str, inputs: PlanInputs) -> int:
    """How many compressed copies a file has, if it is large enough."""
    return len(inputs.compress) if has_copies(output_of(address), inputs.delivery) else 0


def _redirects_of_cloudflare(inputs: PlanInputs) -> Iterator[_Fault]:
    """Redirects without a rule are small pages, so they only work less well."""
    recipe = host_recipe(inputs, "")
    ruled = {old for old, _ in hosts.cloudflare_rules(recipe.moved, recipe.base, recipe.hosts)}
    left = [old for old, _ in recipe.moved if f"{recipe.base}{old}" not in ruled]
    if left:
        message = (
            f"Cloudflare Pages takes {hosts.CLOUDFLARE_REDIRECTS} redirects of at most "
            f"{hosts.CLOUDFLARE_RULE} characters; {len(left)} of this site stay small pages"
        )
        hint = "take out old addresses that nobody asks for any more"
        yield _Fault(message, hint, Level.WARNING, of_redirects=True)
    elif pages := slashes_left_out(inputs):
        message = (
            f"Cloudflare Pages has no room for {pages} rules that lead addresses without their "
            f"last slash to pages below {recipe.base}/"
        )
        hint = "take out old addresses that nobody asks for any more, or publish without a path"
        yield _Fault(message, hint, Level.WARNING, of_redirects=True)


def _of_netlify(inputs: PlanInputs) -> Iterator[_Fault]:
    count = sum(1 for _ in inputs.moves())
    if count > hosts.NETLIFY_REDIRECTS:
        message = f"Netlify may fail to publish more than {hosts.NETLIFY_REDIRECTS} redirects"
        hint = "take out old addresses that nobody asks for any more"
        yield _Fault(f"{message}; this site has {count}", hint, Level.WARNING, of_redirects=True)


def _of_nginx(inputs: PlanInputs) -> Iterator[_Fault]:
    longest = max((len(value.encode()) for _, _, value in _headers(inputs)), default=0)
    if longest > hosts.NGINX_TEXT:
        yield _too_long(f"nginx takes headers of {hosts.NGINX_TEXT} bytes", longest)
    recipe = host_recipe(inputs, "")
    texts = [*(text for move in recipe.moved for text in move), *recipe.gone]
    yield from _long_redirect("nginx", texts, hosts.NGINX_TEXT - len(recipe.base))


def _of_apache(inputs: PlanInputs) -> Iterator[_Fault]:
    lines = (f'Header always set {header} "{value}"' for _, header, value in _headers(inputs))
    longest = max((len(line.encode()) for line in lines), default=0)
    room = hosts.APACHE_LINE - _BESIDE
    if longest > room:
        yield _too_long(f"Apache takes headers of {room} bytes", longest)
    recipe = host_recipe(inputs, "")
    count = len(recipe.moved) + len(recipe.gone)
    if count > hosts.APACHE_REDIRECTS:
        message = f"Apache reads all {count} redirects of .htaccess anew for each request"
        hint = "include that file in the settings of the server, which are read once"
        yield _Fault(message, hint, Level.WARNING)
    # An expression has a mark before each letter that may mean something else.
    texts = [f"{old}{old}{new}{recipe.base}" for old, new in recipe.moved]
    yield from _long_redirect("Apache", [*texts, *recipe.gone], room)


def _of_cloudfront(inputs: PlanInputs) -> Iterator[_Fault]:
    if not any(entry.address == STORE for entry in entries(inputs)):
        return
    pairs = store_pairs(inputs)
    name = "a key value store of CloudFront takes"
    for key, to in pairs.items():
        size = len(f"{key}{to}".encode())
        if len(key.encode()) > hosts.CLOUDFRONT_KEY or size > hosts.CLOUDFRONT_PAIR:
            message = f"{name} keys of {hosts.CLOUDFRONT_KEY} bytes and pairs of "
            message += f"{hosts.CLOUDFRONT_PAIR}, and that of {key[:60]} is longer"
            yield _Fault(message, "take this redirect out")
            break
    if sum(len(f"{key}{to}".encode()) for key, to in pairs.items()) > hosts.CLOUDFRONT_STORE:
        message = f"{name} {hosts.CLOUDFRONT_STORE} bytes of redirects, and this site has more"
        yield _Fault(message, "take out old addresses that nobody asks for any more")


def _of_vercel(inputs: PlanInputs) -> Iterator[_Fault]:
    left = len(host_recipe(inputs, "").moved) - hosts.VERCEL_REDIRECTS
    if left > 0:
        message = f"Vercel takes {hosts.VERCEL_REDIRECTS} redirects; {left} of this site stay "
        hint = "take out old addresses that nobody asks for any more"
        yield _Fault(f"{message}small pages", hint, Level.WARNING, of_redirects=True)


# Bytes of a line for Apache beside what counts: an expression of addresses, and words of ours.
_BESIDE = 200
_FAULTS: dict[str, Callable[[PlanInputs], Iterator[_Fault]]] = {
    "apache": _of_apache,
    "cloudflare": _of_cloudflare,
    "cloudfront": _of_cloudfront,
    "netlify": _of_netlify,
    "nginx": _of_nginx,
    "vercel": _of_vercel,
}


def _headers(inputs: PlanInputs) -> Iterator[tuple[str, str, str]]:
    """Every header with its pattern, name and value."""
    for pattern, headers in inputs.delivery.rules:
        for name, value in headers:
            yield pattern, name, value


def _too_long(takes: str, longest: int) -> _Fault:
    hint = "name fewer other sites, and put scripts and styles of layouts into files"
    return _Fault(f"{takes}, and one of this site has {longest}", hint)


def _long_redirect(host: str, texts: list[str], room: int) -> Iterator[_Fault]:
    longest = max(texts, key=lambda text: len(text.encode()), default="")
    if len(longest.encode()) > room:
        message = f"{host} takes no redirect as long as that which begins with {longest[:60]}"
        yield _Fault(message, "take this redirect out", of_redirects=True)
