"""CloudFront: forgets paths of a distribution."""

from __future__ import annotations

from dataclasses import field
from typing import Any
from uuid import uuid4

from pivotgen.engines.stores.credentials import aws_keys, aws_session
from pivotgen.model.address import PAGE_FILE
from pivotgen.model.caches import CloudFront
from pivotgen.model.deploying import DeployError
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.purging import PurgeRequest, Wait, path_addresses, split_purge
from pivotgen.model.schedule import PurgeSet

_BATCH = 3_000
# Seconds between two questions whether it is done, and how often it is asked.
_PAUSE = 5.0
_TRIES = 180
# What to do while other paths are still in progress.
_BUSY = ("TooManyInvalidationsInProgress", "Throttling", "TooManyRequestsException")


@dataclass(frozen=True, slots=True)
class CloudFrontCache:
    """A distribution, for a site that is seen at `url`."""

    setting: CloudFront
    url: str
    _client: Any = field(repr=False)

    def requests(self, purge: PurgeSet) -> list[PurgeRequest]:
        names = []
        for path in path_addresses(purge, self.url):
            # A page is cached under the address that was asked for, and readers may ask for both.
            names += [path, f"{path}{PAGE_FILE}"] if path.endswith("/") else [path]
        return split_purge(purge, names, "CloudFront", (self.setting.most, _BATCH))

    def send(self, request: PurgeRequest, wait: Wait) -> None:
        paths = ["/*"] if request.everything else list(request.names)
        batch = {
            "Paths": {"Quantity": len(paths), "Items": paths},
            "CallerReference": uuid4().hex,
        }
        which = {"DistributionId": self.setting.distribution}
        answer = self._ask(wait, "create_invalidation", **which, InvalidationBatch=batch)
        for _ in range(_TRIES):
            if str(answer["Invalidation"]["Status"]).lower() == "completed":
                return
            wait(_PAUSE)
            number = answer["Invalidation"]["Id"]
            answer = self._ask(wait, "get_invalidation", **which, Id=number)
        raise DeployError("CloudFront did not purge in a quarter of an hour", "deploy again")

    def _ask(self, wait: Wait, what: str, **given: Any) -> Any:
        for _ in range(_TRIES):
            try:
                return getattr(self._client, what)(**given)
            except Exception as error:
                # Botocore makes the classes of what an interface answers as it goes.
                code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
                if code not in _BUSY:
                    text = code or type(error).__name__
                    raise DeployError(
                        f"CloudFront did not purge ({text})",
                        "the site is there, but caches may show old pages; its key needs the right "
                        "cloudfront:CreateInvalidation and GetInvalidation",
                    ) from None
            wait(_PAUSE)
        raise DeployError("CloudFront was too busy to purge", "deploy again")


def open_cloudfront(setting: CloudFront, url: str) -> CloudFrontCache:
    """DeployError when there are no keys, or no library for them."""
    fault = "CloudFront needs another library"
    session = aws_session(setting.profile, fault, "python -m pip install 'pivotgen[aws]'")
    region = aws_keys(setting.profile).region
    client = session.create_client("cloudfront", region_name=region or "us-east-1")
    return CloudFrontCache(setting, url, client)
