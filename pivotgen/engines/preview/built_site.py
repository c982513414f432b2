"""Built site: the files of the last build, by the paths of their addresses."""

from __future__ import annotations

import hashlib
import json
import re
from difflib import get_close_matches
from html import escape
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, unquote

from pivotgen.model.address import (
    ASSETS,
    HEADERS,
    MISSING,
    PAGE_FILE,
    PREVIEW_MOVES,
    REDIRECT_RULES,
    address_of,
    output_of,
    page_address,
    readable,
)
from pivotgen.model.delivery import PLAIN, Delivery
from pivotgen.model.lazy_dataclass import dataclass

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 3rem; font: 1rem/1.6 system-ui, sans-serif; }}
</style></head><body><main><h1>{title}</h1>
<p>{text}</p>
</main></body></html>
"""
_NOT_BUILT = _PAGE.format(
    title="Nothing to show yet",
    text="The site has not been built so far. This page changes by itself when it is.",
)


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A page as a tab gets it, without the preview's own scripts."""

    status: int
    # Its stylesheets are named without their digests. Otherwise a new stylesheet would change the
    # page, and could not be exchanged while the page stays.
    body: bytes
    # The addresses of its stylesheets, with their digests.
    stylesheets: frozenset[str]

    @property
    def version(self) -> str:
        """Differs whenever the body or a stylesheet does.

        It starts with a letter, because livereload.js would turn a number into another text.
        """
        return f"v{_digest(self.body)}-{_digest(' '.join(sorted(self.stylesheets)).encode())}"


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """The folder with the built site, and the path at which the site is served.

    Paths are the percent-encoded ones of requests, such as "/repo/pivots/chef-to-nurse/".
    """

    root: Path
    # The path of `base_url`, such as "/repo", or empty. Every address of the site starts with it.
    base: str = ""
    # How its files are sent.
    delivery: Delivery = PLAIN

    @property
    def home(self) -> str:
        """The address of the home page."""
        return f"{self.base}/"

    def contains(self, path: str) -> bool:
        """Whether the path is under the base, so that it may belong to the site."""
        return self._address(path) is not None

    def headers(self, path: str) -> dict[str, str]:
        """The headers that the site's host will send at the path."""
        return self.delivery.headers(quote(self._address(path) or "/"))

    def redirect(self, path: str) -> str | None:
        """Where a request for the path should go instead, if anywhere.

        That is the home page above the base, the page that an old address leads to, and the page
        where only the slash at the end is missing.
        """
        if self.base and path in ("/", self.base):
            return self.home
        if new := self._moved(path):
            return f"{self.base}{new}"
        if path.endswith("/") or self.file(path) or not self.file(f"{path}/"):
            return None
        return f"{quote(unquote(path))}/"

    def is_gone(self, path: str) -> bool:
        """Whether the path is an old address that nothing has taken the place of."""
        return self._moved(path) is None

    def _moved(self, path: str) -> str | None:
        """Where an old address leads, None when it is gone, and "" for any other address."""
        try:
            moves = json.loads((self.root / output_of(PREVIEW_MOVES)).read_bytes())
        except (OSError, ValueError):
            return ""
        address = self._address(path)
        new = moves.get(page_address(quote(address)), "") if address else ""
        return new if new is None else str(new)

    def file(self, path: str) -> Path | None:
        """The file that answers at the path, or None. It is never outside of the root.

        A stylesheet may be named without its digest.
        """
        address = self._address(path)
        if address is None:
            return None
        folders = address.split("/")[1:-1]
        name = address.rpartition("/")[2]
        if not all(folders) or _is_hidden(*folders, name):
            return None
        root = self.root.resolve()
        file = root / output_of(quote(address))
        try:
            target = file.resolve()
            if target.is_file():
                is_inside = target.is_relative_to(root)
                is_shown = is_inside and not _is_hidden(*target.relative_to(root).parts)
                return target if is_shown else None
        # Links in a circle, and names that the file system does not allow.
        except (OSError, ValueError, RuntimeError):
            return None
        return self._stylesheet(file) if file.suffix == ".css" and file.parent.is_dir() else None

    def page(self, path: str) -> ServedPage:
        """The page at the path.

        Where there is none, it is the site's page for a missing address (status 404). Outside of
        the base it is a page of the preview that explains why (404). Before the first build it is
        a page that says so (503).
        """
        if not self.contains(path):
            return self._served(404, self._outside())
        if (file := self.file(path)) and (body := read_file(file)) is not None:
            return self._served(200, body)
        if (file := self.file(f"{self.base}{MISSING}")) and (body := read_file(file)) is not None:
            return self._served(410 if self.is_gone(path) else 404, body)
        return self._served(503, _NOT_BUILT.encode())

    def near(self, path: str) -> list[str]:
        """At most three addresses of the site that are like the path, the most similar first.

        Unlike the path they are not percent-encoded.
        """
        base = unquote(self.base)
        pages = self.root.rglob(PAGE_FILE)
        outputs = (page.relative_to(self.root).as_posix() for page in pages)
        addresses = [f"{base}{readable(address_of(output))}" for output in outputs]
        return get_close_matches(f"{unquote(path).rstrip('/')}/", addresses, 3, 0.5)

    def _address(self, path: str) -> str | None:
        """The path without the base and without percent-encoding; None outside of the base."""
        try:
            address, base = unquote(path, errors="strict"), unquote(self.base)
        except UnicodeDecodeError:
            return None
        return address.removeprefix(base) if address.startswith(f"{base}/") else None

    def _stylesheet(self, plain: Path) -> Path | None:
        """The newest stylesheet that has this name, apart from the digest in its own."""
        pattern = re.compile(rf"{re.escape(plain.stem)}\.[0-9a-f]{{10}}\.css")
        files = [file for file in plain.parent.iterdir() if pattern.fullmatch(file.name)]
        root = self.root.resolve()
        inside = [file for file in files if file.resolve().is_relative_to(root)]
        return max(inside, key=lambda file: file.stat().st_mtime_ns, default=None)

    def _served(self, status: int, html: bytes) -> ServedPage:
        start = re.escape(f"{self.base}{ASSETS}".encode())
        pattern = re.compile(rb"(%b[^\"'\s<>]+)\.[0-9a-f]{10}\.css\b" % start)
        stylesheets = frozenset(match[0].decode() for match in pattern.finditer(html))
        return ServedPage(status, pattern.sub(rb"\1.css", html), stylesheets)

    def _outside(self) -> bytes:
        """The page for an address that is not under the base."""
        home = escape(self.home)
        text = (
            f'Every address of this site starts with <a href="{home}">{home}</a>, '
            "the path of <code>base_url</code> in build.py."
        )
        return _PAGE.format(title="Not an address of this site", text=text).encode()


