"""Targets: where a site is deployed to, and which caches hold copies of it, as settings say it.

None of them holds a password or a key: those come from the environment of whoever deploys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

_BUCKET = re.compile(r"[a-zA-Z0-9][\w.-]{1,61}[a-zA-Z0-9]", re.ASCII)
_CONTAINER = re.compile(r"\$web|\$root|[a-z0-9](?:-?[a-z0-9]){2,62}")
_ID = re.compile(r"[\w-]{4,64}", re.ASCII)
# A host or an alias of ~/.ssh/config, which ssh must not take for an option.
_HOST = re.compile(r"(?:[\w.+]+@)?[\w\[:][\w.:\[\]-]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """A cache between the target and readers, which is told which addresses have changed."""

    def __post_init__(self) -> None:
        """Check the settings; a ValueError says in plain words what is wrong."""
        _check_types(self)
        if fault := self._fault():
            raise ValueError(f"{_name(self)} {fault}")

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
        return _fault_of_url("api", self.api)


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
        return _fault_of_url("api", self.api)


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
        return _fault_of_url("api", self.api)


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
        return _fault_of_url("url", self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place that a site is deployed to."""

    # Where readers see the site; base_url of the settings when empty.
    url: str = ""
    # The caches before it.
    purge: tuple[Purge, ...] = ()
    # Whether a few addresses are asked after a deploy, and how many seconds they may take to show
    # the new site. A site that does not is taken back.
    verify: bool = True
    patience: int = 60
    # How many releases are kept to go back to, with the assets that open pages still ask for.
    releases: int = 5

    def __post_init__(self) -> None:
        """Check the settings; a ValueError says in plain words what is wrong."""
        _check_types(self)
        fault = _fault_of_url("url", self.url) if self.url else ""
        if not isinstance(self.purge, tuple | list) or not all(
            isinstance(each, Purge) for each in self.purge
        ):
            fault = "has something in `purge` that is no cache, such as purge=(CloudFront('E2…'),)"
        if self.releases < 1:
            fault = "must keep one release at least"
        if self.patience < 0:
            fault = "needs 0 or more seconds of patience"
        if fault := fault or self._fault():
            raise ValueError(f"{_name(self)} {fault}")

    def _fault(self) -> str:
        return ""

    @property
    def place(self) -> str:
        """What a person knows it by."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class S3(Target):
    """A bucket of Amazon S3, or of a service that speaks its language.

    Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from a profile of ~/.aws/.
    """

    bucket: str
    # AWS_REGION when empty.
    region: str = ""
    # The address of another service: Cloudflare R2, Backblaze B2, MinIO, SeaweedFS.
    endpoint: str = ""
    # A folder in the bucket.
    prefix: str = ""
    profile: str = ""
    # Whether readers come through the website endpoint of the bucket, which answers redirects.
    website: bool = False

    def _fault(self) -> str:
        if not _BUCKET.fullmatch(self.bucket):
            return f"needs the name of a bucket, and `{self.bucket}` can be none"
        if self.endpoint and (fault := _fault_of_url("endpoint", self.endpoint)):
            return fault
        return _fault_of_prefix(self.prefix)

    @property
    def place(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"


@dataclass(frozen=True, slots=True)
class Azure(Target):
    """A container of Azure Blob Storage; `$web` is the one of a static website.

    The key comes from AZURE_STORAGE_ACCOUNT_KEY, AZURE_STORAGE_SAS_TOKEN, or AZURE_CLIENT_ID with
    AZURE_CLIENT_SECRET and AZURE_TENANT_ID.
    """

    account: str
    container: str = "$web"
    # The address of another service that speaks the same language.
    endpoint: str = ""
    prefix: str = ""

    def _fault(self) -> str:
        if not re.fullmatch(r"[a-z0-9]{3,24}", self.account):
            return f"needs the name of an account, and `{self.account}` can be none"
        if not _CONTAINER.fullmatch(self.container):
            return f"needs the name of a container, and `{self.container}` can be none"
        if self.endpoint and (fault := _fault_of_url("endpoint", self.endpoint)):
            return fault
        return _fault_of_prefix(self.prefix)

    @property
    def place(self) -> str:
        return f"azure://{self.account}/{self.container}/{self.prefix}"


@dataclass(frozen=True, slots=True)
class Folder(Target):
    """A folder of this machine. A web server shows `current` in it."""

    path: str

    def _fault(self) -> str:
        return "" if self.path.strip() else "needs a path, such as Folder('/srv/www/site')"

    @property
    def place(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Server(Target):
    """A folder of a server that is reached by ssh; its web server shows `current` in it.

    Keys come from ssh itself: its agent and ~/.ssh/config.
    """

    # Such as "deploy@www.example.com", or an alias of ~/.ssh/config.
    host: str
    path: str
    # More options of ssh, such as ("-p", "2222").
    options: tuple[str, ...] = ()

    def _fault(self) -> str:
        if not _HOST.fullmatch(self.host):
            return f"needs a host, such as deploy@www.example.com, and `{self.host}` is none"
        if not re.fullmatch(r"/[\w./@+-]*", self.path) or "/../" in f"{self.path}/":
            return (
                "needs the absolute path of a folder without blanks, such as /srv/www/site, and "
                f"`{self.path}` is none"
            )
        return ""

    @property
    def place(self) -> str:
        return f"{self.host}:{self.path}"


def fault_of_targets(targets: object) -> str:
    """What is wrong with the setting `targets`, in plain words; "" when nothing is."""
    if not isinstance(targets, Mapping):
        return "targets must be places by name, such as targets={'production': S3('my-bucket')}"
    for name, target in targets.items():
        if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
            return f"`{name}` is no name of a target; use small letters, digits and hyphens"
        if not isinstance(target, Target) or type(target) is Target:
            return f"the target `{name}` must be S3(…), Azure(…), Folder(…) or Server(…)"
    return ""


def _check_types(value: object) -> None:
    """ValueError when a field of a target or a cache has a value of another type."""
    for field in fields(value):  # type: ignore[arg-type]
        fits, words = _TYPES[str(field.type)]
        if not fits(getattr(value, field.name)):
            raise ValueError(f"{_name(value)}: {field.name} must be {words}")


def _is_row_of_texts(value: Any) -> bool:
    return isinstance(value, tuple | list) and all(isinstance(each, str) for each in value)


_TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "str": (lambda value: isinstance(value, str), "a text"),
    "int": (lambda value: type(value) is int, "a whole number"),
    "bool": (lambda value: isinstance(value, bool), "True or False"),
    "tuple[str, ...]": (_is_row_of_texts, 'a row of texts, such as ("-p", "2222")'),
    "tuple[Purge, ...]": (lambda value: isinstance(value, tuple | list), "a row of caches"),
}


def _name(value: object) -> str:
    return type(value).__name__


def _fault_of_url(name: str, url: str) -> str:
    if re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", url):
        return ""
    return f"needs an address that starts with https:// in `{name}`, and `{url}` does not"


def _fault_of_prefix(prefix: str) -> str:
    if prefix and not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*", prefix):
        return f"needs a prefix like `blog` or `sites/blog`, and `{prefix}` is none"
    if any(part in (".", "..") for part in prefix.split("/")):
        return f"cannot have the prefix `{prefix}`"
    return ""
