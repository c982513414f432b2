"""Bunny: forgets addresses of a pull zone, one with each request."""

from __future__ import annotations

from dataclasses import field
from urllib.parse import quote

from pivotgen.engines.purge.call import call, secret_of
from pivotgen.model.address import HOME
from pivotgen.model.caches import Bunny
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.purging import PurgeRequest, Wait, full_addresses, split_purge
from pivotgen.model.schedule import PurgeSet


@dataclass(frozen=True, slots=True)
class BunnyCache:
    """A pull zone, for a site that is seen at `url`."""

    setting: Bunny
    url: str
    _key: str = field(repr=False)

    def requests(self, purge: PurgeSet) -> list[PurgeRequest]:
        names = full_addresses(purge, self.url)
        if f"{self.url}{HOME}" in names:
            # An address with a slash at its end stands for all that begins with it.
            words = "Bunny: everything, because the front page changed"
            return [PurgeRequest(words, (), True)]
        return split_purge(purge, names, "Bunny", (self.setting.most, 1))

    def send(self, request: PurgeRequest, wait: Wait) -> None:
        headers = {"AccessKey": self._key}
        if request.everything:
            url = f"{self.setting.api}/pullzone/{self.setting.zone}/purgeCache"
        else:
            url = f"{self.setting.api}/purge?url={quote(request.names[0], safe='')}"
        call("Bunny", url, headers, None, wait)


def open_bunny(setting: Bunny, url: str) -> BunnyCache:
    """DeployError when there is no key."""
    return BunnyCache(setting, url, secret_of("BUNNY_API_KEY", "key for Bunny"))