def refusal(host: str) -> bytes:
    """The page for a request that names another host than the preview, and what to do."""
    name = escape(host)
    try:
        ip_address(host.strip("[]"))
        option = "--host 0.0.0.0"
    except ValueError:
        option = f"--name {name}"
    text = (
        f"This preview was asked as <code>{name}</code>, and does not go by that name. So no other "
        "site can read it by letting its own name lead here. If the name is yours, end the "
        f"preview and start it with <code>pivotgen serve {option}</code>."
    )
    return _PAGE.format(title="Not a name of this preview", text=text).encode()


def read_file(file: Path) -> bytes | None:
    """The bytes of a file; None if it cannot be read, perhaps because a build removes it now."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _is_hidden(*names: str) -> bool:
    """Whether a file is not for readers, judged by the names in its path.

    Hidden are `..` and all other names with a dot in front outside of .well-known, names that are
    special on another system, and the files that only the site's host reads.
    """
    below_well_known = names[:1] == (".well-known",)
    hidden = (name in (".", "..") if below_well_known else name.startswith(".") for name in names)
    of_hosts = {HEADERS.strip("/"), REDIRECT_RULES.strip("/")}
    odd = (bool(set(name) & set("\\:\0")) for name in names)
    return any(hidden) or any(odd) or not of_hosts.isdisjoint(names)
