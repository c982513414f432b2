"""The file for Apache: .htaccess at the root of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pivotgen.kinds._host import (
    READ_WITHOUT_DOT,
    WRITTEN_BY_US,
    HostRecipe,
    host_kind,
    is_for_success,
    pattern_expression,
)
from pivotgen.model.address import HTACCESS, MISSING, PAGE_FILE, path_of
from pivotgen.model.delivery import EVERY_FILE
from pivotgen.model.delivery_settings import ENCODINGS

_INDEX = rf"^[A-Z]+\ (/(?:[^/\\?\ ][^?\ ]*/)?){re.escape(PAGE_FILE)}[?\ ]"


def _text(recipe: HostRecipe) -> str:
    return "".join(f"{line}\n" for line in _lines(recipe))


def _lines(recipe: HostRecipe) -> Iterator[str]:
    base = recipe.base
    yield f"# {WRITTEN_BY_US}"
    yield "# It needs the modules headers, mime and rewrite, and `AllowOverride All`."
    yield "Options -Indexes -MultiViews"
    yield f"DirectoryIndex {PAGE_FILE}"
    yield "DirectorySlash On"
    for status in (404, 410):
        yield f"ErrorDocument {status} {_quoted(base + MISSING)}"
    yield "AddDefaultCharset Off"
    for ending, media in recipe.types.items():
        yield f"AddType {_quoted(media)} {ending}"
    yield from _headers(recipe)
    yield "RewriteEngine On"
    yield f"RewriteBase {_quoted(base + '/')}"
    names = "|".join(path[1:] for path in READ_WITHOUT_DOT)
    yield rf"RewriteRule (^|/)\.(?!well-known/)|^({names})$ - [R=404,L]"
    for old in recipe.gone:
        yield f"RewriteRule {_pattern(old)} - [G]"
    for old, new in recipe.moved:
        yield f"RewriteRule {_pattern(old)} {_target(base + new)} [R=301,L,NE]"
    yield f"RewriteCond %{{THE_REQUEST}} {_quoted(_INDEX)}"
    yield "RewriteRule ^ %1 [R=301,L,NE]"
    # A folder without a page is nothing, and not something forbidden.
    yield "RewriteCond %{REQUEST_FILENAME} -d"
    yield f"RewriteCond %{{REQUEST_FILENAME}}/{PAGE_FILE} !-f"
    yield "RewriteRule ^ - [R=404,L]"
    yield from _copies(recipe)


def _headers(recipe: HostRecipe) -> Iterator[str]:
    """From the widest pattern to the narrowest: the last value of a header is sent."""
    for pattern, headers in recipe.server_rules:
        expression = pattern_expression(path_of(recipe.base) + pattern)
        if recipe.compress and expression.endswith("$"):
            # A compressed copy has the headers of its file.
            expression = rf"{expression[:-1]}(\.({'|'.join(recipe.compress)}))?$"
        fits = [] if pattern == EVERY_FILE else [f"%{{REQUEST_URI}} =~ m#{expression}#"]
        for name, value in headers:
            tests = [*(["%{REQUEST_STATUS} -lt 400"] if is_for_success(name) else []), *fits]
            where = f' "expr={" && ".join(tests)}"' if tests else ""
            # What is set for each answer counts for redirects too.
            yield f"Header always set {name} {_quoted(value)}{where}"


def _copies(recipe: HostRecipe) -> Iterator[str]:
    """Compressed copies instead of files, for browsers that take them."""
    if not recipe.compress:
        return
    endings = "|".join(re.escape(ending.removeprefix(".")) for ending in recipe.text_types)
    for copy in recipe.compress:
        encoding = ENCODINGS[copy]
        yield rf"RewriteCond %{{HTTP:Accept-Encoding}} \b{encoding}\b"
        yield rf"RewriteCond %{{HTTP:Accept-Encoding}} !\b{encoding}\s*;\s*q=0(?:\.0*)?(?:\s*,|$)"
        yield f"RewriteCond %{{REQUEST_FILENAME}}.{copy} -f"
        yield rf"RewriteRule ^(.+\.(?:{endings}))$ $1.{copy} [L,E=no-gzip:1,E=no-brotli:1]"
    copies = "|".join(recipe.compress)
    yield rf'<FilesMatch "\.(?:{endings})\.(?:{copies})$">'
    # An archive without such a file beside it is a file of its own.
    yield rf'    <If "%{{REQUEST_FILENAME}} =~ m#^(.+)\.(?:{copies})$# && -f \"$1\"">'
    for copy in recipe.compress:
        yield f"        RemoveType .{copy}"
        yield f"        AddEncoding {ENCODINGS[copy]} .{copy}"
    yield "    </If>"
    yield "</FilesMatch>"
    yield rf'<FilesMatch "\.(?:{endings})(?:\.(?:{copies}))?$">'
    yield "    Header merge Vary Accept-Encoding"
    yield "</FilesMatch>"


def _pattern(old: str) -> str:
    """The expression of an old address, with the slash at its end or without."""
    return _quoted(f"^{re.escape(path_of(old).strip('/'))}/?$")


def _target(new: str) -> str:
    # Signs that stand for something that was matched.
    return _quoted(re.sub(r"([$%\\])", r"\\\1", new))


def _quoted(text: str) -> str:
    text = text.replace('"', '\\"')
    return f'"{text}"'


KIND = host_kind("apache", [HTACCESS], _text, ["apache"])
