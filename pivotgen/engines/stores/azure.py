"""Azure: opens a container of Azure Blob Storage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from obstore.exceptions import BaseError
from obstore.store import AzureStore

from pivotgen.engines.stores.credentials import azure_keys
from pivotgen.engines.stores.objects import ObjectService
from pivotgen.engines.stores.s3 import RETRIES
from pivotgen.model.deploying import DeployError
from pivotgen.model.targets import Azure


def open_container(target: Azure) -> ObjectService:
    """The container of a target. DeployError when there is no key for it."""
    config: Any = {"account_name": target.account, **azure_keys()}
    if target.endpoint:
        config["endpoint"] = target.endpoint
    options: Any = {
        "timeout": timedelta(seconds=120),
        "connect_timeout": timedelta(seconds=10),
        "allow_http": target.endpoint.startswith("http://"),
    }
    try:
        store = AzureStore(
            target.container,
            prefix=target.prefix or None,
            config=config,
            client_options=options,
            retry_config=RETRIES,
        )
    except BaseError:
        # What the library says may have some of the key in it.
        raise DeployError(
            "the key for Azure in the environment is none: it is cut off, or of something else",
            "copy the whole of it again",
        ) from None
    return ObjectService(store, f"the container {target.container} of {target.account}")
