"""Webhook: tells an address of the site's own what has changed."""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import field

from pivotgen.engines.purge.call import call
from pivotgen.model.caches import Webhook
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.purging import PurgeRequest, Wait, full_addresses, split_purge
from pivotgen.model.schedule import PurgeSet

_SECRET = "PIVOTGEN_WEBHOOK_SECRET"


@dataclass(frozen=True, slots=True)
class WebhookCache:
    """An address of somebody's own, for a site that is seen at `url`."""

    setting: Webhook
    url: str
    # "" where requests are not signed.
    _secret: str = field(repr=False)

    def requests(self, purge: PurgeSet) -> list[PurgeRequest]:
        names = full_addresses(purge, self.url)
        return split_purge(purge, names, "webhook", (len(names), self.setting.batch))

    def send(self, request: PurgeRequest, wait: Wait) -> None:
        value = {
            "site": self.url,
            "everything": request.everything,
            "addresses": list(request.names),
        }
        headers = {}
        if self._secret:
            # Of the very bytes that are sent.
            body = json.dumps(value).encode()
            digest = hmac.new(self._secret.encode(), body, "sha256").hexdigest()
            headers["X-Pivotgen-Signature"] = f"sha256={digest}"
        call("the webhook", self.setting.url, headers, value, wait)


def open_webhook(setting: Webhook, url: str) -> WebhookCache:
    """The webhook of a setting; its secret is optional."""
    return WebhookCache(setting, url, os.environ.get(_SECRET, ""))
