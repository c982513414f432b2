"""Targets: opens the stores and caches that settings name, with their libraries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pivotgen.engines.stores.open_objects import open_objects
from pivotgen.model.caches import Bunny, Cloudflare, CloudFront, Fastly, Purge, Webhook
from pivotgen.model.config import Config
from pivotgen.model.deploying import ObjectStore
from pivotgen.model.purging import Cache
from pivotgen.model.report import SiteError
from pivotgen.model.targets import S3, Azure, Folder, Server, Target

# The target that is meant where none is named.
_USUAL = "production"


def chosen_target(config: Config, name: str) -> str:
    """The name of the target that is meant. SiteError when there is none."""
    names = list(config.targets)
    if not names:
        raise SiteError(
            "build.py names no target; add one, such as targets={'production': S3('my-bucket')}"
        )
    if name and name not in names:
        raise SiteError(f"there is no target `{name}`; there are {', '.join(names)}")
    if name or len(names) == 1 or _USUAL in names:
        return name or (names[0] if len(names) == 1 else _USUAL)
    raise SiteError(f"which target? There are {', '.join(names)}")


def open_target(target: Target, site: Path) -> ObjectStore:
    """The place that a target is. DeployError when a library or a key is not there."""
    match target:
        case Folder():
            from pivotgen.engines.stores.folder import open_folder

            return open_folder(target, site)
        case Server():
            from pivotgen.engines.stores.server import open_server

            return open_server(target)
        case S3() | Azure():
            return open_objects(target)
    raise TypeError(target)


def open_caches(settings: Sequence[Purge], url: str) -> list[Cache]:
    """The caches before a site that is seen at `url`. DeployError when a key is not there."""
    return [_open_cache(setting, url) for setting in settings]


def _open_cache(setting: Purge, url: str) -> Cache:
    match setting:
        case CloudFront():
            from pivotgen.engines.purge.cloudfront import open_cloudfront

            return open_cloudfront(setting, url)
        case Cloudflare():
            from pivotgen.engines.purge.cloudflare import open_cloudflare

            return open_cloudflare(setting, url)
        case Fastly():
            from pivotgen.engines.purge.fastly import open_fastly

            return open_fastly(setting, url)
        case Bunny():
            from pivotgen.engines.purge.bunny import open_bunny

            return open_bunny(setting, url)
        case Webhook():
            from pivotgen.engines.purge.webhook import open_webhook

            return open_webhook(setting, url)
    raise TypeError(setting)
