"""Addresses: where every page and file of the finished site stands.

An address is site-relative: it starts with a slash, and the address of a page ends with one. The
base path of `base_url` is no part of it. No other file builds an address or takes one apart.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

# The side of a role's list: the pivots that lead to the role, or those that start from it.
Side = Literal["to", "from"]

HOME = "/"
MISSING = "/404.html"
SITEMAP = "/sitemap.xml"
ATOM_FEED = "/feed.xml"
JSON_FEED = "/feed.json"
LLMS = "/llms.txt"
ROBOTS = "/robots.txt"
HEADERS = "/_headers"
# Everything below has a digest of its bytes in its name.
ASSETS = "/assets/"

# The file that answers at the address of a page.
PAGE_FILE = "index.html"


def base_path_of(base_url: str) -> str:
    """The path that every address of the finished site begins with, such as "/repo", or ""."""
    return urlsplit(base_url).path.rstrip("/")


def pivot_address(slug: str) -> str:
    """The page of a pivot."""
    return f"/pivots/{slug}/"


def own_page_address(slug: str) -> str:
    """A page of the site's own; the slug may have slashes in it, such as "team/editors"."""
    return f"/{slug}/"


def role_address(side: Side, slug: str) -> str:
    """The list of the pivots that lead to a role, or that start from it."""
    return f"/{side}/{slug}/"


def role_id(base_url: str, slug: str) -> str:
    """The name of a role in structured data, the same on every page."""
    return f"{base_url}{role_address('to', slug)}#role"


def skill_address(slug: str) -> str:
    """The list of the pivots that name a skill."""
    return f"/skills/{slug}/"


def list_page_address(first: str, number: int) -> str:
    """One page of a list, counted from 1; `first` is the address of its first page."""
    return first if number == 1 else f"{first}page/{number}/"


def sitemap_part_address(number: int) -> str:
    """One part of a sitemap that is too long for one file, counted from 1."""
    return f"/sitemap-{number}.xml"


def asset_address(path: str, digest: str) -> str:
    """The published file of `path` (such as "assets/style.css"), named by its digest as well."""
    stem, dot, ending = path.rpartition(".")
    return f"/{stem}.{digest}{dot}{ending}"


def static_address(path: str) -> str:
    """The published file of `path`, such as "static/favicon.ico": it keeps its own name."""
    return address_of(path.partition("/")[2])


def page_address(address: str) -> str:
    """An address as a page has it: "/old" and "/old/" are the same page."""
    return f"{address.rstrip('/')}/"


def output_of(address: str) -> str:
    """The file under public/ that answers at an address."""
    return f"{address[1:]}{PAGE_FILE}" if address.endswith("/") else address[1:]


def address_of(output: str) -> str:
    """The address at which a file under public/ answers."""
    return f"/{output.removesuffix(PAGE_FILE)}"


def outputs_at(path: str) -> tuple[str, str]:
    """The files under public/ that `path` may mean: the file itself, and the page of a folder."""
    return path, f"{path}/{PAGE_FILE}".lstrip("/")
