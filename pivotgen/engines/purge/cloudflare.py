"""Cloudflare: forgets addresses of a zone."""

from __future__ import annotations

from dataclasses import field

from pivotgen.engines.purge.call import call, secret_of
from pivotgen.model.caches import Cloudflare
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.purging import PurgeRequest, Wait, full_addresses, split_purge
from pivotgen.model.schedule import PurgeSet

_BATCH = 100


@dataclass(frozen=True, slots=True)
class CloudflareCache:
    """A zone, for a site that is seen at `url`."""

    setting: Cloudflare
    url: str
    _token: str = field(repr=False)

    def requests(self, purge: PurgeSet) -> list[PurgeRequest]:
        names = full_addresses(purge, self.url)
        return split_purge(purge, names, "Cloudflare", (self.setting.most, _BATCH))

    def send(self, request: PurgeRequest, wait: Wait) -> None:
        url = f"{self.setting.api}/zones/{self.setting.zone}/purge_cache"
        value: dict[str, object] = {"files": list(request.names)}
        if request.everything:
            value = {"purge_everything": True}
        call("Cloudflare", url, {"Authorization": f"Bearer {self._token}"}, value, wait)


def open_cloudflare(setting: Cloudflare, url: str) -> CloudflareCache:
    """DeployError when there is no token."""
    return CloudflareCache(setting, url, secret_of("CLOUDFLARE_API_TOKEN", "token for Cloudflare"))
