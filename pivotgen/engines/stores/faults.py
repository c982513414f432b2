"""Faults: what a service answered, in plain words and without anything that is secret."""

from __future__ import annotations

import re

from pivotgen.model.deploying import DeployError

_CODE = re.compile(r"<Code>(\w+)</Code>")
_STATUS = re.compile(r"status code: (\d{3})")
# A query may be a signature.
_QUERY = re.compile(r"\?[^\s\"')]*")
_KEYS = (
    "AuthenticationFailed",
    "AuthorizationFailure",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidAuthenticationInfo",
    "InvalidToken",
    "NoAuthenticationInformation",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
)
_MISSING = ("ContainerNotFound", "NoSuchBucket", "ResourceNotFound")
_FORBIDDEN = ("AccessDenied", "AuthorizationPermissionMismatch", "AllAccessDisabled")
_AGAIN = "deploy again to go on; where that does not help, look at the status page of the service"
_UNREACHABLE = ("error sending request", "dns error", "Connection refused", "timed out")


def store_fault(text: str, name: str) -> DeployError:
    """The fault of which a library says this, about the store of this name."""
    match = _CODE.search(text)
    code = match[1] if match else ""
    if code in _KEYS:
        return DeployError(
            f"{name} does not accept the key ({code})",
            "look at the key in the environment or the profile: whether it is whole, of this "
            "service, and still valid",
        )
    if code in _MISSING or (not code and "404" in _status(text)):
        return DeployError(f"there is no such place: {name}", "create it, or name another")
    if code in _FORBIDDEN or _status(text) in ("401", "403"):
        return DeployError(
            f"the key may not do that in {name} ({code or _status(text)})",
            "it needs the rights to list, read, write and delete there",
        )
    if code == "NotImplemented" or "501" in _status(text):
        return DeployError(f"{name} does not know a request that a deploy needs ({code or 501})")
    if any(words in text for words in _UNREACHABLE):
        return DeployError(
            f"{name} cannot be reached", "look at the endpoint and the region in build.py"
        )
    if _status(text):
        # The rest is an answer for programs.
        words = f"{_status(text)} {code}".strip()
        return DeployError(f"{name} answered with a failure, again and again: {words}", _AGAIN)
    line = _QUERY.sub("", text.strip().partition("\n")[0])
    return DeployError(f"{name} answered with a failure: {line[:300]}", _AGAIN)


def _status(text: str) -> str:
    match = _STATUS.search(text)
    return match[1] if match else ""
