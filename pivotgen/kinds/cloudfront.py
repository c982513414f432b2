"""Files for CloudFront: a function for requests, one for answers, and redirects too many for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from pivotgen.kinds._host import (
    WRITTEN_BY_US,
    HostRecipe,
    host_recipe,
    is_for_success,
    pattern_expression,
)
from pivotgen.kinds._kind import FileKind
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import (
    HEADERS,
    HOST_FILES,
    PAGE_FILE,
    REDIRECT_RULES,
    output_of,
    path_of,
    static_address,
)
from pivotgen.model.hosts import CLOUDFRONT_FUNCTION
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Chrome

REQUEST = f"{HOST_FILES}cloudfront/request.js"
RESPONSE = f"{HOST_FILES}cloudfront/response.js"
STORE = f"{HOST_FILES}cloudfront/redirects.json"

_FIND_HERE = """\
const moves = __MOVES__;
function handler(event) {
    return answer(event.request, key => moves[key]);
}
"""
_FIND_IN_STORE = """\
import cf from 'cloudfront';
const store = cf.kvs();
async function handler(event) {
    let move;
    try {
        move = await store.get(keyOf(event.request.uri));
    } catch (error) {
        // It has not moved.
    }
    return answer(event.request, () => move);
}
"""
_ANSWER = r"""
const base = __BASE__;
const front = __FRONT__;
// Files whose names have no ending, and pages whose names look as if they had one.
const files = __FILES__;
const pages = __PAGES__;
function keyOf(uri) {
    let path = base && uri.startsWith(base + '/') ? uri.slice(base.length) : uri;
    try {
        path = decodeURIComponent(path);
    } catch (error) {
        // It stays as it was asked for.
    }
    return path.replace(/\/$/, '');
}
function answer(request, find) {
    let path = request.uri;
    if (base && path === base) return moved(base + '/');
    if (base && !path.startsWith(base + '/')) return request;
    path = path.slice(base.length);
    const key = keyOf(request.uri);
    const move = find(key);
    if (move === 'gone') return page(410, 'Gone');
    if (move) return moved(base + move);
    const isHidden = /\/\.(?!well-known\/)|^\/_pivotgen\//.test(path) || __HIDDEN__.includes(path);
    if (isHidden) return page(404, 'Not Found');
    // With two slashes in front it would be the name of a host.
    const plain = path.replace(/^[\/\\]+/, '/');
    if (plain.endsWith('/' + front)) return moved(base + plain.slice(0, -front.length));
    if (path.endsWith('/')) {
        request.uri = path + front;
    } else if (pages.includes(key) || !(/\.[^\/]*$/.test(path) || files.includes(key))) {
        return moved(base + plain + '/');
    } else {
        request.uri = path;
    }
    return request;
}
function moved(address) {
    return {
        statusCode: 301,
        statusDescription: 'Moved Permanently',
        headers: { location: { value: address } },
    };
}
// Without a word, as the site may be in any language.
function page(status, title) {
    const html = `<!doctype html><title>${status}</title>${status} <a href="${base}/">/</a>`;
    return {
        statusCode: status,
        statusDescription: title,
        headers: { 'content-type': { value: 'text/html; charset=utf-8' } },
        body: { encoding: 'text', data: html },
    };
}
"""
_RESPONSE = """\
const base = __BASE__;
// From the widest to the narrowest: the last value of a header counts.
const rules = __RULES__;
function handler(event) {
    const response = event.response;
    let path = event.request.uri;
    if (base && path.startsWith(base + '/')) path = path.slice(base.length);
    for (const [pattern, headers, forSuccess] of rules) {
        if (!pattern.test(path) || (forSuccess && response.statusCode >= 400)) continue;
        for (const name of Object.keys(headers)) response.headers[name] = { value: headers[name] };
    }
    return response;
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudFrontRecipe:
    """What a host is made from, and which addresses do not look like what they are."""

    host: HostRecipe
    # Addresses of files whose names have no ending, and of pages whose names have a dot.
    files: tuple[str, ...]
    pages: tuple[str, ...]
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    if "cloudfront" in inputs.hosts:
        for address in _addresses(_recipe(inputs, REQUEST)):
            yield Entry(address, "a file of the site", served=False)


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    if "cloudfront" in inputs.hosts:
        for address in _addresses(_recipe(inputs, REQUEST)):
            yield Page(output_of(address), KIND.name, _recipe(inputs, address))


def _addresses(recipe: CloudFrontRecipe) -> tuple[str, ...]:
    fits = len(_function(recipe, in_store=False).encode()) <= CLOUDFRONT_FUNCTION
    return (REQUEST, RESPONSE) if fits else (REQUEST, RESPONSE, STORE)


def _recipe(inputs: PlanInputs, address: str) -> CloudFrontRecipe:
    files = (static_address(path) for path in inputs.static)
    pages = (entry.address.rstrip("/") for entry in inputs.listed())
    return CloudFrontRecipe(
        host=host_recipe(inputs, address),
        files=tuple(sorted(path_of(url) for url in files if "." not in url.rpartition("/")[2])),
        pages=tuple(sorted(path_of(url) for url in pages if "." in url.rpartition("/")[2])),
    )


def _content(
    recipe: CloudFrontRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    if recipe.host.address == STORE:
        return _store(recipe.host)
    if recipe.host.address == RESPONSE:
        return _response(recipe.host).encode()
    return _function(recipe, in_store=len(_addresses(recipe)) > 2).encode()


def _moves(recipe: HostRecipe) -> dict[str, str]:
    """Where each old address leads, or that it is gone; without the slash at its end."""
    moves = {path_of(old).rstrip("/"): new for old, new in recipe.moved}
    return moves | {path_of(old).rstrip("/"): "gone" for old in recipe.gone}


def _store(recipe: HostRecipe) -> bytes:
    """The redirects as a key value store imports them."""
    data = [{"key": key, "value": value} for key, value in _moves(recipe).items()]
    return (json.dumps({"data": data}, ensure_ascii=False, indent=0) + "\n").encode()


def store_pairs(inputs: PlanInputs) -> dict[str, str]:
    """Each key of the store, and its value."""
    return _moves(host_recipe(inputs, STORE))


def _function(recipe: CloudFrontRecipe, *, in_store: bool) -> str:
    values = {
        "MOVES": _json(_moves(recipe.host)),
        "BASE": _json(recipe.host.base),
        "FRONT": _json(PAGE_FILE),
        "FILES": _json(recipe.files),
        "PAGES": _json(recipe.pages),
        "HIDDEN": _json([HEADERS, REDIRECT_RULES]),
    }
    return _filled((_FIND_IN_STORE if in_store else _FIND_HERE) + _ANSWER, values)


def _response(recipe: HostRecipe) -> str:
    rules = []
    for pattern, headers in recipe.delivery.rules:
        expression = pattern_expression(pattern).replace("/", r"\/")
        for for_success in (False, True):
            names = [name for name, _ in headers if is_for_success(name) == for_success]
            given = {name.lower(): value for name, value in headers if name in names}
            if given:
                rules.append(f"    [/{expression}/, {_json(given)}, {_json(for_success)}],\n")
    rows = f"[\n{''.join(rules)}]"
    return _filled(_RESPONSE, {"BASE": _json(recipe.base), "RULES": rows})


def _filled(text: str, values: Mapping[str, str]) -> str:
    text = re.sub(r"__([A-Z]+)__", lambda match: values[match[1]], text)
    return f"// {WRITTEN_BY_US}\n{text}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


KIND = FileKind(
    name="cloudfront", recipe=CloudFrontRecipe, entries=_entries, pages=_pages, content=_content
)
