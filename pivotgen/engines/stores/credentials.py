"""Credentials: the keys of whoever deploys, from the standard environment and profiles alone.

They are asked for before the first request, and never printed, stored or part of an exception.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pivotgen.model.deploying import DeployError
from pivotgen.model.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from botocore.session import Session

_AWS_HINT = (
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; profiles of ~/.aws/ need the extra `aws`: "
    "python -m pip install 'pivotgen[aws]'"
)
_AZURE_HINT = (
    "set AZURE_STORAGE_ACCOUNT_KEY, or AZURE_STORAGE_SAS_TOKEN, or AZURE_CLIENT_ID with "
    "AZURE_CLIENT_SECRET and AZURE_TENANT_ID"
)
# What keys are made of. A line break at the end comes from pasting.
_KEY = re.compile(r"[!-~]+")
# For so long a key of a profile is used before the profile is asked again.
_FRESH = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class AwsKeys:
    """Where the keys of Amazon's interfaces come from."""

    # Gives the keys that are valid now, as obstore takes them.
    provide: Callable[[], Any]
    # The region that the environment or the profile names, or "".
    region: str


def key_of(name: str) -> str:
    """A key of the environment, or "". DeployError when it has what no key has."""
    key = os.environ.get(name, "")
    if key and not _KEY.fullmatch(key):
        raise DeployError(
            f"{name} has a blank, a line break or a strange letter in it",
            "set it again, and see that nothing stands before or behind the key",
        )
    return key


def aws_keys(profile: str) -> AwsKeys:
    """The keys of the environment, or of a profile where one is named or the environment has none.

    DeployError when there are none.
    """
    environment = os.environ
    key, secret = key_of("AWS_ACCESS_KEY_ID"), key_of("AWS_SECRET_ACCESS_KEY")
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or ""
    if not profile and key and secret:
        token = key_of("AWS_SESSION_TOKEN") or None
        keys = {"access_key_id": key, "secret_access_key": secret, "token": token}
        return AwsKeys(lambda: {**keys, "expires_at": None}, region)
    session = aws_session(profile, "there are no keys for Amazon's interface", _AWS_HINT)
    try:
        credentials = session.get_credentials()
    except Exception as error:
        # Botocore has many: a profile that is not there, a login that has ended.
        raise DeployError(f"the keys for Amazon cannot be read: {error}", _AWS_HINT) from None
    if credentials is None:
        raise DeployError("there are no keys for Amazon's interface", _AWS_HINT)

    def provide() -> Any:
        frozen = credentials.get_frozen_credentials()
        return {
            "access_key_id": frozen.access_key,
            "secret_access_key": frozen.secret_key,
            "token": frozen.token,
            "expires_at": datetime.now(UTC) + _FRESH,
        }

    return AwsKeys(provide, region or str(session.get_config_variable("region") or ""))


def aws_session(profile: str, fault: str, hint: str) -> Session:
    """What reads ~/.aws/. A DeployError that says so when the library for that is not there."""
    try:
        from botocore.session import Session
    except ModuleNotFoundError as error:
        if error.name != "botocore":
            raise
        raise DeployError(fault, hint) from None
    return Session(profile=profile or None)


def azure_keys() -> Mapping[str, str]:
    """The keys of the environment, as obstore takes them. DeployError."""
    environment = os.environ
    for name in ("AZURE_STORAGE_ACCOUNT_KEY", "AZURE_STORAGE_KEY"):
        if key := key_of(name):
            return {"account_key": key}
    if token := key_of("AZURE_STORAGE_SAS_TOKEN"):
        return {"sas_key": token}
    client = {
        "client_id": key_of("AZURE_CLIENT_ID"),
        "tenant_id": key_of("AZURE_TENANT_ID"),
    }
    if all(client.values()):
        if secret := key_of("AZURE_CLIENT_SECRET"):
            return {**client, "client_secret": secret}
        if file := environment.get("AZURE_FEDERATED_TOKEN_FILE"):
            return {**client, "federated_token_file": file}
    raise DeployError("there is no key for Azure", _AZURE_HINT)
