"""Addresses: where every page and file of the finished site stands.

An address is site-relative: it starts with a slash, and the address of a page ends with one. It is
percent-encoded, so that it may be written into any format as it is; what it encodes is in NFC. The
base path of `base_url` is no part of it. No other file builds an address or takes one apart.

Every address of a language but the site's own begins with its *root*, such as "/fr"; that of the
site's own language is "". The constants below are those of the site's own language.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from pivotgen.model.percent_encoding import encoded_path, encoded_rest
from pivotgen.model.unfit import UNFIT_IN_NAMES

# The side of a role's list: the pivots that lead to the role, or those that start from it.
Side = Literal["to", "from"]

HOME = "/"
MISSING = "/404.html"
# Every role and every skill of the site.
ROLES_INDEX = "/roles/"
SKILLS_INDEX = "/skills/"
SITEMAP = "/sitemap.xml"
ATOM_FEED = "/feed.xml"
JSON_FEED = "/feed.json"
# Why a site may have no feed, as a hint for whoever names it.
NO_FEED = "a site has a feed as soon as a pivot has `published` or `updated`"
LLMS = "/llms.txt"
ROBOTS = "/robots.txt"
HEADERS = "/_headers"
# Where readers ask for a way from one role to another, and the moves that the answer is made from.
FINDER = "/find/"
MOVES = "/find/moves.json"
SEARCH = "/find/search.json"
MAP = "/find/map/"
MAP_DRAWING = "/find/map.svg"
REDIRECT_RULES = "/_redirects"
HTACCESS = "/.htaccess"
NO_JEKYLL = "/.nojekyll"
# Below it are the files that servers read and nobody is sent.
HOST_FILES = "/.hosts/"
# Where the preview reads which addresses have moved.
PREVIEW_MOVES = f"{HOST_FILES}preview.json"
# What lists pages for machines; a site in several languages may have some in each.
_INDEXES = frozenset({SITEMAP, ATOM_FEED, JSON_FEED, LLMS, ROBOTS})
# A compressed copy of a page.
_COPY_OF_PAGE = re.compile(r"(.*\.html)\.(?:br|gz|zst)")
# Everything below has a digest of its bytes in its name.
ASSETS = "/assets/"

# Hexadecimal digits of a file's digest in its published name.
DIGEST_DIGITS = 10

# The file that answers at the address of a page.
PAGE_FILE = "index.html"

# The file beside that of a page which says the same as Markdown.
TWIN_FILE = "index.md"

# A path that is the same when it is encoded.
_PLAIN = re.compile(r"[\w./~-]*", re.ASCII)
# A path that somebody chose as an address of the site, without its encoding.
_FIRST = rf"[^\x00-/:-@\[-`{{-\x9f\s{UNFIT_IN_NAMES}]"
_OTHER = rf"[^\x00-,/:-@\[-^`{{-}}\x7f-\x9f\s{UNFIT_IN_NAMES}]"
_CHOSEN = re.compile(rf"(?:/{_FIRST}{_OTHER}*)+/?")
_OF_LANGUAGE = re.compile(r"(/[a-z]{2,3}(?:-[a-z0-9]{2,8})*)(/.*)", re.DOTALL)
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# Characters that mean something else when they are not encoded, or that nobody can read.
_KEPT_ENCODED = re.compile(rf"[\x00-\x1f#%&+/=?\x7f-\x9f{UNFIT_IN_NAMES}]")


def base_path_of(base_url: str) -> str:
    """The path that every address of the finished site begins with, such as "/repo", or ""."""
    return urlsplit(base_url).path.rstrip("/")


def encoded_base(base_url: str) -> str:
    """A `base_url` as the site writes it: its path percent-encoded, without a slash at the end."""
    parts = urlsplit(base_url)
    return parts._replace(path=typed_address(parts.path).rstrip("/")).geturl()


def root_of(language: str, default: str) -> str:
    """The root of a language; `default` is the site's own language."""
    return "" if language == default else f"/{language.lower()}"


def in_language(address: str, root: str) -> str:
    """The same address in another language: that of the site's own language with a root."""
    return f"{root}{address}"


def split_root(address: str) -> tuple[str, str]:
    """What looks like the root of a language at the start of an address, and the rest of it."""
    match = _OF_LANGUAGE.fullmatch(address)
    return (match[1], match[2]) if match else ("", address)


def pivot_address(slug: str, root: str = "") -> str:
    """The page of a pivot."""
    return f"{root}/pivots/{slug if slug.isascii() else _encoded(slug)}/"


def own_page_address(slug: str, root: str = "") -> str:
    """A page of the site's own; the slug may have slashes in it, such as "team/editors"."""
    return f"{root}/{slug if slug.isascii() else _encoded(slug)}/"


def role_address(side: Side, slug: str, root: str = "") -> str:
    """The list of the pivots that lead to a role, or that start from it."""
    return f"{root}/{side}/{slug if slug.isascii() else _encoded(slug)}/"


def role_id(base_url: str, address: str) -> str:
    """The name of a role in structured data, the same on every page of a language.

    `address` is that of the first page of either of its lists.
    """
    before, _, slug = address.rstrip("/").rpartition("/")
    return f"{base_url}{before.rpartition('/')[0]}/to/{slug}/#role"


