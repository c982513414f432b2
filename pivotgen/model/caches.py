"""Caches: what stands between a target and readers, and is told which addresses have changed.

None of them holds a key: those come from the environment of whoever deploys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from pivotgen.model.lazy_dataclass import dataclass

_ID = re.compile(r"[\w-]{4,64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """A cache between the target and readers, which is told which addresses have changed."""

    def __post_init__(self) -> None:
        """Check the settings; a ValueError says in plain words what is wrong."""
        check_types(self)
        if fault := self._fault():
            raise ValueError(f"{name_of(self)} {fault}")

    def _fault(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class CloudFront(Purge):
    """A distribution of Amazon CloudFront, by its id."""

    distribution: str
    # Beyond so many paths the whole site is purged, which CloudFront counts as one path. The first
    # 1,000 paths of a month are free.
    most: int = 1_000
    # A profile of ~/.aws/, where the environment has no keys.
    profile: str = ""

    def _fault(self) -> str:
        if not _ID.fullmatch(self.distribution):
            return "needs the id of a distribution, such as CloudFront('E2EXAMPLE51GZ')"
        # CloudFront takes no more paths at a time, in all invalidations that are in progress.
        return "" if 0 <= self.most <= 3_000 else "takes 3,000 paths at most; `most` is more"


@dataclass(frozen=True, slots=True)
class Cloudflare(Purge):
    """A zone of Cloudflare, by its id. The token is in CLOUDFLARE_API_TOKEN."""

    zone: str
    # Beyond so many addresses the whole zone is purged.
    most: int = 3_000
    api: str = "https://api.cloudflare.com/client/v4"

    def _fault(self) -> str:
        if not re.fullmatch(r"[0-9a-f]{32}", self.zone):
            return "needs the id of a zone, 32 letters and digits, from the zone's overview"
        return fault_of_url("api", self.api)


@dataclass(frozen=True, slots=True)
class Fastly(Purge):
    """A service of Fastly, by its id. The token is in FASTLY_API_TOKEN.

    Each page's surrogate key is the path of its address, which one line of VCL sets.
    """

    service: str
    # Beyond so many addresses the whole service is purged.
    most: int = 10_000
    api: str = "https://api.fastly.com"

    def _fault(self) -> str:
        if not _ID.fullmatch(self.service):
            return "needs the id of a service, such as Fastly('SU1Z0isxPaozGVKXdv0eY')"
        return fault_of_url("api", self.api)


@dataclass(frozen=True, slots=True)
class Bunny(Purge):
    """A pull zone of Bunny, by its number. The key is in BUNNY_API_KEY."""

    zone: int
    # Beyond so many addresses, each a request, the whole zone is purged.
    most: int = 500
    api: str = "https://api.bunny.net"

    def _fault(self) -> str:
        if self.zone < 1:
            return "needs the number of a pull zone, such as Bunny(123456)"
        return fault_of_url("api", self.api)


@dataclass(frozen=True, slots=True)
class Webhook(Purge):
    """An address of one's own that is told by POST which addresses have changed, as JSON.

    With a secret in PIVOTGEN_WEBHOOK_SECRET each request is signed with it.
    """

    url: str
    # How many addresses one request has.
    batch: int = 1_000

    def _fault(self) -> str:
        if self.batch < 1:
            return "needs a batch of at least 1"
        return fault_of_url("url", self.url)


def check_types(value: object) -> None:
    """ValueError when a field of a target or a cache has a value of another type."""
    for field in fields(value):  # type: ignore[arg-type]
        fits, words = _TYPES[str(field.type)]
        if not fits(getattr(value, field.name)):
            raise ValueError(f"{name_of(value)}: {field.name} must be {words}")


def _is_row_of_texts(value: Any) -> bool:
    return isinstance(value, tuple | list) and all(isinstance(each, str) for each in value)


_TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "str": (lambda value: isinstance(value, str), "a text"),
    "int": (lambda value: type(value) is int, "a whole number"),
    "bool": (lambda value: isinstance(value, bool), "True or False"),
    "tuple[str, ...]": (_is_row_of_texts, 'a row of texts, such as ("-p", "2222")'),
    "tuple[Purge, ...]": (lambda value: isinstance(value, tuple | list), "a row of caches"),
}


def name_of(value: object) -> str:
    return type(value).__name__


def fault_of_url(name: str, url: str) -> str:
    if re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", url):
        return ""
    return f"needs an address that starts with https:// in `{name}`, and `{url}` does not"
