"""The file for Caddy: what to import in the block of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pivotgen.kinds._host import (
    READ_BY_HOSTS,
    WRITTEN_BY_US,
    HostRecipe,
    both_forms,
    header_names,
    host_kind,
    indented,
    is_for_success,
    pattern_expression,
    values_of,
)
from pivotgen.model.address import HOST_FILES, MISSING, PAGE_FILE, path_of
from pivotgen.model.delivery_settings import ENCODINGS

CADDYFILE = f"{HOST_FILES}Caddyfile"

# As with nginx: the front file of a page by its name.
_INDEX = rf"^(/(?:[^/\\?][^?]*/)?){re.escape(PAGE_FILE)}(?:\?.*)?$"
_HIDDEN = (HOST_FILES, *READ_BY_HOSTS)


def _text(recipe: HostRecipe) -> str:
    return "".join(f"{line}\n" for line in _lines(recipe))


def _lines(recipe: HostRecipe) -> Iterator[str]:
    base = path_of(recipe.base)
    yield f"# {WRITTEN_BY_US}"
    yield "# Import it in the block of the site, after `root * /folder/of/the/site`."
    if base:
        yield f"redir {_quoted(base)} {_quoted(recipe.base + '/')} 301"
        yield f"handle_path {_quoted(base + '/*')} {{"
    yield "route {"
    yield from indented(_answers(recipe))
    yield "}"
    if base:
        yield "}"
    yield "handle_errors {"
    # The rest of the server has its own errors.
    yield f"    @site path {_quoted(base + '/*')}"
    yield "    handle @site {"
    yield f"        rewrite * {MISSING}"
    for header in filter(is_for_success, header_names(recipe.server_rules)):
        yield f"        header -{header}"
    yield from indented(indented(_files(recipe)))
    yield "    }"
    yield "}"


def _answers(recipe: HostRecipe) -> Iterator[str]:
    """What is answered, in this order."""
    for number, header in enumerate(header_names(recipe.server_rules), 1):
        values = values_of(header, recipe.server_rules)
        expressions = [(f"~{pattern_expression(pattern)}", value) for pattern, value in values]
        yield from _map("{path}", f"site_header_{number}", expressions)
        yield f'@header_{number} not vars {{site_header_{number}}} ""'
        yield f"header @header_{number} {header} {{site_header_{number}}}"
    gone = [
        (path_of(old), value)
        for old, value in both_forms((address, "1") for address in recipe.gone)
    ]
    if gone:
        yield from _map("{path}", "site_gone", gone)
        yield "@gone vars {site_gone} 1"
        yield "error @gone 410"
    moved = [(path_of(old), recipe.base + new) for old, new in both_forms(recipe.moved)]
    if moved:
        yield from _map("{path}", "site_moved", moved)
        yield '@moved not vars {site_moved} ""'
        yield "redir @moved {site_moved} 301"
    yield f"@index vars_regexp index {{http.request.orig_uri}} {_quoted(_INDEX)}"
    yield "redir @index {re.index.1} 301"
    # The types of the system that Caddy runs on may be others.
    yield from _map("{file.ext}", "site_type", recipe.types.items())
    yield "@typed {"
    yield "    file"
    yield '    not vars {site_type} ""'
    yield "}"
    yield "header @typed Content-Type {site_type}"
    yield from _files(recipe)


def _files(recipe: HostRecipe) -> Iterator[str]:
    yield "file_server {"
    yield f"    hide {' '.join(path.strip('/') for path in _HIDDEN)}"
    if recipe.compress:
        yield f"    precompressed {' '.join(ENCODINGS[ending] for ending in recipe.compress)}"
    yield "}"


def _map(source: str, name: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"map {source} {{{name}}} {{"
    yield from (f"    {_quoted(key)} {_quoted(value)}" for key, value in entries)
    yield '    default ""'
    yield "}"


def _quoted(text: str) -> str:
    """A text as the Caddyfile takes it: backslashes stay as they are, except before a quote."""
    text = text.replace('"', '\\"')
    return f'"{text}"'


KIND = host_kind("caddy", [CADDYFILE], _text, ["caddy"])
