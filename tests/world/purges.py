"""Stands in for the interfaces of caches: refuses what each of them refuses, and notes the rest."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.world.host import serving

TOKEN = "a-token-that-nobody-may-see"
ZONE = "0123456789abcdef0123456789abcdef"


@dataclass
class Purges:
    """What the stand-in was asked to forget, in order, and how it answers."""

    port: int = 0
    forgotten: list[str] = field(default_factory=list)
    requests: int = 0
    # So many requests are told to come later.
    busy: int = 0
    # When, as the header says it.
    later: str = "7"
    # And so many are answered by a gateway that has no answer.
    broken: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *arguments: Any, purges: Purges, **options: Any) -> None:
        self._purges = purges
        super().__init__(*arguments, **options)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._purges.requests += 1
        status, headers = self._answer(body)
        text = json.dumps({"given": dict(self.headers)}).encode() if status == 400 else b"{}"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _answer(self, body: bytes) -> tuple[int, Mapping[str, str]]:
        if self._purges.busy:
            self._purges.busy -= 1
            return 429, {"Retry-After": self._purges.later}
        if self._purges.broken:
            self._purges.broken -= 1
            return 502, {}
        address = urlsplit(self.path)
        match address.path.split("/")[1:]:
            case ["zones", zone, "purge_cache"] if zone == ZONE:
                return self._cloudflare(json.loads(body)), {}
            case ["service", "SU1Z0isxPaozGVKXdv0eY", "purge"]:
                return self._fastly(json.loads(body)["surrogate_keys"]), {}
            case ["service", "SU1Z0isxPaozGVKXdv0eY", "purge_all"]:
                return self._fastly(["*"]), {}
            case ["purge"]:
                return self._bunny(parse_qs(address.query)["url"][0]), {}
            case ["pullzone", "77", "purgeCache"]:
                return self._bunny("*"), {}
            case ["hook"]:
                return self._hook(body), {}
        return 404, {}

    def _cloudflare(self, value: Mapping[str, Any]) -> int:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 403
        if value.get("purge_everything"):
            return self._forget(["*"])
        return 400 if len(value["files"]) > 100 else self._forget(value["files"])

    def _fastly(self, keys: list[str]) -> int:
        if self.headers["Fastly-Key"] != TOKEN:
            return 401
        return 400 if len(keys) > 256 else self._forget(keys)

    def _bunny(self, url: str) -> int:
        if self.headers["AccessKey"] != TOKEN:
            return 401
        return self._forget([url])

    def _hook(self, body: bytes) -> int:
        digest = hmac.new(TOKEN.encode(), body, "sha256").hexdigest()
        if self.headers.get("X-Pivotgen-Signature") != f"sha256={digest}":
            return 401
        value = json.loads(body)
        return self._forget(["*"] if value["everything"] else value["addresses"])

    def _forget(self, names: list[str]) -> int:
        self._purges.forgotten += names
        return 200

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def purge_server() -> Iterator[Purges]:
    """All interfaces at one port of this machine."""
    purges = Purges()
    with serving(partial(_Handler, purges=purges)) as port:
        purges.port = port
        yield purges
