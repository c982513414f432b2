"""Content policy: what browsers may load into the pages of a site, and from where (CSP level 3).

Nothing is allowed but what somebody asks for: pages of this site themselves, layouts, style sheets
and the settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

OWN = "'self'"
NOTHING = "'none'"


class Need(NamedTuple):
    """Something that a part of the site loads."""

    # The directive that allows it, such as "script-src".
    directive: str
    # Where it comes from, as the header says it: "'self'", "https://a.example", a digest.
    source: str


# What the pages of every site have.
_ALWAYS = (Need("script-src", OWN), Need("style-src", OWN), Need("img-src", OWN))
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


def content_policy(needs: Iterable[Need]) -> str:
    """The value of Content-Security-Policy that allows these needs and nothing else."""
    sources: dict[str, set[str]] = {}
    for directive, source in (*_ALWAYS, *needs):
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
