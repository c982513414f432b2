"""Call: a request to the interface of a cache, repeated where that helps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pivotgen.engines.ask import Reply, ask
from pivotgen.engines.http import seconds_of
from pivotgen.engines.stores.credentials import key_of
from pivotgen.model.deploying import DeployError
from pivotgen.model.purging import Wait

_TRIES = 6
# Seconds to wait where an interface does not say how long, doubled each time.
_PAUSE = 1.0
_LONGEST_PAUSE = 120.0


def secret_of(name: str, words: str) -> str:
    """A secret of the environment. DeployError when it is not there, or can be none."""
    if secret := key_of(name):
        return secret
    raise DeployError(f"there is no {words}", f"set {name} in the environment")


def call(name: str, url: str, headers: Mapping[str, str], value: Any, wait: Wait) -> Reply:
    """Send JSON by POST to the interface of this name, until it takes it. DeployError."""
    body = b"" if value is None else json.dumps(value).encode()
    pause = _PAUSE
    reply = Reply(0)
    for tries in range(_TRIES):
        if tries:
            wait(min(_after(reply, pause), _LONGEST_PAUSE))
            pause *= 2
        reply = ask("POST", url, headers, body)
        if 200 <= reply.status < 300:
            return reply
        if reply.status and reply.status != 429 and reply.status < 500:
            break
    if reply.status in (401, 403):
        raise DeployError(
            f"{name} does not accept the key, or the key may not purge ({reply.status})",
            "the site is there; deploy again with another key, and only the caches are told",
        )
    said_by_it = _text(reply, headers)
    raise DeployError(
        f"{name} did not purge: {said_by_it}",
        "the site is there, but caches may show old pages; deploy again, and they are told again",
    )


def _after(reply: Reply, pause: float) -> float:
    """Seconds to wait before the next try."""
    seconds = seconds_of(reply.headers.get("retry-after"))
    return pause if seconds is None else seconds


def _text(reply: Reply, headers: Mapping[str, str]) -> str:
    """What an interface answered, without what must not be seen."""
    if not reply.status:
        return reply.fault
    text = " ".join(reply.body[:300].decode("utf-8", "replace").split())
    for secret in headers.values():
        text = text.replace(secret, "…").replace(secret.removeprefix("Bearer "), "…")
    return f"{reply.status} {text}".strip()
