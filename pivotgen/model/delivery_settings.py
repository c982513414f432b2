"""Delivery settings: what a site's build.py says about headers, media types and other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from pivotgen.model.content_policy import Need
from pivotgen.model.lazy_dataclass import dataclass

# What pages may load from another site, by the word of the settings: the directives that allow it.
USES: Mapping[str, tuple[str, ...]] = {
    "images": ("img-src",),
    "media": ("media-src",),
    "fonts": ("font-src",),
    "styles": ("style-src",),
    "scripts": ("script-src",),
    "data": ("connect-src",),
    "analytics": ("script-src", "connect-src", "img-src"),
    "embeds": ("frame-src",),
    "forms": ("form-action",),
}
# The endings of copies, from those that are smallest on the way; and the names by which browsers
# ask for them.
ENCODINGS = {"br": "br", "zst": "zstd", "gz": "gzip"}
_DAY = 24 * 60 * 60
# What the list of browsers asks for (hstspreload.org).
_PRELOAD_DAYS = 365
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:\*\.)?(?:{_LABEL}\.)+{_LABEL}\.?(?::\d{{1,5}})?|localhost(?::\d{{1,5}})?")
_ENDING = re.compile(r"\.[a-z0-9_+~-]+")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*(?:; ?[a-z-]+=[A-Za-z0-9_.-]+)*")
# What a browser opens as a page, with the rights of the site.
_PAGE_TYPE = re.compile(r"text/html|[a-z]+/(?:[a-z0-9.+-]*\+)?xml|text/xsl|multipart/")


@dataclass(frozen=True, slots=True)
class Hsts:
    """For how long browsers are to ask for the site by https alone (RFC 6797).

    Nobody can take that back earlier, so it covers no subdomains and no list of browsers unasked.
    """

    days: int
    subdomains: bool = False
    # Whether the site may be put on the list that browsers are delivered with.
    preload: bool = False

    @property
    def header(self) -> str:
        """The value of Strict-Transport-Security."""
        parts = [f"max-age={self.days * _DAY}"]
        parts += ["includeSubDomains"] if self.subdomains else []
        return "; ".join([*parts, "preload"] if self.preload else parts)


def hsts_of(setting: int | Hsts) -> Hsts | None:
    """The setting `hsts`, which may be a number of days; None when it is off."""
    hsts = setting if isinstance(setting, Hsts) else Hsts(setting)
    return hsts if hsts.days else None


def fault_of_delivery(
    hsts: int | Hsts,
    other_sites: Mapping[str, str | Sequence[str]],
    media_types: Mapping[str, str],
    base_url: str,
) -> str:
    """What is wrong with one of these settings, in plain words; "" when nothing is."""
    faults = (
        *_faults_of_hsts(hsts, base_url),
        *_faults_of_sites(other_sites),
        *_faults_of_types(media_types),
    )
    return next(iter(faults), "")


def needs_of_sites(other_sites: Mapping[str, str | Sequence[str]]) -> Iterator[Need]:
    """What pages load from the other sites of the settings."""
    for site, uses in other_sites.items():
        for use in _words(uses):
            for directive in USES[use]:
                yield Need(directive, f"https://{host_of(site)}")


def image_hosts(other_sites: Mapping[str, str | Sequence[str]]) -> tuple[str, ...]:
    """The hosts whose images texts may show."""
    hosts = (host_of(site) for site, uses in other_sites.items() if "images" in _words(uses))
    return tuple(sorted(hosts))


def host_of(site: str) -> str:
    """The host of another site as headers have it; UnicodeError when it can be none."""
    host = site.strip().removeprefix("https://").removesuffix("/").lower()
    return host if host.isascii() else host.encode("idna").decode()


def in_order(endings: Sequence[str]) -> tuple[str, ...]:
    """The endings of the settings, from those whose copies are smallest."""
    return tuple(ending for ending in ENCODINGS if ending in endings)


def fault_of_sidecars(endings: Sequence[str]) -> str:
    """What is wrong with the setting, in plain words; "" when nothing is."""
    for ending in endings:
        if ending not in ENCODINGS:
            words = {**dict.fromkeys(ENCODINGS), "brotli": "br", "gzip": "gz", "zstd": "zst"}
            near = get_close_matches(ending.lower().lstrip("."), words, 1)
            meant = (words[near[0]] or near[0]) if near else ""
            there_are = ", ".join(f'"{name}"' for name in ENCODINGS)
            hint = f"did you mean `{meant}`?" if meant else f"there are {there_are}"
            return f"there are no sidecars `{ending}`; {hint}"
    doubled = next((name for name in endings if list(endings).count(name) > 1), "")
    return f"sidecars names `{doubled}` twice" if doubled else ""


def _faults_of_hsts(setting: int | Hsts, base_url: str) -> Iterator[str]:
    days = setting.days if isinstance(setting, Hsts) else setting
    if type(days) is not int or days < 0:
        yield "hsts is a number of days, such as hsts=365 or hsts=Hsts(365, subdomains=True)"
        return
    if days and not base_url.lower().startswith("https://"):
        yield f"hsts is for sites with https://, and base_url is `{base_url}`"
    if not isinstance(setting, Hsts) or not setting.preload:
        return
    if days < _PRELOAD_DAYS or not setting.subdomains:
        yield f"hsts with preload needs subdomains=True and {_PRELOAD_DAYS} days or more"


def _faults_of_sites(setting: Mapping[str, str | Sequence[str]]) -> Iterator[str]:
    for site, uses in setting.items():
        if not isinstance(site, str) or (fault := _fault_of_host(site)):
            yield f"other_sites: {fault if isinstance(site, str) else f'`{site}` is no text'}"
            continue
        words = _words(uses)
        if not words or not all(isinstance(word, str) for word in words):
            yield f"other_sites says nothing of {site}; write one or more of {_listed(USES)}"
            continue
        for word in words:
            if word not in USES:
                near = get_close_matches(word, USES, 1)
                hint = f"did you mean `{near[0]}`?" if near else f"write one of {_listed(USES)}"
                yield f"other_sites says `{word}` of {site}; {hint}"


def _fault_of_host(site: str) -> str:
    if site.lower().startswith("http://"):
        return f"`{site}` is not encrypted, so browsers load nothing from it"
    try:
        host = host_of(site)
    except UnicodeError:
        host = ""
    if "/" in host and _HOST.fullmatch(host.partition("/")[0]):
        return f"name the host alone: `{host.partition('/')[0]}` instead of `{site}`"
    return "" if _HOST.fullmatch(host) else f"`{site}` is no host, such as images.example.com"


def _faults_of_types(setting: Mapping[str, str]) -> Iterator[str]:
    for ending, kind in setting.items():
        if not isinstance(ending, str) or not _ENDING.fullmatch(ending):
            yield f"media_types: `{ending}` is no ending in small letters, such as `.glb`"
        elif not isinstance(kind, str) or not _MEDIA_TYPE.fullmatch(kind):
            yield f"media_types: `{kind}` is no media type, such as `model/gltf-binary`"
        elif _PAGE_TYPE.match(kind):
            what = "name the file with .html, .svg or .xml, and allow it in active_files"
            yield f"media_types: browsers open `{kind}` as a page; {what}"


def _words(uses: object) -> tuple[str, ...]:
    if isinstance(uses, str):
        return (uses,)
    return tuple(uses) if isinstance(uses, tuple | list) else ()


def _listed(words: Mapping[str, object]) -> str:
    return ", ".join(f'"{word}"' for word in words)
