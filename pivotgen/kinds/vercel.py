"""The file for Vercel: the routes of a deployment, in the form of its Build Output API.

vercel.json could hold redirects and headers too, but Vercel reads it before the build, so it would
have to be committed with every change of an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from pivotgen.kinds._host import (
    READ_BY_HOSTS,
    HostRecipe,
    header_names,
    host_recipe,
    is_for_success,
    values_of,
)
from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    HOST_FILES,
    MISSING,
    PAGE_FILE,
    output_of,
    path_of,
    static_address,
)
from pivotgen.model.hosts import VERCEL_EXPRESSION, VERCEL_REDIRECTS
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

CONFIG = f"{HOST_FILES}vercel/config.json"

Route = dict[str, Any]

# What the next build of the host is given back.
_CACHED = (".pivotgen/**", "public/**")
# A text that is there even if each of its letters means something else.
_MEANS_MORE = re.compile(r"[.*+?^${}()|\[\]\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class VercelRecipe:
    """What a host is made from, and which addresses do not look like what they are."""

    host: HostRecipe
    # Addresses of files whose names have no ending, and of pages whose names have a dot.
    files: tuple[str, ...]
    pages: tuple[str, ...]
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    if "vercel" in inputs.hosts:
        yield Entry(CONFIG, "a file of the site", served=False)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    for entry in _entries(inputs):
        files = (static_address(path) for path in inputs.static)
        listed = (page.address for page in inputs.listed())
        recipe = VercelRecipe(
            host=host_recipe(inputs, entry.address),
            files=tuple(sorted(url for url in files if "." not in url.rpartition("/")[2])),
            pages=tuple(sorted(url for url in listed if "." in url.rstrip("/").rpartition("/")[2])),
        )
        yield Page(output_of(entry.address), KIND.name, recipe)


def _content(
    recipe: VercelRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    config = {"version": 3, "cache": _CACHED, "routes": [*_routes(recipe)]}
    return (json.dumps(config, ensure_ascii=False, indent=1) + "\n").encode()


def _routes(recipe: VercelRecipe) -> Iterator[Route]:
    """All routes in the order in which Vercel tries them."""
    host = recipe.host
    base = _base_of(host)
    yield from _headers(host, for_success=False)
    if base:
        yield {"src": f"^{base}$", "headers": {"Location": f"{host.base}/"}, "status": 301}
    for source in _any_of(host.gone, base, "/?"):
        yield {"src": source, "caseSensitive": True, "status": 410, "dest": MISSING}
    # What is beyond has a small page.
    for old, new in host.moved[:VERCEL_REDIRECTS]:
        # A dollar sign would stand for a part of the expression.
        location = f"{host.base}{new}".replace("$", "%24")
        [source] = _any_of([old], base, "/?")
        yield _moved(source, location)
    hidden = "|".join(_literal(path) for path in READ_BY_HOSTS)
    yield {
        "src": f"^(?:{base})?(?:{_literal(HOST_FILES)}.*|{hidden})$",
        "status": 404,
        "dest": MISSING,
    }
    # Two slashes in front would be the name of a host, so no part between slashes is empty.
    folders = r"((?:[^/\\]+/)*)"
    yield _moved(f"^{base}/{folders}{_literal(PAGE_FILE)}$", f"{host.base}/$1")
    for source in _any_of(recipe.files, base):
        yield {"src": source, "dest": "$1"}
    for source in _any_of([page.rstrip("/") for page in recipe.pages], base):
        yield _moved(source, f"{host.base}$1/")
    yield _moved(rf"^{base}/{folders}([^/\\.]+)$", f"{host.base}/$1$2/")
    if base:
        # The files lie at the root, and are asked for below the path of the site.
        yield {"src": f"^{base}(/.*)$", "dest": "$1", "check": True}
    yield {"handle": "filesystem"}
    yield {"handle": "hit"}
    yield from _headers(host, for_success=True)
    yield from _types(host)
    yield {"handle": "error"}
    yield {"src": "^.*$", "status": 404, "dest": MISSING}


def _moved(source: str, location: str) -> Route:
    headers = {"Location": location}
    return {"src": source, "caseSensitive": True, "status": 301, "headers": headers}


def _headers(host: HostRecipe, *, for_success: bool) -> Iterator[Route]:
    """Each header by itself: for every address there is at most one value of it."""
    wide: dict[str, str] = {}
    base = _base_of(host)
    for name in header_names(host.delivery.rules):
        if is_for_success(name) is not for_success:
            continue
        narrower: list[str] = []
        pairs = values_of(name, host.delivery.rules)
        for value, alike in groupby(pairs, key=lambda pair: pair[1]):
            expressions = [_expression(pattern) for pattern, _ in alike]
            if expressions == [_EVERY] and not narrower:
                wide[name] = value
                continue
            others = f"(?!{'|'.join(narrower)})" if narrower else ""
            source = f"^(?:{base})?{others}(?:{'|'.join(expressions)})"
            yield {"src": source, "headers": {name: value}, "continue": True}
            narrower += expressions
    if wide:
        yield {"src": f"^{_EVERY}", "headers": wide, "continue": True}


_EVERY = "/.*$"


def _expression(pattern: str) -> str:
    """The expression of a pattern of addresses with at most one `*`, without its first mark."""
    start, star, end = pattern.partition("*")
    return f"{_literal(start)}{'.*' if star else ''}{_literal(end)}$"


def _types(host: HostRecipe) -> Iterator[Route]:
    """The media type of every file that is there."""
    endings: dict[str, list[str]] = {}
    for ending, media in host.types.items():
        endings.setdefault(media, []).append(_literal(ending))
    for media, names in endings.items():
        source = f"^.*(?:{'|'.join(names)})$"
        yield {"src": source, "headers": {"Content-Type": media}, "continue": True}


def _any_of(addresses: Iterable[str], base: str, end: str = "") -> Iterator[str]:
    """Expressions for these addresses, as long as they may be; the first group is the address."""
    room = VERCEL_EXPRESSION - len(base) - len(end) - 8
    group: list[str] = []
    for address in addresses:
        wanted = [form.rstrip("/") if end else form for form in _forms(address)]
        if group and len("|".join([*group, *wanted])) > room:
            yield f"^{base}({'|'.join(group)}){end}$"
            group = []
        group += wanted
    if group:
        yield f"^{base}({'|'.join(group)}){end}$"


def _base_of(host: HostRecipe) -> str:
    return f"(?:{'|'.join(_forms(host.base))})" if host.base else ""


def _forms(address: str) -> list[str]:
    """Expressions for an address, percent-encoded and not: nowhere is written which is compared."""
    return [_literal(form) for form in dict.fromkeys((address, path_of(address)))]


def _literal(text: str) -> str:
    return _MEANS_MORE.sub(r"\\\g<0>", text)


KIND = FileKind(
    name="vercel", recipe=VercelRecipe, entries=_entries, pages=_pages, content=_content
)
