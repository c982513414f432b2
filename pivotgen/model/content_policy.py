"""Content policy: what browsers may load into the pages of a site, and from where (CSP level 3).

Nothing is allowed but what somebody asks for: pages of this site themselves, layouts, style sheets
and the settings.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

OWN = "'self'"
NOTHING = "'none'"


class Need(NamedTuple):
    """Something that a part of the site loads."""

    # The directive that allows it, such as "script-src".
    directive: str
    # Where it comes from, as the header says it: "'self'", "https://a.example", a digest.
    source: str


# Every page has a style sheet and may show pictures.
_ALWAYS = (Need("style-src", OWN), Need("img-src", OWN))
# The style sheets of this host name fonts of another.
_FONTS = {"https://fonts.googleapis.com": Need("font-src", "https://fonts.gstatic.com")}
# An address with the name of a host, and with its scheme or the one of the page.
_HOST = re.compile(r"\s*(?:(https?|wss?):)?//([^/?#\\\s\0]*)(\0?)", re.IGNORECASE)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Directives for which content that stands in the address itself is harmless.
_MAY_BRING_DATA = frozenset(("img-src", "font-src", "media-src"))
# In the order in which the header has them.
_ORDER = (
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "connect-src",
    "media-src",
    "frame-src",
    "object-src",
    "manifest-src",
    "worker-src",
    "base-uri",
    "form-action",
    "frame-ancestors",
)
# These do not follow from `default-src`.
_SEPARATE = ("base-uri", "form-action", "frame-ancestors")


def source_of(address: str, directive: str) -> str:
    """Where an address leads, as the header says it: this site, the host of another, or "data:".

    "" where nothing has to be allowed, or where a NUL stands for what only a page knows.
    """
    if match := _HOST.match(address):
        scheme, host, rest = match.groups()
        host = host.rpartition("@")[2].lower()
        if rest or not host:
            return ""
        try:
            host = host if host.isascii() else host.encode("idna").decode()
        except UnicodeError:
            return ""
        return f"{(scheme or 'https').lower()}://{host}"
    if match := _SCHEME.match(address):
        scheme = f"{match[1].lower()}:"
        is_data = scheme == "data:" and directive in _MAY_BRING_DATA
        return scheme if is_data or directive == "form-action" else ""
    return OWN if address.strip() and not address.lstrip().startswith("#") else ""


def hash_source(text: str) -> str:
    """The digest by which the header allows a script or a style sheet inside a page."""
    # Browsers see these line ends.
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{b64encode(sha256(plain.encode()).digest()).decode()}'"


def content_policy(needs: Iterable[Need]) -> str:
    """The value of Content-Security-Policy that allows these needs and nothing else."""
    sources: dict[str, set[str]] = {}
    for need in (*_ALWAYS, *needs):
        for directive, source in filter(None, (need, _FONTS.get(need.source))):
            sources.setdefault(directive, set()).add(source)
    return _written(sources)


def widened(policy: str, needs: Iterable[Need]) -> str:
    """The value of a policy that allows these needs too."""
    sources: dict[str, set[str]] = {}
    for part in policy.split("; "):
        directive, *of_it = part.split(" ")
        sources[directive] = set(of_it) - {NOTHING}
    for directive, source in needs:
        sources.setdefault(directive, set()).add(source)
    return _written(sources)


def _written(sources: dict[str, set[str]]) -> str:
    # A page that shows another of this site in a frame must be allowed to, on both sides.
    if OWN in sources.get("frame-src", ()):
        sources["frame-ancestors"] = {OWN}
    parts = [f"default-src {NOTHING}"]
    parts += [_directive(name, sources) for name in _ORDER if name in (*sources, *_SEPARATE)]
    return "; ".join(parts)


def _directive(name: str, sources: Mapping[str, set[str]]) -> str:
    # The site itself comes first, as everybody writes it.
    own = sorted(sources.get(name) or {NOTHING}, key=lambda source: (source != OWN, source))
    return f"{name} {' '.join(own)}"
