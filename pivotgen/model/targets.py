"""Targets: where a site is deployed to, as settings say it.

None of them holds a password or a key: those come from the environment of whoever deploys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pivotgen.model.caches import Purge, check_types, fault_of_url, name_of
from pivotgen.model.lazy_dataclass import dataclass

_BUCKET = re.compile(r"[a-zA-Z0-9][\w.-]{1,61}[a-zA-Z0-9]", re.ASCII)
_CONTAINER = re.compile(r"\$web|\$root|[a-z0-9](?:-?[a-z0-9]){2,62}")
# A host or an alias of ~/.ssh/config, which ssh must not take for an option.
_HOST = re.compile(r"(?:[\w.+]+@)?[\w\[:][\w.:\[\]-]*", re.ASCII)


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
        check_types(self)
        fault = fault_of_url("url", self.url) if self.url else ""
        if not isinstance(self.purge, tuple | list) or not all(
            isinstance(each, Purge) for each in self.purge
        ):
            fault = "has something in `purge` that is no cache, such as purge=(CloudFront('E2…'),)"
        if self.releases < 1:
            fault = "must keep one release at least"
        if self.patience < 0:
            fault = "needs 0 or more seconds of patience"
        if fault := fault or self._fault():
            raise ValueError(f"{name_of(self)} {fault}")

    def _fault(self) -> str:
        return ""

    @property
    def place(self) -> str:
        """What a person knows it by."""
        raise NotImplementedError

    @property
    def stored_root(self) -> str:
        """The name under which the ledger knows what a build has put into its store."""
        return f"store:{self.place}"

    @property
    def name(self) -> str:
        """The text by which build.py names it."""
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
        if self.endpoint and (fault := fault_of_url("endpoint", self.endpoint)):
            return fault
        return _fault_of_prefix(self.prefix)

    @property
    def place(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"

    @property
    def name(self) -> str:
        return self.bucket


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
        if self.endpoint and (fault := fault_of_url("endpoint", self.endpoint)):
            return fault
        return _fault_of_prefix(self.prefix)

    @property
    def place(self) -> str:
        return f"azure://{self.account}/{self.container}/{self.prefix}"

    @property
    def name(self) -> str:
        return self.account


@dataclass(frozen=True, slots=True)
class Folder(Target):
    """A folder of this machine. A web server shows `public` in it."""

    path: str

    def _fault(self) -> str:
        return "" if self.path.strip() else "needs a path, such as Folder('/srv/www/site')"

    @property
    def place(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Server(Target):
    """A folder of a server that is reached by ssh; its web server shows `public` in it.

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

    @property
    def name(self) -> str:
        return self.host


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


def _fault_of_prefix(prefix: str) -> str:
    if prefix and not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*", prefix):
        return f"needs a prefix like `blog` or `sites/blog`, and `{prefix}` is none"
    if any(part in (".", "..") for part in prefix.split("/")):
        return f"cannot have the prefix `{prefix}`"
    return ""
