"""Files for nginx: maps to include beside the server, and locations to include in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pivotgen.kinds._host import (
    READ_WITHOUT_DOT,
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

MAPS = f"{HOST_FILES}nginx/maps.conf"
SERVER = f"{HOST_FILES}nginx/server.conf"

# What a hash of nginx holds without being told, and what each of its texts needs beside the text.
_SMALLEST_HASH, _SMALLEST_BUCKET, _BESIDE = 2_048, 64, 26
# The path of the front file of a page as it was asked for, with only one slash in front, so that it
# cannot name another host.
_INDEX = rf"^(/(?:[^/\\?][^?]*/)?){re.escape(PAGE_FILE)}(?:\?|$)"
_WITHOUT_SLASH = r"^(/[^/\\?][^?]*)"


def _text(recipe: HostRecipe) -> str:
    lines = _maps(recipe) if recipe.address == MAPS else _server(recipe)
    return "".join(f"{line}\n" for line in lines)


def _maps(recipe: HostRecipe) -> Iterator[str]:
    yield f"# {WRITTEN_BY_US}"
    yield "# Include it in the http block, beside the server of the site."
    # A dollar would begin the name of a variable.
    moved = [
        (path_of(old), (recipe.base + new).replace("$", "%24"))
        for old, new in both_forms(recipe.moved)
    ]
    gone = [(path_of(old), value) for old, value in both_forms((old, "1") for old in recipe.gone)]
    yield from _sizes([key for key, _ in (*moved, *gone)])
    # What is asked for, without the base path; nothing outside of it.
    name = _name(recipe)
    rest = f"~^{re.escape(path_of(recipe.base))}(?<{name}_rest>/.*)$"
    yield from _map("$uri", f"{name}_address", [(rest, f"${name}_rest")])
    source = f"${name}_address"
    yield from _map(source, f"{name}_moved", moved)
    yield from _map(source, f"{name}_gone", gone)
    hidden = [(each, "1") for each in (r"~/\.(?!well-known/)", *READ_WITHOUT_DOT)]
    yield from _map(source, f"{name}_hidden", hidden)
    for number, header in enumerate(header_names(recipe.server_rules), 1):
        values = [
            (f"~{pattern_expression(pattern)}", value)
            for pattern, value in values_of(header, recipe.server_rules)
        ]
        yield from _map(source, f"{name}_header_{number}", values)


def _sizes(keys: list[str]) -> Iterator[str]:
    """Room for all texts of the maps, where they need more than nginx gives unasked."""
    longest = max((len(key.encode()) for key in keys), default=0) + _BESIDE
    bucket = _SMALLEST_BUCKET
    while bucket < longest:
        bucket *= 2
    if bucket > _SMALLEST_BUCKET:
        yield f"map_hash_bucket_size {bucket};"
    if len(keys) > _SMALLEST_HASH // 2:
        yield f"map_hash_max_size {4 * len(keys)};"


def _map(source: str, name: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"map {source} ${name} {{"
    yield '    default "";'
    for key, value in entries:
        yield f"    {_quoted(key)} {_quoted(value)};"
    yield "}"


def _server(recipe: HostRecipe) -> Iterator[str]:
    name, base = _name(recipe), recipe.base
    path = path_of(base)
    yield f"# {WRITTEN_BY_US}"
    if "br" in recipe.compress:
        yield "# It needs the module brotli_static (libnginx-mod-http-brotli-static of Debian)."
    yield "# Include it in the server block of the site, whose root is the folder of the site."
    yield "absolute_redirect off;"
    for number, header in enumerate(header_names(recipe.server_rules), 1):
        always = "" if is_for_success(header) else " always"
        yield f"add_header {header} ${name}_header_{number}{always};"
    if base:
        yield f"location = {_quoted(path)} {{ return 301 {_quoted(base + '/')}; }}"
    yield f"location {_quoted(path + '/')} {{"
    yield from indented(_files(recipe))
    yield f"    if (${name}_gone) {{ return 410; }}"
    yield f"    if (${name}_moved) {{ return 301 ${name}_moved; }}"
    yield f"    if (${name}_hidden) {{ return 404; }}"
    yield f"    if ($request_uri ~ {_quoted(_INDEX)}) {{ return 301 $1; }}"
    if base:
        yield f"    rewrite {_quoted(f'^{re.escape(path)}(/.*)$')} $1 break;"
    yield f"    try_files $uri ${{uri}}{PAGE_FILE} @{name}_slash;"
    yield "}"
    # A page that was asked for without the slash at its end.
    yield f"location @{name}_slash {{"
    yield from indented(_files(recipe))
    yield f"    if (!-f $document_root$uri/{PAGE_FILE}) {{ return 404; }}"
    yield f"    if ($request_uri ~ {_quoted(_WITHOUT_SLASH)}) {{ return 301 $1/; }}"
    yield "    return 404;"
    yield "}"
    yield f"location = {_quoted(path + MISSING)} {{"
    yield "    internal;"
    yield from indented(_files(recipe))
    if base:
        # Setting it now keeps what was asked for, which the headers depend on.
        yield f"    set ${name}_asked ${name}_address;"
        yield f"    rewrite ^ {MISSING} break;"
    yield "}"


def _files(recipe: HostRecipe) -> Iterator[str]:
    """How files are sent."""
    for status in (404, 410):
        yield f"error_page {status} {_quoted(path_of(recipe.base) + MISSING)};"
    types: dict[str, list[str]] = {}
    with_charset = set()
    for ending, media in recipe.types.items():
        plain, _, charset = media.partition("; charset=")
        types.setdefault(plain, []).append(ending.removeprefix("."))
        if charset and plain != "text/html":
            with_charset.add(plain)
    yield "types {"
    yield from (f"    {plain} {' '.join(endings)};" for plain, endings in sorted(types.items()))
    yield "}"
    yield "default_type application/octet-stream;"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(sorted(with_charset))};"
    if "br" in recipe.compress:
        yield "brotli_static on;"
    if "gz" in recipe.compress:
        yield "gzip_static on;"
    if recipe.compress:
        yield "gzip_vary on;"


def _name(recipe: HostRecipe) -> str:
    """What the names of all variables begin with, so that one server may have several sites."""
    site = recipe.base_url.partition("://")[2].lower()
    return f"site_{re.sub('[^a-z0-9]+', '_', site).strip('_')}"


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


KIND = host_kind("nginx", [MAPS, SERVER], _text, ["nginx"])
