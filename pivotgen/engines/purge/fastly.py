"""Fastly: forgets pages of a service by their surrogate keys, which are the paths of addresses."""

from __future__ import annotations

from dataclasses import field

from pivotgen.engines.purge.call import call, secret_of
from pivotgen.model.caches import Fastly
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.purging import PurgeRequest, Wait, path_addresses, split_purge
from pivotgen.model.schedule import PurgeSet

_BATCH = 256


@dataclass(frozen=True, slots=True)
class FastlyCache:
    """A service, for a site that is seen at `url`."""

    setting: Fastly
    url: str
    _token: str = field(repr=False)

    def requests(self, purge: PurgeSet) -> list[PurgeRequest]:
        names = path_addresses(purge, self.url)
        return split_purge(purge, names, "Fastly", (self.setting.most, _BATCH))

    def send(self, request: PurgeRequest, wait: Wait) -> None:
        url = f"{self.setting.api}/service/{self.setting.service}/purge"
        headers = {"Fastly-Key": self._token}
        if request.everything:
            call("Fastly", f"{url}_all", headers, None, wait)
        else:
            call("Fastly", url, headers, {"surrogate_keys": list(request.names)}, wait)


def open_fastly(setting: Fastly, url: str) -> FastlyCache:
    """DeployError when there is no token."""
    return FastlyCache(setting, url, secret_of("FASTLY_API_TOKEN", "token for Fastly"))