def questions_address(slug: str, root: str = "") -> str:
    """The questions that the pivots into a role answer."""
    return f"{role_address('to', slug, root)}questions/"


def skill_address(slug: str, root: str = "") -> str:
    """The list of the pivots that name a skill."""
    return f"{root}/skills/{slug if slug.isascii() else _encoded(slug)}/"


def slug_in(address: str) -> str:
    """The last part of the address of a page, without percent-encoding."""
    return path_of(address).rstrip("/").rpartition("/")[2]


def list_page_address(first: str, number: int) -> str:
    """One page of a list, counted from 1; `first` is the address of its first page."""
    return first if number == 1 else f"{first}page/{number}/"


def role_moves_address(number: int) -> str:
    """The moves out of a role and into it, of a site with many; the number is that of the role."""
    return f"/find/moves/{number}.json"


def search_part_address(group: str, part: int) -> str:
    """A part of what the search shows of one group, of a site with many pivots."""
    return f"/find/search/{group}-{part}.json"


def search_words_address(number: int) -> str:
    """Where some words of such a site stand."""
    return f"/find/words/{number}.json"


def sitemap_part_address(number: int) -> str:
    """One part of a sitemap that is too long for one file, counted from 1."""
    return f"/sitemap-{number}.xml"


def asset_address(path: str, digest: str) -> str:
    """The published file of `path` (such as "assets/style.css"), named by its digest as well."""
    stem, dot, ending = path.rpartition(".")
    return _encoded(f"/{stem}.{digest}{dot}{ending}")


def static_address(path: str) -> str:
    """The published file of `path`, such as "static/favicon.ico": it keeps its own name."""
    return address_of(path.partition("/")[2])


def typed_address(path: str) -> str:
    """The address that a writer means by a path, which may be percent-encoded or not."""
    return _encoded(unquote(path))


def page_address(path: str) -> str:
    """The same for a page: "/old" and "/old/" are one page."""
    return f"{typed_address(path).rstrip('/')}/"


def is_typed_address(path: str) -> bool:
    """Whether somebody may choose this path, as typed, as an address of the site."""
    return bool(_CHOSEN.fullmatch(unquote(path)))


def is_elsewhere(url: str) -> bool:
    """Whether an address is that of a file on another site."""
    return url[:2] == "//" or url[:8].lower().startswith(("https://", "http://"))


def is_feed(address: str) -> bool:
    """Whether this is the address of a feed, which a site without dates does not have."""
    return f"/{address.rpartition('/')[2]}" in (ATOM_FEED, JSON_FEED) and (
        address.count("/") == 1 or bool(split_root(address)[0])
    )


def split_address(typed: str) -> tuple[str, str]:
    """An address as typed without its query and its fragment, and these two with their marks."""
    end = min((at for mark in "?#" if (at := typed.find(mark)) >= 0), default=len(typed))
    return typed[:end], typed[end:]


def with_rest(address: str, rest: str) -> str:
    """The address with a query or a fragment as typed, which may be percent-encoded or not."""
    if len(rest) < len("#a"):
        return address
    if _PLAIN.fullmatch(rest, 1):
        # Most are a sign and plain words.
        return address + rest
    return address + encoded_rest(rest)


def readable(address: str) -> str:
    """An address as people write it: without percent-encoding, except where that has a meaning."""
    return _ENCODED.sub(_decoded, address) if "%" in address else address


def output_of(address: str) -> str:
    """The file under public/ that answers at an address."""
    path = path_of(address)
    return f"{path[1:]}{PAGE_FILE}" if path.endswith("/") else path[1:]


def twin_address(address: str) -> str:
    """The address of the Markdown twin of a page."""
    return f"{address}{TWIN_FILE}"


def twin_output(output: str) -> str:
    """The file under public/ of the Markdown twin of a page, from the file of the page."""
    return f"{output.removesuffix(PAGE_FILE)}{TWIN_FILE}"


def path_of(address: str) -> str:
    """An address without percent-encoding, as servers compare it."""
    return unquote(address) if "%" in address else address


def address_of(output: str) -> str:
    """The address at which a file under public/ answers."""
    return f"/{_encoded(output.removesuffix(PAGE_FILE))}"


def outputs_at(path: str) -> tuple[str, str]:
    """The files under public/ that `path` may mean: the file itself, and the page of a folder."""
    return path, f"{path}/{PAGE_FILE}".lstrip("/")


def original_of(output: str) -> str:
    """The page of which a file under public/ is a compressed copy by its name, or the file."""
    match = _COPY_OF_PAGE.fullmatch(output)
    return match[1] if match else output


def is_page_file(output: str) -> bool:
    """Whether a file under public/ is a page, which links to others."""
    return output.endswith(".html")


def is_index_file(output: str) -> bool:
    """Whether a file under public/ names pages for machines: a sitemap, a feed, rules."""
    name = f"/{output.rpartition('/')[2]}"
    is_list = name in _INDEXES or name.startswith("/sitemap-")
    return is_list or name == HTACCESS or f"/{output}".startswith(HOST_FILES)


def _encoded(path: str) -> str:
    """A path of the site, without any encoding yet, as an address writes it."""
    return path if _PLAIN.fullmatch(path) else encoded_path(path)


def _decoded(match: re.Match[str]) -> str:
    try:
        text = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return _KEPT_ENCODED.sub(lambda kept: quote(kept[0], safe=""), text)
