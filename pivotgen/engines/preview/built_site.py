"""Built: the site as it was built last, and its pages as a tab gets them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

# A stylesheet is known to tabs without the digest in its name, or it could not be exchanged
# while a page stands.
_STYLE = re.compile(rb"(/assets/[^\"'\s<>]+)\.([0-9a-f]{10})\.css\b")
_WAITING = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;margin:3rem}</style>
</head><body><main><h1>Nothing to show yet</h1>
<p>The site has not been built so far. This page changes by itself when it is.</p>
</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a tab gets it, script aside: its status, its bytes, and what stands for them."""

    status: int
    data: bytes
    # Digest of the bytes, and the names of its stylesheets with their digests.
    text: str
    styles: frozenset[str]

    @property
    def version(self) -> str:
        """A word for both; never one that a script would take for a number."""
        return f"v{self.text}-{_digest(' '.join(sorted(self.styles)).encode())}"


@dataclass(frozen=True, slots=True)
class Built:
    """The folder that was built into, asked by the paths of addresses."""

    root: Path

    def file(self, path: str) -> Path | None:
        """The file of the site behind a path of an address, or None; never one outside of it. A
        stylesheet may be named without its digest."""
        try:
            parts = unquote(path, errors="strict").split("/")[1:]
        except UnicodeDecodeError:
            return None
        if any(_forbidden(part) for part in parts[:-1]) or _hidden(parts[-1]):
            return None
        root = self.root.resolve()
        file = root.joinpath(*parts[:-1], parts[-1] or "index.html")
        try:
            real = file.resolve()
            if real.is_file():
                inside = real.is_relative_to(root)
                return real if inside and not _hidden(*real.relative_to(root).parts) else None
        except (OSError, ValueError, RuntimeError):
            return None
        return self._newest(file) if file.suffix == ".css" and file.parent.is_dir() else None

    def page(self, path: str) -> Page:
        """The page at a path, the one for a missing page, or the one for a site without any."""
        if (file := self.file(path)) and (data := read(file)) is not None:
            return _made(200, data)
        if (file := self.file("/404.html")) and (data := read(file)) is not None:
            return _made(404, data)
        return _made(503, _WAITING)

    def near(self, path: str) -> list[str]:
        """The addresses of the site that are most like the path."""
        pages = self.root.rglob("index.html")
        known = [f"/{page.parent.relative_to(self.root).as_posix()}/" for page in pages]
        return get_close_matches(unquote(path).rstrip("/") + "/", known, 3, 0.5)

    def _newest(self, plain: Path) -> Path | None:
        """The stylesheet of this name, whatever the digest in its own is."""
        named = re.compile(rf"{re.escape(plain.stem)}\.[0-9a-f]{{10}}\.css")
        found = [file for file in plain.parent.iterdir() if named.fullmatch(file.name)]
        inside = [one for one in found if one.resolve().is_relative_to(self.root.resolve())]
        return max(inside, key=lambda one: one.stat().st_mtime_ns, default=None)


def read(file: Path) -> bytes | None:
    """The bytes, or None when a build took the file away at this moment."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _made(status: int, data: bytes) -> Page:
    styles = frozenset(found[0].decode() for found in _STYLE.finditer(data))
    plain = _STYLE.sub(rb"\1.css", data)
    return Page(status, plain, _digest(plain), styles)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _forbidden(part: str) -> bool:
    return not part or _hidden(part)


def _hidden(*parts: str) -> bool:
    """Names that no site answers to: `..` and other dotfiles, what only another system reads, and
    what the host reads itself."""
    odd = (part.startswith(".") or set(part) & set("\\:\0") for part in parts)
    return any(odd) or "_headers" in parts
