"""S3: opens a bucket of Amazon S3, or of a service that speaks its language."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from obstore.store import S3Store

from pivotgen.engines.stores.credentials import aws_keys
from pivotgen.engines.stores.objects import ObjectService
from pivotgen.model.deploying import DeployError
from pivotgen.model.targets import S3

_REGION = "us-east-1"
_REDIRECT = "x-amz-website-redirect-location"
# The library's own patience is three minutes for each request.
RETRIES: Any = {"max_retries": 6, "retry_timeout": timedelta(seconds=60)}


def open_bucket(target: S3) -> ObjectService:
    """The bucket of a target. DeployError when there are no keys for it."""
    keys = aws_keys(target.profile)
    region = target.region or keys.region or _REGION
    if not re.fullmatch(r"[a-z0-9-]+", region):
        raise DeployError(f"`{region}` is no region", "write it as AWS does, such as eu-central-1")

    def opened(headers: dict[str, str]) -> S3Store:
        options: Any = {"timeout": timedelta(seconds=120), "connect_timeout": timedelta(seconds=10)}
        if headers:
            options["default_headers"] = headers
        options["allow_http"] = target.endpoint.startswith("http://")
        config: Any = {"endpoint": target.endpoint} if target.endpoint else {}
        return S3Store(
            target.bucket,
            prefix=target.prefix or None,
            region=region,
            client_options=options,
            retry_config=RETRIES,
            credential_provider=keys.provide,
            config=config,
        )

    return ObjectService(
        store=opened({}),
        name=f"the bucket {target.bucket}",
        with_header=(lambda url: opened({_REDIRECT: url})) if target.website else None,
    )
